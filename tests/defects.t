#!/bin/sh
# What an earlier tool did wrong, one case each, by name. (What it did wrong in
# capture is in pt-capture.t: vfork, fork and execveat unseen, failed clones and
# threads taken for forks, the first line discarded, a second of waiting.)
. "${0%/*}/lib.sh"
t_need jq

# ev KIND TS PID PPID [FIELD...]: an event
ev() {
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=7\tsid=7' "$1" "$2" "$3" "$4"
	shift 4
	[ $# -eq 0 ] || printf '\t%s' "$@"
	echo
}
line() {
	printf '%s' "$1"
	shift
	printf '\t%s' "$@"
	echo
}

# render ARG...: only the sections and bars of the chart
render() {
	pt-render-mermaid "$@" >chart || return
	sed -n '/^    section/p; /^    \[/p' chart
}

# by_process ARG...: what happened, a line for each process
by_process() {
	pt-render-jsonl -d by-process "$@" >events || return
	jq -r 'if . then keys[0] + (.[].child_pid // .[].pid | tostring) else "" end' \
	    <events >kinds || return
	awk 'FNR == NR { kinds[FNR] = $0; next }
	    !NF { print ""; next }
	    { printf "%s ", kinds[++n] }
	    END { print "" }' kinds events
}

# soon CMD...: in less than two seconds of CPU time
limit=${SAN:+100000}
soon() {
	"$HELPERS/rusage" used "$@" >/dev/null || return
	read -r kib ms <used
	echo "$*: $kib KiB, $ms ms"
	[ "$ms" -lt "${limit:-2000}" ]
}

"$HELPERS/bigrec" 60000 1000 4 chain >many
pt-ingest many >tree
name='ingest is quadratic'
t_ok "$name: 30,000 processes in pt-ingest" soon pt-ingest many
t_ok "$name: in pt-render-jsonl" soon pt-render-jsonl tree
t_ok "$name: in pt-render-jsonl, by process" soon pt-render-jsonl -d by-process tree
t_ok "$name: in pt-render-mermaid" soon pt-render-mermaid --no-limit tree

{
	line trace version=1 cpus=0-1
	line root ts=0 pid=100
	ev exec 7 101 100 cpu=1 argv=child
	ev fork 8 102 101 cpu=1
	ev exec 9 102 101 cpu=1 argv=grandchild
	ev fork 5 100 1 cpu=0
	ev fork 6 101 100 cpu=0
	line end ts=20
} >rec
{
	line trace version=1
	line root ts=5 pid=100
	ev fork 5 100 1 cpu=0
	ev fork 6 101 100 cpu=0
	sed -n '3,5p;8p' rec
} >want
t_case "a child's exec line before its fork line: the subtree is lost" \
    0 @want '' pt-ingest rec
t_case '... in pt-render-mermaid' 0 '    section [100] (unknown)
    [100] (unknown) (fork, running):active, 0, 1ms
    [101] child (running):active, 0, 1ms
    [102] grandchild (running):active, 0, 1ms' '' render rec

{
	ev fork 1000000 100 1
	ev fork 2000000 101 100
	ev exit 3000000 101 100 status=0
	ev fork 4000000 101 50
	ev exec 5000000 101 50 argv=stranger
	ev fork 6000000 102 101
	ev exit 7000000 101 50 status=0
	ev fork 8000000 103 100
	ev exit 8500000 102 50 status=0
	ev fork 9000000 102 103
	ev exit 9500000 102 103 status=0
	line end ts=10000000
} >reuse
{
	line root ts=1000000 pid=100
	sed -n '1,3p;8p;10,$p' reuse
} >want
t_case 'PID reuse: a stranger enters the tree, a child is lost' 0 @want '' \
    pt-ingest -p 100 reuse
t_case 'PID reuse: two lives are merged into one' 0 'Fork100 
Fork101 Exit101 
Fork103 
Fork102 Exit102 ' '' by_process want
t_case '... in pt-render-mermaid' 0 '    section [100] (unknown)
    [100] (unknown) (fork, running):active, 0, 9000ms
    [101] (unknown) (fork, 1.0 ms):done, 1000, 1000ms
    [103] (unknown) (fork, running):active, 7000, 2000ms
    [102] (unknown) (fork, 500.0 us):done, 8000, 500ms' '' render want

{
	ev fork 1 100 1
	ev fork 2 101 100
	ev exit 3 100 1 status=0
	ev exec 4 101 1 argv=daemon
	ev fork 5 102 101
	ev exit 6 101 1 status=0
	ev exit 7 102 1 status=0
} >rec
{
	line root ts=1 pid=100
	cat rec
} >want
t_case "reading stops at the root's exit although descendants live on" \
    0 @want '' pt-ingest -p 100 rec

name='root never seen, or empty input: status 0 and an empty file'
t_case "$name" 1 '' 'pt-ingest: process 7 is not in the recording' \
    pt-ingest -p 7 -o file rec
t_case '... empty input' 1 '' 'pt-ingest: process 7 is not in the recording' \
    pt-ingest -p 7 -o file
t_case '... in pt-render-mermaid' 1 '' \
    'pt-render-mermaid: no process in the recording' pt-render-mermaid -o file
t_ok '... and no file' test ! -e file

# a NEWLINE b, TAB, a whole exit line, 0xff, as the bare tracer has them
{
	ev fork 1 100 1 cpu=0 seq=1
	ev exec 2 100 1 cpu=0 seq=2 xlen=6 x=0 xe=ff00620a610000
	ev exec 3 100 1 cpu=0 seq=3 xlen=54 \
	    x=300974697865000a,6469700930313d73,3d6469707009373d,64697367700937,0 \
	    xe=0
} >bare
{
	line root ts=1 pid=100
	ev fork 1 100 1
	ev exec 2 100 1 'argv=a\nb' '\xff' 'c\td' \
	    '\nexit\tts=2\tpid=100\tppid=1\tpgid=7\tsid=7\tstatus=0\n' 'e\x1b[31mf'
	ev exec 3 100 1 argv=last
} >escaped
t_case 'a newline in an argument cuts it, a byte that is not UTF-8 loses the exec' \
    0 '~*argv=a\\nb	\\xff*' '~*' pt-ingest -p 100 bare
t_case '... and no argument forges an event' 0 @escaped '' pt-ingest escaped
pt-render-jsonl escaped >json
t_case '... in pt-render-jsonl' 0 '["Root","Fork","Exec","ExecArgs","Exec","ExecArgs"]' \
    '' jq -cs 'map(keys[0])' json
t_case '... where the argument is what it was' 0 '"a\nb"
"c\td"
"\nexit\tts=2\tpid=100\tppid=1\tpgid=7\tsid=7\tstatus=0\n"' '' \
    sh -c 'jq -c "select(.Exec).Exec.cmdline | .[0,2,3]" json | sed 3q'
t_case '... in pt-render-mermaid' 0 '~*\[100\] $'\''a\\nb'\'' $'\''\\xff'\'' $'\''c\\td'\''*\[100\] last*' \
    '' render escaped
t_ok '... without a control byte' sh -c '! LC_ALL=C grep -q "[[:cntrl:]]" chart'

{
	ev fork 1 100 1
	ev exec 5 100 1 argv=x
	printf 'exit\tts=12'
} >rec
name='a last line cut inside a number is accepted with the wrong number'
for p in 'pt-ingest -p 100' pt-render-jsonl pt-render-mermaid; do
	# shellcheck disable=SC2086 # with its options
	t_case "$name: ${p%% *}" 1 '~*' \
	    "${p%% *}: rec:3: cut record at the end (no newline), not used" $p rec
	t_ok '... it is not used' sh -c "! grep -q -e '=12' -e ':12' '$out'"
done

{
	ev fork 1000000 100 1
	ev exec 1000000 100 1 argv=root
	ev fork 2000000 101 100
	ev exec 2000000 101 100 argv=child
	ev exit 9000000 100 1 status=0
	line end ts=11000000
} >rec
t_case 'a process without exit ends at its last event' 0 '    section [100] root
    [100] root (8.0 ms):done, 0, 8000ms
    [101] child (running):active, 1000, 9000ms' '' render rec

{
	ev fork 9000000 100 1
	ev exec 2000000 100 1 argv=x
	ev exit 3000000 100 1 status=0
	ev exit 1000000 101 100 status=0
	ev fork 8000000 101 100
	line end ts=10000000
} >rec
t_case 'time going backwards: a duration of 340282366920938463463374607431758 ms' \
    0 '~*\[100\] x (1.0 ms):done, 1000, 1000ms*' '' render rec
t_ok '... no number is absurd' sh -c '! grep -E "[0-9]{9}" chart'
t_ok '... in pt-render-jsonl, by process' sh -c \
    'pt-render-jsonl -d by-process rec >json && ! grep -E "[0-9]{9}" json'

{
	echo '{"Fork":{"timestamp":1,"parent_pid":1,"child_pid":100,"parent_pgid":7}}'
	echo '{"Exec":{"timestamp":2,"pid":100,"ppid":1,"pgid":7,"cmdline":["x"'
	echo '{"Exit":{"timestamp":3,"pid":100,"ppid":1,"pgid":7}}'
} >json
t_case 'one bad JSON line in the middle: all that follows is dropped, status 0' 1 \
    '~*fork	ts=1	pid=100*exit	ts=3	pid=100*' '~pt-import: json:2: *' pt-import json

{
	ev fork 1000000 100 1
	ev exec 2000000 100 1 argv=one
	ev exec 3000000 100 1 argv=two
	ev exec 7000000 100 1 argv=three
	ev exit 9000000 100 1 status=0
} >rec
t_case 'three execs in one process: the first bar ends too early' 0 '    section [100] one
    [100] one (2.0 ms):done, 0, 2000ms
    [100] two (4.0 ms):done, 2000, 4000ms
    [100] three (2.0 ms):done, 6000, 2000ms' '' render rec

{
	ev exec 1000000 100 1 argv=sleep 0.25
	ev exec 2000000 101 100 argv=lsof
	line end ts=3000000
} >rec
t_case 'by-process mangles sleep 0.25 and lsof' 0 '["sleep","0.25"]
"sleep 0.25"
["lsof"]
"lsof"' '' sh -c 'pt-render-jsonl -d by-process rec |
    jq -c ".[] | .cmdline // .args"'
t_case '... in pt-render-mermaid' 0 '    section [100] sleep
    [100] sleep 0.25 (running):active, 0, 2000ms
    [101] lsof (running):active, 1000, 1000ms' '' render rec

store=/nix/store/lm10ywzflq9qfhr4fl0zqxrhiksf28ks
{
	ev exec 1000000 100 1 argv=$store-a/bin/cp between $store-b/x end
	line end ts=3000000
} >rec
t_case 'two Nix store paths in one label: all between them vanishes' 0 \
    '~*cp between *x end*' '' render rec

{
	ev exec 1000000 100 1 argv=curl http://a:b,c, 'd;#e'
	line end ts=3000000
} >rec
t_case 'a colon in a label truncates it, or breaks the chart' 0 '    section [100] curl
    [100] curl http#58;//a#58;b,c, '\''d#59;#35;e'\'' (running):active, 0, 2000ms' \
    '' render rec

# a chain of 40,000 processes, and two that fork each other
awk 'BEGIN {
	for (i = 2; i < 40002; i++)
		printf "fork\tts=%d000000\tpid=%d\tppid=%d\tpgid=2\tsid=2\n", i, i, i - 1
}' >deep
awk 'BEGIN {
	for (i = 1; i < 100; i++)
		printf "fork\tts=%d000000\tpid=%d\tppid=%d\tpgid=2\tsid=2\n", i, 2 + i % 2, 3 - i % 2
}' >cycle
# processes CMD...: how many come out, with little stack
processes() {
	# shellcheck disable=SC3045 # bash, dash and busybox have it
	[ "${SAN:-}" ] || ulimit -s 256 || return
	"$@" >chart || return
	grep -c -e '^fork' -e '^{"Fork"' -e '^    \[' chart
}
for p in 'pt-ingest -p 2' pt-render-jsonl 'pt-render-jsonl -d by-process' \
    'pt-render-mermaid --no-limit'; do
	# shellcheck disable=SC2086 # with its options
	t_case "depth 40,000 or a fork cycle: stack overflow: $p" 0 40000 '' \
	    processes $p deep
