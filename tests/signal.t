#!/bin/sh
# signals in recordings: who has sent them, as the senders themselves say
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_trace

# FILE: the signals of the tree, as tests/helpers/killed says them
signals() {
	pt-ingest "$1" | grep '^signal' | tr '\t' '\n' |
	    grep -E '^(signal$|(pid|sig|code|from|uid|comm|oom)=)' | tr '\n' '\t' |
	    sed 's/\tsignal/\nsignal/g; s/\t$/\n/'
}

# The kernel runs no BPF program when an interrupt sends a signal while another one
# runs (bpf_prog_active; its recursion_misses count that): so signals of timers
# may be missing, which is then tried again.
killed() {
	timeout 300 pt-capture -t -o killed.pt -- "$HELPERS/killed" >want || return
	signals killed.pt >got
	sort -o want want	# a group is sent them in any order
	sort -o got got
	diff want got >differ || ! grep '^[<>]' differ |
	    grep -qv '^<.*	sig=SIG\(ALRM\|VTALRM\|XCPU\)	'
}
missing=yes
for try in 1 2 3; do
	killed || break
	[ -s differ ] || { missing=; break; }
	echo "# try $try: a timer's signal was missing"
done
t_ok 'processes that are killed in all ways' grep -q '^signal' want
t_ok 'each signal, its code and its sender' test -z "$missing"
t_ok '... and no other' diff -u want got
echo "# $(wc -l <want) signals"

# of all processes; with one from outside, of its own accord or by --timeout
mkfifo pid
sh -c 'read pid <pid; echo $$ >outside; exec perl -e "kill q(HUP), $pid" $pid' &
t_case 'from outside of the tree, and of pt-capture' 124 '' \
    '~pt-capture: time is up: *' timeout 300 pt-capture --timeout 3 -o out.pt -- \
    sh -c 'sleep 60 & echo $! >sleep; echo $! >pid; wait; echo $$ >sh; sleep 60'
signals out.pt >got
from=$(cat outside)
t_ok 'is named' grep -qx "signal	pid=$(cat sleep)	sig=SIGHUP	code=SI_USER	from=$from	uid=0	comm=perl" got
t_ok 'and so is pt-capture' grep -q "^signal	pid=$(cat sh)	sig=SIGTERM	code=SI_USER	from=[0-9]*	uid=0	comm=pt-capture$" got

# ^C: the kernel types for the user. dash drops a SIGINT that comes between its
# vfork and the exec of its child (onsig() returns while vforked): so it execs.
printf '%s\n' 'expect ready' 'send \x03' >script
t_case '^C on a terminal' 130 '~*' '' "$HELPERS/onpty" -t 300 \
    pt-capture --signals all -t -o tty.pt -- sh -c 'echo $$ >sh
	sh -c "exit 3"; echo ready; exec sleep 60' <script
signals tty.pt >got
t_ok 'is of the kernel' grep -qx "signal	pid=$(cat sh)	sig=SIGINT	code=SI_KERNEL" got
t_ok '--signals all: SIGCHLD too' grep -q "^signal	pid=$(cat sh)	sig=SIGCHLD	code=CLD_EXITED$" got

t_case 'timeout(1), and kill(1) in a PID namespace' 0 '' '' timeout 300 \
    pt-capture -t -o more.pt -- sh -c 'timeout 0.1 sleep 61
	unshare -pf sh -c "sleep 60 & kill -USR2 \$!; wait; :"
	exit 0'
pt-ingest more.pt >tree
# of WHAT PATTERN: the PID in the line of this kind that matches
of() {
	sed -n "/^$1	.*$2/s/.*	pid=\([0-9]*\).*/\1/p" tree
}
signals more.pt >got
t_ok 'timeout is named' grep -qx "signal	pid=$(of exec 'argv=sleep	61')	sig=SIGTERM	code=SI_USER	from=$(of exec 'argv=timeout	')	uid=0	comm=timeout" got
t_ok 'numbers are those of the initial namespace' sh -c '
	from=$(sed -n "s/.*sig=SIGUSR2	code=SI_USER	from=\([0-9]*\).*/\1/p" got)
	grep -q "^exec	.*	pid=$from	.*	nspid=1	.*argv=sh	-c	sleep" tree'

t_case '--signals none' 0 '' '' timeout 300 pt-capture --signals none -t -o none.pt -- \
    sh -c 'exec 2>/dev/null; sh -c "kill \$\$"; exit 0'
t_ok 'none' sh -c 'grep -q "^exit.*SIGTERM" none.pt && ! grep "^signal" none.pt'
t_case 'no other word' 125 '' \
    "pt-capture: --signals: 'some' is none of all, fatal, none" \
    pt-capture --signals some -- true

# the OOM killer, where there is a cgroup of which memory can be limited
oom() {
	if [ -w /sys/fs/cgroup/cgroup.subtree_control ]; then
		dir=/sys/fs/cgroup/pt-oom.$$ limit=memory.max swap=memory.swap.max
	else
		dir=/sys/fs/cgroup/memory/pt-oom.$$ limit=memory.limit_in_bytes
		swap=memory.memsw.limit_in_bytes
	fi
	mkdir "$dir" 2>/dev/null && echo 32M >"$dir/$limit" || return
	echo 32M >"$dir/$swap"
	timeout 300 pt-capture -t -o oom.pt -- sh -c '
		echo $$ >$1/cgroup.procs
		perl -e "open F, q(>victim); print F \$\$; close F; \$n = 1e8; \$x = q(x) x \$n" &
		wait; cat "$1/cgroup.procs" >left' - "$dir"
	rmdir "$dir"
} 2>/dev/null
if oom; then
	signals oom.pt | grep "pid=$(cat victim)	" >got
	printf 'signal\tpid=%s\tsig=SIGKILL\t%s\n' "$(cat victim)" code=SI_KERNEL \
	    "$(cat victim)" oom=1 >want
	t_ok 'the OOM killer' diff -u want got
else
	echo '# there is no cgroup to limit'
fi
t_done
