# lib.sh - what every tests/*.t is written with
# shellcheck shell=sh
#
# POSIX sh, TAP for prove. Sourcing it makes a fresh directory the current one
# (removed at exit), sets LC_ALL=C, standard input /dev/null, ROOT (checkout),
# TESTS ($ROOT/tests), BIN (the programs, absolute; first in PATH), HELPERS
# (what is built of tests/helpers/*.c), and offers:
#
# t_case NAME STATUS STDOUT STDERR CMD...  one test: runs CMD (a program or a
#	function, in a subshell, stdin is that of t_case) and compares all three.
#	STATUS: a number, or "!0". STDOUT and STDERR: '' nothing at all;
#	'@FILE' exactly the bytes of FILE; '~PATTERN' matches the shell pattern
#	(without the last newline); anything else: exactly this and a newline.
#	$out and $err are the files with what CMD wrote, until the next t_case.
# t_ok NAME CMD...	one test: CMD succeeds (its output is shown if not)
# t_skip NAME REASON	one test that cannot run: a failure when CI=true
# t_skip_all REASON	the whole file cannot run: the same, and exits
# t_need CMD...		t_skip_all if one of these programs is not installed
# t_as_root		starts the file anew as root if sudo asks for no password; fails if
#	it cannot. It stands before all tests.
# t_root		the same; t_skip_all if it cannot
# t_trace		the same for what bpftrace records
# t_traces		whether we are root and bpftrace can record; if not, $t_why
# t_cpu SECONDS CMD...	runs CMD, which may take so much CPU time; timeout(1), which counts
#	what others on the machine take, is for what may hang: 300 seconds
# t_dir			another fresh directory as the current one
# t_device NAME		makes NAME in the current directory a device like /dev/NAME:
#			one that a broken -o may replace
# t_done		the last line of every file: the plan, and the exit status
#
#	#!/bin/sh
#	. "${0%/*}/lib.sh"
#	printf 'tick\tts=%s\tcpu=0\n' 2 1 >in
#	printf 'tick\tts=%s\tcpu=0\n' 1 2 >sorted
#	t_case 'sorts by ts' 0 @sorted '' pt-sort in
#	t_case 'stdin too' 0 @sorted '' pt-sort <in
#	t_case 'no such file' 2 '' 'pt-sort: none: No such file or directory' \
#	    pt-sort none
#	t_done

unset SSH_CONNECTION TRACEPARENT
LC_ALL=C
export LC_ALL
umask 022
TESTS=$(cd "${0%/*}" && pwd -P) || exit 2
ROOT=${TESTS%/tests}
BIN=$(cd "${BIN:-$ROOT/bin}" && pwd -P) || exit 2
HELPERS=${HELPERS:-$ROOT/build/helpers}
PATH=$BIN:$PATH
export BIN HELPERS PATH
t_tmp=$(mktemp -d "${TMPDIR:-/tmp}/pt-test.XXXXXX") || exit 2
trap 'cd /; rm -rf "$t_tmp"' EXIT
trap 'exit 129' HUP INT TERM
out=$t_tmp/out
err=$t_tmp/err
t_count=0
t_failed=0
t_dirs=0
exec </dev/null

t_dir() {
	t_dirs=$((t_dirs + 1))
	mkdir "$t_tmp/$t_dirs" && cd "$t_tmp/$t_dirs" || exit 2
}

t_device() {
	# shellcheck disable=SC2046 # major and minor number
	mknod -m 666 "$1" c $(stat -c '0x%t 0x%T' "/dev/$1") 2>/dev/null ||
	    ln -s "/dev/$1" "$1"
}

# what explains a failure: on standard error, where prove shows it without -v
t_comment() {
	sed 's/^/# /' | cat -v >&2
}

