#!/bin/sh
# What is alike in all programs: --help, which agrees with the man page, options
# that mean the same everywhere, messages of one form, the exit status.
# Filters promise more: contract.t.
. "${0%/*}/lib.sh"
t_need mandoc

subcommands='run record ingest sort render stat why'

# each program, and each subcommand, is "program" with its arguments
each() {
	for program in "$BIN"/pt-*; do
		echo "${program##*/}"
	done
	echo proctrace
	for sub in $subcommands; do
		echo "proctrace $sub"
	done
}
each >programs

# help PROGRAM [SUBCOMMAND]: what is said there
help() {
	case $# in
	1) "$1" --help ;;
	2) proctrace help "$2" ;;
	esac
}

## --help

# fits PROGRAM ...: its help is short, alone, and begins with the usage; options
# begin in column 3, and are of one shape, which completion understands
fits() {
	help "$@" >text 2>errors || return
	cat errors
	[ ! -s errors ] || return
	"$@" -h | diff -u text - || return
	awk -v "prog=$*" '
		NR == 1 && index($0, "usage: " prog " ") != 1 { print; bad = 1 }
		length > 80 { print "too wide: " $0; bad = 1 }
		/^ *-/ && !/^  (-[A-Za-z],|   ) --[a-z-]+( [^ ]+)?(  +[^ ].*)?$/ {
			print "no option: " $0
			bad = 1
		}
		END {
			if (NR > 24) { print NR " lines"; bad = 1 }
			exit bad || NR == 0
		}' text
}

# options_of PROGRAM ...: lines of program, short option, long option, value and
# text, separated by TABs
options_of() {
	help "$@" | awk -v "prog=$*" '
	/^  (-.,|   ) --/ {
		short = substr($0, 3, 1) == "-" ? substr($0, 3, 2) : "-"
		text = substr($0, 7)
		long = value = text
		sub(/ .*/, "", long)
		if (sub(/^[^ ]+ /, "", value))
			sub(/ .*/, "", value)
		if (value == long)
			value = ""
		if (!sub(/^.*  +/, "", text))
			text = ""
		print prog "\t" short "\t" long "\t" value "\t" text
	}'
}

while read -r program; do
	# shellcheck disable=SC2086 # a subcommand is an argument
	t_ok "$program: --help" fits $program
done <programs
while read -r program; do
	# shellcheck disable=SC2086
	options_of $program
done <programs >options
t_ok 'there are options' grep -q '^pt-sort	-o	--output	FILE	.' options

version=$(pt-sort --version)
while read -r program; do
	case $program in
	*' '*) ;;
	*) t_case "$program: --version" 0 "$program ${version#* }" '' \
	    "$program" --version ;;
	esac
done <programs

## the same everywhere

# Those that are not, and why: proctrace(7) names them.
cat >exceptions <<'LIST'
proctrace ingest	-d	--debug
proctrace ingest	-p	--root-pid
pt-ingest	-p	--root-pid
pt-grep	-i	--ignore-case
pt-ps	-	--output
pt-ps	-o	--format
pt-redact	-n	--dry-run
pt-sort	-c	--check
pt-sort	-m	--merge
LIST

# one_to_one COLUMNS...: whoever has the one has the other
one_to_one() {
	sort -u "$1" | awk -F '\t' '
	function check(of, is, seen) {
		if ((of in seen) && seen[of] != is) {
			print of " is " seen[of] ", and is " is
			bad = 1
		}
		seen[of] = is
	}
	{
		if ($1 != "-")
			check($1, $2, long)
		check($2, $1, short)
	}
	END { exit bad || NR < 20 }'
}

cut -f 1-3 options | sort >used
t_ok 'all exceptions are used' sh -c '! grep -Fxv -f used exceptions'
grep -Fxv -f exceptions used | cut -f 2-3 >pairs
t_ok 'a short option is short for the same long one' one_to_one pairs

