#!/bin/sh
# pt-capture on top of strace, where there is no BPF
# shellcheck disable=SC2016,SC2088 # what sh -c expands
. "${0%/*}/lib.sh"
. "$TESTS/canonical.sh"
t_as_root
t_need strace python3 unshare

capture() {
	capture_out=$1
	shift
	timeout 300 pt-capture --tracer strace -o "$capture_out" "$@"
}

t_case 'torture under strace' 7 '~exec*' '' \
    capture torture.pt -- "$HELPERS/torture" 7
sort "$out" >want
canonical_tree torture.pt >got
t_ok 'each event of it, exactly, and no other' diff -u want got
t_ok 'with --seccomp-bpf, as a filter of its own says' sh -c '
	timeout 60 pt-capture --tracer strace -o fast.pt -- cat /proc/self/status |
	    grep -q "^Seccomp:.*2"'
# Go, Java: an exec by a thread that is not the first, and what follows it
t_case 'the exec of a thread, and a fork right after it' 0 '' '' capture thread.pt -- \
    python3 -c 'import os, threading, time
threading.Thread(target=os.execv, args=("/bin/sh",
    ["sh", "-c", "(exit 4); /bin/true"])).start()
time.sleep(60)'
pt-ingest thread.pt | sed -n '/	argv=sh	-c	(exit 4)/,$p' | cut -f 1 |
    grep -v machine >got
t_ok '... is one process, and two children' test \
    "$(tr '\n' ' ' <got)" = 'exec fork exit fork exec exit exit end '

# a strace that is not right with --seccomp-bpf: one that does not show what begins
# a program, so that the first fork after such an exec is missing
real=$(command -v strace)
mkdir wrong without
cat >wrong/strace <<EOF
#!/bin/sh
echo "\$*" | grep -q seccomp && echo asked >>"$PWD/asked"
for arg; do
	shift
	set -- "\$@" "\$(echo "\$arg" | sed 's/,?arch_prctl,set_tid_address//')"
done
exec "$real" "\$@"
EOF
cat >without/strace <<EOF
#!/bin/sh
case "\$*" in *seccomp*) exit 1;; esac
exec "$real" "\$@"
EOF
chmod +x wrong/strace without/strace
for dir in wrong without; do
	t_case "$dir: torture" 7 '~exec*' '' env PATH="$PWD/$dir:$PATH" \
	    timeout 60 pt-capture --tracer strace -o torture.pt -- "$HELPERS/torture" 7
	sort "$out" >want
	canonical_tree torture.pt >got
	t_ok "$dir: each event of it, exactly" diff -u want got
	t_ok "$dir: without --seccomp-bpf" sh -c "PATH='$PWD/$dir:$PATH' timeout 60 \
	    pt-capture --tracer strace -o fast.pt -- cat /proc/self/status |
	    grep -q '^Seccomp:.*0'"
done
t_ok 'which was asked for' test -s asked
t_case 'killed by a signal: 128 + n' 137 '' '' \
    capture killed.pt -- sh -c 'kill -9 $$'
t_ok 'the signal is in the recording' grep -q '^exit.*	signal=SIGKILL$' killed.pt
t_case 'killed in all ways' 0 '~signal*' '' capture all.pt -- "$HELPERS/killed"
# strace shows signals that are delivered, but for SIGKILL, and no names; and those
# that are ignored: SIGHUP, and the SIGUSR2 of whoever sends it to its group
grep -v -e '	sig=SIGKILL	' -e '	sig=SIGUSR1	' "$out" |
    sed 's/	comm=[^	]*//' | sort >want
pt-ingest all.pt | grep '^signal' | sed 's/	ts=[0-9]*//' |
    grep -v -e '	sig=SIGHUP	' -e '	pid=\([0-9]*\)	sig=SIGUSR2	.*	from=\1	' |
    sort >got
t_ok 'each signal, its code and its sender, and no other' diff -u want got
t_ok 'there are several' test "$(wc -l <want)" -gt 12
t_case '--signals all' 0 '' '' capture chld.pt --signals all -- sh -c 'sh -c "exit 3"; exit 0'
t_ok 'SIGCHLD' grep -q '^signal	ts=[0-9]*	pid=[0-9]*	sig=SIGCHLD	code=CLD_EXITED$' chld.pt
t_case '--signals none' 0 '' '' capture none.pt --signals none -- \
    sh -c 'exec 2>/dev/null; sh -c "kill \$\$"; exit 0'
