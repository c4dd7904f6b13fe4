#!/bin/sh
# pt-capture on real processes: what a recording says is what has happened
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
. "$TESTS/canonical.sh"
t_trace

# capture FILE CMD...: a recording, within a minute
capture() {
	capture_out=$1
	shift
	timeout 300 pt-capture -o "$capture_out" "$@"
}

## the command, and what is said of it

t_case 'the seed: status, output on stderr, events on stdout' 3 \
    "~trace	version=1	*" 'a b ' \
    timeout 300 pt-capture -- sh -c '/bin/echo "a b" ""; exit 3'
cp "$out" seed.pt
t_ok 'each line of it is an event' pt-sort -o /dev/null seed.pt
t_ok 'its argv are exact' sh -c 'pt-ingest seed.pt | pt-render-jsonl |
    jq -e -c "select(.Exec.pid != null) | .Exec.cmdline" |
    grep -Fqx "[\"/bin/echo\",\"a b\",\"\"]"'
t_case 'with -o its standard output is its own' 0 'to stdout' 'to stderr' \
    capture o.pt -- sh -c 'echo to stdout; echo to stderr >&2'
t_case 'killed by a signal: 128 + n' 143 '' '' \
    capture killed.pt sh -c 'kill -TERM $$'
t_case 'not found: 127, as env' 127 '' \
    'pt-capture: ./nothing: No such file or directory' \
    capture none.pt ./nothing
t_case 'not executable: 126' 126 '' \
    'pt-capture: /etc/passwd: Permission denied' capture none.pt /etc/passwd
t_ok 'the failed exec is in the recording' \
    grep -q '^execfail.*errno=EACCES	file=/etc/passwd$' none.pt
t_case 'no command' 125 '' "pt-capture: no command
Try 'pt-capture --help'." \
    pt-capture
t_case 'no bpftrace: 125 and the cure' 125 '' '~pt-capture: tracing failed: there is no bpftrace: apt-get install bpftrace*' \
    pt-capture --tracer bpftrace -b ./nowhere/bpftrace -- true
t_case 'a script that is none: 125' 125 '' '~*tracing failed: bpftrace ended*' \
    pt-capture --tracer bpftrace --script /etc/passwd -- true
t_case 'the built-in script' 0 "@$ROOT/share/bpftrace/proctrace.bt" '' \
    pt-capture --signals none --print-script

## everything that tracers get wrong: tests/helpers/torture.c

t_case 'torture runs' 7 '~exec*' '' capture torture.pt "$HELPERS/torture" 7
sort "$out" >want
canonical_tree torture.pt >got
t_ok 'each event of it, exactly, and no other' diff -u want got
echo "# $(wc -l <want) events of $(grep -c ^fork want) processes"
t_ok 'in a recording of the tree only as well' sh -c '
	timeout 300 pt-capture -t -o pruned.pt "$1" >want2; [ $? -eq 0 ]' - \
    "$HELPERS/torture"
sort want2 >want
canonical_tree pruned.pt >got
t_ok 'each event of it, exactly, and no other (--tree)' diff -u want got
canonical <pruned.pt | awk -F '\t' '$1 == "fork"' | wc -l >forks
t_ok 'and only the tree is in it' test "$(cat forks)" -eq \
    $(($(grep -c ^fork want) + 1))

## argv beyond what the tracer takes: cut, marked, never another's bytes

head -c 100000 /dev/zero | tr '\0' z >long
t_case 'an argv of 200 KB' 0 '' '' env SECRET=do-not-record \
    timeout 300 pt-capture -o long.pt sh -c '
	long=$(cat long); exec true "$long" "${long%????????????????????}"'
grep '^exec	.*	file=[^	]*/true	.*	argv=true	' long.pt >cut.pt
t_ok 'is marked with its true length' grep -q '	argvlen=199987	argv=' cut.pt
sed 's/.*	argv=true	//' cut.pt | tr -d '\n' >args
t_ok 'has its first 64 KiB' test "$(wc -c <args)" -ge $((65536 - 5))
head -c "$(wc -c <args)" long | cmp -s - args
t_ok 'byte for byte' test $? -eq 0
t_ok 'and nothing of the environment' sh -c '! grep -q do-not-record long.pt'

## the environment, if it is asked for

t_case '--env' 0 '' '' env -i PATH="$PATH" ODD="a
b	c" LONG="$(head -c 5000 long)" "$BIN/pt-capture" --env -t -o env.pt -- sh -c true
t_case '... which only its owner may read' 0 600 '' stat -c %a env.pt
t_ok 'the environment of an exec, exactly' sh -c '
	pt-ingest env.pt | grep "^env" | tail -n 1 | sed "s/.*	argv=//" | tr "\t" "\n" >vars
	grep -Fqx "ODD=a\\nb\\tc" vars && grep -Fqx "LONG=$(head -c 5000 long)" vars &&
	[ "$(wc -l <vars)" -eq 3 ]'
