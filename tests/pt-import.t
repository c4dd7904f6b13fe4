#!/bin/sh
# pt-import: import/NAME.FORMAT becomes import/NAME.FORMAT.pt; here is besides
# what comes back from pt-render-jsonl, what bad lines cost, and what strace
# really prints.
. "${0%/*}/lib.sh"
t_need jq
import=$TESTS/import

for want in "$import"/*.pt; do
	name=${want##*/}
	t_case "import/$name" 0 "@$want" '' pt-import "${want%.pt}"
done

# JSON lines of ours

# again FILE: a recording's rendering, imported and rendered again
again() {
	pt-import "$1" >events && pt-render-jsonl events 2>/dev/null
}
for json in basic hostile kinds; do
	json=$TESTS/golden/$json.jsonl
	t_case "${json##*/}: rendered, imported, rendered is the same" 0 \
	    "@$json" '' again "$json"
	jq -c . "$json" >reprinted
	t_case "${json##*/}: with jq between them" 0 "@$json" '' \
	    again reprinted
	sed /ExecArgs/d "$json" >without
	t_case "${json##*/}: without its ExecArgs" 0 "@events" '' \
	    pt-import without
done
twice() {
	pt-import "$TESTS/golden/kinds.jsonl" >events &&
	pt-render-jsonl events 2>/dev/null | pt-import
}
t_case 'imported, rendered, imported is the same' 0 @events '' twice
grep -v '^$' "$TESTS/golden/kinds.by-process.jsonl" >want
cat "$TESTS/golden/kinds.by-process.jsonl" >by-process
t_case '-d by-process is read' 0 @want '' again by-process
t_case '--from as guessed' 0 @events '' \
    pt-import --from jsonl "$TESTS/golden/kinds.by-process.jsonl"
t_case '--from what there is not' 2 '' \
    "pt-import: --from: 'x' is none of jsonl, proctrace, strace" pt-import --from x

