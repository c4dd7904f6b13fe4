# What pt-stat --json should say, from lines of pt-render-jsonl in the order of
# time: jq -n -f stat.jq. Everything is found by looking at all processes,
# however long that takes.

def base:
	sub("(?<x>.)/+$"; .x) | if test("[^/]") then split("/") | last else . end;

# A name that is not shown as it is in JSON lines is none here.
def plain: if test("[^ -~]|\\\\") then "?" else . end;

def program:
	((.cmdline // [])[0] // "") as $arg
	| (if $arg == "" then .filename // "" else $arg end)
	| if . == "" then "(unknown)" else base end;

# --- the lives of PIDs ---

def add_process($pid; $ppid; $ts):
	(.live["\($ppid)"]) as $up
	| .all += [{
		id: (.all | length), $pid, up: $up, start: $ts, last: $ts,
		life: ((.lives["\($pid)"] // 0) + 1), execs: 0, execfails: [],
		name: (if $up == null then "(unknown)" else .all[$up].name end),
		known: ($up != null and .all[$up].known),
		run: $ts, runs: [] }]
	| (.all | length - 1) as $i
	| .lives["\($pid)"] += 1
	| .live["\($pid)"] = $i;

# sets .now to the process of an event, or null
def find($kind; $e):
	.live["\($e.pid)"] as $open
	| (.lives["\($e.pid)"] != null) as $seen
	| if $open != null then .now = $open
	elif ($kind == "SetPGID" or $kind == "Exit") and $seen then .now = null
	elif $kind | IN("Exec", "BadExec", "SetSID", "SetPGID", "Exit") then
		add_process($e.pid; $e.ppid; $e.timestamp)
		| .now = (.all | length - 1)
	else .now = null end;

def fork($e):
	.live["\($e.child_pid)"] as $open
	| if $open != null and .all[$open].forked != true
	    and .all[$open].start == $e.timestamp then
		.all[$open].forked = true
	else
		(if $open != null then
			.all[$open] += { unknown: true, end: $e.timestamp }
			| del(.live["\($e.child_pid)"]) else . end)
		| add_process($e.child_pid; $e.parent_pid; $e.timestamp)
		| .all[-1].forked = true
		| if .all[-1].up != null then .all[.all[-1].up].last = $e.timestamp
		else . end
	end;

def happened($kind; $e):
	.last = $e.timestamp
	| if $kind == "Exec" then
		(if .execs > 0 then
			.runs += [{ name, time: ($e.timestamp - .run) }]
			| .run = $e.timestamp else . end)
		| .execs += 1
		| .cmdline = ($e.cmdline // [$e.filename])
		| .known = true
		| .name = ($e | program)
		| .execfails |= map(.final = false)
	elif $kind == "BadExec" then
		.execfails += [{ file: ($e.filename // "(unknown)"),
		    errno: ($e.errno // "?"), final: true, after: .execs }]
	elif $kind == "Exit" then
		.end = $e.timestamp
		| .exited = true
		| .status = ($e.exit_code // -1)
		| .signal = $e.signal
		| .delay = ($e.rundelay // 0)
		| .cpu = ($e.cputime // (if $e.utime and $e.stime then
			$e.utime + $e.stime else null end))
		| .failed = (($e.exit_code // 0) != 0 or $e.signal != null)
	else . end;

def event($kind; $e):
	(if ($e.timestamp // 0) > .end then .end = $e.timestamp else . end)
	| if $kind == "Root" then
		if .root_pid == null then .root_pid = $e.pid else . end
	elif $kind == "Lost" then
		.lost += ($e.count // 1) | .lost_at = $e.timestamp
	elif $kind | IN("Trace", "End") then .
	elif $kind == "Fork" then fork($e)
	else
		find($kind; $e)
		| .now as $i
		| if $i == null then . else
			.all[$i] |= happened($kind; $e)
			| if $kind == "Exit" then del(.live["\($e.pid)"]) else . end
		end
	end
	# the first life of that PID from the root line on
	| if .root == null and .root_pid != null then
		.root = .live["\(.root_pid)"]
	else . end;

def finish:
	.end as $stop | .lost_at as $lost
	| .root //= 0
	| .all |= map(
		if .end == null then
			.end = $stop
			| if $lost != null and $lost >= .last then .unknown = true
			else .running = true end
		else . end
		| .time = .end - .start
		| .runs += [{ name, time: (.end - .run), failed: (.failed == true) }]);

# --- what is asked ---

# its life without the time in which a child of it lived
def own_time($all):
	. as $p
	| reduce ([$all[] | select(.up == $p.id)] | sort_by([.start, .id])[]) as $c
	    ({ now: $p.start, own: 0 };
		if .now >= $p.end then . else
			(if $c.start > .now then .own += $c.start - .now else . end)
			| .now = ([.now, $c.end] | max)
		end)
	| .own + ([$p.end - .now, 0] | max);

def totals:
	group_by(.name)
	| map({ program: .[0].name, runs: length,
		failed: (map(select(.failed)) | length),
		own_ns: (map(.own) | add), cpu_ns: (map(.cpu // 0) | add),
		total_ns: (map(.time) | add), max_ns: (map(.time) | max),
		critical_ns: (map(.critical) | add), first: .[0].id })
	| sort_by([-.own_ns, -.total_ns, .first]) | map(del(.first));

# how many live at each moment at which something begins or ends
def steps:
	[.[] | select(.time > 0)] as $some
	| [$some[] | .start, .end] | unique
	| [range(length - 1) as $i | { from: .[$i], to: .[$i + 1] }]
	| map(.from as $ts
		| [$some[] | select(.start <= $ts and .end > $ts)] as $live
		| .live = ($live | length)
		| .busy = (($live | map(.id)) - ($live | map(.up)) | length));

def mean(f):
	if length == 0 then 0 else
		(map((.to - .from) * f) | add) / (.[-1].to - .[0].from) end
	| . * 10000 | round / 10000;

def concurrency:
	steps | { max: (map(.live) | max // 0), mean: mean(.live),
		max_busy: (map(.busy) | max // 0), mean_busy: mean(.busy) };

def ancestors($all): recurse(if .up == null then empty else $all[.up] end);

# who waits for it: the nearest ancestor that lives at its end
def add_waiters($root):
	. as $all
	| map(. as $p
		| .waiter = (if .id == $root then null else
			first([ancestors($all)][1:][] | select(.end >= $p.end) | .id) //
			null end)
		| .mine = any(ancestors($all); .id == $root));

# from the moment .now in process .at back to $since
def back($since):
	. as { $all, $at, $now }
	| if $now <= $since then .path else
		([$all[] | select(.waiter == $at and .end <= $now and
			.end > $since and (.start < $now or .end < $now))]
			| max_by([.end, -.id])) as $w
		| ([(if $w then $w.end else $all[$at].start end), $since] | max) as $to
		| .path = [{ id: $at, pid: $all[$at].pid, life: $all[$at].life, from_ns: $to, to_ns: $now }] + .path
		| .at = (if $w then $w.id else $all[$at].up end)
		| .now = $to
		| if $w then .all[$w.id].waiter = -1 else . end
		| back($since)
	end;

# neighbours of one process are one
def joined:
	reduce (.[] | select(.from_ns < .to_ns)) as $s ([];
		if length > 0 and .[-1].pid == $s.pid and .[-1].life == $s.life
		then .[-1].to_ns = $s.to_ns else . + [$s] end);

def critical($root):
	add_waiters($root)
	| . as $all
	| { $all, at: $root, now: $all[$root].end, path: [] }
	| back($all[$root].start) | joined;

# --- the merged tree: one row for each path of programs ---

def shown:
	if .execs == 0 and .known then "(\(.name))" else .name end;

def merged:
	. as $all
	| map(.path = ([ancestors($all) | shown] | reverse))
	| group_by(.path)
	| map({ path: .[0].path, runs: length,
		failed: (map(select(.failed)) | length),
		own: (map(.own) | add), critical: (map(.critical) | add) })
	| . as $paths
	| map(. as $p | .inside = ([$paths[] |
		select(.path[:$p.path | length] == $p.path) | .critical] | add));

# --- why it failed ---

def same_end($p):
	if $p.signal then .signal == $p.signal
	elif .signal then false else .status == $p.status end;

# from a process that failed down; no shell hands on a signal here
def crashed:
	.signal as $s | any("SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGKILL",
		"SIGQUIT", "SIGSEGV", "SIGSYS", "SIGTRAP", "SIGXCPU", "SIGXFSZ";
		. == $s);

def chain($all):
	. as $p
	| [$all[] | select(.up == $p.id and .failed and .end <= $p.end)] as $bad
	| ([$bad[] | select(same_end($p))] | max_by([.end, .id])) as $same
	| ($bad | max_by([.end, .id])) as $last
	| (if $same or $p.signal then $same
		elif $last and ($last | crashed | not) and any($all[]; .up == $p.id and .start >= $last.end)
		then null else $last end) as $c
	| [.id] + (if $c then $c | chain($all) else [] end);

def failure($root):
	. as $all
	| (if $all[$root].failed then $all[$root] | chain($all) else [] end) as $chain
	| [.[] | select(.failed and .mine)] as $bad
	| { failed: ($bad | length),
		tolerated: ([$bad[] | [ancestors($all) | select(.mine)][1:] |
			select(any(.[]; .exited and .status == 0))] | length),
		chain: ($chain | map($all[.].pid)) };

# --- what ran one at a time ---

# in the tree of the root, without what outlives it
def serial_moments($root):
	$root.end as $stop
	| map(select(.end <= $stop and .mine)) as $some
	| [$some[] | .start, .end] | unique
	| [range(length - 1) as $i | { from: .[$i], to: .[$i + 1] }]
	| map(.from as $ts
		| [$some[] | select(.start <= $ts and .end > $ts)] as $live
		| ($live | map(.up)) as $ups
		| [$live[] | select(.id as $id | $ups | index($id) | not)] as $leaves
		| [$leaves[] | select(.idle | not)] as $busy
		| (if ($busy | length) > 0 then $busy else $leaves end) as $one
		| select(($one | length) == 1 and ($one[0].parallel | not))
		| { id: $one[0].id, ns: (.to - .from) });

# who ran them: a moment is also that of all ancestors
def serial($moments):
	. as $all
	| (reduce $moments[] as $m ({};
		reduce ($all[$m.id] | ancestors($all)) as $p (.;
			.["\($p.id)"] += $m.ns))) as $time
	| [$all | group_by(.up)[] | select(.[0].up != null)
		| . as $children | $all[.[0].up] as $p
		| map($time["\(.id)"] // 0) as $times
		| { id: $p.id, pid: $p.pid, children: length,
			time_ns: ($time["\($p.id)"] // 0),
			beside_ns: (($times | add) - ($times | max)) }
		| select(.children > 1 and .beside_ns > 0 and
			.beside_ns >= (.time_ns / 10 | floor))]
	| sort_by([-.beside_ns, .id]) | map(del(.id));

# --- what ran more than once ---

def repeats:
	[.[] | select(.execs > 0)] | group_by(.cmdline)
	| map(select(length > 1) |
		{ runs: length, command: (.[0].cmdline | join(" ")) });

# --- what could not be executed: a search through PATH is one ---

def searches:
	reduce .[] as $e ([];
		if length > 0 and .[-1][0].after == $e.after
		    and (.[-1][0].file | base) == ($e.file | base)
		then .[-1] += [$e] else . + [[$e]] end)
	| map({ file: (if (map(.file) | unique | length) > 1
			then .[0].file | base else .[0].file end),
		errno: (first(.[].errno | select(. != "ENOENT")) // "ENOENT"),
		count: length, final: (if .[0].final then 1 else 0 end) });

reduce (inputs | to_entries[0]) as { key: $kind, value: $e }
    ({ all: [], live: {}, lives: {}, end: 0, lost: 0 }; event($kind; $e))
| finish
| .all as $all
| .all[.root] as $root
| ($all | critical($root.id)) as $path
| (reduce ($path[] | select(.to_ns <= $root.end)) as $s ({};
	.["\($s.id)"] += $s.to_ns - $s.from_ns)) as $critical
| .all |= map(.own = own_time($all)
	| .critical = ($critical["\(.id)"] // 0)
	| .mine = any(ancestors($all); .id == $root.id)
	| .idle = (.cpu != null and .own >= 50000000 and
		.cpu < (.own / 20 | floor))
	| .parallel = ((.cpu // 0) > .own + (.own / 10 | floor) + 10000000))
| .all as $all
| ($all | map(select(.mine) | .end) | max) as $last
| ($all | serial_moments($root)) as $moments
| {
	wall_ns: $root.time,
	after_root_ns: ($last - $root.end),
	cpu_ns: ($all | map(.cpu // empty) | add),
	processes: ($all | length),
	execs: ($all | map(.execs) | add),
	failed_execs: ($all | map(.execfails | length) | add),
	failed: ($all | map(select(.failed)) | length),
	running: ($all | map(select(.running)) | length),
	end_unknown: ($all | map(select(.unknown)) | length),
	lost_events: .lost,
	concurrency: ($all | concurrency),
	programs: ($all | totals | .[:10] | map(.program |= plain)),
	longest: ($all | sort_by([-.time, .id]) | .[:10] |
		map({ pid, life, start_ns: .start, time_ns: .time })),
	critical_path: ($path | map(del(.id))),
	merged: ($all | merged | map(.path |= map(plain)) | sort),
	failure: ($all | failure($root.id)),
	outlived: (if $root.exited then [$all[] | select(.mine and
		((.exited and .end > $root.end) or .running)) |
		{ pid, by_ns: (.end - $root.end) }] | sort else [] end),
	serial_ns: ($moments | map(.ns) | add // 0),
	serial: ($all | serial($moments)),
	critical_idle_ns: ([$all[] |
		select(.mine and .cpu != null and .end <= $root.end) |
		[.critical - .cpu - .delay, 0] | max] | add // 0),
	repeats: ($all | repeats | map(select(.command |
		test("tmp|[0-9]|[^ -~]|\\\\") | not)) | sort),
	still_running: ($all | map(select(.running)) |
		sort_by([-.time, .id]) | map({ pid, start_ns: .start })),
	exec_failures: ($all | map(.execfails | searches[]) |
		group_by([.errno, .file]) |
		map({ file: (.[0].file | plain), errno: .[0].errno,
			count: (map(.count) | add), final: (map(.final) | add) }) |
		sort_by([-.final, -.count, .errno + " " + .file]) | .[:10]),
}
