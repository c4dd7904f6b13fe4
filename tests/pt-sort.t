#!/bin/sh
# pt-sort: the same lines by time, stable, whatever the memory
# shellcheck disable=SC2094 # each is of another command
. "${0%/*}/lib.sh"
t_need perl cmp timeout

here=$PWD
cut='cut record at the end (no newline), not used'

# tick TS...: a line of each
tick() {
	printf 'tick\tts=%s\tcpu=0\n' "$@"
}

# oracle FILE...: written without a look at pt-sort: line, time, place; the
# stable sort of perl
cat >oracle <<'EOF'
use strict; use sort 'stable';
my @lines;
for my $file (@ARGV) {
	open my $in, '<:raw', $file or die; my $ts = 0;
	while (my $line = <$in>) {
		my (undef, @fields) = split /\t/, $line;
		for (@fields) {
			last if /^argv=/;
			next unless /^ts=/;
			$ts = $1 if /^ts=([0-9]+)$/;
			last;
		}
		push @lines, [$ts, $line];
	}
}
binmode STDOUT;
print $_->[1] for sort { $a->[0] <=> $b->[0] } @lines;
EOF
oracle() {
	perl "$here/oracle" "$@"
}

# recording SEED LINES MODE [BYTES]: of all sorts of lines; MODE is ordered,
# cpus (ascending streams which interleave) or random
cat >recording <<'EOF'
use strict; my ($seed, $n, $mode, $bytes) = @ARGV; srand $seed;
binmode STDOUT;
my @cpus = map { int rand 1000 } 0..3; my $ts = 0;
print "trace\tversion=1\tstart=5\targv=make\tts=99\n";
for my $i (1..$n) {
	my $cpu = int rand 4;
	if ($mode eq 'ordered') { $ts += int rand 3 }
	elsif ($mode eq 'cpus') { $ts = $cpus[$cpu] += int rand 20 }
	else { $ts = int rand($n / 4) }
	my $time = "\tts=$ts\tcpu=$cpu"; my $what = rand 20;
	my $line = $what < 1 ? "\@seq[$cpu]: $i" : $what < 2 ? "Lost $i events"
	    : $what < 3 ? "" : $what < 4 ? "new\tkey=$i"
	    : $what < 5 ? "args\tcpu=$cpu\tseq=$i\tts=$ts\toff=64\tx=2d6f00"
	    : $what < 6 ? "fd\tpid=3$time\tref=pipe:[$i]"
	    : "exec$time\tpid=$i\tfile=/bin/x\targv=x\tts=$i\t\t" . 'a' x rand 100;
	$line .= join '', map { chr((11 + int rand 255) % 256) } 1..rand $bytes
	    if $bytes;
	print "$line\n";
}
EOF
recording() {
	perl "$here/recording" "$@"
}

tick 2 1 >in
tick 1 2 >sorted
t_case 'sorts by time' 0 @sorted '' pt-sort in
t_case 'standard input' 0 @sorted '' pt-sort <in
t_case 'standard input as -' 0 @sorted '' pt-sort - <in
: >empty
t_case 'nothing' 0 '' '' pt-sort empty
t_case 'no such file' 2 '' 'pt-sort: none: No such file or directory' \
    pt-sort in none
t_case 'a directory' 2 '' 'pt-sort: .: Is a directory' pt-sort .
t_case 'no such file to merge' 2 '' \
    'pt-sort: none: No such file or directory' pt-sort -m sorted none

# equal times, lines without a time of their own
cat >in <<'EOF'
trace	version=1	argv=make	ts=7
Attaching 20 probes...
b	ts=5	n=1
unknown	key=value
a	ts=5	n=2

d	pid=1	ts=3	n=3
@seq[0]: 12
Lost 3 events
c	ts=5	n=4
zero	ts=0
args	ts=3	cpu=1	seq=9	off=64	x=00
EOF
cat >want <<'EOF'
trace	version=1	argv=make	ts=7
Attaching 20 probes...
zero	ts=0
d	pid=1	ts=3	n=3
@seq[0]: 12
Lost 3 events
args	ts=3	cpu=1	seq=9	off=64	x=00
b	ts=5	n=1
unknown	key=value
a	ts=5	n=2

