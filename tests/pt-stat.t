#!/bin/sh
# pt-stat: its numbers are those that jq finds in what pt-render-jsonl says
# (stat/stat.jq, which knows nothing of the C code), on small recordings and on
# a real parallel build. golden/*.stat.* are whole outputs.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
unset PROCTRACE_LONG_NIX_PATHS
t_as_root
t_need jq

# found.jq: of pt-stat's own, what stat.jq finds
cat >found.jq <<'EOT'
def plain: if test("[^ -~]|\\\\") then "?" else . end;
# the nodes of the merged tree, each with its path
def paths:
	reduce .[] as $n ({ path: [], all: [] };
		.path = .path[:$n.depth] + [$n.program]
		| .all += [{ path, runs: $n.runs, failed: $n.failed, own: $n.own_ns,
			critical: $n.critical_ns, inside: $n.critical_inside_ns }])
	| .all | map(.path |= map(plain)) | sort;
{ wall_ns, after_root_ns, cpu_ns, processes, execs, failed_execs, failed,
	running, end_unknown, lost_events, concurrency, programs, longest,
	critical_path, still_running, exec_failures, merged, failure, outlived,
	serial_ns, serial, critical_idle_ns, repeats }
| .programs |= (map(del(.mean_ns) | .cpu_ns //= 0 | .program |= plain) | .[:10])
| .longest |= (map({ pid, life, start_ns, time_ns }) | .[:10])
| .critical_path |= map({ pid, life, from_ns, to_ns })
| .still_running |= map({ pid, start_ns })
| .exec_failures |= (map(.file |= plain) | .[:10])
| .merged |= paths
| .failure |= (.chain |= map(.pid) | del(.others))
| .outlived |= (map({ pid, by_ns }) | sort)
| .serial |= map({ pid, children, time_ns, beside_ns })
| .repeats |= (map(select(.command | test("tmp|[0-9]|[^ -~]|\\\\") | not) |
	{ runs, command }) | sort)
EOT

# agrees FILE: pt-stat --json of it with jq
agrees() {
	pt-render-jsonl --no-exec-args "$1" >lines 2>/dev/null
	jq -S -n -f "$TESTS/stat/stat.jq" lines >want || return 1
	pt-stat --json --top 0 "$1" >json 2>/dev/null
	jq -S -f found.jq json >got || return 1
	diff -u want got
}

# line KIND FIELD...: an event of process 7
line() {
	printf '%s\tts=%s\tpid=7\tppid=1\tpgid=1\tsid=1' "$1" "$2"
	shift 2
	[ $# -eq 0 ] || printf '\t%s' "$@"
	echo
}
{ line fork 1; line exec 2 joined=1 'argv=/bin/cat a/b c'; } >joined
t_case 'the program of arguments that are joined' 0 cat '' \
    sh -c 'pt-stat --json joined | jq -r ".programs[].program"'

# adds_up FILE: what must hold for any recording
adds_up() {
	pt-stat --json --top 0 "$1" | jq -e '
		def length_of: map(.to_ns - .from_ns) | add // 0;
		(.critical_path | length_of) == .wall_ns and
		(.after_root | length_of) == .after_root_ns and
		(.programs | map(.runs) | add) == .processes and
		(.programs | map(.critical_ns) | add) == .wall_ns and
		(.critical_by_parent | map(.critical_ns) | add // 0) == .wall_ns and
		(.critical_by_command | map(.critical_ns) | add // 0) == .wall_ns and
		(.merged | map(.runs) | add) == .processes and
		(.merged | map(.own_ns) | add) == (.programs | map(.own_ns) | add) and
		(.programs | map(.failed) | add) == .failed and
		(.programs | map(.total_ns) | add) ==
		    (.longest | map(.time_ns) | add) and
		(.longest | length) == .processes and
		(.still_running | length) == .running and
		((.exec_failures | map(.count) | add) // 0) == .failed_execs and
		all(.critical_path[]; .to_ns > .from_ns)'
}

for rec in "$TESTS"/golden/*.pt; do
	name=${rec##*/}
	case $name in
	*.*.pt) continue ;;
	esac
	pt-sort "$rec" >sorted.pt
	t_ok "$name: what jq finds" agrees sorted.pt
	t_ok "$name: adds up" adds_up "$rec"
done

# a daemon, which outlives the root and still runs, and an orphan that ends
tr ' ' '\t' >daemon.pt <<'EOT'
trace version=1
root ts=0 pid=10
fork ts=1000000 pid=10 ppid=1 pgid=10 sid=10
exec ts=2000000 pid=10 ppid=1 pgid=10 sid=10 file=/bin/sh argv=sh -c test
fork ts=3000000 pid=11 ppid=10 pgid=10 sid=10
exec ts=3100000 pid=11 ppid=10 pgid=10 sid=10 file=/bin/testd argv=testd
fork ts=4000000 pid=12 ppid=11 pgid=10 sid=10
setsid ts=4100000 pid=12 ppid=11 pgid=12 sid=12
exit ts=5000000 pid=11 ppid=10 pgid=10 sid=10 status=0 cputime=700000
fork ts=6000000 pid=13 ppid=10 pgid=10 sid=10
execfail ts=6050000 pid=13 ppid=10 pgid=10 sid=10 errno=ENOENT file=/usr/local/bin/cc
execfail ts=6100000 pid=13 ppid=10 pgid=10 sid=10 errno=ENOENT file=/usr/local/bin/cc
exec ts=6200000 pid=13 ppid=10 pgid=10 sid=10 file=/usr/bin/cc argv=cc
fork ts=7000000 pid=14 ppid=12 pgid=12 sid=12
exit ts=16000000 pid=13 ppid=10 pgid=10 sid=10 status=2 cputime=9000000
execfail ts=16500000 pid=10 ppid=1 pgid=10 sid=10 errno=EACCES file=/report
exit ts=19000000 pid=14 ppid=12 pgid=12 sid=12 status=0 cputime=100
exit ts=21000000 pid=10 ppid=1 pgid=10 sid=10 signal=SIGTERM cputime=300000
lost ts=21100000 cpu=1 count=3
setsid ts=21500000 pid=12 ppid=1 pgid=12 sid=12
end ts=31000000
EOT
t_ok 'a daemon: what jq finds' agrees daemon.pt
t_ok 'a daemon: adds up' adds_up daemon.pt
t_case 'a daemon' 0 'sh -c test

What stands out
  Failed: `sh -c test` was killed by SIGTERM; 1 other failed.
  `testd` still ran 10.0 ms after the command had ended; started by `testd`.
  cc: 50 % of the critical path, in 1 run.

Wall time       20.0 ms, SIGTERM, and its descendants 10.0 ms longer
Processes       5, 2 failed, 1 still running, 3 execs
CPU time        10.0 ms, 0.33 CPUs on average; 50 % of the critical path idle
Concurrency     at most 4, 2.37 on average; without children 2, 1.53
Not executed    EACCES /report
Lost events     3: processes, execs and ends may be missing

Programs by own time: without a live child
       own         cpu     path     runs   failed       total  program
   28.0 ms    700.1 us   10.0 %        3        0     41.0 ms  testd
   10.0 ms      9.0 ms   50.0 %        1        1     10.0 ms  cc
    8.0 ms    300.0 us   40.0 %        1        1     20.0 ms  sh

One at a time: time, share, children, who ran them
    8.0 ms   40.0 %        2  sh -c test

Failures that were not tolerated
      10  SIGTERM                sh -c test
      13  exit 2       beside    cc

Outlived the command
   10.0 ms        12  running      testd, started by `testd`' '' pt-stat daemon.pt

sed 's/lost	.*/lost	ts=25000000	cpu=0	count=1/' daemon.pt | pt-sort >lost.pt
t_ok 'a daemon that may have ended: what jq finds' agrees lost.pt
t_case '... is not said to run' 0 '~*Processes       5, 2 failed, 1 with an unknown end, *
*end unknown  testd*' '' pt-stat -a lost.pt

# rows HEADING: how many that table has, of the pt-stat text on stdin
rows() {
	awk -v heading="$1" '!NF { on = 0 } index($0, heading) == 1 { on = 1 }
	    on { n++ } END { print n - 2 }'
}
count() { pt-stat -a "$@" | rows 'Longest processes'; }
t_case '--top' 0 2 '' count --top 2 daemon.pt
t_case '-n0: all' 0 142 '' count -n0 "$TESTS/golden/hostile.pt"
t_case 'ten' 0 10 '' count "$TESTS/golden/hostile.pt"
t_case 'a heading says how many there are' 0 '~*
Longest processes (2 of 5)
*' '' pt-stat -an 2 daemon.pt
t_case '--short' 0 'Wall time       20.0 ms, SIGTERM, and its descendants 10.0 ms longer
Processes       5, 2 failed, 1 still running, 3 execs
  Failed: `sh -c test` was killed by SIGTERM; 1 other failed.
  `testd` still ran 10.0 ms after the command had ended; started by `testd`.
  cc: 50 % of the critical path, in 1 run.' '' pt-stat --short daemon.pt
t_case '--top nonsense' 2 '' "~pt-stat: --top: '1x' is not a number*" \
    pt-stat --top 1x daemon.pt
t_case '--width nonsense' 2 '' "~pt-stat: --width: '' is not a number*" \
    pt-stat -w '' daemon.pt

# widest ARG...: the longest line of pt-stat's
widest() { pt-stat -a "$@" | awk 'length > max { max = length } END { print max }'; }
awk 'BEGIN { for (i = 0; i < 60; i++) printf "\tlonger" }' >long
sed "s/argv=testd/&$(cat long)/" daemon.pt >long.pt
t_case 'lines of 80 columns' 0 80 '' widest long.pt
t_case '-w 60' 0 60 '' widest -w 60 long.pt
t_case '-w 0: whole' 0 '~*testd*longer longer
*' '' pt-stat -aw 0 long.pt
utf8() { LC_ALL=C.UTF-8 pt-stat -a "$@"; }
t_case 'in UTF-8' 0 '~*testd longer*…
*' '' utf8 long.pt
t_case 'without' 0 '~*testd longer*...
*' '' pt-stat -a long.pt

sed 's|/bin/testd	argv=|&/nix/store/lm10ywzflq9qfhr4fl0zqxrhiksf28ks-t-1/bin/|' \
    daemon.pt >nix.pt
t_case 'paths of the Nix store' 0 '~*  <store>/testd
*' '' pt-stat -a nix.pt
long() { PROCTRACE_LONG_NIX_PATHS=1 pt-stat -aw 0 "$@"; }
t_case '... in full' 0 '~*  /nix/store/lm10*/bin/testd
*' '' long nix.pt

bare=$TESTS/golden/bare.pt
pt-sort "$bare" >sorted.pt
t_case 'a recording of the bare tracer' 0 "$(pt-stat sorted.pt)" '' pt-stat "$bare"
t_case 'nothing' 1 '' 'pt-stat: no process in the recording' pt-stat /dev/null

# --- a real build of 200 files, with planted faults: a test that fails, a chain, and
# a command that runs 40 times ---
build() {
	mkdir src && cd src || return
	i=0
	while [ "$i" -lt 200 ]; do
		echo "int f$i(void) { return $i; }" >"f$i.c"
		i=$((i + 1))
	done
	cat >Makefile <<'EOT'
all: $(patsubst %.c,%.o,$(wildcard *.c))
	cc -shared -o all.so $^
	-cc -o none none.c
	sh chain.sh
	sh forty.sh
	sh test.sh
EOT
	awk 'BEGIN { for (i = 0; i < 10; i++) print "sleep 0.0" i }' >chain.sh
	awk 'BEGIN { for (i = 0; i < 40; i++) print "expr 1 + 1 >sum" }' >forty.sh
	printf 'grep -q nothing forty.sh || exit 3\n' >test.sh
	timeout 300 pt-capture -o ../raw.pt -- make -j2
	[ $? -eq 2 ] && cd .. && pt-ingest -o build.pt raw.pt
}

whole() {
	jq -e '.lost_events == 0 and .running == 0 and .failed >= 1 and
	    .concurrency.max_busy >= 2 and
	    (.programs[] | select(.program == "cc").runs) == 202 and
	    (.findings[0] | .kind == "failed" and (.text |
		test("^Failed because `grep -q nothing forty.sh` ended with exit 1 "))) and
	    [.failure.chain[].command] ==
		["make -j2", "sh test.sh", "grep -q nothing forty.sh"] and
	    any(.serial[]; .command == "sh chain.sh" and .children == 10) and
	    any(.repeats[]; .command == "expr 1 + 1" and .runs == 40)' json && return
	jq -c '.findings, .failure, .serial[:3], .repeats[:3]' json
	return 1
}

if ! t_traces; then
	t_skip 'make -j2 of 200 files' "$t_why"
else
	t_ok 'make -j2 of 200 files' build
	t_ok '... what jq finds' agrees build.pt
	t_ok '... is what was done' whole
	t_ok '... adds up' adds_up build.pt
	jq -r '"# wall \(.wall_ns / 1e9) s, \(.processes) processes, " +
	    "\(.critical_path | length) steps on the critical path, " +
	    "on average \(.concurrency.mean_busy) busy"' json
fi
# who keeps the pipe that somebody reads the command's output from
{
	printf 'root\tts=0\tpid=7\n'
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=7\tsid=1%b\n' fork 1 7 1 '' \
	    exec 2 7 1 '\tfd1=pipe:77\tfd2=file:1:0:5\targv=./daemon.sh' fork 3 8 7 '' \
	    exec 4 8 7 '\tfd1=pipe:77\tfd2=file:1:0:5\targv=sleep\t20' \
	    exit 50000000 7 1 '\tstatus=0' exit 20000000000 8 1 '\tstatus=0'
} >keeps.pt
said='  `sleep 20` outlived the command by 19.95 s; started by `./daemon.sh`'
t_case 'who outlives the command, and keeps its pipe' 0 \
    "$said, with the pipe of the command's standard output, whose reader waits for it." \
    '' sh -c 'pt-stat -w 0 keeps.pt | grep outlived.the'
t_case '... but not its file' 0 "$said." '' \
    sh -c 'sed s/fd1=pipe:77/fd1=file:1:0:6/ keeps.pt | pt-stat -w 0 | grep outlived.the'
t_case '... nor another pipe' 0 "$said." '' \
    sh -c 'sed "5s/pipe:77/pipe:78/" keeps.pt | pt-stat -w 0 | grep outlived.the'
# make: what runs one at a time, the same commands together, and what helps
serial() {
	printf 'trace\tversion=1\nroot\tts=0\tpid=2\n'
	printf 'fork\tts=0\tpid=2\tppid=1\tpgid=2\tsid=2\n'
	printf 'exec\tts=0\tpid=2\tppid=1\tpgid=2\tsid=2\targv=make%s\n' "$1"
	for n in 3 4 5; do
		for kind in fork exec exit; do
			case $kind in
			exec) more='	argv=sleep	1' ;;
			exit) more='	status=0	cputime=1000000' ;;
			*) more= ;;
			esac
			[ $kind = exit ] && ts=$((n - 2)) || ts=$((n - 3))
			printf '%s\tts=%s000000000\tpid=%s\tppid=2\tpgid=2\tsid=2%s\n' \
			    "$kind" "$ts" "$n" "$more"
		done
	done
	printf 'exit\tts=3000000000\tpid=2\tppid=1\tpgid=2\tsid=2\tstatus=0\tcputime=1000000\n'
	printf 'end\tts=3000000000\n'
}
serial '' >serial.pt
t_case 'one at a time, what helps, and like ones together' 0 \
'  One at a time: `make` ran 3 children, 3.00 s of 3.00 s (make -j N runs several).
  Waiting, without CPU: 3 x `sleep 1` 3.00 s.' '' \
    sh -c 'pt-stat -w 0 serial.pt | sed -n 4,5p'
serial '	-j2' >serial.pt
t_case '... that was asked for' 0 \
'  One at a time: `make -j2` ran 3 children, 3.00 s of 3.00 s.' '' \
    sh -c 'pt-stat -w 0 serial.pt | sed -n 4p'
# Subshells that wait, as in "(read -t 1)", are not told of together; each time
# is that of its own process.
grep -v 'argv=sleep' serial.pt >forked.pt
t_case 'what waits without having executed anything' 0 \
'  Waiting, without CPU: `make -j2` 999.0 ms, `make -j2` 999.0 ms, `make -j2` 999.0 ms.' \
    '' sh -c 'pt-stat -w 0 forked.pt | grep Waiting'

# a fork that ended in another way than its parent is a link of the chain
{
	printf 'root\tts=1\tpid=7\n'
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=7\tsid=1%b\n' fork 1 7 1 '' \
	    exec 2 7 1 '\targv=run' fork 3 8 7 '' exit 4 8 7 '\tstatus=3' \
	    exit 5 7 1 '\tstatus=2' end 6 7 1 ''
} >fork.pt
t_case 'the finding tells of the last link that is shown' 0 \
    '  Failed because `run` ended with exit 3 (1 process down).' '' \
    sh -c 'pt-stat fork.pt | grep Failed'
t_done
