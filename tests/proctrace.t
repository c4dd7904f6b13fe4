#!/bin/sh
# proctrace: its subcommands are the pt-* programs, and record leaves the
# command alone
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_as_root
golden=$TESTS/golden

## what is only handed on

# fits NAME ...: each help is short
fits() {
	for sub; do
		proctrace help "$sub" >text || return 1
		awk 'length > 80 { bad = 1 } END { exit bad || NR > 24 || !NR }' \
		    text || { echo "$sub"; return 1; }
	done
}
t_ok 'each help fits a terminal' \
    fits '' run record ingest sort render stat why open version help
proctrace help >text
t_case '-h is help' 0 @text '' proctrace -h
for sub in run record ingest sort render stat why open; do
	proctrace help $sub >text
	t_case "$sub --help" 0 @text '' proctrace $sub --help
done
t_case 'help of another program, as it is called here' 0 \
    '~usage: proctrace import *' '' proctrace help import
t_case 'what shows recordings also records' 0 \
    '~usage: proctrace tree *
       proctrace tree \[OPTION ...] -- COMMAND ...
*' '' proctrace tree --help
t_case 'help others' 0 '~*  html      Shows recordings on a page of HTML
*  redact  *' '' proctrace help others
t_case 'help on a full disk' 2 '' '~?*' sh -c 'proctrace help >/dev/full'
t_case 'help of nothing' 2 '' "proctrace: no subcommand 'nothing'
Try 'proctrace help'." proctrace help nothing
t_case '-V' 0 "proctrace $(pt-sort -V | cut -d ' ' -f 2)" '' proctrace -V
t_case 'version' 0 "proctrace $(pt-sort -V | cut -d ' ' -f 2)" '' proctrace version
t_case 'no subcommand' 2 '' "~proctrace: no subcommand
Try *" proctrace
t_case 'a subcommand that is none' 2 '' "proctrace: no subcommand 'x y'
Try 'proctrace help'." proctrace 'x y'
t_case 'nor is a path' 2 '' "~proctrace: no subcommand 'x/../sort'*" \
    proctrace x/../sort
while read -r word near; do
	t_case "$word: did you mean" 2 '' "proctrace: no subcommand '$word': did you \
mean '$near'?
Try 'proctrace help'." proctrace "$word"
done <<'WORDS'
rnder render
staat stat
opne open
tre tree
reccord record
mermiad mermaid
WORDS
t_case 'a word that is nothing like it' 2 '' "proctrace: no subcommand 'zzzzzz'
Try 'proctrace help'." proctrace zzzzzz
t_case 'help of a word that is none' 2 '' "~*'stta': did you mean 'stat'*" \
    proctrace help stta
t_case 'a command' 2 '' "proctrace: no subcommand 'sleep'; to record a command: \
proctrace -- sleep
Try 'proctrace help'." proctrace sleep 5
t_case 'a recording' 2 '' "~proctrace: no subcommand './rec.pt'; to look at a \
recording: proctrace stat ./rec.pt*" sh -c 'echo >rec.pt; proctrace ./rec.pt'
t_case 'an option that is none' 2 '' "~proctrace: no option '--raw'*" \
    proctrace --raw
t_case '-o, without a subcommand' 2 '' \
    "proctrace: no option '-o': to name the recording, proctrace run -o FILE COMMAND
Try 'proctrace help'." proctrace -o x.pt -- true

cp "$golden/basic.pt" rec.pt
pt-ingest -p 101 rec.pt >want 2>/dev/null
t_case 'ingest' 0 @want '' proctrace ingest -i rec.pt -p 101
t_case 'ingest of stdin' 0 @want '' proctrace ingest -i - --root-pid=101 <rec.pt
t_case 'ingest without -i' 0 @want '' proctrace ingest -p 101 <rec.pt
t_case 'ingest -d' 0 '' \
    "proctrace: $BIN/pt-ingest -p 101 -o out.pt rec.pt" \
    proctrace ingest -d --input=rec.pt -p 101 -o out.pt