t_ok 'not without --env' sh -c '! grep -q "^env" many.pt torture.pt pruned.pt'

## names

t_case 'a process that gives itself a name' 0 '' '' \
    capture name.pt perl -e '$0 = "a\nexit\tts=\\name, too long"'
t_ok 'has it at its end, to 15 bytes' \
    grep -q '^exit	.*	comm=a\\nexit\\tts=\\\\name$' name.pt

## 5,000 processes, none lost

t_case 'a recording of 5,000 processes' 0 '' '' \
    capture many.pt -- "$HELPERS/spawns" 5000 2
pt-ingest many.pt >many.tree
count() {
	grep -c "^$1	" many.tree
}
echo "# $(count fork) forks, $(count exec) execs, $(count exit) exits," \
    "$(count lost) losses"
t_ok 'has 5,000 of each, and the root' test \
    "$(count fork) $(count exec) $(count exit) $(count lost)" = "5001 5001 5001 0"

## a signal before the command

pt-capture --tree -o early.pt -- sh -c 'exit 3' &
capture=$!
until pgrep -P "$capture" bpftrace >pid || ! kill -0 "$capture"; do :; done
kill -USR1 "$capture"
wait "$capture"
t_ok 'SIGUSR1 before the command has begun does no harm' test $? -eq 3
t_ok 'and it is recorded' grep -q '^exit.*	status=3	' early.pt

## many, then nothing

# what was printed last wakes nobody by itself: it must not wait for more
timeout 300 pt-capture -- sh -c '"$HELPERS/spawns" 2000 2; /bin/true last of many
    sleep 2; cp now.pt then.pt' >now.pt
t_ok 'what happens last is there soon' grep -q '	argv=/bin/true	last	of	many$' \
    then.pt
t_ok 'and all before it' sh -c '[ "$(grep -c "^exit" then.pt)" -ge 2000 ]'

# nor for those of another CPU
timeout 300 taskset -c 0 pt-capture --tree -- sh -c '
    "$HELPERS/spawns" 100000 1 &
    sleep 1; taskset -c "$1" /bin/true one of few
    sleep 3; cp now.pt then.pt; kill $!' sh $(($(nproc) - 1)) >now.pt
t_ok 'what happens where little does is there soon' \
    grep -q '	argv=/bin/true	one	of	few$' then.pt

## the ends of some are lost

t_case 'with the smallest buffer events are lost' 0 '' \
    '~pt-capture: [1-9]* events were lost' env BPFTRACE_PERF_RB_PAGES=1 \
    timeout 300 pt-capture -t -o lossy.pt -- "$HELPERS/spawns" 3000 2
t_ok 'and still the recording ends' sh -c 'tail -n 1 lossy.pt | grep -q "^end"'

## others fork all the time

"$HELPERS/spawns" 1000000 4 &
storm=$!
t_case 'the recording ends although others never do' 0 '' '' \
    capture storm.pt -- sh -c 'sleep 0.1 & exit 0'
kill "$storm"
t_ok 'with the ends of both' sh -c '
	[ "$(pt-ingest storm.pt | grep -c "^exit")" -eq 2 ]'

## the command is where pt-capture is not

t_case 'another CPU' 0 '' '' timeout 300 taskset -c 0 pt-capture -o cpu.pt -- \
    taskset -c $(($(nproc) - 1)) true
t_ok 'and its end is in the recording' grep -q '^exit' cpu.pt

## two at the same time

capture first.pt -- "$HELPERS/torture" >want1 &
first=$!
t_case 'two captures at the same time' 0 '~exec*' '' \
    capture second.pt -- "$HELPERS/torture"
sort "$out" >want2
wait "$first"
t_ok 'both end well' test $? -eq 0
canonical_tree first.pt >got1
canonical_tree second.pt >got2
sort -o want1 want1
t_ok 'the first is exact' diff -u want1 got1
t_ok 'the second is exact' diff -u want2 got2
t_ok 'each has one trace line and one root' sh -c '
	for f in first second; do
		[ "$(grep -c "^trace" $f.pt) $(grep -c "^root" $f.pt)" = "1 1" ] ||
		    exit 1
	done'

## the marks of others (setpgid() of a PID beyond all PIDs) are none of ours

t_case 'a recording while others mark themselves' 0 '' '' \
    capture marks.pt -t perl -e 'setpgrp(1886679653, 1) for 1 .. 200000'
t_ok 'has lost nothing by it' sh -c '! grep ^lost marks.pt'

## in a PID namespace, from within

