#!/bin/sh
# A command under pt-capture finds what it would find without it
# shellcheck disable=SC2016,SC2086 # what eval expands, words
. "${0%/*}/lib.sh"
t_trace
t_need taskset setpriv

told=$t_tmp/told rec=$t_tmp/rec
capture="pt-capture --tracer bpftrace --script $TESTS/capture/small.bt"

# tell WAY SETTING: what the command finds after the shell command SETTING,
# which may set under: what runs it. WAY: directly, with pt-capture and its own
# standard output, or joined with standard error
tell() {
	: >"$told"
	(
		under=
		case $1 in
		direct | joined) exec >&2 ;;
		esac
		eval "$2"
		set -- "$1" "$HELPERS/surroundings" "$told" 'an argument' ''
		case $1 in
		direct*) shift; exec $under "$@" ;;
		output) shift; exec $under $capture -o "$rec" "$@" ;;
		joined) shift; exec $under $capture "$@" >"$rec" ;;
		esac
	) >"$t_tmp/stdout" 2>"$t_tmp/stderr"
	echo "status: $?" >>"$told"
	cat "$t_tmp/stdout" "$t_tmp/stderr" >>"$told"
	mv "$told" "$1"
}

# same NAME SETTING HOW: both are the same; HOW is what a line of it looks like
same() {
	tell direct-output "$2"
	tell output "$2"
	t_ok "$1" diff direct-output output
	tell direct "$2"
	tell joined "$2"
	t_ok "$1, events on standard output" diff direct joined
	t_ok "$1: it was so" grep -q "$3" joined
}

same everything : '^status: 0'
same 'open descriptors' 'exec 3</dev/zero 9>>nine 5>&2' \
    '^/proc/self/fd/9: .*/nine'
same 'no standard input' 'exec <&-' '^/proc/self/fd/1'
# make hands down two more, 32 and 33
same 'ignored signals' 'under="env --ignore-signal=HUP,INT,QUIT,CHLD,PIPE,USR1,TSTP,TTIN,CONT"' \
    '^SigIgn:	[0-9a-f]*1b1207$'
same 'blocked signals' 'under="env --block-signal=TERM,CHLD,INT,PIPE,USR2"' \
    '^SigBlk:	0*15802'
same 'umask, directory, limits' 'umask 027; cd /usr; ulimit -n 60; ulimit -c 0
	ulimit -t 1000; ulimit -l 100; ulimit -s 4000' '^limit 7: 60 60'
same 'nice, one CPU' 'under="nice -n 5 taskset 1"' '^nice: 5'
same 'out of memory score' 'echo 700 >/proc/self/oom_score_adj' 'score_adj: 700'
same 'no new privileges' 'under="setpriv --no-new-privs"' '^NoNewPrivs:	1'
same 'another user' 'under="setpriv --ruid 65534 --groups 1,2"' '^Uid:	65534	0'

tell direct-output 'exec >&-'
tell output 'exec >&-'
t_ok 'no standard output' diff direct-output output
tell direct-output 'exec 2>&-'
tell output 'exec 2>&-'
t_ok 'no standard error' diff direct-output output
tell direct 'exec >&- 2>&-'
tell joined 'exec 2>&-'
t_ok 'no standard error, that its output would be joined with' diff direct joined
tell direct-output 'exec <&- >&- 2>&-'
tell output 'exec <&- >&- 2>&-'
t_ok 'neither' diff direct-output output
no_output() {
	exec $capture true >&-
}
t_case 'nor does the recording go where something else is open' 125 '' \
    'pt-capture: <stdout>: Bad file descriptor' no_output
t_ok 'it was so' sh -c '! grep "^/proc/self/fd/[012]:" output'
t_done
