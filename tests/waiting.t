#!/bin/sh
# what processes waited for: numbers of a recording, and those that they count
# themselves
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_need bpftrace taskset
[ -d /sys/kernel/tracing/events ] || t_skip_all 'tracefs is not mounted'
[ "$(id -u)" -eq 0 ] || t_skip_all 'not root'

# three that spin on one CPU, one of them with a thread that has ended
t_case 'three on one CPU' 0 '~*' '' timeout 60 pt-capture -t -o spin.pt -- \
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
t_done