# t_report NAME STATUS: prints a result
t_report() {
	t_count=$((t_count + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $t_count - $1"
	else
		t_failed=$((t_failed + 1))
		echo "not ok $t_count - $1"
		echo "${0##*/} $t_count - $1" | t_comment
	fi
}

# t_matches WHAT WANT FILE: whether FILE is what a case wants; says why not
t_matches() {
	case $2 in
	'~'*)
		# shellcheck disable=SC2254 # it is a pattern
		case $(cat "$3") in
		${2#\~}) return 0 ;;
		esac
		echo "$1 does not match ${2#\~}, but is:"
		cat "$3"
		return 1 ;;
	@*) cat <"${2#@}" >"$t_tmp/want" || return 1 ;;
	'') : >"$t_tmp/want" ;;
	*) printf '%s\n' "$2" >"$t_tmp/want" ;;
	esac
	cmp -s "$t_tmp/want" "$3" && return 0
	echo "$1 differs (- expected, + got):"
	diff -u "$t_tmp/want" "$3" | sed 1,2d
	return 1
}

t_case() {
	t_name=$1 t_status=$2 t_stdout=$3 t_stderr=$4
	shift 4
	("$@") >"$out" 2>"$err"
	t_got=$?
	t_bad=0
	{
		case $t_status:$t_got in
		!0:0 | [0-9]*:*)
			[ "$t_status" = "$t_got" ] ||
			    { echo "status $t_got, not $t_status"; t_bad=1; } ;;
		esac
		t_matches stdout "$t_stdout" "$out" || t_bad=1
		t_matches stderr "$t_stderr" "$err" || t_bad=1
	} >"$t_tmp/why" 2>&1
	t_report "$t_name" "$t_bad"
	if [ "$t_bad" -ne 0 ]; then
		[ "$t_got" -lt 126 ] || [ -z "$t_stderr" ] ||
		    sed 's/^/stderr: /' "$err" >>"$t_tmp/why"
		head -n 60 "$t_tmp/why" | t_comment
	fi
	return "$t_bad"
}

t_ok() {
	t_name=$1
	shift
	t_bad=0
	("$@") >"$t_tmp/why" 2>&1 || t_bad=1
	t_report "$t_name" "$t_bad"
	[ "$t_bad" -eq 0 ] || head -n 60 "$t_tmp/why" | t_comment
	return "$t_bad"
}

# t_not_run WHAT: make check shows this at its end
t_not_run() {
	[ -z "${SKIPPED:-}" ] || echo "${0##*/}: $*" >>"$SKIPPED"
}

t_skip() {
	if [ "${CI:-}" = true ]; then
		t_report "$1: cannot run: $2" 1
	else
		t_not_run "$1: $2"
		t_report "$1 # SKIP $2" 0
	fi
}

t_skip_all() {
	if [ "${CI:-}" = true ]; then
		t_report "cannot run: $*" 1
		t_done
	fi
	t_not_run "$*"
	echo "1..0 # SKIP $*"
	exit 0
}

t_need() {
	for t_cmd; do
		command -v "$t_cmd" >/dev/null || t_skip_all "no $t_cmd here"
	done
}

# shellcheck disable=SC3045 # dash and all others have -t
t_cpu() {
	t_limit=$1
	shift
	(ulimit -t "$t_limit" && exec "$@")
}

t_as_root() {
	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo >/dev/null && sudo -n -E true 2>/dev/null || return
	cd "$ROOT" && rm -rf "$t_tmp"
	exec sudo -n -E -H env PATH="$PATH:/usr/sbin:/sbin" sh "$TESTS/${0##*/}"
}

t_root() {
	t_as_root || t_skip_all 'not root, and no sudo without a password'
}

t_traces() {
	if [ "$(id -u)" -ne 0 ]; then
		t_why='not root, and no sudo without a password'
	elif ! command -v bpftrace >/dev/null; then
		t_why='no bpftrace here'
	elif [ ! -d /sys/kernel/tracing/events ]; then
		t_why='tracefs is not mounted'
	else
		return 0
	fi
	return 1
}

t_trace() {
	t_as_root
	t_traces || t_skip_all "$t_why"
}

t_done() {
	echo "1..$t_count"
	[ "$t_failed" -eq 0 ]
	exit
}

t_dir
