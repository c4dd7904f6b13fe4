#!/bin/sh
# pt-capture --filter: the recording goes through a shell command, and nobody
# notices
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_trace

capture() {
	timeout -k 5 300 pt-capture "$@"
}

t_case 'the file is what the filter makes of the recording' 3 output '' \
    capture -t --filter 'pt-ingest | cut -f 1' -o kinds \
    sh -c 'echo output; exit 3'
grep -vx -e execfail -e machine kinds >got
t_ok 'all of it' \
    test "$(tr '\n' ' ' <got)" = 'trace root fork exec exit end '
t_case 'without -o, too' 0 '~trace	*' output \
    capture -t --filter pt-ingest sh -c 'echo output'

t_case 'a recording of the tree' 0 '' '' \
    capture -t --filter 'sleep 0; cat' -o tree.pt true
t_ok 'has not the filter in it' sh -c '! grep -E "sleep|file=.*/cat" tree.pt'

capture -t -o /dev/null sh -c 'ls /proc/self/fd' >want
t_case 'the command has no descriptor of it' 0 @want '' \
    capture -t --filter cat -o fds.pt sh -c 'ls /proc/self/fd'

echo old >old
before=$(echo *)
t_case 'it fails: 125' 125 '' '~pt-capture: the filter ended with status 7
pt-capture: old: what was written is kept in old.????????' \
    capture -t --filter 'cat; exit 7' -o old true
t_ok 'since it cannot be recorded again' grep -q '^end	' old.????????
rm old.????????
t_case 'it is killed: 125' 125 '' \
    'pt-capture: the filter was killed by signal 9' \
    capture -t --filter 'kill -KILL $$' -o old true
t_case 'it is not found: 125' 125 '' \
    '~*not found*pt-capture: the filter ended with status 127' \
    capture -t --filter no-such-filter -o old true
t_ok 'and the file is as it was, and no other beside it' \
    test "$before $(cat old)" = "$(echo *) old"
t_case 'it wants the beginning only' 0 '' '' \
    capture -t --filter 'head -n 1' -o head.pt true
t_ok 'and has it' test "$(cut -f 1 head.pt)" = trace
t_case 'no tracing, no filter' 125 '' '~*tracing failed*' \
    capture --tracer bpftrace -b ./none --filter 'echo it ran >&2' true
t_ok 'so nothing is said of it' sh -c '! grep "it ran" "$1"' - "$err"

t_case '--print-root' 5 '' '~Process tree root was PID [1-9]*' \
    capture -t -o root.pt --print-root -- sh -c 'exit 5'
t_ok 'is what the recording says' grep -q \
    "^root	.*pid=$(sed 's/.* //' "$err")\$" root.pt

t_case 'a full disk ends it' 125 '' \
    'pt-capture: <stdout>: No space left on device' \
    sh -c 'timeout -k 5 300 pt-capture -t true >/dev/full'
t_done
