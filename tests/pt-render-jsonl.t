#!/bin/sh
# pt-render-jsonl: golden/*.jsonl show what it makes of every kind of event;
# here is what its options and the rest of the input change.
. "${0%/*}/lib.sh"
t_need jq
golden=$TESTS/golden

# events on stdin: "|" for TAB
events() {
	tr '|' '\t'
}

events >rec <<'EOT'
root|ts=0|pid=10
fork|ts=1|pid=10|ppid=1|pgid=1|sid=1
exec|ts=2|pid=10|ppid=1|pgid=1|sid=1|file=/bin/sh|argv=sh|-c|x y
fork|ts=3|pid=11|ppid=10|pgid=1|sid=1
fork|ts=4|pid=12|ppid=10|pgid=1|sid=1
exit|ts=5|pid=12|ppid=10|pgid=1|sid=1|signal=SIGKILL
exit|ts=6|pid=11|ppid=10|pgid=1|sid=1|status=0
fork|ts=7|pid=11|ppid=10|pgid=1|sid=1
exit|ts=8|pid=11|ppid=10|pgid=1|sid=1|status=1
end|ts=9
EOT
cat >want <<'EOT'
{"Root":{"timestamp":0,"pid":10}}
{"Fork":{"timestamp":1,"parent_pid":1,"child_pid":10,"parent_pgid":1,"sid":1}}
{"Exec":{"timestamp":2,"pid":10,"ppid":1,"pgid":1,"cmdline":["sh","-c","x y"],"sid":1,"filename":"/bin/sh"}}
{"ExecArgs":{"timestamp":2,"pid":10,"args":"sh -c x y","sid":1}}
{"Fork":{"timestamp":3,"parent_pid":10,"child_pid":11,"parent_pgid":1,"sid":1}}
{"Fork":{"timestamp":4,"parent_pid":10,"child_pid":12,"parent_pgid":1,"sid":1}}
{"Exit":{"timestamp":5,"pid":12,"ppid":10,"pgid":1,"sid":1,"exit_code":null,"signal":"SIGKILL"}}
{"Exit":{"timestamp":6,"pid":11,"ppid":10,"pgid":1,"sid":1,"exit_code":0,"signal":null}}
{"Fork":{"timestamp":7,"parent_pid":10,"child_pid":11,"parent_pgid":1,"sid":1}}
{"Exit":{"timestamp":8,"pid":11,"ppid":10,"pgid":1,"sid":1,"exit_code":1,"signal":null}}
{"End":{"timestamp":9}}
EOT
t_case 'events in the order of the recording' 0 @want '' pt-render-jsonl rec
t_case 'stdin' 0 @want '' pt-render-jsonl <rec
t_case '-d multiplexed' 0 @want '' pt-render-jsonl -d multiplexed rec
t_case '--display=sequential' 0 @want '' \
    pt-render-jsonl --display=sequential rec
t_case 'no such format' 2 '' \
    "pt-render-jsonl: --display: 'x' is none of multiplexed, sequential, by-process" \
    pt-render-jsonl -d x rec

sed /ExecArgs/d want >short
t_case '--no-exec-args' 0 @short '' pt-render-jsonl --no-exec-args rec

# a PID that comes again is another process
{
	sed -n 2,4p want
	echo
	sed -n '5p;8p' want
	echo
	sed -n 6,7p want
	echo
	sed -n 9,10p want
} >by-process
t_case '-d by-process' 0 @by-process '' pt-render-jsonl -d by-process rec
sed -n '1p;6,$p;2,5p' rec >mixed
t_case '-d by-process of lines in disorder' 0 @by-process '' \
    pt-render-jsonl -d by-process mixed

{
	sed -n 1,4p rec
	printf 'exit\tts=x\tpid=11\n'
	sed '1,4d' rec
} >bad
t_case 'a bad line costs that line' 1 @want '~pt-render-jsonl: bad:5: *' \
    pt-render-jsonl bad

events >lost <<'EOT'
fork|ts=1|pid=10|ppid=1|pgid=1|sid=1
lost|ts=2|cpu=0|count=12|since=1
lost|ts=3|cpu=1|count=30
EOT
t_case 'lost events are lines' 0 \
    '~*{"Lost":{"timestamp":2,"cpu":0,"count":12,"since":1}}*' '~*' \
    pt-render-jsonl lost
