#!/bin/sh
# what is lost is counted: a tracer with the smallest buffer, that stands still
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_trace
t_need jq

cookie=$((600000000 + $$))
runs=0
busy=
begin=$(date +%s)

# the bare script, of a tree: as on a host where only bpftrace is installed
BPFTRACE_PERF_RB_PAGES=1 bpftrace -q "$ROOT/share/bpftrace/proctrace.bt" \
    "$cookie" >raw.pt 2>bpftrace.err &
tracer=$!

# a CPU that does nothing does not tick on every kernel
cpu=0
while [ "$cpu" -lt "$(nproc)" ]; do
	taskset -c "$cpu" nice -n 19 timeout 300 sh -c 'while :; do :; done' &
	busy="$busy $!"
	cpu=$((cpu + 1))
done

# runs a command as the root of a recorded tree
recorded() {
	runs=$((runs + 1))
	"$HELPERS/mark" "$cookie" "$@"
}

# the number of ticks of the CPU that has fewest
ticks() {
	awk -F '\t' -v "cpus=$(nproc)" '
	$1 == "tick" { n[$3]++ }
	END {
		least = -1
		for (c in n) {
			cpus--
			if (least < 0 || n[c] < least)
				least = n[c]
		}
		print (cpus > 0 ? 0 : least)
	}' raw.pt
}

# attached: from then on each run leaves its mark, exec and exit
until grep -q '^mark' raw.pt || ! kill -0 "$tracer"; do
	recorded true
	sleep 0.1
done
until [ "$(grep -c '^mark' raw.pt)" -eq "$(grep -c '^exit' raw.pt)" ] ||
    ! kill -0 "$tracer"; do
	sleep 0.1
done
# and each CPU ticks, so that pt-ingest waits for its lines, however long
until [ "$(ticks)" -gt 0 ] || ! kill -0 "$tracer"; do sleep 0.2; done
runs=$(grep -c '^mark' raw.pt)
kill -STOP "$tracer"
recorded "$HELPERS/spawns" 3000 2
kill -CONT "$tracer"
# each CPU is heard of again, so that what it has lost shows
seen=$(ticks)
until [ "$(ticks)" -gt $((seen + 1)) ] || ! kill -0 "$tracer"; do sleep 0.2; done
recorded true
seen=$(ticks)
until [ "$(ticks)" -gt $((seen + 1)) ] || ! kill -0 "$tracer"; do sleep 0.2; done
kill -INT "$tracer"
wait "$tracer"
# shellcheck disable=SC2086 # several
kill $busy
end=$(date +%s)

# count JQ-FILTER: events
count() {
	jq -n "[inputs | $1] | length" folded.jsonl
}
pt-render-jsonl --no-exec-args raw.pt >folded.jsonl 2>folded.err
forks=$(count 'select(.Fork)') execs=$(count 'select(.Exec)')
exits=$(count 'select(.Exit)') marks=$(grep -c '^mark' raw.pt)
lost=$(jq -n '[inputs | .Lost.count // empty] | add' folded.jsonl)
# each run execs and exits; the large one has 3,000 that fork as well
happened=$((2 * runs + 3 * 3000 + runs))
got=$((forks + execs + exits + marks))
echo "# $happened happened, $got came, $lost are said to be lost"
t_ok 'something was lost' test "$lost" -gt 1000
# a tick per CPU and second may be among them
t_ok 'exactly as much as did not come, but for ticks' test \
    $((got + lost)) -ge "$happened" -a \
    $((got + lost - happened)) -le $((($(nproc) + 1) * (end - begin + 2)))
t_ok 'for each CPU' sh -c '
	jq -n "[inputs | .Lost.cpu // empty] | unique | length" folded.jsonl |
	grep -qx "$(nproc)"'
t_ok 'the renderer says so' grep -q 'events were lost' folded.err

root=$(jq -n 'first(inputs | .Exec | select(.cmdline[0]? // "" |
    endswith("spawns")) | .pid)' folded.jsonl)
t_case 'pt-ingest says so, and goes on' 0 '~trace*' '~*events were lost*' \
    pt-ingest -p "$root" raw.pt
cp "$out" tree.pt
t_ok 'the tree has what came of it' test "$(grep -c '^fork' tree.pt)" -gt 0
for render in markdown mermaid otlp tree perfetto html; do
	t_ok "pt-render-$render says so" sh -c '
		pt-render-$0 tree.pt 2>&1 >out | grep -q "lost"' "$render"
done
pt-render-tree tree.pt >shown 2>/dev/null
t_ok 'who may have ended is told from who still runs' grep -q 'end unknown' shown
t_ok 'pt-stat counts them' sh -c 'pt-stat --json tree.pt 2>/dev/null |
    jq -e "[.. | numbers] | any(. == $0)"' "$lost"
t_done
