#!/bin/sh
# pt-capture waits for nobody for ever: each of its waits ends by itself or by a
# signal
# shellcheck disable=SC2016 # what other shells expand
. "${0%/*}/lib.sh"
t_trace
t_need pkill python3 strace
small="--tracer bpftrace --script $TESTS/capture/small.bt"

# What is waited for here never comes by itself, so that a test tells a wait that was
# ended from one that was not however busy the machine is.

# soon CMD...: it succeeds within a minute or two; a busy machine needs some of it
soon() {
	n=0
	until "$@" 2>/dev/null; do
		n=$((n + 1))
		[ $n -lt 1200 ] || return
		sleep 0.1
	done
}
gone() { ! kill -0 "$1"; }
# ended PID: a child has ended; its status is in $status
ended() {
	bad=0
	soon gone "$1" || { bad=1; kill -KILL "$1"; echo 'it has not'; }
	wait "$1"
	status=$?
	return $bad
}
appears() { soon test -s "$1"; }
child_of() { pgrep -P "$1" >/dev/null; }

## bpftrace

# a process of its own has its output
cat >fake <<'EOT'
#!/bin/sh
(trap '' PIPE; exec sleep 600) &
echo $! >holds
exit 1
EOT
chmod +x fake
t_case 'one that has ended, but for its output' 125 '' \
    'pt-capture: tracing failed: bpftrace ended with status 1' \
    timeout -s KILL 300 pt-capture --tracer bpftrace -b ./fake -o none.pt true
t_ok '... which is still held' kill -KILL "$(cat holds)"

# shellcheck disable=SC2086 # its words
t_case 'one that stands still' 125 '' 'pt-capture: tracing failed: bpftrace does not react; the recording ends there' \
    timeout -s KILL 300 pt-capture $small --filter 'tee seen' -o stop.pt sh -c '
    until grep -qs ^fork seen; do sleep 0.1; done; pkill -STOP -P $PPID bpftrace'
t_ok '... what was recorded is kept' grep -q '^fork	' stop.pt
t_ok '... and ends in a loss' sh -c '
	tail -n 2 stop.pt | cut -f 1 | tr "\n" " " | grep -qx "lost end "'
# meanwhile the machine was described
t_ok '... which nothing is later than' sh -c '
	sed -n "s/.*	ts=\([0-9]*\).*/\1/p" stop.pt |
	    awk "\$1 > max { max = \$1 } END { exit \$1 < max }"'

for sig in INT TERM HUP; do
	rm -f ready
	# shellcheck disable=SC2086 # its words
	env --default-signal=INT pt-capture $small -o sig.pt sh -c '
	    pkill -STOP -P $PPID bpftrace; echo $$ >ready' 2>err &
	appears ready
	# it is alone: the command has ended
	soon gone "$(cat ready)"
	kill -s $sig $!
	ended $!
	t_ok "... and SIG$sig ends the wait" test $? -eq 0
	t_ok '... before that' eval '! grep "not react" err'
done

## who takes the recording

# one that takes nothing: its end of the pipe is open
mkfifo pipe
exec 4<>pipe
rm -f ready
# shellcheck disable=SC2086 # its words
pt-capture $small sh -c '"$HELPERS/spawns" 3000 2; echo $$ >ready' 2>err >pipe &
capture=$!
appears ready
soon gone "$(cat ready)"
kill -TERM $capture
ended $capture
t_ok 'a reader who does not read: SIGTERM ends it' test $? -eq 0
t_ok '... with that signal' test "$status" -eq 143
exec 4>&-

rm -f ready root
# shellcheck disable=SC2086 # its words
pt-capture $small -o filter.pt --filter 'echo >ready; exec sleep 600' \
    sh -c 'echo $$ >root' 2>err &
capture=$!
appears ready
appears root
soon gone "$(cat root)"
kill -TERM $capture
ended $capture
t_ok 'a filter that does not end: SIGTERM ends it' test $? -eq 0
t_case '... which is said' 0 'pt-capture: the filter was killed by signal 9' '' \
    cat err
t_ok '... and nothing is replaced' test ! -e filter.pt -a "$status" -eq 125

# of whoever lives nothing is asked that the file system of its program must answer
cat >held.py <<'EOT'
import ctypes, time
libc = ctypes.CDLL(None)
FAN_CLASS_CONTENT, FAN_MARK_ADD, FAN_OPEN_PERM, AT_FDCWD = 4, 1, 0x10000, -100
fd = libc.fanotify_init(FAN_CLASS_CONTENT, 0)
assert fd >= 0
assert not libc.fanotify_mark(fd, FAN_MARK_ADD, ctypes.c_uint64(FAN_OPEN_PERM),
    AT_FDCWD, b"held")
