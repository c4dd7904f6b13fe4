#!/bin/sh
# What every filter promises, whatever else it does: messages, exit status,
# and an output that is whole or not there. The filters are all of $BIN/pt-*
# but pt-capture; what is special about one of them stands in the functions
# at the top.
. "${0%/*}/lib.sh"

# lines N: a recording of N processes; its first line is the trace's
lines() {
	awk -v n="$1" 'BEGIN {
		OFS = "\t"
		print "trace", "version=1", "start=1732092345000000000", \
		    "host=h", "tracer=t", "argv=sh", "-c", "x"
		print "root", "ts=0", "pid=1000"
		for (i = 0; i < n; i++) {
			id = "pid=" 1000 + i
			who = "ppid=" (i ? 1000 : 1) OFS "pgid=1000" OFS "sid=1000"
			print "fork", "ts=" 1000 * i + 1, id, who
			print "exec", "ts=" 1000 * i + 2, id, who, "file=/bin/x", \
			    "argv=x", "", i
			if (i)
				print "exit", "ts=" 1000 * i + 500, id, who, "status=1"
		}
		print "fd", "ts=" 1000 * n - 1, "pid=1000", "fd=0", "mode=r", \
		    "type=pipe", "ino=5", "ref=pipe:[5]"
		print "exit", "ts=" 1000 * n, "pid=1000", "ppid=1", "pgid=1000", \
		    "sid=1000", "status=0"
		print "end", "ts=" 1000 * n + 12
	}'
}

# Programs that need more than input are called with it: scripts of their names
# in front of the others.
wrappers=$PWD/wrappers
mkdir "$wrappers"
wrap() { # PROG ARGS: as words of the shell
	# shellcheck disable=SC2016 # what the script expands
	printf '#!/bin/sh\nPATH=$BIN:$PATH exec %s %s "$@"\n' "$1" "$2" \
	    >"$wrappers/$1"
	chmod +x "$wrappers/$1"
}
wrap pt-grep '-e .'
lines 3 >old
wrap pt-diff "--json $PWD/old"
PATH=$wrappers:$PATH

# inputs PROG: makes rec, big and, with a NUL in its fifth line, nul
inputs() {
	lines 3 >rec
	lines 2000 >big
	awk 'NR == 5 { print "exit\tts=7\tx=\\0y"; next } { print }' rec |
	    sed '5s/\\0/\x00/' >nul
	case $1 in
	pt-import)
		pt-render-jsonl <rec >json && mv json rec
		pt-render-jsonl <big >json && mv json big
		sed '5s/"/\x00"/' rec >nul ;;
	esac
}

# empty_status PROG: with no events at all
empty_status() {
	case $1 in
	pt-diff) echo 2 ;;	# trouble, not a difference
	pt-grep) echo 1 ;;	# nothing matches
	pt-ingest) echo 1 ;;	# the root is not in the recording
	pt-render-compdb | pt-render-jsonl) echo 0 ;;	# an empty list
	pt-ps | pt-render-* | pt-stat | pt-why)
		echo 1 ;;	# there is nothing to show
	*) echo 0 ;;
	esac
}

# empty_message PROG: what it says then, as a pattern
empty_message() {
	case $1 in
	pt-grep) ;;
	*) [ "$(empty_status "$1")" = 0 ] || echo "~$1: ?*" ;;
	esac
}

# bad_status PROG: when it has left out bad lines
bad_status() {
	case $1 in
	pt-diff | pt-grep) echo 2 ;;	# as diff and grep: 1 is an answer
	*) echo 1 ;;
	esac
}

# nul_status PROG: with a NUL in the fifth line
nul_status() {
	case $1 in
	pt-sort) echo 0 ;;	# keeps every byte
	*) bad_status "$1" ;;
	esac
}

# help_fits PROG: its usage, on a terminal
help_fits() {
	"$1" --help >help && "$1" -h | cmp help - || return 1
	awk -v prog="$1" '
		NR == 1 && index($0, "usage: " prog " ") != 1 { bad = 1 }
		length > 80 { print "too wide: " $0; bad = 1 }
		END { if (NR > 24) { print NR " lines"; bad = 1 }
		      exit bad || NR == 0 }' help
}

closed_stdout() { "$@" >&-; }
closed_stdin() { "$@" <&-; }
to_full() { "$@" >/dev/full; }
no_reader() { # SIGNALS PROG...: standard output is a pipe that nobody reads
	signals=$1
	shift
	mkfifo fifo
	# shellcheck disable=SC2094 # an end of its own
	exec 3<>fifo 4>fifo 3<&-
	rm fifo
	env "$signals" "$@" >&4
}

# Files larger than 512 bytes fail (POSIX: units of 512).
file_limit() {
	trap '' XFSZ
	ulimit -f 1 && "$@"
}

# keeps NAME MESSAGE CMD...: CMD fails, and what was in the file "old" still
# is, with nothing new beside it
keeps() {
	keeps_name=$1 message=$2
	shift 2
	echo old >old
	before=$(echo *)
	t_case "$keeps_name" 2 '' "$message" "$@"
	[ "$before" = "$(echo *)" ] && echo old | cmp - old
	t_report '... and keeps the old file' $?
}

