#!/bin/sh
# Of what a recording is: --label and TRACEPARENT, with both tracers, and through
# the programs.
# shellcheck disable=SC2016 # text of others: Markdown, jq, another shell
. "${0%/*}/lib.sh"
t_trace
t_need strace jq

parent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
binary=$(printf 'a\tb\377')

# recorded TRACER TRACEPARENT: the trace line of a recording, a field a line,
# without those that others look at
recorded() {
	TRACEPARENT=$2 timeout 300 pt-capture --tracer "$1" --label commit=abc \
	    --label "job.name=$binary" --label empty= -o "$1.pt" -- true x || return
	head -n 1 "$1.pt" | tr '\t' '\n' | grep -Ev '^(version|start|tracer|cpus)='
}

host="host=$(uname -n)"
labels='label.commit=abc
label.job.name=a\tb\xff
label.empty='
for tracer in bpftrace strace; do
	t_case "$tracer" 0 "trace
$host
$labels
traceparent=$parent
argv=true
x" '' recorded "$tracer" "$parent"
	t_case "$tracer: a TRACEPARENT that is none is not recorded" 0 "trace
$host
$labels
argv=true
x" '' recorded "$tracer" my-secret
done

# through PROGRAM ...: the labels of what it makes of a recording
through() {
	"$@" <bpftrace.pt | head -n 1 | tr '\t' '\n' | grep '^label'
}
for filter in pt-ingest pt-sort 'pt-grep -e .' pt-redact; do
	# shellcheck disable=SC2086 # with its arguments
	t_case "$filter" 0 "$labels" '' through $filter
done
t_case 'JSON' 0 abc '' \
    sh -c 'pt-render-jsonl bpftrace.pt | jq -r ".Trace.\"label.commit\" // empty"'
t_case 'JSON and back' 0 'label.commit=abc' '' \
    sh -c 'pt-render-jsonl bpftrace.pt | pt-import | head -n 1 | tr "\t" "\n" |
    grep label.commit'
t_case 'OTLP' 0 'abc' '' sh -c 'pt-render-otlp bpftrace.pt | head -n 1 |
    jq -r ".resourceSpans[].resource.attributes[] | select(.key == \"commit\").value[]"'

t_case 'through the wrapper' 0 'label.commit=abc' '' sh -c '
	timeout 300 proctrace record --label commit=abc -- true |
	head -n 1 | tr "\t" "\n" | grep "^label"'

# refused LABEL REASON
refused() {
	t_case "refused: $1" 125 '' "pt-capture: --label: '$1' $2" \
	    pt-capture --label "$1" -- true
}
why="is not KEY=VALUE, the key of letters, digits, '_', '.', '-'"
for bad in '' x =x 'a b=x' "$(printf '\303\251=x')"; do
	refused "$bad" "$why"
done
t_case 'a key twice' 125 '' \
    "pt-capture: --label: 'a=2' has a key that was given before" \
    pt-capture --label a=1 --label ab=1 --label a=2 -- true
# where people look
shown='commit=abc, job.name=a\tb\xff, empty='
t_case 'pt-stat says them' 0 "Labels          $shown" '' \
    sh -c 'pt-stat bpftrace.pt | grep ^Labels'
t_case 'so does the tree' 0 "$shown" '' sh -c 'pt-render-tree bpftrace.pt | head -n 1'
t_case '... of several' 0 '~*, commit=abc, job.name=*, empty=
*' '' sh -c 'for f in bpftrace strace; do pt-sort $f.pt >$f.sorted; done
    pt-sort -m bpftrace.sorted strace.sorted | pt-render-tree'
t_case '... and a summary' 0 '| commit | abc |' '' \
    sh -c 'pt-render-markdown bpftrace.pt | grep "^| commit"'
t_done
