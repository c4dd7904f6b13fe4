#!/bin/sh
# pt-render-folded: its lines are what jq makes of the processes that pt-ps
# lists, and add up to what pt-stat says. golden/*.folded are whole outputs,
# speedscope.t draws one.
. "${0%/*}/lib.sh"
t_need jq

cat >paths.jq <<'EOT'
(map({ (.id): . }) | add) as $all
| def name: .program | gsub(";"; "\\x3b");
def shown: if .execs == 0 and .program != "(unknown)" then "(\(name))" else name end;
def path: if .parent == null then shown
    else ($all[.parent] | path) + ";" + shown end;
map({ path: path, time: (.[$key] // 0) })
| group_by(.path)[]
| { path: .[0].path, us: (map(.time) | add / 1000 + 0.5 | floor) }
| select(.us > 0) | "\(.path) \(.us)"
EOT
# agrees FILE TIME
agrees() {
	pt-ps --json "$1" 2>/dev/null |
	    jq -r -s --arg key "$2_ns" -f paths.jq | sort >want
	pt-render-folded --time "$2" "$1" 2>/dev/null | sort >got
	[ -s got ] && diff -u want got
}
for rec in basic hostile; do
	t_ok "$rec: own time" agrees "$TESTS/golden/$rec.pt" own
done

# processes of a build, two at a time
awk 'BEGIN {
	OFS = "\t"
	print "root", "ts=0", "pid=1"
	print "fork", "ts=0", "pid=1", "ppid=9", "pgid=1", "sid=1"
	print "exec", "ts=10", "pid=1", "ppid=9", "pgid=1", "sid=1", "argv=make;"
	for (i = 2; i < 200; i++) {
		who = "pid=" i OFS "ppid=1" OFS "pgid=1" OFS "sid=1"
		print "fork", "ts=" i * 100000, who
		if (i % 3)
			print "exec", "ts=" i * 100000 + 5, who, "argv=cc" i % 2
		print "exit", "ts=" i * 100000 + 180000, who, "status=0", \
		    "cputime=" i * 500
	}
	print "exit", "ts=30000000", "pid=1", "ppid=9", "pgid=1", "sid=1", "status=0"
	print "end", "ts=30000000"
}' | pt-sort >build.pt
t_ok 'a build: own time' agrees build.pt own
t_ok 'a build: CPU time' agrees build.pt cpu
t_case 'its paths' 0 'make\x3b
make\x3b;(make\x3b)
make\x3b;cc0
make\x3b;cc1' '' sh -c 'pt-render-folded build.pt | sed "s/ [0-9]*$//" | sort'
sum() {
	pt-render-folded --time critical "$1" | awk '{ n += $NF } END { print n }'
}
t_case 'the critical path adds up to the wall time' 0 30000 '' sum build.pt

# deep N: each process forks the next one and waits
deep() {
	awk -v n="$1" 'BEGIN {
		OFS = "\t"
		for (i = 1; i <= n; i++) {
			who = "pid=" i OFS "ppid=" i - 1 OFS "pgid=1" OFS "sid=1"
			print "fork", "ts=" i * 1000, who
			print "exec", "ts=" i * 1000, who, "argv=sh"
		}
		for (i = n; i >= 1; i--)
			print "exit", "ts=" (2 * n - i + 1) * 1000, \
			    "pid=" i, "ppid=" i - 1, "pgid=1", "sid=1", "status=0"
	}'
}
deep 20000 >deep.pt
# The deepest lives 1 us, all others 2 us without a child.
deepest() {
	pt-render-folded deep.pt | awk '
	{ n += $NF; if (NR == 999) us = $NF }
	END { print NR " lines, " n " us, line 999: " us }'
}
t_case 'a deep tree is cut, and nothing of its time is lost' 0 \
    '1000 lines, 39999 us, line 999: 2' '' deepest

t_case '--time' 2 '' "pt-render-folded: --time: 'wall' is not own, cpu or critical" \
    pt-render-folded --time wall build.pt
t_done