# those with a value that is spelled in another way for a reason
cut -f 1,3,4 options |
    grep -Ev '^pt-(grep|render-sh)	--pid|^pt-render-jsonl	--display' |
    cut -f 2-3 | sort -u >values
# once FILE: no first column has two second ones
once() {
	cut -f 1 "$1" | uniq -d | grep -Fwf - "$1" && return 1
	[ "$(grep -c . "$1")" -gt 20 ]
}
t_ok 'a long option takes the same values' once values

# same_words N PATTERN: what is said about N options is the same everywhere
same_words() {
	grep -E "$2" options | cut -f 3- | sort -u >words
	[ "$(grep -c . words)" -eq "$1" ] || { cat words; return 1; }
}
t_ok '-h and -V are said to do the same' same_words 2 '^[^	]*	-[hV]	'
t_ok '--output is said to do the same' same_words 1 \
    '^pt-([^c]|c[^a])[^	]*	[^	]*	--output	'

# has PROGRAM OPTION ...
has() {
	program=$1
	shift
	for option; do
		grep -q "^$program	\(-.*	\)\{0,1\}$option	" options || { echo "$option"; return 1; }
	done
}
while read -r program; do
	case $program in
	proctrace) t_ok "$program has -h, -V" has "$program" -h -V ;;
	*' '*) t_ok "$program has -h, --output" has "$program" -h --output ;;
	*) t_ok "$program has -h, --output, -V" has "$program" -h --output -V ;;
	esac
done <programs

# documented: each exception stands in proctrace(7)
documented() {
	mandoc -Tascii -Owidth=500 "$ROOT/man/proctrace.7" | sed 's/.\x08//g' |
	    sed -n '/^   Options/,/^   [A-Z]/p' >section
	cut -f 1,2 exceptions | tr '\t' '\n' | while read -r word; do
		grep -qwe "$word" section || { echo "$word"; exit 1; }
	done
}
t_ok 'proctrace(7) says which differ' documented

## man pages

# names of values in lower case, as in a page
lower() {
	awk '{
		for (i = 1; i <= NF; i++)
			if ($i !~ /^\[?-/)
				$i = tolower($i)
		gsub(/ \| /, "|")
		print
	}'
}

rendered() {
	mandoc -Tascii -Owidth=500 "$ROOT/man/$1.1" | sed 's/.\x08//g'
}

# of --help, one form a line; the page has each subcommand instead of any
help_usage() {
	help "$@" | awk -v "prog=$1" '
	NR > 1 && !/^ / { exit }
	{ sub(/^usage:/, "") }
	$1 == prog { print line; line = "" }
	{ line = line " " $0 }
	END { print line }' |
	    sed '/^ *$/d; /^ *proctrace SUBCOMMAND/d' | lower
}

page_usage() {
	rendered "$1" | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' |
	    grep "^ *$*" >forms
	case $* in
	proctrace) grep -Ev "$(echo "$subcommands" | tr ' ' '|')" forms ;;
	*) cat forms ;;
	esac | lower
}

# what the usage must mention, unless it has just "option ..."
in_usage() {
	awk -F '\t' -v "prog=$*" '
	NR == FNR {
		usage = usage $0
		if (match($0, / \[-[A-Za-z]+\]/))
			flags = flags substr($0, RSTART, RLENGTH)
		next
	}
	$1 == prog && index(flags, substr($2, 2)) == 0 &&
	    index(usage, $2 " ") == 0 && index(usage, $3) == 0 &&
	    index(usage, "[option ...]") == 0 { print $2, $3; bad = 1 }
	END { exit bad }' usage options
}

# same_usage PROGRAM ...
same_usage() {
	help_usage "$@" >usage
	page_usage "$@" | diff -u usage - && in_usage "$@"
}

