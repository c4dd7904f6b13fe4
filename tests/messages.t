#!/bin/sh
# Each way in which pt-capture can fail, and what it says then: what is wrong,
# and what helps. What is the fault of sudo is in sudo.t; what bpftrace of other
# versions says is in unit/cure.c.
# shellcheck disable=SC2016,SC3045 # what another shell expands
. "${0%/*}/user.sh"
t_need pkill ps python3

strace='or use --tracer strace'
kernel='use --tracer strace, or a kernel of Linux 5.8 or later with CONFIG_FTRACE_SYSCALLS=y and CONFIG_DEBUG_INFO_BTF=y'
rights="root may not use BPF here, as in a container: give it CAP_BPF, CAP_PERFMON and CAP_SYS_ADMIN (docker run --privileged), $strace"
sudo="sudo cannot become root here, as in some containers and sandboxes: run this as root, $strace"

# fails NAME MESSAGE WHERE [WORD ...]: a capture, run by the words after the
# shell commands WHERE, does nothing but to say this
fails() {
	name=$1 message=$2 where=$3
	shift 3
	t_case "$name" 125 '' "pt-capture: $message" unshare -m \
	    --propagation private sh -c "$where"'
	    exec "$@" timeout 300 pt-capture --tracer bpftrace -o rec \
	    --script "$script" touch ran' - env "$@"
}
# or with this script, tests/capture/small.bt with an edit
script=$t_tmp/script
export script
with() {
	sed "$1" "$TESTS/capture/small.bt" >"$script"
}
pt-capture --print-script >"$script"

## the kernel

tracefs='umount -l /sys/kernel/tracing; umount -l /sys/kernel/debug/tracing 2>/dev/null'
fails 'no tracefs' \
    'tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing' "$tracefs"
fails 'no tracefs, not root' \
    'tracefs is not mounted: sudo mount -t tracefs tracefs /sys/kernel/tracing' \
    "$tracefs" setpriv --reuid "$USER_NAME" --clear-groups
fails 'no BTF' "the kernel does not describe its types in /sys/kernel/btf/vmlinux: boot one with CONFIG_DEBUG_INFO_BTF=y, $strace" \
    'mount -t tmpfs none /sys/kernel/btf'
if [ -d /sys/kernel/security ]; then
	fails 'lockdown' "tracing failed: kernel lockdown forbids BPF: boot with lockdown=integrity or without Secure Boot, $strace" \
	    'mount -t tmpfs none /sys/kernel/security
	    echo "none integrity [confidentiality]" >/sys/kernel/security/lockdown'
else
	t_skip 'lockdown' 'no /sys/kernel/security'
fi
fails 'no such tracepoint' \
    "tracing failed: the kernel lacks a tracepoint, see --debug: $kernel" \
    'mount -t tmpfs none /sys/kernel/tracing/events/task'
with 's/live.counter/lives.counter/'
fails 'another structure' \
    "tracing failed: the kernel has other structures, see --debug: $kernel" ''
with 's/^{/{ @size = sizeof(struct of_another_kernel);/'
fails 'no such structure' \
    "tracing failed: the kernel has other structures, see --debug: $kernel" ''
with '/^profile/,/^{/s/^{/{ $i = 0; while (1) { $i = $i + 1; }/'
fails 'a script that the kernel takes for endless' \
    "tracing failed: the kernel refuses the script, see --debug: $kernel" ''
with ''

## rights

fails 'root without capabilities' "tracing failed: $rights" '' \
    setpriv --bounding-set=-bpf,-perfmon,-sys_admin
fails 'root of a user namespace' "tracing failed: $rights" '' unshare -Ur
sudoers "$USER_NAME ALL=(ALL) NOPASSWD: ALL"
fails 'a user who cannot become root' "tracing failed: $sudo" '' \
    setpriv --no-new-privs --reuid "$USER_NAME" --clear-groups
fails 'a user whose sudo cannot become root' "tracing failed: $sudo" \
    'bin=$(dirname "$(readlink -f "$(command -v sudo)")")
    mount --bind "$bin" "$bin" && mount -o remount,bind,nosuid "$bin"' \
    setpriv --reuid "$USER_NAME" --clear-groups
fails 'a user whose root has no capabilities' "tracing failed: $rights" '' \
    setpriv --bounding-set=-bpf,-perfmon,-sys_admin --reuid "$USER_NAME" --clear-groups

