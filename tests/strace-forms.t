#!/bin/sh
# Logs of strace in every form that its options and its versions make: the same
# processes, or a word about what is missing.
. "${0%/*}/lib.sh"

# told LOG...: what an import says of processes, without times: "KIND PID PPID
# ARGV-OR-END", in the order of the events
told() {
	pt-import "$@" >events || return
	awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "fork" { print "fork", value(3), value(4) }
	$1 == "exec" { sub(/.*argv=/, ""); print "exec", pid = $0 }
	$1 == "exit" { print "exit", value(3), value(4), $7 }
	$1 == "end" { print "end" }' events
}
# form NAME TOLD [STDERR] <LOG
form() {
	cat >log
	t_case "$1" 0 "$2" "$3" told log
}
same='exec sh
fork 11 10
exec ls
exit 11 10 status=4
exit 10 0 status=0
end'
form 'plain' "$same" <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 11
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
11 1700000000.400000 +++ exited with 4 +++
10 1700000000.600000 +++ exited with 0 +++
EOT
cp log plain

# as NAME FILTER [STDERR]: the plain log, as sed makes it
as() {
	sed "$2" plain | sed 's/+++ <.*/+++/' >log
	t_case "$1" 0 "$same" "$3" told log
}
no_time='pt-import: the log has no times: its lines count as a millisecond each (strace -ttt tells times)'
as 'no times' \
    's/ 1700000000[^ ]*//' "$no_time"
t_ok '... which the recording says' grep -q '^trace	.*	clock=order$' events
as 'no times, on a terminal' \
    's/^\(..\) 1700000000[^ ]*/[pid    \1]/' "$no_time"
as '-Y' \
    's/^\(..\)/\1<a b>/; s/= 11$/= 11<sh>/'
as '-Y, on a terminal' \
    's/^\(..\)/[pid    \1<sh>]/; s/= 11$/= 11<sh>/'
as '-n' \
    's/0000 /0000 [  59] /'
as '-n -i' \
    's/0000 /0000 [  59] [00007f96fecc4ad7] /; s/7f96fecc4ad7\] +/????????????] +/'
as '--secontext' \
    's/0000 /0000 [user_u:role_r:type_t:s0] /; s/sh",/sh" [a_u:b_r:c_t:s0],/'
as '-X raw' \
    's/flags=[^,]*/flags=0x1200000|17/'
as '-X verbose' \
    's/flags=[^,]*/flags=0x1200000 \/* CLONE_CHILD_CLEARTID *\/|17 \/* SIGCHLD *\//'
as '-e raw=clone' \
    's/clone(.*/clone(0x1200011, 0, 0, 0x7f03ecad7a10, 0) = 0xb/'
as '-T' \
    's/$/ <0.000123456>/'
as '-r -ttt' \
    's/0000 e/0000 (+     0.000020) e/'
as '-r' \
    's/1700000000.[1-9]/     0.1/'
as '--relative-timestamps=s' \
    's/1700000000.[1-9]00000/     0/'
as '-t' \
    's/1700000000.\(.\)00000/23:59:5\1/'
as '--absolute-timestamps=format:unix,precision:ns' \
    's/00000 /00000000 /'
as '--absolute-timestamps=format:unix,precision:s' \
    's/1700000000\.\(.\)00000/170000000\1/'
