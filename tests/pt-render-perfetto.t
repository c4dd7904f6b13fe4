#!/bin/sh
# pt-render-perfetto: strict JSON, and what viewers of traces need (perfetto/
# check.jq). golden/*.perfetto.json are whole traces; speedscope.t loads them.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
t_need jq perl iconv

# strict FILE: one JSON text in UTF-8 in which no character is escaped as \u
strict() {
	iconv -f utf-8 -t utf-8 "$1" >/dev/null || return
	perl -MJSON::PP -e 'local $/; JSON::PP->new->utf8->decode(<>)' "$1" || return
	! LC_ALL=C grep -n "$(printf '[\001-\011\013-\037\177]')" "$1" || return
	! sed 's/\\\\//g' "$1" | grep -n '\\[^"]'
}

# exact FILE: times are decimals of three digits, nothing else
exact() {
	! grep -Eo '"(ts|dur)":[^,}]*' "$1" | grep -Evx '"[a-z]*":[0-9]+\.[0-9]{3}'
}

# holds FILE RECORDING
holds() {
	jq -r --argjson lives "$(pt-stat --json "$2" | jq .processes)" \
	    -f "$TESTS/perfetto/check.jq" "$1" >bad && [ ! -s bad ] && return
	cat bad
	return 1
}

# trace_times FILE BASE: the execs and exits of the trace, "KIND PID NS"
trace_times() {
	jq -r --argjson base "$2" 'def ns: . * 1000 | round + $base;
	    .traceEvents[] | select(.ph == "X")
	    | (if .cat == "exec" then "exec \(.args.pid) \(.ts | ns)" else empty end),
	    (if .args.exec then "exec \(.args.pid) \(.args.exec.ts | ns)" else empty end),
	    (if .args | has("status") or has("signal") then
		"exit \(.args.pid) \(.ts + .dur | ns)" else empty end)' "$1" | sort
}

# recorded_times FILE: those of the recording
recorded_times() {
	awk -F '\t' '$1 == "exec" || /\t(status|signal)=/ {
		print $1, substr($3, 5), substr($2, 4)
	}' "$1" | sort
}

# same_times FILE RECORDING BASE
same_times() {
	trace_times "$1" "$3" >got
	recorded_times "$2" >want
	[ -s want ] && diff want got
}

for rec in "$TESTS"/golden/*.pt; do
	name=${rec##*/}
	case $name in
	*.*.pt) continue ;;
	esac
	pt-render-perfetto "$rec" >trace.json 2>/dev/null
	t_ok "$name: strict JSON" strict trace.json
	t_ok "$name: exact times" exact trace.json
	t_ok "$name: what must hold" holds trace.json "$rec"
	pt-sort "$rec" >sorted
	pt-render-perfetto sorted >sorted.json 2>/dev/null
	t_ok "$name: sorted, it is the same" cmp trace.json sorted.json
done
pt-render-perfetto "$TESTS/golden/basic.pt" >trace.json
t_ok 'basic: the times of the recording' \
    same_times trace.json "$TESTS/golden/basic.pt" 1000000

