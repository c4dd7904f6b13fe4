#!/bin/sh
# Signals and looks of a capture reach processes of its command, and nobody who
# has got the PID of one in the meantime
# shellcheck disable=SC2016 # what other shells expand
. "${0%/*}/lib.sh"
t_trace
[ -w /proc/sys/kernel/ns_last_pid ] || t_skip_all 'no ns_last_pid'

# stranger PID: $victim is a process of ours with this PID
stranger() {
	tries=0
	until [ "$tries" -ge 200 ]; do
		tries=$((tries + 1))
		echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid
		sleep 600 &
		victim=$!
		[ "$victim" -ne "$1" ] || return 0
		kill "$victim"
	done
	return 1
}

# the exit of what is called lost gets lost
pt-capture --print-script |
    sed '/sched_process_exit$/,/^{/s|counter == 0|& \&\& comm != "lost"|' >lossy.bt
cp /bin/true lost
timeout 300 pt-capture --tracer bpftrace --tree --script lossy.bt --timeout 4 -o rec.pt \
    -- sh -c './lost & echo $! >pid; wait; : >gone; exec sleep 600' 2>err &
capture=$!
until [ -e gone ] || ! kill -0 "$capture"; do sleep 0.05; done
# /proc tells when a process began in ticks of 10 ms, in which PIDs cannot come
# round by themselves: only ns_last_pid is as fast
sleep 0.05
stranger "$(cat pid)"
t_ok 'a PID is used again' test $? -eq 0
wait "$capture"
t_ok '--timeout ends the command' test $? -eq 124
t_ok '... and not who has the PID now' kill -0 "$victim"
t_ok '... and tells nothing of him' eval \
    '! grep "^\(fd\|wait\)	.*	pid=$victim	" rec.pt'
t_ok '... but of the command' grep -q '^fd	' rec.pt
kill "$victim"
t_done