open("holding", "w").write("yes")
time.sleep(600)
EOT
cp "$(command -v sleep)" held
# shellcheck disable=SC2086 # its words
pt-capture $small --timeout 3 -o held.pt ./held 40 2>err &
capture=$!
soon eval 'pgrep -x -P $capture held >pid'
python3 held.py &
holder=$!
appears holding
ended $capture
t_ok 'one whose program cannot be opened' test $? -eq 0 -a "$status" -eq 124
t_ok '... is looked at' grep -q "^wait.*	pid=$(cat pid)	" held.pt
kill -KILL $holder

## the command

# its child is stuck before its exec, and it has blocked all signals itself
mkfifo nobody
cat >spawn.py <<'EOT'
import os
open("ready", "w").write(str(os.getpid()))
os.posix_spawn("/bin/cat", ["cat"], os.environ,
    file_actions=[(os.POSIX_SPAWN_OPEN, 0, "nobody", os.O_RDONLY, 0)])
EOT
for sig in INT=130 TERM=143 HUP=129; do
	rm -f ready
	env --default-signal=INT pt-capture --tracer strace -o spawn.pt \
	    python3 spawn.py 2>err &
	appears ready
	soon child_of "$(cat ready)"
	kill -s ${sig%=*} $!
	ended $!
	t_ok "strace: SIG${sig%=*}, and a child stuck before its exec" test $? -eq 0
	t_ok '... with the status of the command' \
	    test "$status" -eq "${sig#*=}"
	t_ok '... and what was recorded is kept' \
	    sh -c 'tail -n 1 spawn.pt | grep -q "^end	" && grep -q "signal=SIG" spawn.pt'
done

# insists STATUS OPTION...: of a command that does not end by SIGTERM; it goes on,
# but with strace --seccomp-bpf
insists() {
	want=$1
	shift
	tracer=${2#--tracer }
	rm -f ready
	pt-capture "$@" -o insist.pt \
	    sh -c 'trap "" TERM; echo $$ >ready; exec sleep 600' 2>err &
	capture=$!
	appears ready
	kill -TERM $capture $capture
	sleep 1.2
	t_ok "$tracer: SIGTERM alone is for the command" kill -0 $capture
	soon eval '! kill -TERM $capture'
	ended $capture
	t_ok '... one more, later, is not' test $? -eq 0 -a "$status" -eq "$want"
	if grep -q 'all that it traces' err; then
		t_ok '... the command is killed' soon gone "$(cat ready)"
	else
		t_ok '... the command goes on' kill -KILL "$(cat ready)"
	fi
	t_ok '... and what was recorded is kept' \
	    sh -c 'tail -n 1 insist.pt | grep -q "^end	" && grep -q "^root	" insist.pt'
}
# shellcheck disable=SC2086 # its words
insists 143 $small
insists 125 --tracer strace
t_ok '... with --seccomp-bpf' grep -q 'all that it traces' err
# one without it
mkdir without
printf '%s\n' '#!/bin/sh' 'case $* in *seccomp*) exit 1;; esac' \
    "exec $(command -v strace) \"\$@\"" >without/strace
chmod +x without/strace
PATH=$PWD/without:$PATH
insists 125 --tracer strace
t_ok '... without it' sh -c '! grep "all that it traces" err'
PATH=${PATH#*:}

# descendants that do not end by it
rm -f ready
pt-capture --tracer strace -o left.pt \
    sh -c '(trap "" TERM; exec sh -c "echo \$\$ >ready; exec sleep 600") &' 2>err &
capture=$!
appears ready
sleep 1
kill -TERM $capture
ended $capture
t_ok 'strace: SIGTERM, and only descendants live on' test $? -eq 0
t_ok '... what was recorded is kept' sh -c 'tail -n 1 left.pt | grep -q "^end	"'
t_ok '... and they are killed with it' soon gone "$(cat ready)"

for sig in INT TERM HUP; do
	rm -f ready
	env --default-signal=INT pt-capture --tracer strace -o stop.pt \
	    sh -c 'echo $$ >ready; exec sleep 600' 2>err &
	capture=$!
	appears ready
	pkill -STOP -P $capture strace
	kill -s $sig $capture
	ended $capture
	t_ok "strace that stands still: SIG$sig" test $? -eq 0
	t_ok '... what was recorded is kept' \
	    sh -c 'tail -n 1 stop.pt | grep -q "^end	.*cut=1"'
	kill -KILL "$(cat ready)" 2>/dev/null
done

# strace itself is one that hangs
mkdir hangs
printf '%s\n' '#!/bin/sh' 'echo >ready' 'exec sleep 600' >hangs/strace
chmod +x hangs/strace
for sig in INT=130 TERM=143 HUP=129; do
	rm -f ready
	PATH=$PWD/hangs:$PATH env --default-signal=INT pt-capture \
	    --tracer strace -o none.pt true 2>err &
	appears ready
	kill -s ${sig%=*} $!
	ended $!
	t_ok "strace that hangs: SIG${sig%=*}" test "$status" -eq "${sig#*=}"
done
t_done