t_ok 'none' sh -c 'grep -q "^exit.*SIGTERM" none.pt && ! grep "^signal" none.pt'
# directories: as /proc tells them of each process itself, or its parent
mkdir -p dirs/a/b "dirs/new
line"
ln -s a dirs/link
cat >where.sh <<'EOT'
here() {
	perl -e '$_ = readlink("/proc/self/cwd"); s/\n/\\n/g; print "$_\n"' x
}
here
cd dirs/a/b && here
cd .. && here
cd ../new* && here
(cd / && here)
env -C ../a/b perl -e 'opendir D, ".."; chdir D; exec "perl", "-e",
    q($_ = readlink("/proc/self/cwd"); print "$_\n"), "x"'
EOT
t_case 'directories' 0 '~/*' '' capture cwd.pt -- sh where.sh
grep '^exec.*	argv=perl	.*	x$' cwd.pt | tr '\t' '\n' | sed -n 's/^cwd=//p' >got
t_ok 'those in which the commands were executed' diff -u "$out" got
t_ok 'there are six' test "$(wc -l <got)" -eq 6
t_case 'a link is in the path, as it was given to chdir' 0 '' '' \
    capture link.pt -- sh -c 'cd -P dirs/a; cd ../link/b && /bin/true; exit 0'
t_ok '(the shell resolves it)' grep -q '^exec.*	cwd=[^	]*/dirs/.*/b	.*argv=/bin/true' link.pt
t_case '--env: it is said that there is none' 0 '' \
    'pt-capture: --env: with strace there are no environments' \
    capture env.pt --env -- true
t_case 'no name: 127' 127 '' 'pt-capture: : No such file or directory' \
    capture none.pt ''
t_case 'not found: 127' 127 '' 'pt-capture: nowhere: No such file or directory' \
    capture none.pt nowhere
t_case '... with standard error closed, too' 127 '' '' \
    sh -c 'timeout 300 pt-capture --tracer strace -- nowhere 2>&-'
t_case 'not executable: 126' 126 '' 'pt-capture: /etc/passwd: Permission denied' \
    capture none.pt /etc/passwd
printf 'echo "$0 $1"; exit 4\n' >text
chmod +x text
t_case 'a script without #!' 4 './text x' '' capture text.pt -- ./text x
t_ok '... is executed by the shell' sh -c '
	! grep "^execfail" text.pt &&
	    grep -q "^exec.*	argv=/bin/sh	./text	x$" text.pt'
t_case 'events on stdout, the output of the command on stderr' 0 '~trace	*' 'out' \
    timeout 300 pt-capture --tracer strace -- echo out
t_case 'a daemon is waited for' 0 '' '' \
    capture daemon.pt -- sh -c 'sleep 1 & exit 0'
t_ok 'and its end is in the recording' sh -c '
	[ "$(grep -c "^exit" daemon.pt)" -eq 2 ] && tail -n 1 daemon.pt | grep -q "^end"'
t_case 'strace is killed' 125 '' \
    'pt-capture: tracing failed: strace was killed by signal 9; the recording ends there' \
    capture cut.pt -- sh -c 'kill -KILL $PPID; exit 0'
t_ok '... what was recorded is kept, and ends in a loss' sh -c '
	grep -q "^exec" cut.pt && [ "$(grep -c "^lost" cut.pt)" -eq 1 ] &&
	tail -n 1 cut.pt | grep -q "	cut=1$"'
t_case '--timeout ends what hangs' 124 '' \
    '~pt-capture: time is up: ending the command and its descendants*' \
    capture hang.pt --timeout 1 -- sh -c '(sh -c "sleep 600 & exit 0") | cat'
t_ok 'and it is said what it was' sh -c 'pt-ingest hang.pt | pt-why | tr -s "\n " "  " |
	grep -Eq "cat \(pid [0-9]+\) reads pipe [0-9]+ \(fd 0\); still open for writing in: sleep 600"'

t_case 'where there is no bpftrace, strace takes over' 3 '' \
    '~*pt-capture: tracing with strace instead' \
    timeout 300 pt-capture -b ./nowhere -o auto.pt -- sh -c 'exit 3'
t_ok 'and records' grep -q '^exit.*	status=3$' auto.pt
t_case 'but not with --tracer bpftrace' 125 '' '~*bpftrace*' \
    pt-capture --tracer bpftrace -b ./nowhere -o auto.pt -- true
t_case 'nor is there a tracer of another name' 125 '' \
    "pt-capture: --tracer: 'dtrace' is none of auto, bpftrace, strace" \
    pt-capture --tracer dtrace -- true
mkdir path
ln -s "$(command -v sh)" path/sh
t_case 'nor strace' 125 '' 'pt-capture: strace: not found: apt-get install strace' \
    env PATH="$PWD/path" "$BIN/pt-capture" --tracer strace -- sh -c true