# a recording from far into the uptime: the trace begins at 0, to the nanosecond
tr ' ' '\t' >late <<'EOT'
fork ts=7000000000000000001 pid=10 ppid=1 pgid=1 sid=1
exec ts=7000000000000000002 pid=10 ppid=1 pgid=1 sid=1 argv=a
fork ts=7000000000000001234 pid=11 ppid=10 pgid=1 sid=1
exit ts=7000000000002000003 pid=11 ppid=10 pgid=1 sid=1 status=0
end ts=7000000000003000004
EOT
slices() {
	pt-render-perfetto "$@" |
	    sed -n 's/.*"X".*"ts":\([^,]*\),"dur":\([^,]*\),"name":"\([^"]*\)".*/\3 \1 \2/p'
}
t_case 'nanoseconds' 0 'a (running) 0.000 3000.003
(a) 1.233 1998.769' '' slices late
t_case 'the only exec' 0 '{"pid":10,"ppid":1,"pgid":1,"sid":1,"unfinished":true,"argv":["a"],"exec":{"ts":0.001}}' \
    '' sh -c 'pt-render-perfetto late | jq -c ".traceEvents[] |
	select(.ph == \"X\" and .args.pid == 10).args"'

# forked at the last moment, and gone at once
tr ' ' '\t' >edge <<'EOT'
fork ts=1 pid=10 ppid=1 pgid=1 sid=1
fork ts=3 pid=12 ppid=10 pgid=1 sid=1
exit ts=3 pid=12 ppid=10 pgid=1 sid=1 status=0
fork ts=5 pid=11 ppid=10 pgid=1 sid=1
exit ts=5 pid=10 ppid=1 pgid=1 sid=1 status=0
exec ts=9 pid=11 ppid=10 pgid=1 sid=1 argv=a
exit ts=9 pid=11 ppid=1 pgid=1 sid=1 status=0
EOT
pt-render-perfetto edge >trace.json
t_ok 'no arrow without slices' holds trace.json edge

# field PID FILTER: of the process slice of that PID
field() {
	pt-render-perfetto "$rec" 2>/dev/null |
	    jq -c --argjson pid "$1" '.traceEvents[] |
		select(.cat == "process" and .args.pid == $pid) | '"$2"
}
rec=$TESTS/golden/kinds.pt
t_case 'a PID that is used again is another slice' 0 \
    '[1,"(tab\\tnewline\\ncr\\rback\\slash\\x41) (exit 3)"]
[1,"(tab\\tnewline\\ncr\\rback\\slash\\x41) (SIGSEGV)"]' '' \
    field 101 '[.tid, .name]'
t_case 'what the exit tells' 0 \
    '{"pid":101,"ppid":100,"pgid":100,"sid":100,"status":3,"utime":1000,"stime":2000,"maxrss":300}
{"pid":101,"ppid":100,"pgid":100,"sid":100,"signal":"SIGSEGV","core":1}' '' \
    field 101 .args
rec=$TESTS/golden/hostile.pt
t_case 'not ended' 0 true '' field 5001 .args.unfinished
t_case 'nobody knows' 0 true '' field 3000 '.args.end_unknown // empty'

events() { # FILTER: of the events of $rec
	pt-render-perfetto "$rec" 2>/dev/null | jq -c ".traceEvents[] | $1"
}
rec=$TESTS/golden/kinds.pt
t_case 'failed execs, groups, sessions, and kinds that are unknown' 0 \
'[0.06,"execfail ENOENT",{"pid":100,"ppid":90,"pgid":90,"sid":80,"errno":"ENOENT","file":"/sbin/cc"}]
[0.065,"execfail",{"pid":100,"ppid":90,"pgid":90,"sid":80}]
[0.07,"setpgid",{"pid":100,"ppid":90,"pgid":100,"sid":80}]
[0.08,"setsid",{"pid":100,"ppid":90,"pgid":100,"sid":100}]
[0.11,"fd",{"pid":100,"fd":3,"mode":"w","type":"pipe","ref":"pipe:[90117]","timestamp":"x"}]
[0.111,"Exec",{"pid":100,"argv":["not","an exec"]}]
[0.135,"signal",{"pid":101,"sig":"SIGSEGV","code":"SI_USER","from":100,"uid":1000,"comm":"a killer"}]
[0.136,"signal",{"pid":101,"sig":"SIGKILL","oom":1}]
[0.131,"lost events",{}]' '' events 'select(.ph == "i") | [.ts + 0, .name, .args]'
rec=$TESTS/golden/basic.pt
t_case 'an arrow where a child has a track of its own' 0 '["s",1,33,2]
["f",2,33,2]' '' events 'select(.ph == "s" or .ph == "f") | [.ph, .tid, .ts / 1000, .id]'
t_case 'the counter' 0 '[0,1]
[33,2]
[35,3]
[35.9,2]
[36,3]
[36.0005,2]
[109,1]
[117,0]' '' events 'select(.ph == "C" and .name == "processes") |
    [.ts / 1000, .args.running]'

rec=$TESTS/golden/kinds.pt
t_case 'the machine' 0 '[0.155,"available memory (MiB)",{"MiB":2000}]
[0.155,"CPUs of the machine",{"busy":1.666,"iowait":0.000,"steal":0.333}]
[0.155,"pressure (%)",{"cpu":100.000}]
[0.155,"cgroup (CPUs)",{"throttled":0.666}]
[0.158,"available memory (MiB)",{"MiB":1000}]' '' sh -c '
	pt-render-perfetto "$1" 2>/dev/null | grep "\"cat\":\"machine\"" |
	sed "s/.*\"ts\":\([0-9.]*\),\"name\":\(.*\),\"args\":\(.*\)},*$/[\1,\2,\3]/"' - "$rec"

t_case 'not one process' 1 '' \
    'pt-render-perfetto: no process in the recording' pt-render-perfetto /dev/null
printf 'lost\tts=0\tcpu=0\tcount=3\n' | pt-sort - late >lost
t_case 'events lost before the first process' 0 '~*"ts":0.000,"s":"g"*' \
    'pt-render-perfetto: 3 events were lost: processes, execs and ends may be missing' \
    pt-render-perfetto lost

# two hosts with equal PIDs: each is a process of the trace, with tracks of its own
for host in one two; do
	printf 'trace\tversion=1\tstart=%d000000000\thost=%s\targv=x\n' \
	    "$((start += 1))" "$host"
	printf 'fork\tts=5\tpid=7\tppid=1\tpgid=7\tsid=7\n'
	printf 'exec\tts=6\tpid=7\tppid=1\tpgid=7\tsid=7\targv=sh\t%s\n' "$host"
	printf 'fork\tts=7\tpid=8\tppid=7\tpgid=7\tsid=7\n'
	printf 'exit\tts=2000000000\tpid=7\tppid=1\tpgid=7\tsid=7\tstatus=0\n'
	printf 'exit\tts=2000000009\tpid=8\tppid=7\tpgid=7\tsid=7\tstatus=0\n'
done | awk '/^trace/ { file = "host" ++n } { print >file }'
pt-sort -m host1 host2 >hosts
rec=hosts
t_case 'hosts are processes' 0 '[1,"one: sh one"]
[2,"two: sh two"]' '' events 'select(.name == "process_name") | [.pid, .args.name]'
t_case '... in their order' 0 '[1,1]
[2,2]' '' events 'select(.name == "process_sort_index") | [.pid, .args.sort_index]'
t_case 'what ran on each of them' 0 '[1,7,0]
[1,8,0.002]
[2,7,1000000]
[2,8,1000000.002]' '' events \
    'select(.cat == "process") | [.pid, .args.pid, .ts]'
pt-render-perfetto hosts >trace.json
t_ok '... each on a track that has a name' jq -e '.traceEvents |
    ([.[] | select(.ph == "X") | [.pid, .tid]] | unique) ==
    ([.[] | select(.name == "thread_name") | [.pid, .tid]] | unique)' trace.json

# arrows FILE: from whom to whom they lead, and when
arrows() {
	pt-render-perfetto "$1" | jq -c '[.traceEvents[] | select(.ph == "X" and
	    .cat == "process")] as $all | def at($e): [$all[] | select(.pid == $e.pid and
	    .tid == $e.tid and .ts <= $e.ts and .ts + .dur > $e.ts)] |
	    max_by(.ts) | .args.pid; .traceEvents as $events | $events[] |
	    select(.ph == "s") as $s | $events[] | select(.ph == "f" and .id == $s.id and
	    .cat == $s.cat) | [$s.cat, at($s), $s.ts, at(.), .ts]'
}
# a builds a.o and b.o, then c links both while d writes e.o; f reads that while d lives
tr ' ' '\t' >linked <<'EOT'
fork ts=0 pid=10 ppid=1 pgid=10 sid=10
exec ts=0 pid=10 ppid=1 pgid=10 sid=10 argv=make
fork ts=10000 pid=11 ppid=10 pgid=10 sid=10
exec ts=11000 pid=11 ppid=10 pgid=10 sid=10 argv=cc a.c b.c
write ts=12000 pid=11 dev=1 ino=1 path=/a.o size=0
write ts=13000 pid=11 dev=1 ino=2 path=/b.o size=0
read ts=13500 pid=11 dev=1 ino=1 path=/a.o
exit ts=20000 pid=11 ppid=10 pgid=10 sid=10 status=0
fork ts=30000 pid=12 ppid=10 pgid=10 sid=10
exec ts=31000 pid=12 ppid=10 pgid=10 sid=10 argv=ld a.o b.o
fork ts=32000 pid=13 ppid=10 pgid=10 sid=10
read ts=33000 pid=12 dev=1 ino=1 path=/a.o
read ts=34000 pid=12 dev=1 ino=2 path=/b.o
write ts=35000 pid=13 dev=1 ino=3 path=/e.o size=0
fork ts=36000 pid=14 ppid=10 pgid=10 sid=10
read ts=37000 pid=14 dev=1 ino=3 path=/e.o
read ts=38000 pid=14 dev=1 ino=2 path=/b.o
exit ts=40000 pid=12 ppid=10 pgid=10 sid=10 status=0
exit ts=40000 pid=13 ppid=10 pgid=10 sid=10 status=0
exit ts=40000 pid=14 ppid=10 pgid=10 sid=10 status=0
exit ts=50000 pid=10 ppid=1 pgid=10 sid=10 status=0
EOT
t_case 'arrows from who made files to who began with them later' 0 \
    '["file",11,19.999,12,30]
["file",11,19.999,14,36]' '' arrows linked
pt-render-perfetto linked >trace.json
t_ok '... as they must be' holds trace.json linked

# ssh_side HOST START KEYS: a root 7 that runs ssh, or what ssh began there
ssh_side() {
	printf 'trace\tversion=1\tstart=%s\thost=%s\t%bargv=x\n' "$2" "$1" "$3"
	printf 'root\tts=0\tpid=7\nfork\tts=0\tpid=7\tppid=1\tpgid=7\tsid=7\n'
	printf 'exec\tts=0\tpid=7\tppid=1\tpgid=7\tsid=7\targv=%s\n' "$4"
	[ -n "$3" ] || printf 'connect\tts=1000\tpid=7\tconnection=a 1 b 22\n'
	printf 'exit\tts=9000\tpid=7\tppid=1\tpgid=7\tsid=7\tstatus=0\nend\tts=9000\n'
}
ssh_side near 1000 '' ssh >near
ssh_side far 3000 'connection=a 1 b 22\t' make >far
pt-sort -m near far >hosts
t_case 'an arrow from an ssh to what it began' 0 '["ssh",7,2,7,2]' '' arrows hosts
t_done