t_ok '... wrote it' cmp want out.pt
t_case 'ingest of no such process' 1 '' \
    'pt-ingest: process 7 is not in the recording' \
    proctrace ingest -irec.pt -p7
tail -r rec.pt >back.pt 2>/dev/null || tac rec.pt >back.pt
pt-sort back.pt >want
t_case 'sort' 0 @want '' proctrace sort --input back.pt
t_case 'sort over its input' 0 '' '' proctrace sort -i back.pt -o back.pt
t_ok '... wrote it' cmp want back.pt
cp rec.pt ./-i
t_case 'a file called -i' 0 @rec.pt '' proctrace sort -i -i
t_case 'options of the program' 1 '' '~pt-sort: rec2.pt:2: *' \
    sh -c 'sed 1d rec.pt | sed "s/ts=0/ts=99999999999/" >rec2.pt
	proctrace sort --check -i rec2.pt'
t_case 'an argument that ends like an option' 2 '' \
    'pt-sort: x:-h: No such file or directory' proctrace sort x:-h
t_case 'two inputs' 2 '' '~proctrace: only one input can be given*' \
    proctrace sort -i rec.pt -i rec.pt
t_case 'no input' 2 '' "proctrace: option '-i' needs an argument
Try 'proctrace help sort'." proctrace sort -i
t_case 'an empty name' 2 '' '~proctrace: the input has no name*' \
    proctrace sort -i ''
t_case 'stat' 0 '~sh -c *' '' sh -c 'sed "s/argv=flox.*/argv=sh	-c	x/" rec.pt |
    proctrace stat -i -'
pt-render-tree rec.pt >want
for input in rec.pt '-i rec.pt' -irec.pt; do
	# shellcheck disable=SC2086 # an option and its argument
	t_case "tree $input" 0 @want '' proctrace tree $input
done
pt-ps -o pid,argv rec.pt >want
t_case 'ps' 0 @want '' proctrace ps -o pid,argv rec.pt
for format in html jsonl mermaid perfetto folded; do
	pt-render-$format rec.pt >want
	t_case "$format" 0 @want '' proctrace $format rec.pt
done
t_case 'why of a recording' 0 '~?*' '' proctrace why rec.pt
cp "$out" want
t_case 'why -i' 0 @want '' proctrace why -i rec.pt
chmod +x rec.pt
t_case 'why of a recording that can be executed' 0 @want '' proctrace why rec.pt
t_case 'why -o' 0 '' '' proctrace why -o why.txt rec.pt
t_ok '... wrote it' cmp want why.txt
chmod -x rec.pt
t_case 'why of a recording, with options of a command' 125 '' \
    "proctrace: why: 'rec.pt' is a recording, and has no such options
Try 'proctrace help why'." proctrace why --timeout 3 rec.pt
for word in nosuch.pt nosuchword; do
	t_case "why of $word" 125 '' \
	    "proctrace: why: '$word' is neither a file nor a command
Try 'proctrace help why'." proctrace why $word
done
for sub in stat tree ps; do
	t_case "$sub of a command" 2 '' "proctrace: $sub: no file 'sleep'; to \
record: proctrace $sub -- sleep
Try 'proctrace help $sub'." proctrace $sub sleep
	t_case "$sub of no file" 2 '' '~pt-*: nosuch.pt: No such file or directory' \
	    proctrace $sub nosuch.pt
done
t_case 'diff' 1 '~?*' '' sh -c 'sed "s/status=1/status=2/" rec.pt >rec3.pt
    proctrace diff rec.pt rec3.pt'
t_case 'grep' 0 1 '' proctrace grep -c dirname rec.pt
t_case 'any other program' 0 '~jsonl*' '' sh -c '
	printf "{\"Root\":{\"timestamp\":0,\"pid\":1}}\n" |
	proctrace import | cut -f 1 | sed "s/root/jsonl/"'

