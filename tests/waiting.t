#!/bin/sh
# what processes waited for: numbers of a recording, and those that they count
# themselves
# shellcheck disable=SC2016,SC2015 # what sh -c expands
. "${0%/*}/lib.sh"
t_trace
t_need taskset

# three that spin on one CPU, one of them with a thread that has ended
t_case 'three on one CPU' 0 '~*' '' timeout 300 pt-capture -t -o spin.pt -- \
    taskset -c 0 sh -c '"$1" 2 & "$1" 2 & "$1" -t 2; wait' - "$HELPERS/spinner"
sort "$out" >said
pt-ingest spin.pt | awk -F '\t' '
	function value(key,	i) {
		for (i = 2; i <= NF; i++)
			if (index($i, key "=") == 1)
				return " " substr($i, length(key) + 2)
		return " -"
	}
	$1 == "exit" && / *comm=spinner/ {
		print value("pid") value("rundelay") value("nvcsw") \
		    value("nivcsw") value("majflt") value("threaded")
	}' | sed 's/^ //' | sort >recorded
t_ok 'the same processes' sh -c '[ "$(wc -l <said)" -eq 3 ] && cut -d " " -f 1 said |
	{ cut -d " " -f 1 recorded | cmp - /dev/fd/3; } 3<&0'
join said recorded >both
t_comment <both
# pid, said: missed nvcsw nivcsw majflt, recorded: the same and threaded
t_ok 'rundelay is the time that they missed' awk '
	{ d = $6 - $2; bad += d < -2e8 || d > 4e8 || $2 < 5e8 }
	END { exit bad || NR != 3 }' both
t_ok 'nvcsw, nivcsw and majflt are those of getrusage' awk '
	{
		bad += $7 < $3 || $7 > $3 + 5 || $8 < $4 || $8 > $4 + 50 || $9 < $5 ||
		    $9 > $5 + 5 || $7 < 20
	}
	END { exit bad || NR != 3 }' both
t_ok 'one has had a thread' test "$(awk '$10 == 1' both | wc -l)" -eq 1
t_ok 'and the others have not' test "$(awk '$10 == "-"' both | wc -l)" -eq 2

# the first thread is not the last that ends: what it has used counts all the same
timeout 300 pt-capture -t -o leader.pt -- \
    sh -c 'for i in 1 2 3 4 5 6; do "$1"; done' - "$HELPERS/leader"
sed -n '/	comm=leader/s/.*	cputime=\([0-9]*\).*/\1/p' leader.pt >used
t_comment <used
t_ok 'the CPU time of a first thread that ended before others' awk '
	{ bad += $1 < 9e7 || $1 > 3e8 } END { exit bad || NR != 6 }' used

# the machine, as it says itself before and after

# KEY: by how much its number grows in the machine events of FILE
growth() {
	grep '^machine' "$2" | tr '\t' '\n' | sed -n "s/^$1=//p" |
	    sed -n '1p;$p' | tr '\n' ' ' | awk '{ printf "%.0f", $2 - $1 }'
}
ticks() {
	awk -v "hz=$(getconf CLK_TCK)" \
	    '/^cpu / { printf "%.0f", ($2 + $3 + $4 + $7 + $8) * 1e9 / hz }' /proc/stat
}
within() {
	[ "$1" -ge "$2" ] && [ "$1" -le "$3" ] || { echo "$2 <= $1 <= $3"; false; }
}
for tracer in bpftrace strace; do
	command -v "$tracer" >/dev/null || continue
	before=$(ticks)
	timeout 300 pt-capture --tracer $tracer -t -o m.pt -- sh -c '
		cat /proc/stat >first; "$1" 2 >/dev/null; cat /proc/stat >last' - \
	    "$HELPERS/spinner"
	after=$(ticks)
	# one at the begin, one after a second, one at the end; that of the second
	# second may be the last
	t_ok "a machine event a second, with $tracer" \
	    within "$(grep -c '^machine' m.pt)" 3 6
	t_ok 'up to the end' sh -c 'pt-ingest -o i.pt m.pt && pt-sort -c i.pt &&
	    tail -n 2 i.pt | cut -f 1 | tr "\n" " " | grep -qx "machine end "'
	t_ok 'busy' within "$(growth busy m.pt)" 1000000000 $((after - before))
	t_ok 'memavail' grep -q '^machine.*	memavail=[0-9]*' m.pt
	t_ok 'pressure, if there is such a thing' sh -c '
		[ ! -e /proc/pressure/cpu ] || grep -q "^machine.*	psicpu=[0-9]" m.pt'
done

# a cgroup that may use a twentieth of a CPU; version 2 only if it delegates
cgroup=/sys/fs/cgroup/cpu/pt-waiting.$$
if mkdir "$cgroup" 2>/dev/null && echo 100000 >"$cgroup/cpu.cfs_period_us" &&
    echo 5000 >"$cgroup/cpu.cfs_quota_us"; then
	sh -c 'echo $$ >"$1/cgroup.procs"; exec timeout 300 pt-capture --tracer strace \
	    -o cg.pt -- "$2" 2 >/dev/null' - "$cgroup" "$HELPERS/spinner"
	want=$(awk '$1 == "throttled_time" { print $2 }' "$cgroup/cpu.stat")
	# how long depends on what else wants that CPU
	t_ok 'a cgroup that is throttled says so' \
	    within "$(growth cgthrottled cg.pt)" $((want / 2 + 1)) "$want"
fi
rmdir "$cgroup" 2>/dev/null
t_done