# bad lines: on stdin the reason, "|", the line; each of them between two good
# ones costs itself
good_1='{"Root":{"timestamp":1,"pid":2}}'
good_2='{"End":{"timestamp":3}}'
printf 'root\tts=1\tpid=2\nend\tts=3\n' >good
each_bad() {
	n=0
	while IFS='|' read -r why line; do
		n=$((n + 1))
		printf '%s\n%s\n%s\n' "$good_1" "$line" "$good_2" >bad
		t_case "bad $1 $n: $why" 1 @good "pt-import: bad:2: $why" \
		    pt-import bad
	done <reasons
}
cat >reasons <<'EOT'
no JSON|{"End":{"timestamp":NaN}}
no JSON|{"End":{"timestamp":Infinity}}
a malformed number|{"End":{"timestamp":-Infinity}}
no JSON|{'End':{'timestamp':1}}
no JSON|{"End":{"timestamp":1}}/*x*/
no JSON|what is this?
an integer beyond 64 bits|{"End":{"timestamp":9223372036854775808}}
an integer beyond 64 bits|{"End":{"timestamp":340282366920938463463374607431758}}
an integer beyond 64 bits|{"End":{"timestamp":1,"x":-9223372036854775808}}
a malformed number|{"End":{"timestamp":01}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":1.5}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":1e3}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":-1}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":true}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":{}}}
ts, cpu, seq or an ID is not a number or too large|{"End":{"timestamp":["1"]}}
ts, cpu, seq or an ID is not a number or too large|{"Root":{"timestamp":1,"pid":4194305}}
no ts=|{"End":{"timestamp":null,"x":1}}
no ppid=|{"Exit":{"timestamp":1,"pid":1}}
no pid=|{"BadExec":{"timestamp":1}}
no fields|{"new":{}}
no JSON|{"End":{"timestamp":1}}e
something behind the JSON|{"End":{"timestamp":1}}{"End":{"timestamp":1}}
a comma with nothing behind it|{"End":{"timestamp":1,}}
JSON without an end|{"End":{"timestamp":1}
JSON without an end|{
a string without an end|{"End
nesting too deep|{"x":{"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}
not one object with one key|{}
not one object with one key|[]
not one object with one key|{"End":{"timestamp":1},"x":{}}
not one object with one key|"x"
the value of the key is no object|{"End":1}
the value of the key is no object|{"End":null}
a NUL in a key|{"End":{"timestamp\u0000":1}}
a NUL in a key|{"End\u0000":{"timestamp":1}}
a name that is no word|{"x\tpid=1":{"timestamp":1}}
a raw control byte or invalid UTF-8|{"x\nend":{"timestamp":1}}
a key that is no word|{"End":{"timestamp":1,"a\tb":1}}
a key that is no word|{"End":{"timestamp":1,"a=b":1}}
a field is not key=value|{"End":{"timestamp":1,"":1}}
a field is not key=value|{"End":{"timestamp":1,"a b":1}}
a key stands twice|{"End":{"timestamp":1,"ts":1}}
a key stands twice|{"Exec":{"timestamp":1,"pid":1,"ppid":1,"pgid":1,"cmdline":[],"argv":[]}}
ExecArgs does not follow its Exec|{"ExecArgs":{"timestamp":1,"pid":2,"args":"x"}}
EOT
each_bad jsonl
raw_bytes() {
	printf '%s\n{"End":{"timestamp":1,"x":"%b"}}\n%s\n' "$good_1" "$1" \
	    "$good_2" >bad
	pt-import bad
}
for byte in '\0377' '\0355\0240\0200' '\0300\0200'; do
	t_case "bad: bytes that are not UTF-8: $byte" 1 @good \
	    'pt-import: bad:2: bytes that are not UTF-8' raw_bytes "$byte"
done
for byte in '\01' '\t' '\033'; do
	t_case "bad: raw control character: $byte" 1 @good \
	    'pt-import: bad:2: a raw control character in a string' \
	    raw_bytes "$byte"
done

cat >foreign <<'EOT'

{"Root":{"timestamp":1,"pid":2,"x":1.5,"y":true,"z":null,"list":["a",1],"more":{"b":[1]},"text":"\ud800"}}
{"End":{"timestamp":9223372036854775807,"e":"\u001b[31m\n\t\\","u":"é\ud83d\ude00"}}
EOT
cat >want <<'EOT'
root	ts=1	pid=2	x=1.5	y=true	list=["a",1]	more={"b":[1]}	text=�
end	ts=9223372036854775807	e=\x1b[31m\n\t\\	u=é😀
EOT
t_case 'other keys are kept' 0 @want '' pt-import foreign
printf '%s\r\n' "$good_1" "$good_2" >crlf
t_case 'lines with CR' 0 @good '' pt-import crlf

# what is of no format
echo >blank
for format in jsonl proctrace; do
	t_case "$format: a blank line" 0 '' '' pt-import --from $format blank
done
printf 'hello\n\n%s\n%s\n' "$good_1" "$good_2" >late
t_case 'a line before the format is known' 1 @good \
    'pt-import: late:1: of no known format' pt-import late
printf 'end\tts=3\n' >events
t_case 'a recording is no foreign format' 1 '' \
    'pt-import: events:1: of no known format' pt-import events

# the earlier tool's raw logs

good_1='EXIT: ts=1,pid=2,ppid=3,pgid=4'
good_2='EXIT: ts=5,pid=6,ppid=7,pgid=8'
printf '%s\n' 'trace|version=1|tracer=proctrace' \
    'exit|ts=1|pid=2|ppid=3|pgid=4|sid=0' \
    'exit|ts=5|pid=6|ppid=7|pgid=8|sid=0' | tr '|' '\t' >good
cat >reasons <<'EOT'
no line of proctrace|hello
no line of proctrace|FORKED: ts=1
ts is missing, no number or too large|EXIT: 
ts is missing, no number or too large|EXIT: ts=,pid=2,ppid=3,pgid=4
ts is missing, no number or too large|EXIT: ts=9223372036854775808,pid=2,ppid=3,pgid=4
a PID is missing, no number or too large|EXIT: ts=1,ppid=3,pgid=4
a PID is missing, no number or too large|EXIT: ts=1,pid=-2,ppid=3,pgid=4
a PID is missing, no number or too large|EXEC_ARGS: ts=1,x
no ppid=|EXIT: ts=1,pid=2,pgid=4
ts, cpu, seq or an ID is not a number or too large|EXIT: ts=1,pid=2,ppid=x,pgid=4
ts, cpu, seq or an ID is not a number or too large|EXEC: ts=1,pid=2,ppid=-3,pgid=4
ts, cpu, seq or an ID is not a number or too large|EXIT: ts=1,pid=2,ppid=3,pgid=4EXIT: ts=2
something behind the last number|EXIT: ts=1,pid=2,ppid=3,pgid=4,x
something behind the last number|EXIT: ts=1,pid=2,ppid=3,pgid=4,pid=5
something behind the last number|EXEC_FILENAME: ts=1,pid=2,/bin/x
EOT
each_bad proctrace
printf '%s\n' "EXIT: ts=9000000000000,pid=2,ppid=3,pgid=4" \
    "EXEC: ts=1,pid=6,ppid=7,pgid=8" "EXEC_ARGS: ts=1,pid=6,true" >wrong
printf '%s\n' 'trace|version=1|tracer=proctrace' \
    'exit|ts=9000000000000|pid=2|ppid=3|pgid=4|sid=0' \
    'exec|ts=1|pid=6|ppid=7|pgid=8|sid=0|joined=1|argv=true' |
    tr '|' '\t' >want
t_case 'a time hours ahead does not part the execs behind it' 0 @want '' \
    pt-import wrong

# strace

good_1='2 1700000000.000001 setsid() = 2'
good_2='2 1700000000.000003 +++ exited with 1 +++'
printf '%s\n' 'trace|version=1|start=1700000000000001000|tracer=strace' \
    'root|ts=0|pid=2' 'setsid|ts=0|pid=2|ppid=0|pgid=2|sid=2' \
    'exit|ts=2000|pid=2|ppid=0|pgid=2|sid=2|status=1' 'end|ts=2000' | tr '|' '\t' >good
cat >reasons <<'EOT'
no time: strace needs -ttt|2 execve("/bin/sh", ["sh"], NULL) = 0
no time: strace needs -ttt|hello
no time: strace needs -ttt|2 1700000000.0000000001 setsid() = 2
no time: strace needs -ttt|2 25:00:00.1 setsid() = 2
no time: strace needs -ttt|2 1700000000.000002
another kind of time than before|4194305 1700000000.000002 setsid() = 2
no PID behind [pid|[pid x] 1700000000.000002 setsid() = 2
no time behind (+|2 1700000000.000002 (+ x) setsid() = 2
nothing but a time|2 1700000000.000002 
no line of strace|2 1700000000.000002 hello
no line of strace|2 1700000000.000002 <... hello
malformed arguments of execve|2 1700000000.000002 execve("/bin/sh, ["sh"], NULL) = 0
malformed arguments of execve|2 1700000000.000002 execve("/bin/sh", ["\q"], NULL) = 0
malformed arguments of execve|2 1700000000.000002 execve("/bin/sh", ["a" "b"], NULL) = 0
malformed arguments of execve|2 1700000000.000002 execve("/bin/sh", ["a", NULL) = 0
malformed arguments of execve|2 1700000000.000002 execve("/bin/sh", [a], NULL) = 0
malformed arguments of execve|2 1700000000.000002 execve() = 0
malformed arguments of setpgid|2 1700000000.000002 setpgid(, 1) = 0
malformed arguments of setpgid|2 1700000000.000002 setpgid(4194305, 1) = 0
a PID that is too large|2 1700000000.000002 fork() = 4194305
the end of a call that did not begin|2 1700000000.000002 <... setpgid resumed>) = 0
flags that tell a thread from a process are not shown (-e raw)|2 1700000000.000002 <... clone resumed>) = 3
flags that tell a thread from a process are not shown (-e raw)|2 1700000000.000002 clone3(0x7ffd0, 88) = 3
a call without its end: the line is cut|2 1700000000.000002 clone(child_stack=NULL, flags=CLONE_CHI
a call without its end: the line is cut|2 1700000000.000002 execve("/bin/ls", ["ls", "-l
an end of a process that is not known|2 1700000000.000002 +++ exited with 256 +++
an end of a process that is not known|2 1700000000.000002 +++ exited with 1
an end of a process that is not known|2 1700000000.000002 +++ vanished +++
EOT
each_bad strace

# a call is told when all that came before it is known, and not later
mkfifo in live
pt-import --from strace <in >live &
exec 3>in 4<live
printf '%s\n' '2 1700000000.000001 vfork( <unfinished ...>' \
    '3 1700000000.000002 setsid() = 3' \
    '2 1700000000.000003 <... vfork resumed>) = 3' >&3
for _ in trace root fork; do
	read -r line <&4
done
read -r line <&4
exec 3>&- 4<&-
wait $!
t_case 'a child that strace shows before the end of vfork' 0 \
    "$(printf 'setsid\tts=1000\tpid=3\tppid=2\tpgid=3\tsid=3')" '' echo "$line"

# strace of a program that tells what it did
if ! strace -o log true 2>reason; then
	t_skip 'real strace' "$(cat reason)"
	t_done
fi
calls=process,setpgid,setsid

# facts FILE: "PID PPID END" of what has ended in a recording, but its root
facts() {
	awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "exit" && value(4) != 0 { print value(3), value(4), $7 }' "$1" |
	    sort
}
# forked FILE: "PID PPID" of all that was forked
forked() {
	awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "fork" { print value(3), value(4) }' "$1" | sort
}
real() {
	pt-import log >events &&
	facts events
}
strace -f -ttt -s 65535 -e trace=$calls -o log "$HELPERS/processes" | sort >want
t_case 'strace -o: processes, parents, ends' 0 @want '' real
sed 's/ [^ ]*$//' want >parents
t_case 'strace -o: forks' 0 @parents '' forked events
t_case 'strace -o: in the order of time' 0 @events '' pt-sort events
argv() {
	sed -n 's/^exec	.*	argv=//p' "$1" | sort
}
cat >want <<'EOT'
prog	x"y\\z\x01\n\t\xff\\x41		é) = 0
sh	-c	exit 7
true
EOT
echo "$HELPERS/processes" | cat - want | sort >argv
t_case 'strace -o: arguments' 0 @argv '' argv events
failed() {
	awk -F '\t' '$1 == "execfail" { print $7, $8 }' events
}
t_case 'strace -o: failed execs' 0 'errno=ENOENT file=/nosuch
errno=EACCES file=/etc/passwd' '' failed
t_case 'strace -o: the log is whole' 0 '~end	ts=*' '' tail -n 1 events
pt-ingest events >tree
t_case 'strace -o: all of it is one tree' 0 "$(grep -c . events)" '' \
    grep -c . tree

strace -f -ttt -v -y -T -s 65535 "$HELPERS/processes" 2>log | sort >want
t_case 'strace on a terminal, of all calls' 0 @want '' real
strace -q -f -tt -s 65535 -e trace=$calls "$HELPERS/processes" 2>log |
    sort >want
t_case 'strace -q -tt' 0 @want '' real
strace -f -r -s 65535 -e trace=$calls "$HELPERS/processes" 2>log | sort >want
t_case 'strace -r' 0 @want '' real
t_case 'strace -r: arguments' 0 @argv '' argv events

# many processes at a time, each the parent of one more
cat >many.sh <<'EOT'
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	sh -c 'sh -c "exit $((2 * $1))"; exit $1' x "$i" &
done
wait
EOT
statuses() {
	sed -n 's/^exit	.*	status=//p' events | sort -n
}
awk 'BEGIN { for (i = 1; i <= 20; i++) { print i; print 2 * i } print 0 }' |
    sort -n >want
strace -f -ttt -s 65535 -e trace=$calls -o log sh many.sh
pt-import log >events
t_case '20 processes at a time: statuses' 0 @want '' statuses
parents_of_doubles() {
	awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "exit" { status[value(3)] = value(7); parent[value(3)] = value(4) }
	END {
		for (pid in status)
			if (status[parent[pid]] * 2 == status[pid])
				n++
		print n
	}' events
}
# and the root, whose status is 0
t_case '20 processes at a time: parents' 0 21 '' parents_of_doubles
t_done