for format in multiplexed sequential by-process; do
	pt-render-jsonl -d $format rec.pt >want
	t_case "render -d $format" 0 @want '' proctrace render -d $format -i rec.pt
done
pt-render-jsonl rec.pt >want
t_case 'render' 0 @want '' proctrace render -i rec.pt
t_case 'render -d jsonl' 0 @want '' proctrace render -djsonl -irec.pt
pt-render-mermaid --min-duration 1 rec.pt >want
t_case 'render -d mermaid, with an option of its' 0 @want '' \
    proctrace render --display=mermaid -i rec.pt --min-duration 1
t_case 'render to a file' 0 '' '' \
    proctrace render --display mermaid -i rec.pt -m 1 -o chart
t_ok '... wrote it' cmp want chart
t_case 'no such format' 2 '' "proctrace: --display: 'svg' is no format
Try 'proctrace help render'." proctrace render -d svg -i rec.pt
t_case 'a format that is a path' 2 '' \
    "~proctrace: --display: '/../pt-sort' is no format*" \
    proctrace render -d /../pt-sort -i rec.pt
t_case 'no format' 2 '' "~proctrace: option '-d' needs an argument*" \
    proctrace render -d
proctrace help render >text
names_formats() {
	sed -n '/^Formats: /,$p' text | paste -s -d ' ' - |
	    grep -Eq 'Formats: multiplexed sequential by-process .*mermaid .*tree'
}
t_ok 'help names the formats' names_formats
mkdir path
printf '#!/bin/sh\necho a third\n' >path/pt-render-third
chmod +x path/pt-render-third
touch path/pt-none
t_case '... those on PATH, too' 0 '~*Formats: *third*' '' \
    env "PATH=$PATH:path" proctrace help render
t_case '... which can be rendered' 0 'a third' '' \
    env "PATH=$PATH:path" proctrace render -d third -i rec.pt
t_case 'as a subcommand, too' 0 'a third' '' \
    env "PATH=$PATH:path" proctrace third rec.pt
t_case 'help names other programs' 0 '~*
Others: *folded *third*' '' env "PATH=$PATH:path" proctrace help
# shellcheck disable=SC2154 # lib.sh's
t_ok '... but no subcommand twice, nor what is none' \
    sh -c '! sed -n "/^Others: /,\$p" "$1" |
	grep -Ewq "capture|stat|why|ps|diff|tree|none"' - "$out"
t_case 'help of a program' 0 '~usage: proctrace sort *' '' proctrace help pt-sort

## open

mkdir tmp bin
printf '#!/bin/sh\nprintf "%%s\\n" "$@" >opened\n' >bin/xdg-open
chmod +x bin/xdg-open
open_report() {
	env -u DISPLAY -u WAYLAND_DISPLAY "TMPDIR=$PWD/tmp" "PATH=$PWD/bin:$PATH" "$@"
}
t_case 'open without a display' 0 "~$PWD/tmp/proctrace.??????/rec.html" '' \
    open_report proctrace open rec.pt
t_ok '... says where the report is' cmp "$(cat "$out")" - <<EOT
$(pt-render-html rec.pt)
EOT
t_ok '... which nobody else can read' \
    test "$(stat -c %a "$PWD"/tmp/proctrace.*)" = 700
t_case 'open with a display' 0 '' "~proctrace: the report is $PWD/tmp/*/rec.html" \
    open_report DISPLAY=:9 proctrace open rec.pt
