#!/bin/sh
# A CPU that goes off and on again has no buffer of the tracer any more: marks
# there are not answered, and events not seen
. "${0%/*}/lib.sh"
t_trace
t_need taskset
[ "$(nproc)" -gt 1 ] || t_skip_all 'there is one CPU only'

# as if CPU 1 was one
sed 's|^profile:s:1$|& /cpu != 1/|
    s|^/args->pid == 1886679653/|/args->pid == 1886679653 \&\& cpu != 1/|
    s|^/curtask->signal->live.counter == 0/|/curtask->signal->live.counter == 0 \&\& cpu != 1/|' \
    "$TESTS/capture/small.bt" >deaf.bt
t_case 'a CPU that does not answer is not waited for' 0 '' \
    'pt-capture: CPU 1 went off, came or does not answer: what happens there is not recorded
pt-capture: 1 events were lost' \
    timeout 300 pt-capture --tracer bpftrace --script deaf.bt -o rec.pt \
    taskset -c 0 true
t_ok '... it is a loss' grep -q '^lost	ts=[0-9]*	cpu=1	rest=1$' rec.pt
t_ok '... and the recording is complete' sh -c 'tail -n 1 rec.pt | grep -q "^end	"'
t_case '... and what it is without is put in order' 0 '~*' '~*event* lost*' \
    pt-ingest rec.pt
t_done