t_case 'in a PID namespace' 3 '' '' timeout 300 unshare -pf --mount-proc \
    "$BIN/pt-capture" -o ns.pt -- sh -c 'sh -c "exit 2"; true & wait; exit 3'
pt-ingest ns.pt >ns.tree
t_ok 'root and tree are right' test \
    "$(grep -c '^fork' ns.tree) $(grep -c '^exit' ns.tree)" = '3 3'
t_ok 'the PIDs are those of the initial namespace' sh -c '
	root=$(sed -n "s/^root.*pid=//p" ns.tree); [ "$root" -gt 50 ]'
t_ok 'the PID that the process itself sees is told' \
    grep -q '^exec.*	nspid=[0-9][0-9]*	.*argv=sh	-c	exit 2$' ns.tree
t_case 'and --timeout ends the command' 124 '' '~pt-capture: time is up*' \
    timeout 300 unshare -pf --mount-proc \
    "$BIN/pt-capture" --timeout 1 -o ns.pt -- sleep 100
t_ok 'nspid= is not told when it is the same' sh -c '! grep -q nspid= pruned.pt'

## processes that exist already

mkfifo go
sh -c 'sleep 300 & read -r line <go; sh -c "exit 2"; kill $!; exit 4' &
pid=$!
timeout 300 pt-capture -p "$pid" >attach.pt &
capture=$!
until grep -q 'snapshot=1' attach.pt || ! kill -0 "$capture"; do sleep 0.1; done
echo >go
wait "$capture"
t_ok '-p ends when they have ended' test $? -eq 0
wait "$pid"
pt-ingest attach.pt >attach.tree
t_ok '-p: what exists is in the recording, parents first' sh -c '
	sed -n "s/.*snapshot=1.*	argv=//p" attach.tree | cut -c 1-8 |
	tr "\n" " " | grep -q "^sh	-c	sl sleep	30 "'
t_ok '-p: since when they are' sh -c '
	now=$(date +%s)
	grep "snapshot=1" attach.tree | sed "s/.*	started=//; s/	.*//" |
	awk -v now="$now" "{ n += \$1 / 1e9 <= now && \$1 / 1e9 > now - 600 }
		END { exit n != 2 }"'
t_ok '-p: where they are' sh -c '
	grep "snapshot=1" attach.tree | grep -c "	cwd=$(pwd -P)	" | grep -qx 2'
t_ok '-p: their names' sh -c '
	grep "snapshot=1" attach.tree | grep -o "	comm=[a-z]*	" | tr -d "\n" |
	grep -q "^	comm=sh		comm=sleep	$"'
t_ok '-p: what they forked, and how all ended' sh -c '
	[ "$(grep -c "^fork" attach.tree) $(grep -c "^exit" attach.tree)" = "1 3" ] &&
	grep -q "^exit.*	status=4	" attach.tree &&
	grep -q "^exit.*	signal=SIGTERM	" attach.tree'
t_case '-p: no such process' 125 '' 'pt-capture: --pid: there is no process 4194303' \
    pt-capture -p 4194303
# while something happens
everything() {
	pt-capture -o all.pt -a --timeout 1 &
	while kill -0 $! 2>/dev/null; do
		/bin/true
	done
	wait $!
}
t_case '-a: everything, for a second' 0 '' '' everything
t_ok '-a: what is new as well' sh -c '
	grep -q "^fork" all.pt && grep -q "^exec.*argv=/bin/true" all.pt &&
	grep -q "^exit.*comm=true" all.pt'
t_ok '-a: not what each process of the system has open' \
    eval '! grep "^fd" all.pt'
t_ok '-a: PID 1 is in it' grep -q '^exec	ts=[0-9]*	pid=1	.*snapshot=1' all.pt
t_ok '-a: no process twice' sh -c '
	awk "/snapshot=1/ { print \$3 }" all.pt | sort | uniq -d | grep -q . && exit 1
	exit 0'

## what outlives the command

t_case 'a daemon is waited for, and named when that takes long' 0 '' \
    '~pt-capture: the command has ended, 1 of its descendants lives on (^C ends the recording):
*sleep 1.3' capture daemon.pt -- sh -c 'sleep 1.3 & exit 0'
t_ok 'and its end is in the recording' sh -c '
	pt-ingest daemon.pt | grep -c "^exit" | grep -qx 2'
t_ok 'and the recording ends soon after it' sh -c '
	pt-ingest daemon.pt | pt-render-jsonl | jq -se "map(select(.Exit)) as \$exits |
	    last.End.timestamp - (\$exits | last.Exit.timestamp) < 5e9" >/dev/null'
t_case '--until root does not wait' 0 '' '' \
    capture daemon.pt --until root -- sh -c 'sleep 3 & exit 0'
t_done