t_ok '... opens it' test -e "$(cat opened)"
rm -r tmp/*
t_case 'open of nothing' 1 '' 'pt-render-html: no process in the recording' \
    open_report proctrace open /dev/null
t_ok '... leaves nothing' test -z "$(ls tmp)"

# on a terminal
if command -v script >/dev/null; then
	on_terminal() {
		timeout -k 5 20 script -qec "exec proctrace $*" /dev/null </dev/null |
		    tr -d '\r'
	}
	t_case 'no file on a terminal' 0 "proctrace: tree: no FILE; to record: \
proctrace tree -- COMMAND
Try 'proctrace help tree'." '' on_terminal tree
	t_case 'diff with one file on a terminal' 0 "~pt-diff: only one recording, and \
standard input is a terminal*" '' on_terminal diff rec.pt
	t_case 'HTML on a terminal' 0 '~proctrace: html: a terminal shows no HTML*' \
	    '' on_terminal html rec.pt
	t_case '... but into a file' 0 '' '' on_terminal html rec.pt -o rec.html
else
	t_skip 'a terminal' 'no script'
fi

## where the programs are

mkdir elsewhere 'a "b" $c '"d'e"
ln -s "$BIN/proctrace" elsewhere/first
ln -s first elsewhere/second
ln -s elsewhere/second third
pt-sort rec.pt >want
t_case 'through links' 0 @want '' env PATH="/usr/bin:/bin" ./third sort -i rec.pt
cd elsewhere || exit 2
t_case 'called without a slash' 0 @"$t_tmp/1/want" '' \
    env PATH="/usr/bin:/bin" sh second sort -i ../rec.pt
cd .. || exit 2
cp "$BIN/proctrace" elsewhere/alone
t_case 'not beside it but on PATH' 0 @want '' elsewhere/alone sort -i rec.pt
t_case 'nowhere' 2 '' "proctrace: there is no pt-sort in elsewhere or on \
PATH: 'make' builds it" env PATH="/usr/bin:/bin" elsewhere/alone sort -i rec.pt

## record: wrong usage

t_case 'record: no command' 125 '' "proctrace: record: no command
Try 'proctrace help record'." proctrace record -o x.pt --
t_case 'record: no argument' 125 '' "~proctrace: option '--until' needs an*" \
    proctrace record --until
t_case 'record: no such option' 125 '' "~proctrace: no option '--rwa'*" \
    proctrace record --rwa true
t_case 'record: a flag with an argument' 125 '' \
    "~proctrace: no option '--raw=1'*" proctrace record --raw=1 true
t_case 'record: --until never' 125 '' \
    "pt-capture: --until: 'never' is none of tree, root, look" \
    proctrace record --until=never true
t_case 'record: two processes' 125 '' \
    "~proctrace: record: only one process can be followed*" \
    proctrace record -p 1 --pid=1
t_case 'why: -i comes first' 125 '' "~proctrace: why: -i is for 'why' alone*" \
    proctrace why -o out -i rec.pt
t_case 'record: a file called -p' 125 '' '~proctrace: record: no command*' \
    proctrace record -o -p
echo old >old
t_case 'record: tracing impossible' 125 '' '~*' \
    proctrace record --tracer bpftrace -b ./none -o old true
t_ok '... the old file is there' grep -qx old old
t_ok '... and no other' test "$(echo old*)" = old

## record, on real processes

if ! t_traces; then
	t_skip 'record' "$t_why"
	t_done
fi

record() {
	timeout -k 5 300 proctrace record "$@"
}

# kinds FILE: the kinds of its events, but failed execs on PATH, signals, and what
# was looked at meanwhile
kinds() {
	cut -f 1 "$1" | grep -Ev '^(execfail|fd|wait|signal|machine)$' | uniq -c | awk '
		{ printf "%s%s", (NR > 1 ? " " : "") $2, ($1 > 1 ? "*" $1 : "") }
		END { print "" }'
}
whole='trace root fork exec exit end'

t_case 'record: output and status are the command'\''s' 7 output error \
    record -o tree.pt -- sh -c 'echo output; echo error >&2; exit 7'
t_case '... the recording is whole' 0 "$whole" '' kinds tree.pt
t_case '... and what pt-ingest makes of it' 0 @tree.pt '' pt-ingest tree.pt
t_case 'record to stdout: output goes to stderr' 0 '~trace	version=1	*' \
    output record sh -c 'echo output'
cp "$out" out.pt
t_case '... the recording is whole' 0 "$whole" '' kinds out.pt
t_case 'options in other spellings' 0 '' '' \
    record -b bpftrace -o- --output=other.pt --until root --timeout=50 -- \
    sh -c 'sleep 5 & exit 0'
t_ok '... did what they say' \
    test "$(grep -c ^exit other.pt) $(tail -n 1 other.pt | cut -f 1)" = '1 end'
t_case 'timeout: 124' 124 '' '~pt-capture: time is up: *' \
    record -oother.pt --timeout 0.1 sleep 50
t_case '... and the recording is whole' 0 'trace root fork exec timeout exit end' \
    '' kinds other.pt
t_case 'killed: 128 + n' 137 '' '' record -o tree.pt sh -c 'kill -KILL $$'
t_case 'not found: 127' 127 '' \
    'pt-capture: ./none: No such file or directory' record -o tree.pt ./none

t_case 'record --raw' 3 output '~Process tree root was PID [1-9]*' \
    record --raw -o raw.pt sh -c 'echo output; exit 3'
root=$(sed 's/.* //' "$err")
t_ok '... it was' grep -q "^root	ts=[0-9]*	pid=$root\$" raw.pt
t_ok '... the whole system is in it' grep -q '^trace	.*	cpus=' raw.pt
t_case 'ingest with this PID' 0 '' '' \
    proctrace ingest -i raw.pt -o tree.pt --root-pid "$root"
t_case '... is the tree' 0 "$whole" '' kinds tree.pt
t_case 'record --raw to stdout' 0 '~trace	*' '~Process tree root was PID *' \
    record -r true
t_case 'record -ro' 0 '' '~Process tree root was PID *' record -ro raw.pt true
t_case 'record --debug' 0 '' "~proctrace: $BIN/pt-capture --tree *--debug*" \
    record --debug -o tree.pt true

sleep 50 &
pid=$!
t_case 'record -p' 0 '' '' record -p "$pid" -o tree.pt --timeout 0.1
t_ok '... has the process, not ended' grep -q '	argv=sleep	50$' tree.pt
kill "$pid"

t_case 'the command has our stdin' 0 input '' \
    sh -c 'echo input | timeout -k 5 300 proctrace record -o tree.pt cat'

# all that a command can see of its surroundings
cat >look <<'LOOK'
env | sort
pwd
ls /proc/self/fd
ulimit -a
umask
ps -o sid= -p $$
awk '/^Sig(Blk|Ign)|^Shd|^Groups|^[UG]id/' /proc/self/status
LOOK
# shellcheck disable=SC2030,SC2031 # one name for another's variable
look() {
	env -u _ PWD="$PWD" output=a file=b dir=c link=d debug=e name=f \
	    timeout=g CDPATH=/ "$@" sh look
}
look timeout -k 5 300 >want
t_case 'the command sees nothing of us' 0 @want '' \
    look timeout -k 5 300 proctrace record -o tree.pt --

## run, and what records first

mkdir run && cd run || exit 2
run() {
	timeout -k 5 300 proctrace "$@"
}
t_case 'run: the output and the status are the command'\''s' 3 output '~error
Wall time *, exit 3
Processes *
  Failed*
proctrace: recorded; for more: proctrace stat sh-2*.pt (or why, tree, open)' \
    run run sh -c 'echo output; echo error >&2; exit 3'
t_ok '... at most 13 lines' test "$(wc -l <"$err")" -le 14
file=$(sed -n '$s/.* stat \(.*\) (or.*/\1/p' "$err")
t_case '... the recording is whole' 0 "$whole" '' kinds "$file"
t_ok '... there is one file' test "$(ls)" = "$file"
rm ./*
t_case '--' 0 output '~Wall time *
proctrace: recorded; for more: proctrace stat echo-2*.pt (or *' \
    run -- echo output
t_case 'run -o' 0 '' "~*
proctrace: recorded; for more: proctrace stat 'a b.pt' (or *" \
    run run -o 'a b.pt' true
t_case '... the recording is whole' 0 "$whole" '' kinds 'a b.pt'
t_case 'run: a command of any name' 0 '' '~*stat odd_name_-2*.pt (or *' \
    sh -c 'printf "#!/bin/sh\n" >"./-odd name;"
	chmod +x "./-odd name;"; timeout -k 5 300 proctrace run "./-odd name;"'
t_case 'run: stdin is the command'\''s' 0 input '~*' \
    sh -c 'echo input | timeout -k 5 300 proctrace run -o i.pt cat'
echo old >old
t_case 'run: what cannot be written' 125 output '~*No space left on device*' \
    run run -o /dev/full echo output
t_ok '... is not said to be recorded' sh -c '! grep "proctrace: recorded" "$1"' - "$err"
mkdir full && mount -t tmpfs -o size=4k none full
full() {
	(cd full && timeout -k 5 300 proctrace why -- sh -c 'for i in 1 2 3 4 5 6 7 8 9; do
	    /bin/true "$PATH $PATH $PATH $PATH"; done')
}
t_case 'why: what cannot be kept' 125 '~*ended with exit 0*' '~*No space left on device*' full
t_ok '... is not said to be, nor there' sh -c '
	! grep "proctrace: recorded" "$1" && [ -z "$(ls full)" ]' - "$err"
umount full
t_case 'run --keep-status' 7 '' '~*the command runs untraced' \
    run run --keep-status --tracer bpftrace -b ./none sh -c 'exit 7'
t_case 'run: no --raw' 125 '' "~proctrace: no option '--raw'*" run run --raw true
cd .. || exit 2

mkdir why && cd why || exit 2
t_case 'why: what a command leaves, while it lives on' 0 \
    '~sh -c * (pid *) has ended. After * 1 process was alive:
  sleep 71699 (pid *), sleeps; holds the standard output (fd 1) of the command, and who reads that waits
      started by sh -c *, which has ended
said' '~proctrace: recorded; for more: proctrace stat sh-2*.pt (or tree, open)' \
    sh -c 'timeout -k 5 300 proctrace why -o /dev/fd/3 -- sh -c "
	sleep 71699 & echo said" 3>why.txt | head -n 1 >said; cat why.txt said
	pkill -f "^sleep 71699\$"'
t_ok '... keeps the recording' eval 'tail -n 1 sh-2*.pt | grep -q ^end'
rm -f ./*
sleep 71698 | cat &
pid=$!
t_case 'why -p: at once' 0 "~*cat (pid $pid) reads pipe *; outside this tree still open for writing in:
    sleep 71698 (pid *, fd 1)*" '' \
    run why -p "$pid"
t_ok '... and it lives on' kill -0 "$pid"
pkill -f '^sleep 71698$'
t_ok '... and there is no file' test -z "$(ls)"
t_case 'why: where nothing can be kept' 0 '~*exit 0*' '~*' \
    setpriv --reuid 65534 --clear-groups timeout -k 5 300 \
    proctrace why --tracer strace true
t_case '... for its directory is gone' 7 '~*exit 7*' '~*getcwd*' \
    sh -c 'mkdir gone && cd gone && rmdir ../gone &&
	timeout -k 5 60 proctrace why --tracer strace sh -c "exit 7"'
t_case 'why --env' 0 '~*exit 0*' '~*stat true-2*.pt *' \
    run why --env --tracer bpftrace -- true
t_case '... is for nobody else to read' 0 600 '' sh -c 'stat -c %a true-2*.pt'
rm -f ./*
# names of this minute and the next are taken by links of somebody else
links() {
	for minute in "$(date +%Y%m%d-%H%M)" "$(date -d '+1 minute' +%Y%m%d-%H%M)"; do
		for second in $(seq 0 59); do
			ln -s "$PWD/theirs/target" \
			    "true-$minute$(printf %02d "$second").pt"
		done
	done
}
mkdir theirs && links
t_case 'why: links that lead nowhere are not followed' 0 '~*exit 0*' \
    '~*stat true-2*-2.pt *' run why --tracer strace true
t_case 'run: nor are they' 0 '' '~*stat true-2*.pt *' run run --tracer strace true
t_ok '... nothing is behind them' test -z "$(ls theirs)"
cd .. || exit 2

t_case 'tree -- COMMAND' 3 '~*sh -c *
*ls*' output run tree -w 60 -- sh -c 'ls >/dev/null; echo output; exit 3'
t_case 'stat -- COMMAND' 0 '~{*"wall_ns"*' '' run stat --json -- true
t_case 'ps -o -- COMMAND' 0 'argv
true' '' run ps -o argv -- true
t_case 'into a file: output is the command'\''s' 0 output '' \
    run html --output=report.html -- echo output
t_ok '... and the file is the report' grep -q '<title>' report.html
t_case 'options of both' 124 '~sleep *' '~*time is up*' \
    run folded --time own --timeout 0.1 -- sleep 20

cp "$BIN"/proctrace "$BIN"/pt-capture "$BIN"/pt-ingest a*/
t_case 'record in a directory with any name' 0 output '' \
    timeout -k 5 300 "$(echo a*)/proctrace" record -o tree.pt echo output
