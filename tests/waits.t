#!/bin/sh
# pt-capture waits for nobody for ever: each of its waits ends by itself or by a
# signal
# shellcheck disable=SC2016 # what other shells expand
. "${0%/*}/lib.sh"
t_need bpftrace pkill
[ -d /sys/kernel/tracing/events ] || t_skip_all 'tracefs is not mounted'
[ "$(id -u)" -eq 0 ] || t_skip_all 'not root'
small="--tracer bpftrace --script $TESTS/capture/small.bt"

# ended SECS PID: it has ended within that time; its status is in $status
ended() {
	n=0
	while kill -0 "$2" 2>/dev/null && [ $n -lt $(($1 * 20)) ]; do
		n=$((n + 1))
		sleep 0.05
	done
	! kill -0 "$2" 2>/dev/null || { kill -KILL "$2"; echo "it has not"; }
	wait "$2"
	status=$?
	[ $n -lt $(($1 * 20)) ]
}
appears() {
	n=0
	until [ -e "$1" ] || [ $n -ge 1200 ]; do n=$((n + 1)); sleep 0.05; done
}

## bpftrace

# a process of its own has its output
cat >fake <<'EOT'
#!/bin/sh
(trap '' PIPE; exec sleep 30) &
exit 1
EOT
chmod +x fake
t_case 'one that has ended, but for its output' 125 '' \
    'pt-capture: tracing failed: bpftrace ended with status 1' \
    timeout -s KILL 20 pt-capture --tracer bpftrace -b ./fake -o none.pt true

# shellcheck disable=SC2086 # its words
t_case 'one that stands still' 125 '' 'pt-capture: tracing failed: bpftrace does not react; the recording ends there' \
    timeout -s KILL 100 pt-capture $small -o stop.pt sh -c 'sleep 1
    pkill -STOP -P $PPID bpftrace'
t_ok '... what was recorded is kept' grep -q '^fork	' stop.pt
t_ok '... and ends in a loss' sh -c '
	tail -n 2 stop.pt | cut -f 1 | tr "\n" " " | grep -qx "lost end "'

for sig in INT TERM HUP; do
	rm -f ready
	# shellcheck disable=SC2086 # its words
	env --default-signal=INT pt-capture $small -o sig.pt sh -c 'sleep 0.5
	    pkill -STOP -P $PPID bpftrace; echo >ready' 2>err &
	appears ready
	# it is alone: the command has ended
	sleep 1
	kill -s $sig $!
	ended 2 $!
	t_ok "... and SIG$sig ends the wait" test $? -eq 0
done

## who takes the recording

# one that takes nothing: its end of the pipe is open
mkfifo pipe
exec 4<>pipe
rm -f ready
# shellcheck disable=SC2086 # its words
pt-capture $small sh -c '"$HELPERS/spawns" 3000 2; : >ready' 2>err >pipe &
capture=$!
appears ready
sleep 1
kill -TERM $capture
ended 2 $capture
t_ok 'a reader who does not read: SIGTERM ends it' test $? -eq 0
t_ok '... with that signal' test "$status" -eq 143
exec 4>&-

rm -f ready
# shellcheck disable=SC2086 # its words
pt-capture $small -o filter.pt --filter ': >ready; exec sleep 30' true 2>err &
capture=$!
appears ready
sleep 0.5
kill -TERM $capture
ended 2 $capture
t_ok 'a filter that does not end: SIGTERM ends it' test $? -eq 0
t_case '... which is said' 0 'pt-capture: the filter was killed by signal 9' '' \
    cat err
t_ok '... and nothing is replaced' test ! -e filter.pt -a "$status" -eq 125
t_done