done
t_case '... a cycle: pt-ingest' 0 98 '' processes pt-ingest -p 2@2000000 cycle
for p in pt-render-jsonl 'pt-render-jsonl -d by-process' \
    'pt-render-mermaid --no-limit'; do
	# shellcheck disable=SC2086 # with its options
	t_case "... a cycle: $p" 0 99 '' processes $p cycle
done

{
	line root ts=1 pid=100
	ev fork 1 100 1
	ev exec 2 100 1 argv=x
} >rec
mkdir dir
for p in pt-ingest pt-render-jsonl pt-render-mermaid; do
	cp rec same
	"$p" rec >want
	t_case "-o truncates before reading: $p" 0 '' '' "$p" -o same same
	t_ok '... it has it all' cmp same want
	t_case "a directory as input loops for ever: $p" 2 '' \
	    "$p: dir: Is a directory" timeout 300 "$p" dir
	t_case "a full disk: status 0: $p" 2 '' \
	    "$p: <stdout>: No space left on device" \
	    sh -c "$p rec >/dev/full"
done

{
	printf 'fork\tts=1\tpid=100\tppid=1\tpgid=30\tsid=20\n'
	printf 'setpgid\tts=2\tpid=100\tppid=1\tpgid=100\tsid=20\n'
	printf 'setpgid\tts=3\tpid=100\tppid=1\tpgid=30\tsid=20\n'
} >rec
t_case 'pgid is always the pid, setpgid prints 0' 0 '[30,20]
[100,20]
[30,20]' '' sh -c 'pt-render-jsonl rec | jq -c ".[] | [.parent_pgid // .pgid, .sid]"'
t_done
