#!/bin/sh
# pt-diff: which process is which, and what is different about it
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
t_need perl jq

# recording NAME: NAME.pt, of processes as
#	PID START END ENDING COMMAND...
# in milliseconds, with a blank in front for each level of the tree. END may be
# "-", it still runs then; ENDING is a status or a signal; COMMAND may be "-", it
# executes nothing; "lost COUNT" is a lost event at the end.
cat >recording.pl <<'EOF'
my (@lines, @above); my $end = 0;
while (<>) {
	if (/^lost (\d+)/) { $lost = $1; next }
	my ($indent, $pid, $from, $to, $how, @argv) =
	    /^( *)(\d+) ([\d.]+) ([\d.-]+) (\S+) (.*)/ or die $_;
	my $depth = length $indent; $above[$depth] = $pid;
	my $ids = join "\t", "pid=$pid", 'ppid=' . ($depth ?
	    $above[$depth - 1] : 1), 'pgid=1', 'sid=1';
	$root //= "root\tts=0\tpid=$pid\n"; $_ *= 1e6 for $from, $to;
	my $line = sub { my ($ts, $kind, @more) = @_;
		push @lines, [$ts, join "\t", $kind, "ts=$ts", $ids, @more];
		$end = $ts if $ts > $end };
	$line->($from, 'fork');
	$line->($from, 'exec', 'file=/bin/x', 'argv=' . join "\t",
	    split / /, $argv[0]) if $argv[0] ne '-';
	$line->($to, 'exit', $how =~ /SIG/ ? "signal=$how" : "status=$how")
	    if $to;
}
print "trace\tversion=1\n$root";
print "$_->[1]\n" for sort { $a->[0] <=> $b->[0] } @lines;
print "lost\tts=$end\tcount=$lost\n" if $lost;
print "end\tts=$end\n";
EOF
recording() {
	perl recording.pl >"$1.pt"
}

# what is different, a line each
cat >lines.jq <<'EOF'
def ms: . / 1000000;
def name: .command;
(.ends_differ[] | "end \(.old.end), \(.new.end): \(.new | name)"),
(.new_processes[] | "new \(.subtree_ns | ms) +\(.descendants): \(.process | name)"),
(.gone_processes[] | "gone \(.subtree_ns | ms) +\(.descendants): \(.process | name)"),
(.slower[] | "slower \(.change_ns | ms): \(.new | name)"),
(.faster[] | "faster \(.change_ns | ms): \(.new | name)")
EOF
lines() {
	pt-diff --json --top 0 "$@" >json
	lines_status=$?
	jq -r -f lines.jq json
	return "$lines_status"
}
# differ NAME WANT ARG...: of old.pt and new.pt
differ() {
	differ_name=$1 want=$2
	shift 2
	if [ -n "$want" ]; then
		t_case "$differ_name" 1 "$want" '' lines "$@" old.pt new.pt
	else
		t_case "$differ_name" 0 '' '' lines "$@" old.pt new.pt
	fi
}

recording old <<'EOF'
10 0 5000 0 make -j2
 11 100 1100 0 sh -c cc -c a.c
  12 110 1090 0 cc -c a.c
 13 200 900 0 sh -c cc -c b.c
  14 210 890 0 cc -c b.c
 15 1200 2200 0 test 1
 16 2300 2400 1 test 2
 17 2500 2510 SIGSEGV test 3
 18 2600 2700 0 -
 19 2800 3800 0 ld -o /tmp/cc1234 a.o b.o
EOF
recording new <<'EOF'
20 1000 6000 0 make -j2
 23 1100 1800 0 sh -c cc -c b.c
  24 1110 1790 0 cc -c b.c
 21 1200 2200 0 sh -c cc -c a.c
  22 1210 2190 0 cc -c a.c
 25 2200 3200 0 test 1
 26 3300 3400 1 test 2
 27 3500 3510 SIGSEGV test 3
 28 3600 3700 0 -
 29 3800 4800 0 ld -o /tmp/ccXYZ a.o b.o