t_case '... is whole' 0 "$whole" '' kinds tree.pt

# nobody works in this directory any more
nobody_left() {
	for pid in /proc/[0-9]*; do
		case $pid:$(readlink "$pid/cwd") in
		"/proc/$$:"*) ;;
		*":$PWD")
			tr '\0' ' ' <"$pid/cmdline" | grep -a bpftrace &&
			    return 1 ;;
		esac
	done
	return 0
}

mkfifo ready
# A signal for proctrace alone; the command is there when it opens the FIFO.
proctrace record -o killed.pt -- sh -c '
	trap "echo got it; exit 9" TERM
	echo >ready; i=0; while [ $((i += 1)) -lt 200 ]; do sleep 0.1; done' >said &
pid=$!
read -r _ <ready
kill -s TERM $pid
wait $pid
t_ok 'SIGTERM: the command has it, and its status counts' test $? -eq 9
t_ok '... its handler ran' grep -qx 'got it' said
t_ok '... the recording is complete' sh -c 'tail -n 1 killed.pt | grep -q ^end ||
    { tail -n 3 killed.pt; exit 1; }'
t_ok '... and nobody is left' nobody_left

# ^C on a terminal, which reads it as a signal for everybody there
if command -v script >/dev/null; then
	cat >interrupted <<'SH'
	trap "echo got it; exit 9" INT
	echo >ready; i=0; while [ $((i += 1)) -lt 200 ]; do sleep 0.1; done
SH
	{ read -r _ <ready; printf '\003'; } |
	    timeout -k 5 300 script -qec \
	    'exec proctrace record -o int.pt sh interrupted' /dev/null >said
	t_ok '^C: the command has it, and its status counts' test $? -eq 9
	t_ok '... its handler ran, once' \
	    test "$(tr -d '\r' <said | grep -c 'got it$')" = 1
	t_ok '... the recording is complete' sh -c 'tail -n 1 int.pt | grep -q ^end ||
    { tail -n 3 int.pt; exit 1; }'
	t_case '... it has a terminal' 0 '~*/dev/pts/*' '' timeout -k 5 300 \
	    script -qec 'exec proctrace record -o tty.pt tty' /dev/null
	t_ok '... and nobody is left' nobody_left
else
	t_skip '^C' 'no script'
fi
t_done