# as another user, who may not trace with BPF
if [ "$(id -u)" -eq 0 ] && id nobody >/dev/null 2>&1; then
	mkdir -m 777 nobody
	cp "$BIN/pt-capture" nobody	# $BIN may be somewhere in /root
	t_case 'not root' 0 '' '' env HOME=/ setpriv --reuid nobody --clear-groups \
	    timeout 300 nobody/pt-capture --tracer strace -o nobody/n.pt -- \
	    sh -c 'true & wait'
	t_ok 'and its recording' test "$(grep -c '^exit' nobody/n.pt)" -eq 2
	su=$(command -v su)
	t_case 'a set-user-ID program has no rights, which is said once' 0 '~su *' \
	    "pt-capture: $su runs without its set-user-ID or set-group-ID rights, as everything does that strace traces" \
	    env HOME=/ setpriv --reuid nobody --clear-groups timeout 300 \
	    nobody/pt-capture --tracer strace -o nobody/s.pt -- \
	    sh -c '"$1" --version && "$1" --version' - "$su"
	for how in '' without; do
		PATH=${how:+$PWD/$how:}$PATH t_case "traced by root${how:+, without --seccomp-bpf}" \
		    0 '~su *' "$([ "$how" ] || echo "pt-capture: $su runs without its set-user-ID or set-group-ID rights, as everything does that strace traces")" \
		    capture u.pt -- setpriv --reuid nobody --clear-groups sh -c \
		    '"$1" --version; sleep 0.1' - "$su"
	done
	# from its first line on, which the end of the exec is
	t_case 'the command cannot look into pt-capture' 0 '' '' env HOME=/ \
	    setpriv --reuid nobody --clear-groups timeout 300 nobody/pt-capture \
	    --tracer strace -o nobody/looks.pt -- sh -c '
	    read -r a b c capture rest <"/proc/$PPID/stat"
	    while ls "/proc/$capture/fd" >nobody/fds 2>&1; do :; done'
fi

# in a PID namespace of its own, numbers mean other processes than here
if [ "$(id -u)" -eq 0 ] && [ -w /proc/sys/kernel/ns_last_pid ] &&
    unshare -pf --mount-proc true; then
	t_case 'a PID namespace' 3 inner '' capture ns.pt -- \
	    unshare -pf --mount-proc sh -c '/bin/echo inner; exit 3'
	t_case '... is part of the tree' 0 'unshare
sh
/bin/echo' '' sh -c 'pt-ingest ns.pt | sed -n "s/^exec	.*	argv=\([^	]*\).*/\1/p"'
	sleep 600 &
	stranger=$!
	t_case 'a process there has the number of another one here' 124 '' \
	    'pt-capture: time is up: ending the command and its descendants' \
	    capture ns.pt --timeout 1 -- unshare -pf --mount-proc sh -c "
	    echo $((stranger - 1)) >/proc/sys/kernel/ns_last_pid; sleep 600 & wait"
	t_ok '... and --timeout ends the right one' kill -0 $stranger
	kill $stranger
fi

mkfifo never
# a child of posix_spawn() that hangs before its exec
t_case '--timeout ends one that is not known from the log' 124 '' \
    'pt-capture: time is up: ending the command and its descendants' \
    capture spawn.pt --timeout 1.5 -- python3 -c "import os
os.posix_spawn('/bin/cat', ['cat'], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 0, 'never', os.O_RDONLY, 0)])"

# the same command, with both
if command -v bpftrace >/dev/null && [ "$(id -u)" -eq 0 ]; then
	# the shape of a tree: argv and status, by depth
	shape() {
		pt-ingest "$1" | pt-render-jsonl -d by-process --no-exec-args |
		jq -r '[(.Exec.cmdline // empty | join(" ")), (.Exit | .exit_code? //
		    empty | tostring)] | .[]'
	}
	set -- sh -c 'for i in 1 2 3; do sh -c "exit $i"; done; ls / | sort | tail -n 1;
		setsid true; (exec true); sh -c "kill -9 \$\$"; exit 4'
	timeout 300 pt-capture -t --tracer bpftrace -o bpf.pt -- "$@" >/dev/null 2>&1
	timeout 300 pt-capture --tracer strace -o strace.pt -- "$@" >/dev/null 2>&1
	shape bpf.pt >want
	shape strace.pt >got
	t_ok 'the same tree as with bpftrace' cmp want got
	t_ok 'which is not empty' test "$(wc -l <want)" -gt 15
fi
t_done
