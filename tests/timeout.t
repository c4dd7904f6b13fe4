#!/bin/sh
# --timeout ends all that descends from the command, and says what it did
# shellcheck disable=SC2016 # what other shells expand
. "${0%/*}/lib.sh"
t_trace
t_need perl pgrep

# Each worker that ends is started anew; SIGTERM ends the workers only.
cat >prefork.pl <<'EOT'
use POSIX ":sys_wait_h";
$0 = "pt-prefork";
sub worker {
	my $pid = fork;
	return if $pid;
	$SIG{TERM} = "DEFAULT";
	sleep 600 while 1;
}
$SIG{TERM} = "IGNORE";
worker() for 1 .. 60;
while (1) { worker() if wait > 0 }
EOT

for tracer in bpftrace strace; do
	t_case "$tracer: workers that are started again" 124 '' \
	    'pt-capture: time is up: ending the command and its descendants' \
	    timeout 300 pt-capture --tracer $tracer --tree --timeout 1.5 \
	    -o prefork.pt perl prefork.pl
	# zombies may wait for init
	t_ok '... have all ended' eval \
	    '! ps -e -o stat=,comm= | grep -v ^Z | grep pt-prefork'
	t_ok '... and that is recorded' sh -c '
		pt-ingest prefork.pt 2>&1 | cut -f 1 | sort | uniq -c >n &&
		[ "$(awk "\$2 == \"exit\" { print \$1 }" n)" -ge \
		    "$(awk "\$2 == \"fork\" { print \$1 }" n)" ]'
	t_ok '... and that the time was up' grep -q \
	    '^timeout	ts=[0-9]*	after=1500000000$' prefork.pt
	for status in 0 3; do
		t_case "$tracer: a command that has ended with $status" $status '' \
		    '~*pt-capture: time is up*' timeout 300 pt-capture --tree \
		    --tracer $tracer --timeout 2 -o daemon.pt \
		    sh -c "sleep 600 & exit $status"
	done
	t_case "$tracer: a command that ends well when asked" 124 '' \
	    'pt-capture: time is up: ending the command and its descendants' \
	    timeout 300 pt-capture --tree --tracer $tracer --timeout 1 -o asked.pt \
	    sh -c 'trap "exit 0" TERM; sleep 600 & wait'
done
t_done