## limits

# newer ones have a BPF ring buffer, for which no memory is locked
case $(bpftrace --version) in
*' v0.1'*)
	fails 'memory that may be locked' \
	    'tracing failed: too little memory may be locked: ulimit -l unlimited' \
	    'ulimit -l 8' setpriv --bounding-set=-sys_resource,-ipc_lock ;;
*)
	locked() {
		(ulimit -l 8 && exec setpriv --bounding-set=-sys_resource,-ipc_lock \
		    timeout 300 pt-capture --tracer bpftrace -o locked.pt true)
	}
	t_case 'no memory is locked' 0 '' '' locked ;;
esac
fails 'open files' \
    'tracing failed: too few files may be open: ulimit -n 4096' \
    'ulimit -n 14' setpriv --bounding-set=-sys_resource
# a sanitizer needs more
[ "${SAN:-}" ] || fails 'memory' \
    'tracing failed: there is too little memory, or it is limited: ulimit -v unlimited' \
    'ulimit -v 150000' setpriv --bounding-set=-sys_resource
t_ok 'the command was never run, and nothing written' test ! -e ran -a ! -e rec

## the recording

# says NAME MESSAGE [WORD ...]: pt-capture with these words
says() {
	name=$1 message=$2
	shift 2
	t_case "$name" 125 '' "pt-capture: $message" timeout 300 pt-capture "$@"
}
small="--tracer bpftrace --script $script"

mkdir full
mount -t tmpfs -o size=8k none full
echo old >full/rec
# shellcheck disable=SC2086 # its words
{
	t_case 'no space' 125 '' '~pt-capture: full/rec: No space left on device
pt-capture: full/rec: what was written is kept in full/rec.????????' \
	    timeout 300 pt-capture $small -o full/rec spawns 200
	t_case 'leaves what was there' 0 old '' cat full/rec
	# what was recorded cannot be recorded again
	t_ok '... and the part of the recording' \
	    sh -c 'tail -n 1 full/rec.???????? | grep "^end	.*	cut=1$"'
	rm full/rec*
	t_case 'no space, and nothing is there' 125 '' \
	    '~pt-capture: full/rec: No space left on device
pt-capture: full/rec: what was written until then is kept' \
	    timeout 300 pt-capture $small -o full/rec spawns 200
	t_case '... the part of it is a recording' 0 '' '' sh -c '
	    test "$(wc -c <full/rec)" -gt 4000 && pt-sort full/rec >sorted &&
	    tail -n 2 full/rec | cut -f 1 | tr "\n" " " | grep -qx "lost end "'
	rm full/rec
	t_case 'no space, through a filter' 125 '' \
	    '~*full/rec: what was written until then is kept' \
	    timeout 300 pt-capture $small -o full/rec --filter cat spawns 200
	t_ok '... a part of it is there' grep -q '^trace	' full/rec
	umount full
	full() {
		pt-capture $small true >/dev/full
	}
	t_case 'no space, on standard output' 125 '' \
	    'pt-capture: <stdout>: No space left on device' full
	limited() {
		(ulimit -f 4 && exec timeout 300 pt-capture $small -o limited/rec \
		    sh -c '"$HELPERS/spawns" 300 2; : >ended')
	}
	mkdir limited
	t_case 'files may not be large' 125 '' \
	    'pt-capture: limited/rec: File too large
pt-capture: limited/rec: what was written until then is kept' limited
	t_ok '... the command ran to its end, and the recording says that it did not' \
	    sh -c 'test -e ended && tail -n 1 limited/rec | grep "^end	.*	cut=1$"'
	says 'no such directory' 'no/rec: No such file or directory' $small -o no/rec true
	t_case 'not his directory' 125 '' 'pt-capture: ../rec: Permission denied' \
	    as_user pt-capture $small -o ../rec true
	# a command that does that to it, and goes on after its end
	end='until grep -qs ^fork seen; do sleep 0.1; done; pkill "$0" -P $PPID bpftrace
	    while pgrep -P $PPID bpftrace; do sleep 0.05; done >pids'
	for sig in KILL INT; do
		rm -f rec seen
		case $sig in
		KILL) says 'bpftrace is killed' 'tracing failed: bpftrace was killed by signal 9; the recording ends there' \
		    $small --filter 'tee seen' -o rec sh -c "$end" -KILL ;;
		INT) says 'bpftrace is ended' 'tracing failed: bpftrace ended; the recording ends there' \
		    $small --filter 'tee seen' -o rec sh -c "$end" -INT ;;
		esac
		t_ok '... what was recorded is kept' grep -q '^fork	' rec
		t_ok '... and how it ends' sh -c '
			tail -n 2 rec | sed "s/ts=[0-9]*/ts=N/" | tr "\n" " " |
			grep -qx "lost	ts=N end	ts=N	cut=1 "'
	done
	with '/^profile/i\
BEGIN { printf("nonsense\\n"); }'
	with '/^profile/i\
BEGIN { unroll(20) { printf("nonsense\\n"); } }'
	t_case 'a script that prints much that is no event' 0 '' \
	    'pt-capture: from bpftrace: no fields: nonsense
