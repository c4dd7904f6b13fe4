#!/bin/sh
# pt-ingest: who belongs, which life is meant, what was lost
. "${0%/*}/lib.sh"
end='pt-ingest: the recording has no end: it was cut, or goes on'

# ev KIND TS PID PPID [FIELD...]: an event
ev() {
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=1\tsid=1' "$1" "$2" "$3" "$4"
	shift 4
	[ $# -eq 0 ] || printf '\t%s' "$@"
	echo
}
line() {
	printf '%s' "$1"
	shift
	printf '\t%s' "$@"
	echo
}

# a whole tree, and strangers
{
	line trace version=1 start=17 host=h cpus=0-1 argv=make -j
	line root ts=0 pid=100
	ev fork 5 100 50 cpu=0
	line tick ts=6 cpu=0
	line tick ts=6 cpu=1
	ev exec 7 101 100 cpu=1 file=/bin/cc argv=cc '' 'a b'
	ev fork 6 101 100 cpu=0
	ev fork 8 60 1 cpu=0
	ev exec 9 60 1 cpu=0
	ev exit 10 100 50 cpu=1 status=0
	ev setsid 11 101 1 cpu=0
	ev fork 12 102 101 cpu=0
	ev exit 13 60 1 cpu=0 status=0
	ev exit 14 101 1 cpu=1 signal=SIGKILL
	ev exit 15 102 1 cpu=1 status=3 new=kept
	line end ts=20
} >all
{
	line trace version=1 start=17 host=h argv=make -j
	line root ts=5 pid=100
	ev fork 5 100 50 cpu=0
	ev fork 6 101 100 cpu=0
	ev exec 7 101 100 cpu=1 file=/bin/cc argv=cc '' 'a b'
	ev exit 10 100 50 cpu=1 status=0
	ev setsid 11 101 1 cpu=0
	ev fork 12 102 101 cpu=0
	ev exit 14 101 1 cpu=1 signal=SIGKILL
	ev exit 15 102 1 cpu=1 status=3 new=kept
	line end ts=20
} >tree
t_case 'the tree of the root line' 0 @tree '' pt-ingest all
t_case 'the tree of --root-pid' 0 @tree '' pt-ingest --root-pid 100 all
t_case 'its own output' 0 @tree '' pt-ingest tree
{
	line trace version=1 start=17 host=h argv=make -j
	line root ts=12 pid=102
	ev fork 12 102 101 cpu=0
	ev exit 15 102 1 cpu=1 status=3 new=kept
	line end ts=20
} >subtree
t_case 'a subtree of that' 0 @subtree '' pt-ingest -p 102 tree
t_case '-o FILE' 0 '' '' pt-ingest -o file all
t_ok '... has it all' cmp file tree
t_case '-o over the input' 0 '' '' pt-ingest -o all all
t_ok '... as well' cmp all tree

printf 'trace\tcpus=0\nroot\tts=5\tpid=100\n' >cpus
ev fork 5 100 50 cpu=0 >>cpus
sed '1s/.*/trace	version=1/' cpus >want
t_case 'a trace line with nothing but CPUs' 0 @want "$end" pt-ingest cpus

# which root
ev fork 5 100 50 >unnamed
# two roots, as of pt-capture -p 100 -p 200, and a stranger
{
	line trace version=1 cpus=0
	line root ts=0 pid=100
	line root ts=0 pid=200
	ev exec 3 200 1 snapshot=1 argv=b
	ev exec 3 100 1 snapshot=1 argv=a
	ev fork 5 201 200
	ev fork 6 301 300
	ev exec 7 301 300 argv=x
	ev fork 8 101 100
	ev exit 9 201 200 status=0
	line end ts=10
} >two
{
	line trace version=1
	line root ts=0 pid=100
	line root ts=0 pid=200
	ev exec 3 200 1 snapshot=1 argv=b
	ev exec 3 100 1 snapshot=1 argv=a
	ev fork 5 201 200
	ev fork 8 101 100
	ev exit 9 201 200 status=0
	line end ts=10
} >want
t_case 'the trees of two root lines' 0 @want '' pt-ingest two
t_case '... once more' 0 @want '' pt-ingest want
t_case '... one of them' 0 '~trace*pid=200*pid=201*' '' pt-ingest -p 200 two
cp "$out" one
t_ok '... alone' eval '! grep pid=10 one'

t_case 'no root line' 1 '' \
    'pt-ingest: the recording names no root: choose one with --root-pid' \
    pt-ingest unnamed
t_case 'no such process' 1 '' 'pt-ingest: process 7 is not in the recording' \
    pt-ingest -p 7 unnamed
t_case '... and no file of it' 1 '' \
    'pt-ingest: process 7 is not in the recording' pt-ingest -p 7 -o no unnamed
t_ok '... not even an empty one' test ! -e no
for spec in 0 -1 x 1@ 1@x 99999999 ''; do
	t_case "--root-pid '$spec'" 2 '' \
	    "pt-ingest: --root-pid: '$spec' is not PID or PID@TIME" \
	    pt-ingest "--root-pid=$spec" all
done
{
	ev fork 1 2 0
	ev exec 2 2 0
	line root ts=3 pid=100
	ev fork 5 100 50
} >zero
{
	line root ts=5 pid=100
	ev fork 5 100 50
} >want
t_case 'PID 0 is no root, before the root line' 0 @want '' pt-ingest zero

# a root that was there before the recording began, and its children
{
	ev exec 3 90 50
	ev exec 4 101 100 argv=old
	ev setpgid 5 100 50
	ev fork 6 102 100
	ev exec 7 101 100 argv=child
	ev exec 8 103 101 argv=grandchild
	ev exit 9 101 100 status=0
	ev setpgid 10 101 100
	ev exit 11 100 50 status=0
	ev exit 12 102 1 status=0
	ev exec 13 101 90
} >before
{
	line root ts=0 pid=100
	ev setpgid 5 100 50
	ev fork 6 102 100
	ev exec 7 101 100 argv=child
	ev exec 8 103 101 argv=grandchild
	ev exit 9 101 100 status=0
	ev exit 11 100 50 status=0
	ev exit 12 102 1 status=0
} >want
t_case 'a root that was there before' 0 @want '' pt-ingest -p 100 before
t_case '... once more' 0 @want '' pt-ingest want
{ line root ts=2 pid=100; sed 1d want; } >later
{ line root ts=2 pid=100; cat before; } >named
t_case '... named by a root line' 0 @later '' pt-ingest named
t_case '... once more' 0 @later '' pt-ingest later

# several lives
{
	ev exec 3 100 1 argv=old one
	ev fork 4 101 100
	ev exit 1000000000 100 1 status=0
	ev fork 2000000000 100 60
	ev exec 2000000001 100 60 'argv=sh' '-c' 'x\ny\x1b[m'
	ev fork 2000000002 101 100
	ev fork 3000000000 100 101
	ev fork 3000000001 102 100
} >lives
cat >list <<'LIST'
pt-ingest: 100 was several processes, choose with --root-pid:
  100@0                   0.000 s  old one
  100@2000000000          2.000 s  sh -c $'x\ny\x1b[m'
  100@3000000000          3.000 s  (no exec)
LIST
echo old >file
t_case 'several lives' 2 '~*' @list pt-ingest -p 100 lives
t_case '... with -o' 2 '' @list pt-ingest -p 100 -o file lives
t_ok '... which keeps what was there' grep -qx old file
{
	line root ts=0 pid=100
	sed -n 1,3p lives
} >want
t_case 'the first of them' 0 @want '' pt-ingest -p 100@0 lives
{
	line root ts=2000000000 pid=100
	sed '1,3d' lives
} >want
t_case 'the second, whose grandchild gets its PID' 0 @want '' \
    pt-ingest -p 100@2000000000 lives
{
	line root ts=3000000000 pid=100
	sed '1,6d' lives
} >want
t_case 'the third' 0 @want '' pt-ingest -p 100@2000000001 lives
{
	echo 'pt-ingest: no process 100 begins at 3000000001 or later:'
	sed 1d list
} >want
t_case 'none of them' 1 '' @want pt-ingest -p 100@3000000001 lives
{ line root ts=2000000000 pid=100; cat lives; } >named
{
	line root ts=2000000000 pid=100
	sed '1,3d' lives
} >want
t_case 'a root line means one' 0 @want '' pt-ingest named

# loss
{
	line trace version=1
	line lost ts=3 cpu=0 count=3 since=1
	ev exec 4 100 1 cpu=0
	line lost ts=5 cpu=1 count=18446744073709551615 since=0
	ev exec 6 101 100 cpu=1
	line lost ts=7 cpu=1 count=x
	line end ts=8
} >lossy
{
	line trace version=1
	line lost ts=3 cpu=0 count=3 since=1
	line root ts=0 pid=100
	sed 1,2d lossy
} >want
t_case 'what was lost before the root and after it is told' 0 @want \
    'pt-ingest: 18446744073709551615 events were lost: processes may lack their begin, their end, or be missing' \
    pt-ingest -p 100 lossy

# what it does not know
{
	line weather ts=1 sky=blue
	line news what=none
	ev fork 2 100 1
	line weather ts=3 sky=grey
	line fd ts=4 pid=100 fd=3
	line fd ts=5 pid=60 fd=3
	ev chroot 6 100 1 'argv=' ''
	ev chroot 7 60 100
} >unknown
{
	sed -n 1,2p unknown
	line root ts=2 pid=100
	sed -n '3,5p;7p' unknown
} >want
t_case 'unknown kinds are carried through' 0 @want '' pt-ingest -p 100 unknown

# the order of time
{
	line root ts=0 pid=100
	ev fork 5 100 1
	ev exec 5000000000 100 1
	ev exec 9000000000 100 1
	ev exec 4 100 1
	ev exec 3 100 1
} >late
{
	line root ts=5 pid=100
	sed -n 2,4p late
} >want
cat >why <<'WHY'
pt-ingest: late:5: comes too late for its time, left out
pt-ingest: late:6: comes too late for its time, left out
pt-ingest: 2 events came too late to be placed: pt-sort first
WHY
t_case 'time that goes back is told, with the cure' 1 @want @why pt-ingest late
{
	line root ts=0 pid=100
	sed '1,4d' late | tac
	sed '1d;5,$d' late
} >sorted
pt-sort late >cured
t_ok '... which helps' cmp sorted cured
t_case 'a recording without an end' 0 '~trace*root*fork*' "$end" \
    pt-ingest -p 100 - <<EOT
trace	version=1
$(ev fork 1 100 1)
EOT
# the lines at the head of the script, as events: the head says what they mean
sample() {
	printf 'trace\tversion=1\tstart=1\n'
	sed -n '/^ \*	fork ts/,/^ \*$/s/^ \*	//p' "$ROOT/share/bpftrace/proctrace.bt" |
	    awk '
	/^ / { sub(/^ +/, ""); line = line " " $0; next }
	{ if (line) print line; line = $0 }
	END { print line; print "end ts=1220453368" }' | tr ' ' '\t'
}

sampled() {
	sample | pt-ingest -p 5543 | grep -e '^fork' -e '^exec' -e '^exit'
}

t_case 'what the head of the script shows' 0 \
    'fork	ts=1218460731	pid=5543	ppid=5541	pgid=2646	sid=15142	cpu=0
exec	ts=1218665433	pid=5543	ppid=5541	pgid=2646	sid=15142	cpu=0	file=/usr/bin/sh	argv=sh	-c	/bin/true x; exit 3
exit	ts=1220453368	pid=5543	ppid=5541	pgid=2646	sid=15142	cpu=0	status=3	cputime=723712	comm=sh' \
    '~*were lost*' sampled
t_done