events >uncountable <<'EOT'
fork|ts=1|pid=10|ppid=1|pgid=1|sid=1
lost|ts=2|cpu=0|count=18446744073709551615
lost|ts=3|cpu=1|count=1
EOT
for format in multiplexed by-process; do
	t_case "$format: lost events are said" 0 '~*' \
	    'pt-render-jsonl: 42 events were lost: the recording is not complete' \
	    pt-render-jsonl -d "$format" lost
	t_case "$format: more than can be counted" 0 '~*' \
	    '~*18446744073709551615 events were lost:*' \
	    pt-render-jsonl -d "$format" uncountable
done

# what the bare tracer prints: numbered lines, the kernel's numbers
events >bare <<'EOT'
exit|ts=2|pid=10|ppid=1|pgid=1|sid=1|cpu=0|seq=1|code=768
EOT
t_case "the bare tracer's lines" 0 '~*"exit_code":3,"signal":null*' '' \
    pt-render-jsonl bare

# every byte as an argument, those that are not UTF-8 as U+FFFD
awk 'BEGIN {
	printf "exec\tts=1\tpid=1\tppid=0\tpgid=0\tsid=0\targv="
	for (i = 0; i < 256; i++)
		printf "%s\\x%02x", i ? "\t" : "", i
	print ""
}' >bytes
every_byte() {
	pt-render-jsonl --no-exec-args bytes >json || return
	jq -e '[.Exec.cmdline[] | explode] ==
	    [range(256) | if . < 128 then [.] else [65533] end]' json
}
t_case 'every byte' 0 true '' every_byte
no_controls() {
	! tr -d '\n' <json | grep '[[:cntrl:]]'
}
t_case 'no control byte gets out' 0 '' '' no_controls

# jq prints strict JSON with the same characters; only C1 it leaves bare
for name in basic hostile kinds; do
	strict() {
		pt-render-jsonl "$golden/$name.pt" 2>/dev/null | grep -v 'u00[89]' >json &&
		jq -c . json
	}
	t_case "$name: jq reads the same" 0 @json '' strict
done

# the objects of one line are used again for the next: no trace of it
one_by_one() {
	while IFS= read -r line; do
		printf '%s\n' "$line" | pt-render-jsonl || return
	done
}
head -n 60 "$golden/hostile.pt" | cat "$golden/kinds.pt" - >many
one_by_one <many >want 2>/dev/null
t_case 'a line does not depend on the ones before' 0 @want \
    'pt-render-jsonl: 1 event was lost: the recording is not complete' \
    pt-render-jsonl many
awk 'BEGIN {
	for (i = 0; i < 200; i++) {
		printf "exec\tts=%d\tpid=1\tppid=0\tpgid=0\tsid=0", i
		if (i % 3)
			printf "\tk%d=%d", i % 7, i
		printf "\tfile=%s", i % 5 ? "/long/name" i : ""
		for (j = 0; j < i % 11; j++)
			printf "%s%s", j ? "\t" : "\targv=",
			    (i + j) % 4 ? substr("abcdefghij", 1, (i * j) % 10) : ""
		print ""
		if (i % 2)
			printf "kind%d\tts=%d\tk=%d\n", i % 37, i, i
	}
}' >changing
one_by_one <changing >want
t_case 'nor on their keys, their lengths, their names' 0 @want '' \
    pt-render-jsonl changing
events >twice <<'EOT'
x|ts=1|a=1|a=2|b=3|argv=p|q
x|ts=2|a=1|a=2|b=3|argv=
root|ts=3|pid=1|c=1|c=1
trace|host=a|host=b
EOT
cat >want <<'EOT'
{"x":{"timestamp":1,"a":1,"b":3,"argv":["p","q"]}}
{"x":{"timestamp":2,"a":1,"b":3,"argv":[""]}}
{"Root":{"timestamp":3,"pid":1,"c":1}}
{"Trace":{"host":"a"}}
EOT
t_case 'a key that stands twice' 0 @want \
    'pt-render-jsonl: the recording has no end: it was cut, or goes on' \
    pt-render-jsonl twice

printf 'root\tts=007\tpid=01\tx=01\n' >zeros
t_case 'IDs and times are always numbers' 0 \
    '{"Root":{"timestamp":7,"pid":1,"x":"01"}}' '' pt-render-jsonl zeros

# nothing is held back in a live pipeline
mkfifo in live
pt-render-jsonl <in >live &
exec 3>in 4<live
sed -n 2p rec >&3
read -r line <&4
exec 3>&- 4<&-
t_case 'a line is written as soon as it is known' 0 \
    '{"Fork":{"timestamp":1,"parent_pid":1,"child_pid":10,"parent_pgid":1,"sid":1}}' \
    '' echo "$line"
wait $!
t_done
