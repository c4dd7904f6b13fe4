#!/bin/sh
# pt-render-otlp: spans, parents, IDs and lines. otlp.t has its output decoded
# by the definitions that OpenTelemetry publishes; golden/ has whole ones.
# shellcheck disable=SC2016 # text of others: Markdown, jq, another shell
. "${0%/*}/lib.sh"
t_need jq

parent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01

# rec LINE...: a recording of a host, in the file rec; words are fields
rec() {
	{
		printf 'trace version=1 start=1732092345000000000 host=ci-7\n'
		printf '%s\n' "$@"
	} | tr ' ' '\t' >rec
}

# spans FILTER ARGS...: what the filter of jq makes of each span; attr(KEY) is
# the value of an attribute, ns(TIME) is counted from the start of the recording
spans() {
	filter=$1
	shift
	pt-render-otlp "$@" | jq -r '
	    def value: .stringValue // .intValue // .boolValue //
		(.arrayValue.values | map(.stringValue) | join("|"));
	    def attr($k): [.attributes[] | select(.key == $k).value | value]
		| if . == [] then "-" else join(",") end;
	    def ns($t): $t[10:] | tonumber;
	    .resourceSpans[].scopeSpans[].spans[] | '"$filter"
}

## what a span says

rec 'root ts=1 pid=5' 'fork ts=1 pid=5 ppid=1 pgid=1 sid=1' \
    'execfail ts=2 pid=5 ppid=1 pgid=1 sid=1 errno=ENOENT file=/a/sh' \
    'exec ts=3 pid=5 ppid=1 pgid=1 sid=1 file=/bin/sh argv=sh -c' \
    'fork ts=4 pid=6 ppid=5 pgid=1 sid=1' \
    'exit ts=6 pid=6 ppid=5 pgid=1 sid=1 status=3' \
    'fork ts=7 pid=6 ppid=5 pgid=1 sid=1' \
    'exec ts=8 pid=6 ppid=5 pgid=1 sid=1 file=/bin/env argv=env cc' \
    'exec ts=9 pid=6 ppid=5 pgid=1 sid=1 file=/bin/cc uid=7 cwd=/w argv=cc' \
    'future ts=10 pid=6 who=me' \
    'exit ts=11 pid=6 ppid=5 pgid=1 sid=1 signal=SIGSEGV maxrss=44' \
    'fork ts=12 pid=7 ppid=5 pgid=1 sid=1' \
    'end ts=13'

t_case 'a span for each process' 0 'sh 1 13
(sh) 4 6
cc 7 11
(sh) 12 13' '' \
    spans '"\(.name) \(ns(.startTimeUnixNano)) \(ns(.endTimeUnixNano))"' rec
t_case 'how it ended' 0 'null - - true
2 exit 3 3 -
2 SIGSEGV - -
null - - true' '' \
    spans '"\(.status.code) \(attr("error.type")) \(attr("process.exit.code")) " +
    attr("proctrace.unfinished")' rec
t_case 'what it ran' 0 '5 1 sh /bin/sh sh|-c - - -
6 5 sh - - - - -
6 5 cc /bin/cc cc /w 7 44
7 5 sh - - - - -' '' \
    spans '["process.pid", "process.parent_pid", "process.executable.name",
    "process.executable.path", "process.command_args",
    "process.working_directory", "process.real_user.id", "proctrace.maxrss"] as $k
    | [attr($k[])] | join(" ")' rec
t_case 'what happened meanwhile' 0 \
    'execfail 2 ENOENT /a/sh;exec 3 - -

exec 8 - /bin/env;exec 9 - -;future 10 - -
' '' spans '[.events[] | .attributes //= [] | "\(.name) \(ns(.timeUnixNano)) " +
    "\(attr("error.type")) \(attr("process.executable.path"))"] | join(";")' rec
t_case 'a key that is not known' 0 me '' \
    spans '.events[] | select(.name == "future") | attr("proctrace.who")' rec

## parents

# tree ARGS...: each span with the name of its parent
tree() {
	pt-render-otlp "$@" | jq -rs '
	    [.[].resourceSpans[].scopeSpans[].spans[]] as $all
	    | ($all | INDEX(.spanId)) as $by | $all[]
	    | "\(.name) of \(if .parentSpanId then
		$by[.parentSpanId].name // .parentSpanId else "none" end)"'
}
t_case 'the parent is who forked it' 0 'sh of none
(sh) of sh
cc of sh
(sh) of sh' '' tree rec
t_case 'programs' 0 'sh of none
(sh) of sh
env of sh
cc of sh' '' tree --spans program rec
t_case 'programs: from one exec to the next' 0 'sh 3 13 -
(sh) 4 6 exit 3
env 8 9 -
cc 9 11 SIGSEGV' '' \
    spans '"\(.name) \(ns(.startTimeUnixNano)) \(ns(.endTimeUnixNano)) " +
    attr("error.type")' --spans program rec
