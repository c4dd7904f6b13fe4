#!/bin/sh
# pt-why - real hangs, and what is said of them
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_trace
t_need bats

# hang NAME CMD...: a recording of what hangs, ended after 4 seconds
hang() {
	hang_name=$1
	shift
	# bpftrace takes most of a minute to start on a machine that is busy
	timeout 300 pt-capture -t -o "$hang_name.pt" --timeout 4 -- "$@"
}

ended='pt-capture: time is up: ending the command and its descendants'

# why NAME: what is said of it, on one line
why() {
	pt-ingest "$1.pt" | pt-why >"$1.txt" || return
	tr -s '\n ' '  ' <"$1.txt" >"$1.line"
}

# says NAME PATTERN
says() {
	t_ok "$1: $2" sh -c 'grep -Eq -- "$1" "$2"' - "$2" "$1.line"
}

# a shell that sees its children killed before it is may say so
t_case 'a daemon that keeps a pipe' 124 '' "~*$ended*" hang pipe sh -c '
	(sh -c "sleep 71600 & exit 0") | cat'
why pipe
says pipe 'cat \(pid [0-9]+\) reads pipe [0-9]+ \(fd 0\); still open for writing in:'
says pipe 'writing in: sleep 71600 \(pid [0-9]+, fd 1\) started by sh -c .sleep 71600 & exit 0. \(pid [0-9]+\), which has ended'

cat >leak.bats <<'EOF'
@test "leaks descriptor 3" {
	sleep 71601 &
}
EOF
t_case 'bats, whose descriptor 3 is leaked' 124 '~*leaks descriptor 3' "~*$ended*" \
    hang bats bats leak.bats
why bats
says bats 'bats[^)]* \(pid [0-9]+\) reads pipe [0-9]+ \(fd 0\); still open for writing in: sleep 71601 \(pid [0-9]+, fd [0-9]+\)'
says bats 'sleep 71601 \(pid [0-9]+, fd 3\) started by bash [^)]*bats-exec-te'

cat >other.bats <<'EOF'
@test "leaks a descriptor that only bats knows" {
	exec 144>&3
	sleep 71602 3>&- >/dev/null 2>&1 &
}
EOF
t_case 'bats, whose descriptor is leaked as number 144' 124 \
    '~*only bats knows' "~*$ended*" hang other bats other.bats
why other
says other 'still open for writing in: sleep 71602 \(pid [0-9]+, fd 144\) started by bash'

cat >Makefile <<'EOF'
all: a b
a: ; @echo a
b: ; @sleep 71603 & echo b
EOF
t_case 'make -j2 | cat, whose daemon keeps the pipe' 124 '~*b*' "~*$ended*" \
    hang make sh -c 'env -u MAKEFLAGS -u MAKELEVEL make -s -j2 | cat'
why make
says make 'cat \(pid [0-9]+\) reads pipe [0-9]+ \(fd 0\); still open for writing in: sleep 71603 \(pid [0-9]+, fd 1\) started by [^,]*sh -c .sleep 71603 & echo b'

t_case 'a program that waits for a child that waits for it' 124 '' "$ended" \
    hang deadlock "$HELPERS/deadlock"
why deadlock
says deadlock 'A deadlock, each waits for the next: '
says deadlock 'cat \(pid [0-9]+\) reads pipe [0-9]+, held by [^(]*deadlock \(pid [0-9]+\)'
says deadlock 'deadlock \(pid [0-9]+\) waits for the end of its child cat \(pid [0-9]+\)'

t_case 'a daemon that keeps nothing' 0 '' "~*$ended" hang daemon sh -c '
	sh -c "perl -MPOSIX -e \"POSIX::close(\\\$_) for 0 .. 1023; exec qw(sleep 71603)\" &
	    exit 0"'
why daemon
says daemon '1 process was alive: sleep 71603 \(pid [0-9]+\), sleeps started by sh -c [$]?.perl [^(]*\([^(]*\(pid [0-9]+\), which has ended'

t_case 'proctrace why, in one command' 124 '~After *
*cat (pid *) reads pipe *; still open for writing in:
*sleep 71600 (pid *, fd 1)*' "~*$ended*" timeout 300 proctrace why --timeout 3 -- sh -c '
	(sh -c "sleep 71600 & exit 0") | cat'
