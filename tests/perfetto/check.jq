# What must hold for a Chrome trace of a recording, or else viewers lose, cut
# or move things without a word: jq -r -f check.jq TRACE prints what does not.
# $lives: how many processes there are.

def ns: . * 1000 | round;
def whole: { from: (.ts | ns), to: ((.ts | ns) + (.dur | ns)) };

# slices of one thread, longer ones first: each is within the one before it, or
# behind it
def nested:
	map(whole) | sort_by([.from, -.to])
	| reduce .[] as $s ({ open: [], ok: true };
		.open |= (until(length == 0 or .[-1].to > $s.from or
		    (.[-1].to == $s.from and $s.to == $s.from); .[:-1]))
		| if .open == [] or .open[-1].to >= $s.to then .
		else .ok = false end
		| .open += [$s])
	| .ok;

# the innermost of the slices of a thread at that time, or null
def innermost($ts):
	map(select(whole | .from <= $ts and $ts < .to))
	| sort_by([(.ts | ns), -(.dur | ns)]) | last;

# of slices that begin at the same time the longer ones come first
def in_order:
	. as $all | all(range(1; length); . as $i
	    | ($all[$i - 1] | whole) as $a | ($all[$i] | whole) as $b
	    | $a.from < $b.from or ($a.from == $b.from and $a.to >= $b.to));

def texts: .. | strings;

# how many processes live from a step on
def running($slices):
	map((.ts | ns) as $ts | .args.running -
	    ([$slices[] | whole | select(.from <= $ts and .to > $ts)] | length))
	| all(. == 0);

def expect(what; condition): if condition then empty else what end;

.traceEvents as $events
| [$events[] | select(.ph == "X")] as $slices
| [$slices[] | select(.cat == "process")] as $processes
| ($slices | group_by(.tid)) as $threads
| ($threads | map({ key: "\(.[0].tid)", value: . }) | from_entries) as $by_tid
| [$events[] | select(.ph == "s")] as $starts
| [$events[] | select(.ph == "f")] as $finishes
| [$events[] | select(.name == "thread_name")] as $names
| [$events[] | select(.name == "thread_sort_index").args.sort_index] as $order
| expect("keys of the document";
	keys == ["displayTimeUnit", "otherData", "traceEvents"]),
expect("phases";
	all($events[]; .ph | IN("X", "M", "s", "f", "i", "C"))),
expect("every event has pid 1, a tid and a name";
	all($events[]; .pid == 1 and (.tid | type) == "number" and .tid >= 0 and
	    .tid < 4294967296 and (.name | type) == "string" and .name != "")),
expect("times"; all($events[] | select(.ph != "M"); .ts >= 0)),
expect("durations"; all($slices[]; .dur >= 0)),
expect("names of threads and processes";
	all($events[] | select(.ph == "M" and (.name | endswith("_name")));
	    (.args.name | type) == "string" and .args.name != "")),
expect("a slice for each process"; ($processes | length) == $lives),
expect("a name for each track"; ($names | map(.tid) | sort) ==
	($processes | map(.tid) | unique)),
expect("names without PIDs"; all($processes[]; . as $p
	| .name | contains("[\($p.args.pid)") | not)),
expect("an order of tracks"; $order == [range(1; ($threads | length) + 1)]),
expect("slices nest"; all($threads[]; nested)),
expect("a process slice around each exec";
	all($slices[] | select(.cat == "exec"); . as $e | whole as $exec
	    | any($by_tid["\($e.tid)"][] | select(.cat == "process");
		.args.pid == $e.args.pid and
		(whole | .from <= $exec.from and .to >= $exec.to)))),
expect("one exec after the other, until the end";
	all($processes[] | select(.args.exec == null); . as $p | whole as $life
	    | ([$by_tid["\($p.tid)"][] | select(.cat == "exec" and
		    .args.pid == $p.args.pid)
		| whole | select(.from >= $life.from and .to <= $life.to)]
		| sort_by([.from, .to])) as $execs
	    | all(range($execs | length); . as $i
		| $execs[$i].to == ($execs[$i + 1].from // $life.to)))),
expect("outer slices come first";
	all($threads[]; map(select(.cat == "process")) | in_order)),
expect("arrows in pairs";
	($starts | map([.id, .cat, .name]) | sort) ==
	($finishes | map([.id, .cat, .name]) | sort) and
	($starts | map([.id, .cat]) | unique | length) == ($starts | length)),
expect("arrows end at enclosing slices"; all($finishes[]; .bp == "e")),
expect("arrows end at slices that begin, and begin at one of a parent, or at the end of one";
	all($finishes[]; . as $f
	    | ($starts[] | select(.id == $f.id and .cat == $f.cat)) as $s
	    | ($by_tid["\($s.tid)"] | innermost($s.ts | ns)) as $from
	    | ($by_tid["\($f.tid)"] | innermost($f.ts | ns)) as $to
	    | ($to.ts == $f.ts and $to.cat == "process") and
		if $f.cat == "file" then
		    ($from | whole.to) == ($s.ts | ns) + 1 and
		    ($s.ts | ns) < ($f.ts | ns)
		else
		    $s.tid != $f.tid and $s.ts == $f.ts and
		    $to.args.ppid == $from.args.pid
		end)),
expect("instants of threads, but those of lost events";
	all($events[] | select(.ph == "i");
	    .s == (if .cat == "lost" then "g" else "t" end))),
expect("the counter is the number of slices";
	[$events[] | select(.ph == "C" and .name == "processes")]
	| running($processes)),
expect("no control characters in strings";
	all(texts; test("[\u0000-\u001f\u007f-\u009f\u2028\u2029]") | not)),
expect("what has no end says so";
	all($processes[]; (.args | has("status") or has("signal") or
	    .unfinished == true or .end_unknown == true or
	    has("pid") and (.unfinished == null))))