t_case 'the parent of all' 0 'sh of b7ad6b7169203331
(sh) of sh
cc of sh
(sh) of sh' '' tree --traceparent "$parent" rec
t_case 'the trace of all' 0 0af7651916cd43dd8448eb211c80319c '' \
    sh -c 'pt-render-otlp --traceparent "$1" rec |
    jq -r .resourceSpans[].scopeSpans[].spans[].traceId | uniq' - "$parent"
sed "1s/\$/	traceparent=$parent/" rec >inherited
t_case 'as the recording says' 0 'sh of b7ad6b7169203331
(sh) of sh
cc of sh
(sh) of sh' '' tree inherited
t_case '... unless it is told' 0 \
    11111111111111111111111111111111 '' \
    sh -c 'pt-render-otlp --traceparent "$1" inherited |
    jq -r .resourceSpans[].scopeSpans[].spans[].traceId | uniq' - \
    00-11111111111111111111111111111111-2222222222222222-00
sed '1s/$/	traceparent=00-nonsense/' rec >nonsense
t_case 'one that is none counts for nothing' 0 'sh of none
(sh) of sh
cc of sh
(sh) of sh' '' tree nonsense

## IDs

pt-render-otlp rec >first
t_case 'twice is the same' 0 @first '' pt-render-otlp rec
ids() { spans '"\(.traceId) \(.spanId) \(attr("process.pid"))"' "$@" | sort; }
ids rec >all
t_case 'IDs are different' 0 4 '' sh -c 'cut -d " " -f 2 all | sort -u | wc -l | tr -d " "'
grep -E '^trace|	pid=6	' rec >part
ids part >part.ids
t_ok 'a part of it has the same' sh -c 'grep " 6$" all | cmp - part.ids'
sed 1s/ci-7/ci-8/ rec >other
ids other >other.ids
t_case 'no ID of one host is one of another' 0 '' '' \
    sh -c 'cut -d " " -f 2 all other.ids | sort | uniq -d'

sed '1s/start=1732092345/start=1732092346/; 1s/ci-7/ci-9/' rec >later
{ pt-render-otlp rec; pt-render-otlp later; } >apart
t_case 'two hosts in one stream are what each is by itself' 0 @apart '' \
    sh -c 'pt-sort -m rec later | pt-render-otlp'

## resource

resource() {
	pt-render-otlp "$@" |
	    jq -r '.resourceSpans[].resource.attributes[] | "\(.key)=\(.value[])"'
}
sed '1s/$/	cpus=0-1	label.vcs.ref=x\\x01	argv=sh/' rec >labelled
t_case 'what the recording is of' 0 'service.name=sh
host.name=ci-7
proctrace.cpus=0-1
vcs.ref=x'"$(printf '\001')" '' resource labelled
t_case '--resource' 0 'host.name=me
a=2
service.name==x
proctrace.cpus=0-1
vcs.ref=x'"$(printf '\001')" '' \
    resource --resource a=1 --resource host.name=me --resource a=2 \
    --resource service.name==x labelled
sed 1d rec >headless
t_case 'no trace line' 0 'service.name=sh' '' resource headless

## lines

lines() { pt-render-otlp "$@" | jq -r '.resourceSpans[].scopeSpans[].spans | length'; }
t_case '--batch' 0 '3
1' '' lines --batch 3 rec
t_case '--batch: just full' 0 '2
2' '' lines --batch 2 rec
# arguments of 300 KB each: a line holds a MiB of events
{
	sed '/^end/d' rec
	for i in 1 2 3 4 5 6 7 8; do
		printf 'exec\tts=2%s\tpid=2%s\tppid=5\tpgid=1\tsid=1\targv=x%0300000d\n' \
		    $i $i $i
	done
	printf 'end\tts=30\n'
} >long
t_case 'long lines' 0 '8
4' '' lines long
t_case '... unless all is to be in one' 0 12 '' lines --batch 0 long

## usage

t_case '--batch: no number' 2 '' '~pt-render-otlp: --batch: *' \
    pt-render-otlp --batch x rec
t_case '--spans' 2 '' \
    "pt-render-otlp: --spans: 'thread' is neither process nor program" \
    pt-render-otlp --spans thread rec
for bad in x =x "$(printf 'a\001=x')" "$(printf '\377=x')"; do
	t_case '--resource' 2 '' '~pt-render-otlp: --resource: * is not KEY=VALUE' \
	    pt-render-otlp --resource "$bad" rec
done
t_case '--traceparent' 2 '' \
    "pt-render-otlp: --traceparent: '00-x' is none (W3C Trace Context)" \
    pt-render-otlp --traceparent 00-x rec
t_done
