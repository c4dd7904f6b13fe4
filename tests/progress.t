#!/bin/sh
# How far a program is: on a terminal, and nowhere else
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/lib.sh"
t_trace
t_need strace

# at SCRIPT COMMAND: what the terminal has got is in "screen"
at() {
	printf %s "$1" | "$HELPERS/onpty" -t 300 env --default-signal=INT sh -c "$2" >screen
	ended=$?
}

# The line is shown, and taken away at the end.
shown='[0-9]* events, [0-9]* processes, [0-9]* running, 0 lost, [0-9]* s'
recording_is_shown() {
	tr '\r' '\n' <screen >lines
	[ "$ended" -eq 0 ] &&
	    grep -qx "$(printf '\033\\[K')$shown" lines &&
	    tail -n 1 lines | grep -qx "$(printf '\033\\[K')"
}

not_shown() {
	! grep -q ' events, \|^read ' screen
}

for tracer in bpftrace strace; do
	at 'expect running' \
	    "pt-capture --tracer $tracer --progress -o rec sleep 1"
	t_ok "$tracer: a recording that is to show it" recording_is_shown
done
at '' 'pt-capture -o rec sleep 1'
t_ok 'a command has the terminal for itself' not_shown
at 'expect running
send \x03' 'sleep 60 & trap : INT; pt-capture -o rec -p $!; kill $!'
t_ok 'without a command it is shown, until ^C' recording_is_shown
at '' 'sleep 60 & pt-capture --timeout 1 -p $! >rec; kill $!'
t_ok 'but only with -o' not_shown
t_ok 'nor in a file' sh -c 'pt-capture --progress -o rec sleep 1 2>err; ! [ -s err ]'

"$HELPERS/bigrec" 20000 >long
slow='{ sleep 3; cat >/dev/null; }'
at 'expect read ' "pt-render-jsonl long | $slow"
t_ok 'a filter that takes long' grep -q 'read [0-9]* of [0-9]* MB' screen
at 'expect read ' "pt-render-jsonl <long | $slow"
t_ok 'the same for standard input' grep -q 'read [0-9]* of [0-9]* MB' screen
at '' "cat long | pt-render-jsonl | $slow"
t_ok 'not when it is not known how long it is' not_shown
at '' "pt-render-jsonl long 2>err | $slow"
t_ok 'not in a file' sh -c '! [ -s err ]'
at '' 'pt-render-tree long'
t_ok 'not among the output' not_shown
t_done
