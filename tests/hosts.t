#!/bin/sh
# Recordings of several hosts, joined where an ssh led from one to another: what is
# joined, and what is not. tests/ssh.t does it with a real sshd.
. "${0%/*}/lib.sh"
t_need jq

# recording HOST START KEYS LINE...: of a root 10, with these keys in its trace line
recording() {
	printf 'trace\tversion=1\tstart=%s\thost=%s' "$2" "$1"
	[ -z "$3" ] || printf '\t%b' "$3"
	printf '\n'
	shift 3
	printf '%b\n' 'root\tts=0\tpid=10' 'fork\tts=0\tpid=10\tppid=1\tpgid=10\tsid=1' \
	    "$@" 'exit\tts=90\tpid=10\tppid=1\tpgid=10\tsid=1\tstatus=0' 'end\tts=100'
}
# ssh_lines PID TS ARGV [CONNECTION]: what an ssh leaves
ssh_lines() {
	printf 'fork\\tts=%s\\tpid=%s\\tppid=10\\tpgid=10\\tsid=1\n' "$2" "$1"
	printf 'exec\\tts=%s\\tpid=%s\\tppid=10\\tpgid=10\\tsid=1\\targv=%s\n' "$2" "$1" "$3"
	[ -z "${4:-}" ] || printf 'connect\\tts=5\\tpid=%s\\t%s\n' "$1" "$4"
	printf 'exit\\tts=86\\tpid=%s\\tppid=10\\tpgid=10\\tsid=1\\tstatus=0\n' "$1"
}
sh='exec\tts=1\tpid=10\tppid=1\tpgid=10\tsid=1\targv=sh'
make='exec\tts=1\tpid=10\tppid=1\tpgid=10\tsid=1\targv=make'
ab='connection=10.0.0.1 5001 10.0.0.2 22'
bc='connection=fd00::2 5002 fd00::3 22'
recording a 1000 '' "$sh" "$(ssh_lines 11 2 'ssh\tb' "$ab")" >a.pt
recording b 1006 "$ab" "$make" "$(ssh_lines 11 2 'ssh\tc' "$bc")" >b.pt
recording c 1020 "$bc" "$make" >c.pt
t_case 'pt-sort takes them' 0 '~*' '' pt-sort -m a.pt b.pt c.pt
cp "$out" abc.pt
t_case 'a host below another below another' 0 'pid   time  command
a
 10  90 ns  sh
 11  84 ns  `- ssh b
 10  90 ns     `- make on b
 11  84 ns        `- ssh c
 10  90 ns           `- make on c' '' pt-render-tree abc.pt
t_case 'the same with one merged at a time' 0 @abc.pt '' \
    sh -c 'pt-sort -m a.pt b.pt | pt-sort -m - c.pt'
t_case 'what is in between is missing' 0 '~*
c, * later
 10  90 ns  make' '' sh -c 'pt-sort -m a.pt c.pt | pt-render-tree'
t_case 'what failed, and is above it' 0 '~*ssh b*make on b*ssh c*exit 2*make on c' '' \
    sh -c 'sed "s/status=0/status=2/" c.pt | pt-sort -m a.pt b.pt - |
	pt-render-tree --failed'

## spans

parents() {
	jq -rs '[.[].resourceSpans[] as $r | $r.scopeSpans[].spans[] | . + {host:
	    ($r.resource.attributes[] | select(.key == "host.name").value.stringValue)}] |
	    (map({(.spanId): (.host + ":" + .name)}) | add) as $who |
	    .[] | [.host + ":" + .name, $who[.parentSpanId // ""]] | join(" ")'
}
want='a:sh 
a:ssh a:sh
b:make a:ssh
b:ssh b:make
c:make b:ssh'
pt-render-otlp abc.pt >spans
t_case 'the parents of spans' 0 "$want" '' parents <spans
pt-render-otlp --spans program abc.pt >programs
t_case '... of programs' 0 "$want" '' parents <programs
t_case 'all in the trace of the first' 0 "$(pt-render-otlp a.pt |
    jq -r '.resourceSpans[0].scopeSpans[0].spans[0].traceId')" '' \
    sh -c "jq -r '.resourceSpans[].scopeSpans[].spans[].traceId' spans | sort -u"
t_case 'alone, its IDs are the same' 0 "$(pt-render-otlp b.pt |
    jq -r '.resourceSpans[0].scopeSpans[0].spans[].spanId' | sort)" '' sh -c "
	jq -r '.resourceSpans[] | select(any(.resource.attributes[];
	    .key == \"host.name\" and .value.stringValue == \"b\")) |
	    .scopeSpans[].spans[].spanId' spans | sort"

## what is not joined

tree() { pt-sort -m "$@" | pt-render-tree; }
recording d 990 '' "$sh" "$(ssh_lines 11 2 'ssh\tb' "$ab")" >d.pt
t_case 'two have the same connection' 0 '~*
b, * later
*' '' tree a.pt d.pt b.pt
recording b 1004 "$ab" "$make" >early.pt
t_case 'a clock that is late' 0 '~*
b, 4 ns later
*' 'pt-render-tree: b began 1 ns before the ssh that led there was connected: the clocks of these hosts differ, so they are not joined' \
    tree a.pt early.pt
recording b 1006 "$ab" "$make" | grep -v ^root >all.pt
t_case 'a recording of everything, which nobody began' 0 '~*
b, * later
*' '' tree a.pt all.pt

## TRACEPARENT

span=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
recording a 1000 '' "$sh" "$(ssh_lines 11 2 "ssh\tb\tTRACEPARENT='$span' make")" >a.pt
recording b 1006 "traceparent=$span" "$make" >b.pt
t_case 'a TRACEPARENT that ssh was given, in quotes' 0 '~*ssh b ?TRACEPARENT*make on b' \
    '' tree a.pt b.pt
recording a 1000 '' "$sh" "$(ssh_lines 11 2 "ssh\tb\tTRACEPARENT=$span make")" >a.pt
recording a 1000 '' "$sh" \
    "$(ssh_lines 11 2 "ssh\tb\tTRACEPARENT=\"$span\" make")" >double.pt
t_case '... in others' 0 '~*ssh b ?TRACEPARENT*make on b' '' tree double.pt b.pt
t_case '... without quotes' 0 '~*ssh b ?TRACEPARENT*make on b' '' tree a.pt b.pt
recording a 1000 "traceparent=$span" "$sh" \
    "$(ssh_lines 11 2 "ssh\tb\tTRACEPARENT=$span make")" >own.pt
t_case '... but not that of all of the recording' 0 '~*
b, * later*' '' tree own.pt b.pt
recording a 1000 '' "$sh" "$(ssh_lines 11 2 "env\tTRACEPARENT=$span\tmake")" >env.pt
t_case '... and not that of another program' 0 '~*
b, * later*' '' tree env.pt b.pt
t_done