c	ts=5	n=4
EOF
t_case 'equal times and lines without a time keep their places' 0 @want '' \
    pt-sort in

printf 'x\tts=1\tn=%s\n' 1 2 >a
printf 'head\nx\tts=0\nx\tts=1\tn=3\n' >b
printf 'head\nx\tts=0\nx\tts=1\tn=1\nx\tts=1\tn=2\nx\tts=1\tn=3\n' >want
t_case 'each file begins at 0, equal times in the order of the files' \
    0 @want '' pt-sort a b
t_case 'so does -m' 0 @want '' pt-sort -m a b

tick 9223372036854775807 0 9223372036854775806 1 >in
tick 0 1 9223372036854775806 9223372036854775807 >want
t_case 'the limits of time' 0 @want '' pt-sort in
t_case '4294967295 and 4294967296' 0 "$(tick 4294967295 4294967296)" '' \
    eval 'tick 4294967296 4294967295 | pt-sort'

tick 5 9223372036854775808 4 -1 '' 1x >in
tick 4 -1 '' 1x 5 9223372036854775808 >want
reason='ts= is not a number or too large'
t_case 'a bad time is reported, its line keeps its place' 1 @want \
"pt-sort: in:2: $reason
pt-sort: in:4: $reason
pt-sort: in:5: $reason
pt-sort: in:6: $reason" pt-sort in
tick x x x x x x x x x x x x >in
t_case 'bad lines are counted' 1 @in '~*in:10: *
pt-sort: 2 more bad lines, 12 in all' pt-sort in

{ tick 2 1; printf 'tick\tts=0'; } >in
t_case 'a cut last line' 1 @sorted "pt-sort: in:3: $cut" pt-sort in
{ tick 1 2; printf 'tick\tts=0'; } >in
t_case 'a cut last line in -m' 1 @sorted "pt-sort: in:3: $cut" pt-sort -m in

# against the oracle: in memory, in runs that are merged at once, and in
# passes (65536 bytes hold four buffers)
all_ways() {
	recording "$@" >in
	oracle in >want || return
	for size in 1G 200K 1b; do
		pt-sort -S "$size" -o got in && cmp want got &&
		    pt-sort -c got || return
	done
}
many_times() {
	for seed in 1 2 3 4 5 6 7 8; do
		all_ways "$seed" 5000 "$@" || { echo "seed $seed"; return 1; }
	done
}
t_ok 'any memory: in order' many_times ordered
t_ok 'any memory: CPUs interleaved' many_times cpus
t_ok 'any memory: random' many_times random
t_ok 'any memory: bytes of every value' many_times random 300
t_ok 'any memory: long lines' all_ways 9 300 random 9000

big_lines() {
	perl -e 'for $t (3, 1, 2) {
		print "exec\tts=$t\targv=", chr(96 + $t) x 1000000, "\n" }' >in
	oracle in >want
	pt-sort -S 64K in | cmp - want
}
t_ok 'lines larger than all the memory' big_lines

recording 1 100000 random >big
oracle big >want
t_case 'what fits into -S needs no directory' 0 @want '' \
    pt-sort -S 64M -T none big
t_case 'what does not is written to it' 2 '' \
    'pt-sort: none: temporary file: No such file or directory' \
    pt-sort -S 1M -T none big
TMPDIR=none t_case 'TMPDIR is the directory by default' 2 '' \
    'pt-sort: none: temporary file: No such file or directory' \
    pt-sort -S 1M big

limited() {
	# shellcheck disable=SC3045 # a shell which cannot fails
	ulimit -v 8192 && "$@"
}
# sanitizers need more address space
if [ -z "${SAN:-}" ]; then
	t_case '-S bounds the memory' 0 @want '' limited pt-sort -S 1M big
	t_case '(a larger one would not do)' 2 '' \
	    '~pt-sort: *[Mm]emory' limited pt-sort -S 16M big
fi

t_case 'in place' 0 '' '' pt-sort -o big big
t_ok '... is sorted' cmp big want
t_case '-c: in order' 0 '' '' pt-sort -c big want
printf 'x\tts=%s\n' 1 3 2 3 >in
t_case '-c: out of order' 1 '' \
    'pt-sort: in:3: earlier than the line before it' pt-sort -c sorted in