t_case 'proctrace why, of what does not hang' 3 \
    '~`sh -c '\''exit 3'\''` ended with exit 3 after *' '~proctrace: recorded; for more: *' timeout 300 proctrace why --timeout 60 -- sh -c 'exit 3'
t_case 'proctrace why, of a recording' 0 @pipe.txt '' \
    sh -c 'pt-ingest -o pipe.tree pipe.pt && proctrace why -i pipe.tree'

# what is waited for that is no pipe
cat >kinds.sh <<'EOF'
mkfifo fifo
flock lock sleep 71603 &
until [ -e lock ] && ! flock -n lock true; do sleep 0.1; done
flock lock true &
cat <fifo &
(kill -STOP "$BASHPID") &
wait
EOF
t_case 'a lock, a FIFO, a stop' 124 '' "~*$ended*" hang kinds bash kinds.sh
why kinds
says kinds 'bash kinds.sh \(pid [0-9]+\), waits for a child'
says kinds 'flock lock true \(pid [0-9]+\), waits for a lock on /[^ ]*/lock \(fd [0-9]+\)'
says kinds 'bash kinds.sh \(pid [0-9]+\), opens, and nobody opens the other end of fifo'
says kinds 'bash kinds.sh \(pid [0-9]+\), is stopped \(state T\)'
says kinds 'sleep 71603 \(pid [0-9]+\), sleeps'

t_ok 'each of them is dead' sh -c '! pgrep -f "^sleep 7160[0-3]$"'
t_ok 'their recordings are complete' sh -c '
	for f in pipe bats other make deadlock daemon; do
		tail -n 1 $f.pt | grep -q "^end	" || exit 1
	done'

# SIGUSR1: a look, and it goes on
mkfifo go
timeout 300 pt-capture -t -- sh -c 'echo started; cat <go' >usr1.pt 2>usr1.err &
capture=$!
exec 9>go
until grep -q started usr1.err; do sleep 0.1; done
pkill -USR1 -P "$capture" pt-capture
until grep -q '^fd	' usr1.pt || ! kill -0 "$capture"; do sleep 0.1; done
exec 9>&-
wait "$capture"
t_ok 'SIGUSR1: the command goes on' test $? -eq 0
t_ok 'SIGUSR1: a look' grep -q '^fd	' usr1.pt

# three, each of which reads the pipe that the next one writes to
for ring in '2 a 3' '3 b 4' '4 c 2'; do
	# shellcheck disable=SC2086 # three words
	set -- $ring
	printf '%s\tts=1\tpid=%s\tppid=1\tpgid=1\tsid=1%s\n' fork "$1" '' \
	    exec "$1" "	argv=$2"
	printf 'fd\tts=9\tpid=%s\tfd=5\tmode=%s\ttype=pipe\tino=1%s\n' \
	    "$1" r "$1" "$3" w "$1"
	printf 'wait\tts=9\tpid=%s\tcall=read\tfd=5\n' "$1"
done | sort -t '	' -s -k 2,2 | sed '/mode=w/s/fd=5/fd=6/' >ring.pt
pt-why ring.pt | tr -s '\n ' '  ' >ring.line
says ring 'the next: a \(pid 2\) reads pipe 12, held by b \(pid 3\) b [^:]* held by c \(pid 4\) c [^:]* held by a \(pid 2\)'

printf 'wait\tts=9\tpid=4\n' | cat ring.pt - | grep -v 'pid=4	[fc]' >hidden.pt
pt-why hidden.pt | tr -s '\n ' '  ' >hidden.line
says hidden 'b \(pid 3\) reads pipe 13 \(fd 5\); who has its other end could not be seen'

# The look that counts is that before somebody ended what hung.
tr ' ' '\t' >signalled.pt <<'EOF'
fork ts=1 pid=2 ppid=1 pgid=1 sid=1
exec ts=1 pid=2 ppid=1 pgid=1 sid=1 argv=sh
fork ts=2 pid=3 ppid=2 pgid=1 sid=1
exec ts=2 pid=3 ppid=2 pgid=1 sid=1 argv=what_hung
fork ts=3 pid=4 ppid=2 pgid=1 sid=1
exec ts=3 pid=4 ppid=2 pgid=1 sid=1 argv=beside
signal ts=4 pid=4 sig=SIGTERM from=2
wait ts=10 pid=2 call=wait
wait ts=10 pid=3 call=sleep
wait ts=10 pid=4 call=sleep
signal ts=11 pid=3 sig=SIGTERM from=999
exit ts=12 pid=3 ppid=2 pgid=1 sid=1 signal=SIGTERM
wait ts=20 pid=2 call=wait
wait ts=20 pid=4 call=sleep
end ts=30
EOF
t_case 'a look before a signal' 0 'After 9 ns 3 processes were alive:
  sh (pid 2), waits for a child
  what_hung (pid 3), sleeps
  beside (pid 4), sleeps' '' pt-why signalled.pt
grep -v 'ts=10	' signalled.pt >late.pt
t_case 'a look after it: what the signal ended' 0 'Until a signal came, these ran:
  what_hung (pid 3), SIGTERM by pid 999
      started by sh (pid 2)
After 19 ns 2 processes were alive:
  sh (pid 2), waits for a child
  beside (pid 4), sleeps' '' pt-why late.pt
# looked at after it, but no event since ts=10 was known then
grep -v 'ts=10	pid=3\|ts=20	' signalled.pt >stale.pt
t_case 'a look after it, whose time stands before it' 0 'Until a signal came, these ran:
  what_hung (pid 3), SIGTERM by pid 999
      started by sh (pid 2)
After 9 ns 2 processes were alive:
  sh (pid 2), waits for a child
  beside (pid 4), sleeps' '' pt-why stale.pt

# waits KEYS...: what is said of a wait of a process that has descriptor 3
waits() {
	tr ' ' '\t' <<EOF | pt-why | sed -n 's/^  it (pid 2), //p'
fork ts=1 pid=2 ppid=1 pgid=1 sid=1
exec ts=1 pid=2 ppid=1 pgid=1 sid=1 argv=it
fd ts=9 pid=2 fd=3 mode=rw type=chr ref=$1
wait ts=9 pid=2 call=$2${3:+ $3}
end ts=9
EOF
}
t_case 'a terminal' 0 'reads the terminal /dev/pts/1 (fd 3)' '' waits /dev/pts/1 read fd=3
t_case 'a console' 0 'polls the terminal /dev/tty2 (fd 3)' '' waits /dev/tty2 poll fd=3
t_case 'accept' 0 'waits for a connection to socket:[7] (fd 3)' '' \
    waits 'socket:[7]' accept fd=3
t_case 'epoll' 0 'polls socket:[7] (fd 3)' '' waits 'socket:[7]' epoll fd=3
t_case 'a descriptor that was not seen' 0 'reads (fd 5)' '' waits x read fd=5
t_case 'splice' 0 'moves data from x (fd 3)' '' waits x splice fd=3
t_case 'a futex' 0 'waits for another thread, or another process (futex)' '' \
    waits x futex
t_case 'a child' 0 'waits for its child 7' '' waits x wait child=7
t_case 'it does not wait' 0 'runs' '' waits x running
t_case 'another system call' 0 'is in system call 165 (do_it)' '' \
    waits x other 'nr=165 wchan=do_it'

# one that holds a pipe is named once for each, with all its descriptors
tr ' ' '\t' >once.pt <<'EOF'
fork ts=1 pid=2 ppid=1 pgid=1 sid=1
exec ts=1 pid=2 ppid=1 pgid=1 sid=1 argv=sh
fork ts=2 pid=3 ppid=2 pgid=1 sid=1
exec ts=2 pid=3 ppid=2 pgid=1 sid=1 argv=cat
fork ts=3 pid=4 ppid=2 pgid=1 sid=1
exec ts=3 pid=4 ppid=2 pgid=1 sid=1 argv=daemon
fd ts=9 pid=2 fd=4 mode=w type=pipe ino=77
wait ts=9 pid=2 call=wait
fd ts=9 pid=3 fd=0 mode=r type=pipe ino=77
wait ts=9 pid=3 call=read fd=0
fd ts=9 pid=4 fd=1 mode=w type=pipe ino=77
fd ts=9 pid=4 fd=2 mode=w type=pipe ino=77
wait ts=9 pid=4 call=sleep
end ts=9
EOF
t_case 'who waits itself is not the reason' 0 '~*
  cat (pid 3) reads pipe 77 (fd 0); still open for writing in:
    daemon (pid 4, fd 1 and 2)
      started by sh (pid 2)
    and 1 that waits itself: see there*' '' pt-why once.pt

# each reads what the one before writes
awk 'BEGIN {
	for (i = 1; i <= 1000; i++) {
		printf "fork\tts=1\tpid=%d\tppid=1\tpgid=1\tsid=1\n", i + 1
		fd = "fd\tts=9\tpid=%d\tfd=%d\tmode=%s\ttype=pipe\tino=%d\n"
		late = late sprintf(fd, i + 1, 0, "r", i) \
		    sprintf(fd, i + 1, 1, "w", i + 1) \
		    sprintf("wait\tts=9\tpid=%d\tcall=read\tfd=0\n", i + 1)
	}
	printf "%s", late
}' >chain.pt
t_ok 'a pipeline of 1,000' t_cpu 20 pt-why chain.pt

# --- what did not hang ---

printf 'trace\tversion=1\targv=nosuch\t-x\nroot\tts=1\tpid=7\n' >nosuch.pt
printf '%s\tts=%s\tpid=7\tppid=1\tpgid=7\tsid=1%b\n' fork 1 '' \
    execfail 2 '\terrno=ENOENT\tfile=/bin/nosuch' exit 3 '\tstatus=127' end 3 '' \
    >>nosuch.pt
t_case 'a command that is not there has its name' 0 \
'`nosuch -x` ended with exit 127 after 2 ns, which could not execute nosuch (ENOENT).' \
    '' pt-why nosuch.pt

gzip -dc "$TESTS/recordings/hello.pt.gz" >hello.pt
gzip -dc "$TESTS/recordings/suite.pt.gz" >suite.pt
t_case 'a failure' 0 \
'`sh -c '\''./configure >/dev/null 2>&1; ma...j2 >/dev/null 2>&1'\''` ended with exit 2 after 9.76 s,
  because `make -j2` (pid 7921) ended with exit 2,
  because `missing aclocal-1.14 -I m4` (pid 7932) ended with exit 127.
Beside these failed:
  `bash -c '\''test -f ./build-aux/git-version-gen && echo yes'\''` (pid 7931) ended with exit 1
  `bash -c '\''cat ./.prev-version 2>/dev/null'\''` (pid 7925) ended with exit 1
  `cat ./.prev-version` (pid 7926) ended with exit 1
106 failures were tolerated: an ancestor ended with 0.' '' pt-why hello.pt
t_case 'a failure, and a daemon' 0 '~sh run.sh (pid 2232) has ended. After 622.5 ms 1 process was alive:
  sleep 3 (pid 2257)*
`run.sh` ended with exit 1 after 353.8 ms,
  because `t4.sh` (pid 2256) ended with exit 1,
  because `cat /nonexistent` (pid 2271) ended with exit 1.
Beside these failed:
  `t6.sh` (pid 2283) was killed by SIGSEGV' '' pt-why suite.pt
sed 's|	file=/usr/bin/cat|	cwd=/tmp/x y&|' suite.pt >cwd.pt
t_case '... with its directory' 0 '~*exit 1 in /tmp/x y.*' '' pt-why cwd.pt
pt-grep --pid 3638 --with-children hello.pt >slow.pt 2>/dev/null
t_case 'what took the time' 0 '~`./configure` ended with exit 0 after 9.74 s.
*tolerated: *
What took the time:
  One at a time: `./configure` ran 1734 children, 9.51 s of 9.74 s.
  Repeated: `gcc -c -g -O2 conftest.c` ran 199 times, 42 %*' '' pt-why slow.pt
printf 'fork\tts=1\tpid=2\tppid=1\tpgid=1\tsid=1\n' >none.pt
t_case 'nothing at all' 0 '`(unknown)` still ran after 0 ns.
Nothing stands out: 1 process, at most 0 at a time.' '~*' pt-why none.pt
t_case 'no process' 1 '' 'pt-why: no process in the recording' pt-why /dev/null
t_done
