#!/bin/sh
# PID namespaces, as containers have them: seen from outside, and from within
# shellcheck disable=SC2016 # what perl and other shells expand
. "${0%/*}/lib.sh"
t_trace
t_need perl unshare jq

# Its children set their process group, which is their own: the first by 0, the
# second by its PID; the third's is set by the parent.
cat >groups.pl <<'EOT'
setpgrp(0, 0);
pipe(R, W);
for my $n (1 .. 3) {
	my $pid = fork;
	if (!$pid) {
		close(W);
		setpgrp(0, 0) if $n == 1;
		setpgrp($$, $$) if $n == 2;
		<R>;
		exit($n);
	}
	setpgrp($pid, $pid) if $n == 3;
}
close(W);
wait for 1 .. 3;
EOT

capture() {
	timeout 300 pt-capture --tracer bpftrace --tree "$@"
}

# groups FILE: is their recording, with these events
groups() {
	pt-ingest "$1" | pt-render-jsonl >events.jsonl 2>&1 && jq -rs '
	map(select(.Exec.cmdline == ["perl", "groups.pl"]).Exec)[0] as $perl |
	map(select(.Fork.parent_pid == $perl.pid).Fork.child_pid) as $children |
	def who: if . == $perl.pid then "parent" else
	    . as $p | $children | index($p) + 1 end;
	"nspid \($perl.nspid)", (.[] |
	(select(.SetPGID).SetPGID | "setpgid \(.pid | who) \(.pid == .pgid)"),
	(select(.Exit).Exit | select(.pid == $perl.pid or .ppid == $perl.pid) |
	    "exit \(.pid | who) \(.exit_code) \(.pid == .pgid)"))' events.jsonl |
	sort
}
# the third group is not known when it is set, but from then on
cat >want <<'EOT'
exit 1 1 true
exit 2 2 true
exit 3 3 true
exit parent 0 true
setpgid 1 true
setpgid 2 true
setpgid parent true
EOT

t_case 'from outside' 0 '' '' capture -o out.pt \
    unshare -pf --mount-proc perl groups.pl
{ cat want; echo 'nspid 1'; } | sort >want.out
t_case 'PIDs and groups, in the initial namespace' 0 @want.out '' groups out.pt
t_case 'from within' 0 '' '' unshare -pf --mount-proc sh -c '
	timeout 300 pt-capture --tracer bpftrace -t -o in.pt perl groups.pl'
groups in.pt | grep -v nspid >got
t_ok 'the same' diff want got
t_case 'in two of them' 0 '' '' unshare -pf --mount-proc sh -c '
	timeout 300 pt-capture --tracer bpftrace -t -o two.pt \
	    unshare -pf --mount-proc perl groups.pl'
t_case 'the PID is that in the inner one' 0 @want.out '' groups two.pt
for file in out.pt in.pt two.pt; do
	t_case "nothing is lost: $file" 1 '' '' grep '^lost' "$file"
done

t_case '--timeout, though a descendant goes on' 124 '' \
    '~pt-capture: time is up: ending the command and its descendants
pt-capture: the command has ended, 1 of its descendants lives on *' \
    unshare -pf --mount-proc sh -c '
	timeout 300 pt-capture --tracer bpftrace -t --timeout 1 -o end.pt \
	    sh -c "setsid sleep 600 & exec sleep 600"'
t_ok 'the recording is complete' sh -c 'tail -n 1 end.pt | grep "^end	"'
t_done