# output PROG: its option
output() {
	case $1 in
	pt-ps) echo --output ;;	# -o is that of ps
	*) echo -o ;;
	esac
}

red=$(printf '\033[31m\nred')

contract() {
	p=$1 o=$(output "$1")
	t_dir
	t_device full
	inputs "$p"
	"$p" <rec >want 2>want.err
	t_report "$p: good input" $?
	"$p" <big >want.big 2>/dev/null
	t_ok "$p: --help is short" help_fits "$p"
	t_case "$p: --version" 0 "~$p [0-9]*" '' "$p" --version
	t_case "$p: -V" 0 "~$p [0-9]*" '' "$p" -V
	t_case "$p: unknown option" 2 '' "~$p: *Try '$p --help'." \
	    "$p" --no-such-option
	t_case "$p: unknown short option" 2 '' "~$p: *Try '$p --help'." "$p" -@

	empty=$(empty_status "$p")
	if [ "$empty" = 0 ]; then
		t_case "$p: empty input" 0 '~*' '' "$p"
	else
		t_case "$p: empty input" "$empty" '' "$(empty_message "$p")" "$p"
	fi
	t_case "$p: - is standard input" 0 @want @want.err "$p" - <rec
	t_case "$p: a file" 0 @want @want.err "$p" rec
	head -n 2 rec >part1
	sed -n 3,5p rec >part2
	sed 1,5d rec >part3
	set --
	case $p in
	pt-diff) ;;	# reads one more, and no others
	*)
		t_case "$p: several files" 0 @want @want.err \
		    "$p" part1 - part3 <part2
		set -- rec ;;	# in front of others
	esac
	t_case "$p: closed stdin" 2 '' "$p: <stdin>: Bad file descriptor" \
	    closed_stdin "$p"
	t_case "$p: no such file" 2 '~*' "$p: none: No such file or directory" \
	    "$p" "$@" none
	t_case "$p: a name that is not for terminals" 2 '~*' \
	    "$p: \\x1b[31m\\nred: No such file or directory" \
	    "$p" "$@" "$red"
	t_case "$p: a directory" 2 '~*' "$p: .: Is a directory" "$p" .

	sed '$d' rec >whole
	"$p" <whole >whole.out 2>/dev/null
	head -c -1 rec >torn
	n=$(grep -c ^ torn)
	t_case "$p: cut last line" "$(bad_status "$p")" @whole.out \
	    "~$p: torn:$n: cut record at the end (no newline), not used*" "$p" torn
	if [ "$(nul_status "$p")" = 0 ]; then
		t_case "$p: NUL in a line" 0 '~*' '' "$p" nul
	else
		t_case "$p: NUL in a line" "$(nul_status "$p")" '~?*' \
		    "~$p: nul:5: ?*" "$p" nul
	fi

	t_case "$p: full disk" 2 '' "$p: <stdout>: No space left on device" \
	    to_full "$p" <rec
	t_case "$p: full disk, much output" 2 '' \
	    "~*$p: <stdout>: No space left on device" to_full "$p" <big
	t_case "$p: full disk, --help" 2 '' \
	    "$p: <stdout>: No space left on device" to_full "$p" --help
	t_case "$p: full disk, -o" 2 '' "$p: full: No space left on device" \
	    "$p" "$o" full rec
	t_case "$p: closed stdout" 2 '' "$p: <stdout>: Bad file descriptor" \
	    closed_stdout "$p" rec
	t_case "$p: reader gone" 141 '' '' \
	    no_reader --default-signal=PIPE "$p" rec
	t_case "$p: reader gone, much output" 141 '' '~*' \
	    no_reader --default-signal=PIPE "$p" big
	t_case "$p: reader gone, SIGPIPE ignored" 2 '' \
	    "$p: <stdout>: Broken pipe" no_reader --ignore-signal=PIPE "$p" rec
	t_case "$p: the same, much output" 2 '' "~*$p: <stdout>: Broken pipe" \
	    no_reader --ignore-signal=PIPE "$p" big

	t_case "$p: -o -" 0 @want @want.err "$p" "$o" - rec
	t_case "$p: -o" 0 '' @want.err "$p" "$o" new rec
	t_ok '... is what goes to stdout' cmp want new
	t_case "$p: --output=" 0 '' @want.err "$p" --output=new rec
	cp rec own
	t_case "$p: -o over its input" 0 '' @want.err "$p" "$o" own own
	t_ok '... is whole' cmp want own
	t_case "$p: -o in no directory" 2 '' \
	    "$p: none/new: No such file or directory" "$p" "$o" none/new rec
	t_case "$p: -o a directory" 2 '' "$p: .: Is a directory" "$p" "$o" . rec
	keeps "$p: -o, input missing" "$p: none: No such file or directory" \
	    "$p" "$o" old "$@" none
	[ "$(wc -c <want.big)" -le 512 ] ||
	    keeps "$p: -o, too large" "~*$p: old: File too large" \
	    file_limit "$p" "$o" old big
}

for program in "$BIN"/pt-*; do
	case ${program##*/} in
	'pt-*' | pt-capture) ;;
	*) contract "${program##*/}" ;;
	esac
done
t_done