as '-xx, -x' \
    's/"sh"/"\\x73\\x68"/; s/"ls"/"\\154\\163"/'
{
	sed 's/= 0$/&\n > \/usr\/lib\/libc.so.6(execve+0xb) [0xd5abb]\n > unexpected_backtracing_error [0x1]/' plain
	cat <<'EOT'
System call usage summary for 32 bit mode:
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 97.25    0.390427        4386        89        44 wait4
------ ----------- ----------- --------- --------- ----------------
100.00    0.390427        4386        89        44 total

    calls syscall
--------- ----------------
        3 execve(
--------- ----------------
        3 total
EOT
} >log
t_case '-k -C -U' 0 "$same" '' told log
as '-e write, and a 32-bit program' \
    's/= 11/&\n[ Process PID=11 runs in 32 bit mode. ]\n10 1700000000.2 write(1, "hi\\n", 3) = 3\n | 00000  68 69 0a                                          hi.              |/'
printf '%s\n' '% time     seconds  usecs/call     calls    errors syscall' \
    '------ ----------- ----------- --------- --------- ----------------' \
    ' 97.25    0.390427        4386        89        44 wait4' >log
t_case '-c' 1 '' 'pt-import: only the summary of strace -c, which tells of no process: leave -c out, or take -C' \
    pt-import log
printf '10 1700000000.1 read(0, "", 1) = 0\n' >log
t_case 'no process' 1 '~trace	*' '~pt-import: no line tells of a process*' \
    pt-import log

# threads and parents, by their flags in any notation
thread='exec j
exit 10 0 status=0
end'
for flags in 'CLONE_VM|CLONE_THREAD|CLONE_SYSVSEM' 0x3d0f00 \
    '0x3d0f00 /* CLONE_VM|CLONE_THREAD */' '0x100|0x10000|CLONE_FS'; do
	form "a thread: $flags" "$thread" '' <<EOT
10 1700000000.100000 execve("/bin/j", ["j"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone3({flags=$flags, child_tid=0x7f8e60580990, exit_signal=0, stack_size=0x7fff80} => {parent_tid=[11]}, 88) = 11
11 1700000000.300000 +++ exited with 0 +++
10 1700000000.600000 +++ exited with 0 +++
EOT
done
for flags in 'CLONE_PARENT|SIGCHLD' '0x8000|17'; do
	form "a sibling: $flags" 'exec sh
fork 11 10
fork 12 10
exit 12 10 status=0' '' <<EOT
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone(child_stack=NULL, flags=CLONE_PARENT_SETTID|SIGCHLD) = 11
11 1700000000.300000 clone(child_stack=NULL, flags=$flags) = 12
12 1700000000.400000 +++ exited with 0 +++
EOT
done

# older versions
form '4.10: "Process N attached"' "$same" '' <<'EOT'
1700000000.100000 execve("/bin/sh", ["sh"], [/* 3 vars */]) = 0
1700000000.200000 clone(Process 11 attached
child_stack=0, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7fb) = 11
[pid    10] 1700000000.250000 wait4(-1,  <unfinished ...>
[pid    11] 1700000000.300000 execve("/bin/ls", ["ls"], [/* 3 vars */]) = 0
[pid    11] 1700000000.400000 +++ exited with 4 +++
1700000000.450000 <... wait4 resumed> [{WIFEXITED(s) && WEXITSTATUS(s) == 4}], 0, NULL) = 11
1700000000.600000 +++ exited with 0 +++
EOT
form '4.5: suspended, resumed, detached, no ends' "$same" '' <<'EOT'
1700000000.100000 execve("/bin/sh", ["sh"], [/* 3 vars */]) = 0
1700000000.200000 clone(Process 11 attached (waiting for parent)
Process 11 resumed (parent 10 ready)
child_stack=0, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7fb) = 11
[pid    10] 1700000000.250000 waitpid(-1, Process 10 suspended
 <unfinished ...>
[pid    11] 1700000000.300000 execve("/bin/ls", ["ls"], [/* 3 vars */]) = 0
[pid    11] 1700000000.400000 _exit(4)  = ?
Process 10 resumed
Process 11 detached
[pid    10] 1700000000.450000 <... waitpid resumed> [{WIFEXITED(s) && WEXITSTATUS(s) == 4}], 0) = 11
[pid    10] 1700000000.450000 --- SIGCHLD (Child exited) @ 0 (0) ---
[pid    10] 1700000000.600000 exit_group(0) = ?
Process 10 detached
EOT
for name in /usr/bin/strace ./strace strace; do
	form "called as $name" "$same" '' <<EOT
1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
1700000000.200000 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD$name: Process 11 attached
, child_tidptr=0x7f) = 11
$name: Something else.
[pid    11] 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
[pid    11] 1700000000.400000 +++ exited with 4 +++
[pid    10] 1700000000.600000 +++ exited with 0 +++
EOT
done

# ends that are not shown: -qq, old versions
form 'exit_group, and a main thread that left' 'exec j
exit 10 0 status=5
end' '' <<'EOT'
10 1700000000.100000 execve("/bin/j", ["j"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[11]}, 88) = 11
10 1700000000.300000 exit(0) = ?
11 1700000000.400000 exit_group(261) = ?
EOT
form 'the last thread leaves' 'exec j
exit 10 0 status=7
end' '' <<'EOT'
10 1700000000.100000 execve("/bin/j", ["j"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[11]}, 88) = 11
10 1700000000.300000 exit(0) = ?
11 1700000000.400000 exit(7) = ?
EOT
form 'killed, as the parent hears' 'exec sh
fork 11 10
fork 12 10
exit 11 10 signal=SIGKILL
exit 12 10 signal=SIGABRT
exit 10 0 status=255
end' '' <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone(child_stack=NULL, flags=SIGCHLD) = 11
10 1700000000.210000 clone(child_stack=NULL, flags=SIGCHLD) = 12
10 1700000000.220000 wait4(11,  <unfinished ...>
10 1700000000.300000 <... wait4 resumed>[{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], 0, NULL) = 11
10 1700000000.400000 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_DUMPED, si_pid=12, si_uid=0, si_status=SIGABRT, si_utime=0, si_stime=0} ---
10 1700000000.600000 exit_group(-1) = ?
EOT
form '-p' 'exit 10 0 status=3
end' '' <<'EOT'
10 1700000000.100000 read(0, "", 1) = 0
10 1700000000.200000 exit_group(3) = ?
10 1700000000.300000 +++ exited with 3 +++
EOT
form '-b execve' 'exec sh
fork 11 10
exec ls
exit 10 0 status=0' '' <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 clone(child_stack=NULL, flags=SIGCHLD) = 11
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */ <detached ...>
10 1700000000.600000 +++ exited with 0 +++
EOT
form '-z: the child is shown first' 'exec sh
exec ls
exit 11 0 status=4
fork 11 10
exit 10 0 status=0
end' '' <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
11 1700000000.400000 +++ exited with 4 +++
10 1700000000.200000 vfork() = 11
10 1700000000.600000 +++ exited with 0 +++
EOT

# a log may begin and end anywhere
form 'it begins within calls' 'fork 11 10
exec exec	ts=100000000	pid=12	ppid=0	pgid=0	sid=0	argvlen=0
exec ls' 'pt-import: 2 processes were not forked in the log: their parents are not known' <<'EOT'
10 1700000000.100000 <... vfork resumed>) = 11
12 1700000000.200000 <... execve resumed>) = 0
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
EOT
form 'it ends within vfork' 'exec sh
fork 11 10
exec ls' '' <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 vfork( <unfinished ...>
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
EOT
form 'it ends within several forks' 'exec sh
fork 11 10
exec ls
fork 12 11
exec ls	-l
exec date' 'pt-import: the log ends within 2 forks: which process is whose child is a guess
pt-import: 1 call has no end in the log: what came of it is not known
pt-import: 2 processes were not forked in the log: their parents are not known' <<'EOT'
10 1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
10 1700000000.200000 vfork( <unfinished ...>
11 1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
11 1700000000.400000 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
12 1700000000.500000 execve("/bin/ls", ["ls", "-l"], 0x7ffe /* 3 vars */) = 0
13 1700000000.600000 execve("/bin/date", ["date"], 0x7ffe /* 3 vars */) = 0
12 1700000000.700000 execve("/bin/date", ["date"], 0x7ffe /* 3 vars */ <unfinished ...>
EOT

# several logs
cat >log.10 <<'EOT'
1700000000.100000 execve("/bin/sh", ["sh"], 0x7ffe /* 3 vars */) = 0
1700000000.200000 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 11
1700000000.210000 wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 4}], 0, NULL) = 11
1700000000.600000 +++ exited with 0 +++
EOT
cat >log.11 <<'EOT'
1700000000.300000 execve("/bin/ls", ["ls"], 0x7ffe /* 3 vars */) = 0
1700000000.400000 +++ exited with 4 +++
EOT
t_case '-ff: a log for each process' 0 "$same" '' told log.11 log.10
echo '1700000000.500000 setsid(' >>log.11
t_case '-ff: a bad line is of its file' 1 "~trace*" \
    'pt-import: log.11:3: a call without its end: the line is cut' \
    pt-import log.11 log.10