# -m
cut_up() {
	mkdir parts
	recording 1 10000 ordered | split -l 10 -a 4 - parts/
	recording 2 10000 ordered | split -l 10 -a 4 - parts/x
	oracle parts/* >want
	set -- parts/*
	[ $# -ge 2000 ]
}
few_files() {
	# shellcheck disable=SC3045 # a shell which cannot fails
	ulimit -n 64 && "$@"
}
t_ok 'there are 2,000 files' cut_up
t_case '-m: more files than can be open' 0 @want '' \
    few_files pt-sort -m -S 128K parts/*
oracle parts/aaa* >want
t_case '-m: some files' 0 @want '' pt-sort -m parts/aaa*
tick 0 4294967296 9223372036854775807 >a
tick 4294967295 9223372036854775806 >b
t_case '-m: the limits of time' 0 \
    "$(tick 0 4294967295 4294967296 9223372036854775806 9223372036854775807)" \
    '' pt-sort -m a b
t_case '-m: one file' 0 @sorted '' pt-sort -m sorted
t_case '-m: standard input' 0 @sorted '' pt-sort -m <sorted
t_case '-m: no lines' 0 '' '' pt-sort -m empty empty
printf 'x\tts=%s\n' 1 9 3 >a
printf 'x\tts=%s\n' 5 9 10 >b
printf 'x\tts=%s\n' 1 5 9 3 9 10 >want
unsorted='pt-sort: a:3: earlier than the line before it'
t_case '-m: out of order' 1 @want "$unsorted" pt-sort -m a b
t_case '-m: out of order in many files' 1 @want "$unsorted" \
    pt-sort -m -S 64K a b

# recordings of two machines: equal PIDs stay apart, on one time line
one_of() { # HOST START STATUS
	printf '%s\n' "trace|version=1|start=$2|host=$1|cpus=0-1" \
	    'root|ts=1|pid=10' 'fork|ts=1|pid=10|ppid=1|pgid=1|sid=1' \
	    "exec|ts=2|pid=10|ppid=1|pgid=10|sid=1|cpu=0|argv=make|ts=$1" \
	    'lost|ts=3|cpu=0|count=1|since=2' 'tick|ts=3|cpu=0' 'new|x=y' \
	    "exit|ts=30|pid=10|ppid=1|pgid=10|sid=1|status=$3" 'end|ts=31' |
	    tr '|' '\t'
}
one_of alpha 1000000000000000005 0 >alpha
one_of beta 1000000000000000000 3 >beta
marked() { # of alpha, 5 ns later than beta
	printf '%s\n' 'trace|version=1|start=1000000000000000000|host=beta|R=beta@1000000000000000000' \
	    'root|ts=1|pid=10|R=beta@1000000000000000000' \
	    'fork|ts=1|pid=10|ppid=1|pgid=1|sid=1|R=beta@1000000000000000000' \
	    'exec|ts=2|pid=10|ppid=1|pgid=10|sid=1|cpu=0|R=beta@1000000000000000000|argv=make|ts=beta' \
	    'lost|ts=3|cpu=0|count=1|since=2|R=beta@1000000000000000000' \
	    'new|x=y|R=beta@1000000000000000000' \
	    'trace|version=1|start=1000000000000000000|host=alpha|R=alpha@1000000000000000005' \
	    'root|ts=6|pid=10|R=alpha@1000000000000000005' \
	    'fork|ts=6|pid=10|ppid=1|pgid=1|sid=1|R=alpha@1000000000000000005' \
	    'exec|ts=7|pid=10|ppid=1|pgid=10|sid=1|cpu=0|R=alpha@1000000000000000005|argv=make|ts=alpha' \
	    'lost|ts=8|cpu=0|count=1|since=7|R=alpha@1000000000000000005' \
	    'new|x=y|R=alpha@1000000000000000005' \
	    'exit|ts=30|pid=10|ppid=1|pgid=10|sid=1|status=3|R=beta@1000000000000000000' \
	    'end|ts=31|R=beta@1000000000000000000' \
	    'exit|ts=35|pid=10|ppid=1|pgid=10|sid=1|status=0|R=alpha@1000000000000000005' \
	    'end|ts=36|R=alpha@1000000000000000005' | sed 's/|R=/|run=/' | tr '|' '\t'
}
marked >want
t_case '-m: two machines' 0 @want '' pt-sort -m alpha beta
cp want both
one_of gamma 999999999999999990 7 >gamma
third() {
	pt-sort -m both gamma >three && awk '
	$1 == "trace" { print $3 } $1 == "fork" { print $2, $NF }' three
}
t_case '-m: and a third one' 0 'start=999999999999999990
ts=1 run=gamma@999999999999999990
start=999999999999999990
ts=11 run=beta@1000000000000000000
start=999999999999999990
ts=16 run=alpha@1000000000000000005' '' third
t_case '-m: merging them at once is the same' 0 '' '' eval \
    'pt-sort -m alpha beta gamma | diff - three'
tree_of() {
	pt-sort -m "$@" | pt-ingest 2>lost | pt-render-tree 2>>lost
}
t_case '... each is a process of its own' 0 'pid   time  end     command
beta
 10  29 ns  exit 3  make ts=beta
alpha, 5 ns later
 10  29 ns          make ts=alpha' '' tree_of alpha beta
head -n 3 alpha >part1
tail -n +4 alpha >part2
t_case '-m: parts of one recording stay as they are' 0 @alpha '' \
    pt-sort -m part1 part2
t_case '-m: a part of which nothing is known' 2 '' \
    'pt-sort: part2: no trace line at its start: it is not known of which recording it is' \
    pt-sort -m part1 part2 beta
sed '1s/	start=[0-9]*//' alpha >timeless
t_case '-m: no start' 2 '' \
    'pt-sort: timeless: the recording does not say when it started, so it cannot be merged with others' \
    pt-sort -m timeless beta
printf 'trace\tversion=1\tstart=7\nexec\tts=5\tpid=9\tppid=1\tpgid=1\tsid=1\tcpu=0\tseq=1\n' >bare
t_case '-m: the bare tracer' 2 '~trace*' \
    '~pt-sort: bare:2: a line of the bare tracer*' pt-sort -m bare beta
cat alpha beta >one_behind_the_other
t_case 'two recordings in one file' 2 '' \
    'pt-sort: one_behind_the_other:10: another recording begins here: sort each into a file of its own, then merge these with -m' \
    pt-sort one_behind_the_other
t_case 'two recordings in two files' 2 '' '~pt-sort: beta:1: another*' \
    pt-sort alpha beta
left_out='another recording begins here and is left out: pt-sort -m puts several together'
lost='1 event was lost: processes, execs and ends may be missing'
t_case '-m: more recordings than can be open' 2 '' \
    'pt-sort: beta: another recording, and too many files to merge at once: fewer, or more memory (-S)' \
    pt-sort -m -S 256K alpha beta
t_case '... are not one tree' 1 'pid   time  command
 10  29 ns  make ts=alpha' "pt-render-tree: beta:1: $left_out
pt-render-tree: $lost" pt-render-tree alpha beta

# the reader gets a line while the writers hold their ends open
live() {
	mkfifo a.fifo b.fifo out.fifo || return
	pt-sort -m a.fifo b.fifo >out.fifo &
	exec 5<out.fifo 3>a.fifo
	tick 1 4 >&3
	exec 4>b.fifo
	tick 2 3 >&4
	timeout 300 sed -u 2q <&5 >got
	exec 3>&- 4>&-
	timeout 300 cat <&5 >>got
	wait $! && tick 1 2 3 4 | cmp - got
}
t_ok '-m: lines come as soon as they can' live

# by default, no more memory than it may have; the sanitizers need all of it
tick 2 1 >two
tick 1 2 >want
in_little() {
	(ulimit "$1" 200000 && pt-sort two)
}
for limit in -v -d; do
	[ -n "${SAN:-}" ] || ! (ulimit $limit 200000) 2>/dev/null ||
	    t_case "ulimit $limit" 0 @want '' in_little $limit
done

# full disks
recording 1 30000 random >big
in_tmpfs() {
	unshare -m sh -ec 'mount -t tmpfs -o size=1m pt-sort small; exec "$@"' \
	    sh "$@"
}
mkdir small
echo old >old
full='pt-sort: small: temporary file: No space left on device'
if in_tmpfs true 2>/dev/null; then
	t_case 'no space for temporary files' 2 '' "$full" \
	    in_tmpfs pt-sort -S 64K -T small big
	t_case 'the output file stays as it was' 2 '' "$full" \
	    in_tmpfs pt-sort -S 64K -T small -o old big
	t_ok '... old' grep -qx old old
	# one pass doubles it
	head -c 700000 big | sed '$d' >half
	t_case 'no space for a pass' 2 '' "$full" \
	    in_tmpfs pt-sort -S 64K -T small half
	t_case '(there was for the runs)' 0 '~trace*' '' \
	    in_tmpfs pt-sort -S 300K -T small half
	t_case 'no space for the output' 2 '' \
	    'pt-sort: small/new: No space left on device' \
	    in_tmpfs pt-sort -o small/new big
else
	t_skip 'no space for temporary files' 'tmpfs cannot be mounted'
fi
t_device full
recording 1 10000 ordered >again
full='No space left on device'
for size in 64K 64M; do
	t_case "a full disk, -S $size" 2 '' "pt-sort: full: $full" \
	    pt-sort -S $size -o full big
done
t_case 'a full disk, -m' 2 '' "pt-sort: full: $full" \
    pt-sort -m -o full again again
t_case 'a full disk, a few lines' 2 '' "pt-sort: full: $full" \
    pt-sort -o full sorted

# Nothing is left when a signal comes while there are temporary files: more
# has been taken from the FIFO than -S and the pipe hold.
signalled() {
	mkdir "temp.$1" && mkfifo "in.$1" || return
	# a shell ignores INT for what runs in the background
	# shellcheck disable=SC2016 # perl's
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' pt-sort -S 64K \
	    -T "temp.$1" -o "new.$1" "in.$1" 2>/dev/null &
	exec 3>"in.$1"
	cat big >&3
	before=$(ls -A "temp.$1")
	open=$(readlink /proc/$!/fd/* | grep -c "/temp\.$1/.*deleted")
	kill -s "$1" $!
	wait $!
	status=$?
	exec 3>&-
	echo "status $status; in the directory: $before; open there: $open"
	ls -A "temp.$1" >left
	[ "$status" -gt 128 ] && [ ! -s left ] && [ -z "$before" ] &&
	    { [ ! -d /proc/self/fd ] || [ "$open" -eq 1 ]; }
}
for sig in HUP INT TERM PIPE KILL; do
	t_ok "nothing is left of SIG$sig" signalled $sig
done
rm -f new.KILL.*
t_ok 'nor an unfinished output file' eval '! ls -d new.*'

# a file system that cannot make files without a name
without_tmpfile() {
	strace -qq -o trace -e inject='?open,openat:error=EOPNOTSUPP' \
	    -P "$PWD/temp" -e trace='?open,openat' \
	    pt-sort -S 64K -T "$PWD/temp" big
}
mkdir temp
oracle big >want
if [ -n "${SAN:-}" ]; then
	:	# LeakSanitizer traces too
elif ! strace -o trace true 2>/dev/null; then
	t_skip 'a directory without O_TMPFILE' 'strace cannot be used'
else
	t_case 'a directory without O_TMPFILE' 0 @want '' without_tmpfile
	t_ok '... which was one' grep -q INJECTED trace
	t_ok '... is left empty' rmdir temp
fi

for size in '' K x 1x -1 1.5M 1MB 99999999999G; do
	t_case "-S '$size' is refused" 2 '' \
	    "pt-sort: --buffer-size: '$size' is not a size" \
	    pt-sort -S "$size" sorted
done
for size in 0 1b 64 64K 1M 1G; do
	t_case "-S $size" 0 @sorted '' pt-sort --buffer-size=$size sorted
done
t_case 'unknown option' 2 '' '~*--help*' pt-sort --reverse

t_done