EOF
differ 'the same job' ''
t_case '... nothing is printed' 0 '' '' pt-diff old.pt new.pt
t_case '... and it is the same with itself' 0 '' '' pt-diff old.pt old.pt
t_ok '... all processes are found again' jq -e '.same_processes == 10' json

recording new <<'EOF'
20 1000 6450 0 make -j2
 21 1100 2550 0 sh -c cc -c a.c
  22 1110 2540 0 cc -c a.c
 23 1200 1900 0 sh -c cc -c b.c
  24 1210 1890 0 cc -c b.c
 25 2200 2900 0 test 1
 26 3300 3400 0 test 2
 27 3500 3510 2 test 3
 28 3600 3699 0 -
 29 3800 - 0 ld -o /tmp/ccXYZ a.o b.o
EOF
differ 'durations and ends' 'end exit 1, exit 0: test 2
end SIGSEGV, exit 2: test 3
end exit 0, running: ld -o /tmp/ccXYZ a.o b.o
slower 450: cc -c a.c
faster -300: test 1'
t_ok '... one is explained' jq -e '.explained == 1' json
differ 'all durations' 'end exit 1, exit 0: test 2
end SIGSEGV, exit 2: test 3
end exit 0, running: ld -o /tmp/ccXYZ a.o b.o
slower 450: sh -c cc -c a.c
slower 450: cc -c a.c
faster -300: test 1' --all
ends='end exit 1, exit 0: test 2
end SIGSEGV, exit 2: test 3
end exit 0, running: ld -o /tmp/ccXYZ a.o b.o'
differ 'the change is enough' "$ends
slower 450: cc -c a.c" --min-change 300.000001
differ 'it is just enough' "$ends
slower 450: cc -c a.c" --min-change 450
differ 'it is not' "$ends" --min-change 450.000001
differ 'relative' "$ends
slower 450: cc -c a.c
faster -300: test 1" --min-percent 30
differ 'relative, not enough' "$ends
slower 450: cc -c a.c" --min-percent 31
differ 'every change' "$ends
slower 450: cc -c a.c
faster -300: test 1
faster -1: make -j2" --min-percent 0 --min-change 0
differ 'of long ones only' "$ends
slower 450: sh -c cc -c a.c" -m 1431
differ 'of none' "$ends" -m 1450.000001

recording new <<'EOF'
20 1000 6000 0 make -j2
 21 1100 2100 0 sh -c cc -c a.c
  22 1110 2090 0 cc -c a.c
  30 1200 1300 0 rm x
   31 1210 3310 0 rm y
   32 1220 1230 0 rm z
 25 2200 3200 0 test 1
 26 3300 3400 1 test 2
 28 3600 3700 0 -
 29 3800 4800 0 ld -o /tmp/ccXYZ a.o b.o
 33 4000 4001 0 -
EOF
differ 'new and gone' 'new 2110 +2: rm x
new 1 +0: make -j2
gone 700 +1: sh -c cc -c b.c
gone 10 +0: test 3'
differ 'new and gone, long ones' 'new 2110 +2: rm x
gone 700 +1: sh -c cc -c b.c' -m 10.1

recording new <<'EOF'
20 1000 6000 0 make -j2
 21 1100 2100 0 sh -c cc -c a.c
  22 1110 2090 0 cc -c a.c
 23 2200 3200 0 test 1
EOF
recording old <<'EOF'
10 0 2000 0 make -j2
 11 100 1100 0 sh -c cc -c a.c
  12 110 1090 0 cc -c a.c
  13 120 125 0 cc -c b.c
EOF
differ 'a new child is the reason' 'new 1000 +0: test 1
gone 5 +0: cc -c b.c
slower 3000: make -j2'
recording new <<'EOF'
20 1000 3300 0 make -j2
 21 1100 2100 0 sh -c cc -c a.c
  22 1110 2090 0 cc -c a.c
 23 2200 3000 0 test 1