# same_options PAGE: those of its lists are those of help
same_options() {
	awk -F '\t' -v "page=$1" '$1 == page || index($1, page " ") == 1 {
		print ($2 == "-" ? "" : $2 ", ") $3 ($4 == "" ? "" : " " $4)
	}' options | lower | sort -u >of_help
	rendered "$1" | sed -n '/^DESCRIPTION/,$p' | grep '^     -' |
	    sed 's/^ *//; s/  .*//; s/^\(-.\) [^-].*, --/\1, --/' |
	    lower | sort -u | diff -u of_help -
}

while read -r program; do
	# shellcheck disable=SC2086 # a subcommand is an argument
	t_ok "$program: the usage of the page" same_usage $program
	case $program in
	*' '*) ;;
	*) t_ok "$program: the options of the page" same_options "$program" ;;
	esac
done <programs

## messages

grep -Ev '^(proctrace|pt-capture)' programs >filters

# failure PROGRAM: of its usage
failure() {
	case $1 in
	pt-capture | 'proctrace run' | 'proctrace record' | 'proctrace why') echo 125 ;;
	*) echo 2 ;;
	esac
}

grep -Fvxf filters programs >others
while read -r program; do
	# shellcheck disable=SC2086 # a subcommand is an argument
	t_case "$program: unknown option" "$(failure "$program")" '' \
	    "~p*'--no-such-option'*
Try 'p*'." $program --no-such-option </dev/null
done <others
t_case 'pt-capture: --help on a full disk' 125 '' \
    'pt-capture: <stdout>: No space left on device' \
    sh -c 'pt-capture --help >/dev/full'

# a value that none of them takes
grep -Ev '	(FILE|PATH|DIR|COMMAND|PATTERN)?	[^	]*$' options >limited
while IFS='	' read -r program _ long _; do
	# shellcheck disable=SC2086 # a subcommand is an argument
	t_case "$program $long ?" "$(failure "$program")" '' \
	    "~p*: $long: '[?]' is *" $program $long '?' good.pt </dev/null
done <limited

## exit status

awk 'BEGIN {
	OFS = "\t"
	print "trace", "version=1", "start=1732092345000000000", "host=h", \
	    "tracer=t", "argv=sh"
	print "root", "ts=0", "pid=1000"
	print "exec", "ts=1", "pid=1000", "ppid=1", "pgid=1", "sid=1", \
	    "file=/bin/x", "argv=x"
	print "fd", "ts=2", "pid=1000", "fd=0", "mode=r", "type=pipe", "ino=5", \
	    "ref=pipe:[5]"
	print "exit", "ts=9", "pid=1000", "ppid=1", "pgid=1", "sid=1", "status=0"
	print "end", "ts=10"
}' >good.pt
sed 's/ts=9/ts=/' good.pt >bad.pt
sed 's/status=0/status=1/' good.pt >other.pt

# statuses PROGRAM: what it ends with, each status once
statuses() {
	good=good.pt bad=bad.pt
	case $1 in
	pt-import)
		pt-render-jsonl good.pt >good.json
		sed 's/1000/x/' good.json >bad.json
		good=good.json bad=bad.json ;;
	pt-diff) set -- "$1" good.pt ;;
	pt-grep) set -- "$1" -s 0 ;;
	esac
	for input in "$good" "$bad" other.pt none; do
		"$@" "$input"
		echo $? >&3
	done >/dev/null 2>&1
	"$@" "$good" >/dev/full 2>/dev/null
	echo $? >&3
}

page_statuses() {
	rendered "$1" | sed -n '/^EXIT STATUS/,/^EXAMPLES/p' |
	    sed -n 's/^     \([0-9][0-9]*\) .*/\1/p'
}

# same_statuses PROGRAM
same_statuses() {
	statuses "$1" 3>&1 | sort -nu >ended
	[ -s ended ] && page_statuses "$1" | diff -u ended -
}

while read -r program; do
	t_ok "$program: the exit status of the page" same_statuses "$program"
done <filters
t_done