grep '^10' plain >a
grep '^11' plain >b
t_case 'two logs that interleave' 0 "$same" '' told b a
sed 's/1700000000[^ ]* //' log.10 >c.10
t_case 'several logs without times' 2 '' \
    'pt-import: c.10: several logs have no order without times of day: strace needs -ttt' \
    pt-import log.11 c.10
cp log.10 nameless
t_case 'several logs without PIDs' 2 '' \
    'pt-import: nameless: neither its lines nor its name tell a PID, so it cannot be put together with other logs' \
    pt-import log.11 nameless
sed 's/1700000000\..0*/12:00:00/' log.10 >d.10
t_case 'several logs with other clocks' 2 '' \
    'pt-import: d.10: another kind of time than in the log before' \
    pt-import log.11 d.10

# formats that are not read
foreign() { # NAME LINE
	printf '%s\n' "$2" >log
	t_case "not read: $1" 2 '' "~pt-import: log:1: *$1*" pt-import log
}
foreign 'perf script' 'make  4157 [001] 77.123456: sched:sched_process_exec: filename=/bin/ls pid=4157 old_pid=4157'
foreign 'perf script' 'make 4157 77.123456: sched:sched_process_fork: comm=make pid=4157'
foreign execsnoop 'PCOMM            PID    PPID   RET ARGS'
foreign execsnoop 'TIME(s) PCOMM            PID    PPID   RET ARGS'
foreign execsnoop 'TIME            PID     PPID    ARGS'
foreign ninja '# ninja log v5'
foreign 'Chrome trace' '{"traceEvents":[{"ph":"X"}]}'
foreign 'Chrome trace' '['
foreign 'recording already' 'trace	version=1	start=7'