EOF
differ '... by three quarters or more' 'new 800 +0: test 1
gone 5 +0: cc -c b.c' --min-percent 1
cp old.pt swap && cp new.pt old.pt && cp swap new.pt
differ '... and one that is gone' 'new 5 +0: cc -c b.c
gone 800 +0: test 1' --min-percent 1

recording old <<'EOF'
10 0 4000 0 a
 11 100 1100 0 b
 12 1200 3200 0 c
20 0 4000 0 d
 21 100 1100 0 e
EOF
recording new <<'EOF'
10 0 5000 0 a
 11 100 1840 0 b
 12 1900 2900 0 c
20 0 5000 0 d
 21 100 1850 0 e
EOF
differ 'a child by three quarters, another the other way' 'slower 1000: a
slower 750: e
slower 740: b
faster -1000: c'
recording old <<'EOF'
10 0 4000 0 a
 11 100 4001 0 b
20 0 4000 0 c
 21 100 3999 0 d
  22 3997 3998 0 f
EOF
recording new <<'EOF'
10 0 5000 0 a
 11 100 5000 0 b
20 0 5000 0 c
 21 100 4000 0 d
 23 100 5001 0 e
EOF
differ 'a child that is not waited for is no reason' 'new 4901 +0: e
gone 1 +0: f
slower 1000: a
slower 1000: c
slower 999: b'
cp old.pt swap && cp new.pt old.pt && cp swap new.pt
differ '... nor one that is gone' 'new 1 +0: f
gone 4901 +0: e
faster -1000: a
faster -1000: c
faster -999: b' --min-percent 19
recording old <<'EOF'
10 0 4000 0 a
EOF
recording new <<'EOF'
10 0 - 0 a
EOF
sed '/^exit/s/	status.*//' old.pt >exited.pt
mv exited.pt old.pt
differ 'it has ended, but who knows how' 'end exited, running: a'

# which is which
recording old <<'EOF'
10 0 9000 0 make
 11 100 200 1 cc -O2 -c a.c -o a.o
 12 200 300 2 cc -O2 -c b.c -o b.o
 13 300 400 3 cc -O2 -c c.c -o c.o
 14 400 500 4 as /tmp/cc1.s -o 1.o
 15 500 600 5 as /tmp/cc2.s -o 2.o
 16 600 700 6 kill 4711
 17 700 800 7 kill 4712
 18 800 900 8 echo one
 19 900 950 9 echo two
 20 950 960 10 show 0123456789abcdef
EOF
recording new <<'EOF'
10 0 9000 0 gmake all
 13 100 200 3 cc -O3 -g -c c.c -o c.o
 12 200 300 2 cc -O3 -g -c b.c -o b.o
 11 300 400 1 cc -O3 -g -c a.c -o a.o
 15 400 500 5 as /tmp/ccx.s -o 2.o
 14 500 600 4 as /tmp/ccy.s -o 1.o
 16 600 700 6 kill 815
 17 700 800 7 kill 816
 19 800 900 8 echo three
 18 900 950 9 echo four
 20 950 960 10 show fedcba9876543210
EOF
differ 'all are found by what they are' ''
t_ok '... all' jq -e '.same_processes == 11' json
recording old <<'EOF'
10 0 9000 0 make
 11 100 200 1 t /tmp/a1 p q
 12 200 300 2 t /tmp/a2 p r
 13 300 400 3 t /tmp/a3 s r
 14 400 500 4 t /tmp/a4 s q
 15 500 600 5 u 1 p q
 16 600 700 6 u 2 p r
 17 700 800 7 u 3 s r
 18 800 900 8 u 4 s q