pt-capture: from bpftrace: 19 lines more that are not understood' \
	    pt-capture $small -o rec true
	# as 0.23 and 0.27 do in a PID namespace, where they have no PIDs
	pt-capture --print-script | sed '/^tracepoint:sched:sched_process_exec/,/^}/s/curtask->tgid, curtask->real_parent/1, curtask->real_parent/' >"$script"
	says 'PIDs that are none' 'the exec of the command was not seen: bpftrace takes processes for others, use --tracer strace' \
	    $small -o confused sh -c 'exec true'
	t_ok '... nothing is written' test ! -e confused
	cat >repeats <<'EOT'
#!/bin/sh
yes 'ERROR: Failed to do this' | head -n 300 >&2
echo 'ERROR: Failed to do that' >&2
exit 1
EOT
	chmod 755 repeats
	t_case 'what bpftrace repeats is shown once' 125 '' 'ERROR: Failed to do this (300 times)
ERROR: Failed to do that
pt-capture: tracing failed: bpftrace ended with status 1' \
	    timeout 300 pt-capture --tracer bpftrace -b ./repeats -o rec true
	with '/^profile/i\
BEGIN { printf("nonsense\\n"); }'
	t_case 'a script that prints something else' 0 '' \
	    'pt-capture: from bpftrace: no fields: nonsense' pt-capture $small -o rec true
}

## usage

says 'not a PID' "--pid: '1x' is not a PID" -p 1x
says 'a command, and attached' \
    'a command, and processes to follow: only one of them' -p $$ true
with ''
t_case 'attached in a PID namespace' 125 '' 'pt-capture: in a PID namespace of its own this cannot tell which processes are meant' \
    unshare -pf --mount-proc sh -c "pt-capture $small -o rec -p 1"
says 'attached with strace' 'strace can neither attach nor end with the root' \
    --tracer strace -p $$
says 'no command whose end could be waited for' '--until root: there is no command' \
    --until root -p $$
mkfifo never
python3 -c 'import threading
thread = threading.Thread(target=open, args=["never"])
thread.start()
print(thread.native_id, flush=True)' >thread &
until [ -s thread ]; do sleep 0.05; done
says 'a thread' "--pid: $(cat thread) is a thread of process $!" -p "$(cat thread)"
: >never
# a bpftrace that begins when the first process has ended
cat >late <<'EOT'
#!/bin/sh
kill "$(cat first)"
while ps -o stat= -p "$(cat first)" | grep -qv Z; do sleep 0.05; done
exec bpftrace "$@"
EOT
chmod +x late
# shellcheck disable=SC2086 # its words
{
	sleep 100 &
	second=$!
	sleep 100 &
	echo $! >first
	t_case 'one of two has ended' 0 '' \
	    "pt-capture: process $! ended before the recording began" \
	    pt-capture $small -b ./late -o rec --timeout 0.1 -p $! -p $second
	t_ok '... the other is recorded' grep -q "pid=$second	.*snapshot=1" rec
	sleep 100 &
	echo $! >first
	says 'all have ended' "process $! ended before the recording began" \
	    $small -b ./late -o none -p $!
	t_ok '... and nothing is' test ! -e none
	kill $second
}
says 'strace, and no descendants' 'strace can neither attach nor end with the root' \
    --tracer strace --until root true
says 'no time' "--timeout: '0' is not a number of seconds" --timeout 0 true
says 'no such end' "--until: 'never' is none of tree, root, look" --until never true
says 'no such script' 'none.bt: No such file or directory' --script none.bt true
t_done