# really by strace: a program that tells what it did
if ! strace -o log true 2>reason; then
	t_skip 'real strace' "$(cat reason)"
	t_done
fi
facts() {
	pt-import log >events && awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "exit" && value(4) != 0 { print value(3), value(4), $7 }' events |
	    sort
}
calls='-e trace=process,setpgid,setsid'
while read -r options; do
	# shellcheck disable=SC2086 # options
	strace -f -s 65535 -o log $options "$HELPERS/processes" 2>skipped | sort >want
	if [ ! -s log ]; then
		t_comment <skipped	# an option that this strace has not
		continue
	fi
	said=
	grep -q '^[0-9]* *execve' log && said=$no_time
	t_case "strace $options" 0 @want "$said" facts
done <<EOT
$calls
-t $calls
-r -tt $calls
-ttt -yy -Y -i -n -k -C -v -xx -X verbose
-ttt -qq $calls
-ttt -X raw $calls
--decode-pids=pidns,comm -ttt
--relative-timestamps=ns $calls
--relative-timestamps=s $calls
--absolute-timestamps=format:unix,precision:s $calls
-D -ttt $calls
-ttt -e signal=none $calls
--seccomp-bpf -ttt $calls
-ttt -e read=all -e write=all
EOT
# shellcheck disable=SC2086
strace -ff -ttt -s 65535 -o ff $calls "$HELPERS/processes" | sort >want
ff_facts() {
	pt-import ff.* >log.pt && pt-render-jsonl log.pt | pt-import >log &&
	    awk -F '\t' '
	function value(i) { return substr($i, index($i, "=") + 1) }
	$1 == "exit" && value(4) != 0 { print value(3), value(4), $7 }' log |
	    sort
}
t_case 'strace -ff' 0 @want '' ff_facts
t_done