EOF
recording new <<'EOF'
10 0 9000 0 make
 14 100 200 4 t /tmp/b1 s q
 13 200 300 3 t /tmp/b2 s r
 12 300 400 2 t /tmp/b3 p r
 11 400 500 1 t /tmp/b4 p q
 18 500 600 8 u 5 s q
 17 600 700 7 u 6 s r
 16 700 800 6 u 7 p r
 15 800 900 5 u 8 p q
EOF
differ 'no argument is unique' ''
recording new <<'EOF'
10 0 9000 0 make
 11 100 200 0 clang -O2 -c a.c -o a.o
EOF
recording old <<'EOF'
10 0 9000 0 make
 11 100 200 0 cc -O2 -c a.c -o a.o
EOF
differ 'another program is another process' 'new 100 +0: clang -O2 -c a.c -o a.o
gone 100 +0: cc -O2 -c a.c -o a.o'
recording new <<'EOF'
10 0 9000 0 make
 11 100 200 0 -
EOF
recording old <<'EOF'
10 0 9000 0 make
 11 100 200 0 make
EOF
differ 'who executes is not who was only forked' 'new 100 +0: make
gone 100 +0: make'
recording old <<'EOF'
10 0 900 0 sh
20 100 200 0 daemon
EOF
recording new <<'EOF'
30 0 100 0 daemon
40 10 900 0 bash
EOF
sed 's/^root	.*/root	ts=0	pid=40/' new.pt >new2.pt && mv new2.pt new.pt
differ 'roots that are named are the same' ''
cat >life.pt <<'EOF'
fork	ts=1	pid=5	ppid=1	pgid=1	sid=1
exec	ts=2	pid=5	ppid=1	pgid=1	sid=1	argv=a
exit	ts=3	pid=5	ppid=1	pgid=1	sid=1	status=0
fork	ts=4	pid=5	ppid=1	pgid=1	sid=1
exec	ts=5	pid=5	ppid=1	pgid=1	sid=1	argv=b	\x1b[31m	é
exit	ts=6	pid=5	ppid=1	pgid=1	sid=1	status=0
EOF
head -n 3 life.pt >life1.pt
cat >want <<'EOF'
a

Wall time       2 ns before, 2 ns now, +0 ns, +0 %
Concurrency     1.00 before, 0.80 now, of processes without children
Processes       1 before, 2 now, 1 of them the same

New
      time    below  end               pid  command
      2 ns        0  exit 0            5/2  b $'\x1b[31m' \xc3\xa9
EOF
t_case 'text' 1 @want '' pt-diff life1.pt life.pt
t_case 'text, narrow' 1 '~*  5/2  b $?\\x...' '' pt-diff -w 53 life1.pt life.pt
t_case 'a table of one row' 1 '~*
New (1 of 2)
*' '' pt-diff -n 1 life1.pt - <<'EOF'
exec	ts=2	pid=5	ppid=1	pgid=1	sid=1	argv=a
exit	ts=3	pid=5	ppid=1	pgid=1	sid=1	status=0
exec	ts=2	pid=6	ppid=1	pgid=1	sid=1	argv=b
exec	ts=2	pid=7	ppid=1	pgid=1	sid=1	argv=b
EOF
t_case 'the begin is not known: no duration' 0 '' '' \
    pt-diff --min-change 0 --min-percent 0 life1.pt - <<'EOF'
exec	ts=2	pid=5	ppid=1	pgid=1	sid=1	argv=a
exit	ts=9000000000	pid=5	ppid=1	pgid=1	sid=1	status=0
EOF
t_case 'the end is not known: no ending' 0 '' \
    'pt-diff: <stdin>: 3 events were lost: processes, execs and ends may be missing' \
    pt-diff life1.pt - <<'EOF'
fork	ts=1	pid=5	ppid=1	pgid=1	sid=1
exec	ts=2	pid=5	ppid=1	pgid=1	sid=1	argv=a
lost	ts=3	count=3
end	ts=9000000000
EOF

cp life.pt same.pt
t_case 'standard input is the new one' 0 '' '' pt-diff life.pt <same.pt
t_case 'it can be the old one' 0 '' '' pt-diff - life.pt <same.pt
{
	echo bad
	cat life.pt
} >bad.pt
t_case 'bad lines are trouble' 2 '' 'pt-diff: bad.pt:1: no fields' \
    pt-diff bad.pt life.pt
t_case '... which is said before what is different' 2 '~*New*' \
    'pt-diff: bad.pt:1: no fields' pt-diff life1.pt bad.pt
t_case 'an empty recording is trouble' 2 '' \
    'pt-diff: /dev/null: no process in the recording' pt-diff /dev/null life.pt
t_case 'no recording' 2 '' "pt-diff: no recording to compare with
Try 'pt-diff --help'." pt-diff
t_case 'too many' 2 '' "pt-diff: more than two recordings
Try 'pt-diff --help'." pt-diff life.pt life.pt life.pt
for option in -m --min-change; do
	t_case "$option x" 2 '' \
	    "~pt-diff: --min-*: 'x' is not a number of milliseconds" \
	    pt-diff "$option" x life.pt
done
t_case '--min-percent x' 2 '' \
    "~pt-diff: --min-percent: 'x' is not a number from 0 to *" \
    pt-diff --min-percent x life.pt

# A tree at random, done again: other PIDs, another order of siblings, other
# temporary names; and some processes that are different, which is known.
cat >random.pl <<'EOF'
my ($seed) = @ARGV;
srand $seed;
my (@want, %kids);
for my $id (0 .. 99) {
	push @{$kids{int rand $id}}, $id if $id }
my ($next_id, @out) = 100;
my @pids = sort { rand() <=> .5 } 1000 .. 3000;
sub tmp { join '', 'x', map { ('a' .. 'z', 0 .. 9)[rand 36] } 1 .. 7 }
sub command { my ($id) = @_;
	return "extra$id -x in$id.c" if $id > 99;
	("tool$id -x in$id.c /tmp/t" . tmp() . '.s', "cc -c in$id.c -o /tmp/" .
	    tmp(), "sh -c make in$id " . tmp() . '7')[$id % 3] }
# visit(ID, DEPTH, NEW, WHETHER THE PARENT HAS A COUNTERPART, ITS START)
sub visit { my ($id, $depth, $new, $known, $start) = @_;
	my ($from, $long, $status) =
	    ($start + 1 + int rand 9, 1000 + $id * 7, $id % 3);
	my $name = $id % 3 ? $id % 3 == 1 ? "cc in$id" : "sh in$id" : "tool$id";
	my @kids = @{$kids{$id} // []};
	if ($new && $id) {
		my $what = $known && $id < 100 ? int rand 12 : 99;
		if ($what == 0) { push @want, 'gone +' . below($id) . " $name"; return }
		if ($what == 1) { $status = 9; push @want, "end $name" }
		if ($what == 2) { $long += 500; push @want, "slower 500 $name" }
		if ($what == 3) { $long -= 400; push @want, "faster -400 $name" }
		if ($what == 4) { my $extra = $next_id++;
			$kids{$extra} = [$next_id++]; push @kids, $extra;
			push @want, "new +1 extra$extra" } }
	push @out, ' ' x $depth . pop(@pids) . " $from " . ($from + $long) .
	    " $status " . command($id);
	@kids = sort { rand() <=> .5 } @kids if $new;
	visit($_, $depth + 1, $new, $known && $id < 100, $from) for @kids }
sub below { my ($id) = @_; my $n = 0;
	$n += 1 + below($_) for @{$kids{$id} // []}; $n }
sub save { open my $f, '>', $_[0]; print $f "$_\n" for @out; @out = () }
visit(0, 0, 0, 1, 0); save('old.in');
visit(0, 0, 1, 1, 0); save('new.in');
open my $f, '>', 'want'; print $f "$_\n" for sort @want;
EOF
cat >random.jq <<'EOF'
def name: .command | capture("^(?<p>[a-z]+)(?<n>[0-9]*) .*\\b(?<in>in[0-9]+)") |
	if .n != "" then .p + .n else .p + " " + .in end;
(.ends_differ[] | "end \(.new | name)"),
(.new_processes[] | "new +\(.descendants) \(.process | name)"),
(.gone_processes[] | "gone +\(.descendants) \(.process | name)"),
(.slower[] | "slower \(.change_ns / 1000000) \(.new | name)"),
(.faster[] | "faster \(.change_ns / 1000000) \(.new | name)")
EOF
randoms() {
	seed=0
	while [ $((seed += 1)) -le 40 ]; do
		perl random.pl "$seed" || return 1
		recording old <old.in
		recording new <new.in
		pt-diff -a -j -n 0 --min-percent 1 old.pt new.pt >json
		jq -r -f random.jq json | sort >got
		diff want got || { echo "seed $seed"; return 1; }
	done
}
t_ok '40 trees at random' randoms

# Two runs of a configure, another option and a test less in the middle; all
# slower by half on a busy machine, or by half in the compiler.
gzip -dc "$TESTS/recordings/hello.pt.gz" >hello.pt
awk -F '\t' -v OFS='\t' 'BEGIN { skip[4439] = 1 }
{ split($3, p, "="); split($4, q, "=") }
$1 == "fork" && q[2] in skip { skip[p[2]] = 1 }
!(p[2] in skip) { gsub(/\t\.\/configure/, "&\t--disable-nls"); print }' \
    hello.pt >less.pt
t_case 'an option more, a test less' 1 'gone +5 /bin/bash ./configure' '' sh -c '
	pt-diff -j hello.pt less.pt >json; status=$?
	jq -r "(.ends_differ, .new_processes, .slower, .faster)[] | \"more\"" json
	jq -r ".gone_processes[] | \"gone +\(.descendants) \(.process.command)\"" json
	exit $status'
# slower TIMES [CPU-TIMES]: the time since the start, and CPU time of cc1
slower() {
	awk -F '\t' -v OFS='\t' -v times="$1" -v cpu="${2:-1}" '
	{ split($2, t, "=") }
	$1 != "trace" { $2 = sprintf("ts=%.0f", 5e8 + (t[2] - 5e8) * times) }
	$1 == "exit" && /\tcomm=cc1/ { for (i = 3; i <= NF; i++)
		if (split($i, c, "=") && c[1] == "cputime")
			$i = sprintf("cputime=%.0f", c[2] * cpu) }
	{ print }' hello.pt >slower.pt
}
slower 1.5
t_case 'slower on a busy machine' 1 '~*
Wall time       9.76 s before, 14.65 s now, +4.88 s, +50 %
CPU time        6.10 s before, 6.10 s now, +0 ns, +0 %
                no more than before: the programs waited longer
Concurrency     1.12 before, 1.12 now, of processes without children
Processes       4300 before, 4300 now, 4300 of them the same
*
     change  relative      before         now          cpu     runs  program
    +1.89 s     +50 %      3.77 s      5.66 s        +0 ns      259  cc1
*' '' pt-diff hello.pt slower.pt
slower 1.5 2
t_case 'slower in the compiler' 1 '~*
CPU time        6.10 s before, 9.36 s now, +3.26 s, +53 %
*
    +1.89 s     +50 %      3.77 s      5.66 s      +3.26 s      259  cc1
*' '' pt-diff hello.pt slower.pt

# deep, and flat with everything alike: no recursion, not quadratic
perl -e 'print " " x $_, 100 + $_, " ", $_ / 100, " 9999 0 a\n" for 0 .. 9999' |
    recording deep
perl -e 'print "1 0 9999 0 sh\n"; print " ", 100 + $_, " 1 2 0 a ", $_, "\n"
    for 1 .. 99999' | recording flat
perl -e 'print "1 0 9999 0 sh\n"; print " ", 100 + $_, " 1 2 0 a -x ", -$_, "\n"
    for 1 .. 99999' | recording flat2
t_ok '10,000 levels' t_cpu 30 pt-diff deep.pt deep.pt
t_case '100,000 children' 0 '~*, 99999 with other arguments*' '' \
    t_cpu 60 pt-diff -w 0 flat.pt flat2.pt

# options that somebody has changed: said, but no reason for a gate
cat <<'EOF' | recording old
1 0 90 0 make
 2 1 20 0 cc -c -O1 a.c
 3 1 20 0 cc -c -O1 b.c
 4 21 40 0 sleep 0.3
 5 21 40 0 sh /tmp/tmp.abc123/x
 6 21 40 0 kill 12345
 7 21 40 0 ar x y
EOF
cat <<'EOF' | recording new
1 0 90 0 make
 12 1 20 0 cc -O3 -g -c a.c
 13 1 20 0 cc -O3 -g -c b.c
 14 21 40 0 sleep 1
 15 21 40 0 sh /tmp/tmp.def456/x
 16 21 40 0 kill 12399
 17 21 40 0 ar y x -v
EOF
t_case 'other arguments' 0 'make

Wall time       90.0 ms before, 90.0 ms now, +0 ns, +0 %
Concurrency     1.84 before, 1.84 now, of processes without children
Processes       7 before, 7 now, 7 of them the same, 4 with other arguments

Other arguments
   runs       pid  program
      2        12  cc: -O3 -g in place of -O1
      1        14  sleep: 1 in place of 0.3
      1        17  ar: -v added' '' pt-diff old.pt new.pt
t_case '... that are gone' 0 '~*
      1         7  ar: without -v*' '' pt-diff new.pt old.pt
t_case '... as JSON' 0 '2 cc: -O3 -g in place of -O1 cc -c -O1 a.c' '' sh -c '
	pt-diff --json old.pt new.pt | jq -r ".arguments[0] |
	    \"\\(.runs) \\(.change) \\(.old.command)\""'
t_case '... of which there are none' 0 '' '' pt-diff old.pt old.pt

## --baseline

# job FILE CPUS STATUS NAME:MS ...: a recording of sh, which runs each NAME; the
# first one ends with STATUS
job() {
	file=$1 cpus=$2 status=$3
	shift 3
	printf '%s\n' "$@" | tr : '\t' | awk -v cpus="$cpus" -v status="$status" '
	function ids(pid, ppid) {
		return "\tpid=" pid "\tppid=" ppid "\tpgid=1\tsid=1"
	}
	function at(ns) { return sprintf("%.0f", ts + ns) }
	BEGIN {
		ts = 1000000
		print "trace\tversion=1\tstart=1\tcpus=" cpus "\targv=sh"
		print "tick\tts=0\tcpu=0\nroot\tts=1\tpid=1\nfork\tts=1" ids(1, 0)
		print "exec\tts=2" ids(1, 0) "\targv=sh"
	}
	{
		pid = NR + 1
		print "fork\tts=" at(0) ids(pid, 1)
		print "exec\tts=" at(1) ids(pid, 1) "\targv=" $1
		ts += $2 * 1000000
		print "exit\tts=" at(0) ids(pid, 1) "\tstatus=" (NR == 1 ? status : 0)
	}
	END {
		print "exit\tts=" at(1) ids(1, 0) "\tstatus=0"
		print "end\tts=" at(2)
	}' >"$file"
}
# different: what pt-diff lists, "KIND COMMAND"
different() {
	pt-diff --all --json "$@" >json
	jq -r '(.slower[], .faster[], .new_processes[], .gone_processes[])
	    | (.new // .process).command' json | sort
}
job one 0 0 a:1000 b:1000 c:1000 d:1000
job two 0 0 a:3000 b:1000 c:1000 e:1000
job new 0 0 a:3100 b:3000 c:1000
t_case 'with the one' 0 'a
b
d
sh' '' different one new
t_case 'with the other' 0 'b
e' '' different two new
t_case 'with both: what is outside of all' 0 'b' '' \
    sh -c 'pt-diff --all --json --baseline one --baseline two new |
    jq -r ".slower[].new.command" | grep -vx sh'
t_case '... in any order' 0 'b' '' \
    sh -c 'pt-diff --all --json --baseline two --baseline one new |
    jq -r ".slower[].new.command" | grep -vx sh'
t_case '... neither d nor e is gone' 0 '' '' \
    sh -c 'pt-diff --json --baseline one --baseline two new | jq -r ".gone_processes[].process.command"'
job fails 0 1 a:1000 b:1000 c:1000 d:1000
t_case 'one that fails as a baseline did is nothing' 0 '' '' \
    pt-diff --baseline one --baseline fails fails
t_case 'one that none did is' 1 '~*exit 0*exit 1*' '' \
    pt-diff --baseline one --baseline one fails
job more 0 0 a:1000 b:1000 c:1000 d:1000 f:1000
t_case 'new, if it is in none' 1 '~*New*f*' '' \
    pt-diff --baseline one --baseline one more
t_case '... else not' 0 '' '' pt-diff --baseline more --baseline one more
t_case 'as one' 0 same '' sh -c 'pt-diff one new >a; pt-diff --baseline one new >b
    cmp a b && echo same'
job large 0-3 0 a:1000 b:1000 c:1000 d:1000
t_case 'other CPUs' 0 '' 'pt-diff: large: recorded with 4 CPUs, and the new one with 1: times cannot be compared' \
    pt-diff large one
t_case 'other CPUs of a baseline' 0 '' 'pt-diff: large: recorded with 4 CPUs, and the new one with 1: times cannot be compared' \
    pt-diff --baseline large --baseline one one
# loaded FILE BUSY: as one, but the machine, of 4 CPUs, was at work so many ms in 2 s
loaded() {
	{
		grep -v '^end' one | sed 's/	cpus=0//; /^tick/d'
		printf 'machine\tts=%s\tbusy=%s000000\tidle=%s000000\tiowait=0\tsteal=0\n' \
		    0 5000 70000 2000000000 $((5000 + $2)) $((78000 - $2))
		echo 'end	ts=4100000000'
	} | pt-sort >"$1"
}
loaded quiet.pt 100
loaded busy.pt 2000
loaded less.pt 1500
t_case 'others use the machine' 0 '' 'pt-diff: quiet.pt: other programs used 1 % of the CPUs, and 25 % with the new one: times cannot be compared' \
    sh -c 'pt-ingest busy.pt | pt-diff quiet.pt -'
t_case '... before' 0 '' 'pt-diff: busy.pt: other programs used 25 % of the CPUs, and 1 % with the new one: times cannot be compared' \
    pt-diff --baseline quiet.pt --baseline busy.pt quiet.pt
t_case '... both times' 0 '' '' pt-diff busy.pt less.pt
sed 's/^exit	/&cputime=380000000	/' busy.pt >self.pt
t_case '... but it was the command itself' 0 '' '' pt-diff quiet.pt self.pt
sed 's/idle=/&1/' quiet.pt | awk -F'\t' 'BEGIN { OFS = FS } $1 == "machine" && $2 != "ts=0" {
    sub(/idle=177900/, "idle=171900") } { print }' >one-cpu.pt
t_case 'other CPUs, as machine events count them' 0 '' '~*recorded with 4 CPUs, and the new one with 1: *' \
    pt-diff quiet.pt one-cpu.pt
t_case 'baselines, and an old one' 2 '' '~pt-diff: more than two recordings*' \
    pt-diff --baseline one two new
t_done
