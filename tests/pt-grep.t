#!/bin/sh
# pt-grep: the processes that match, in a recording that others can read
. "${0%/*}/lib.sh"
t_need perl

basic=$TESTS/golden/basic.pt
none='pt-grep: neither a PATTERN nor another condition
Try '"'pt-grep --help'."

# small.pt: a shell (10) runs make (11), which runs two compilers (12, 13), one
# fails; then a test (14) that is killed, and a daemon (15) that goes on. 11 is
# the PID of another process, true, before and after. 9 was there before.
cat >small <<'EOF'
trace version=1 start=1 cpus=0-1 tracer=t argv=x
fork ts=1000000 pid=11 ppid=9 pgid=9 sid=9
exec ts=1000000 pid=11 ppid=9 pgid=9 sid=9 file=/bin/true argv=true
exit ts=2000000 pid=11 ppid=9 pgid=9 sid=9 status=0
root ts=3000000 pid=10
fork ts=3000000 pid=10 ppid=9 pgid=9 sid=9
exec ts=3000001 pid=10 ppid=9 pgid=9 sid=9 file=/bin/sh argv=sh -c all
fork ts=5000000 pid=11 ppid=10 pgid=9 sid=9
exec ts=5000001 pid=11 ppid=10 pgid=9 sid=9 file=/usr/bin/make argv=make -j2
fork ts=6000000 pid=12 ppid=11 pgid=9 sid=9
fork ts=6000001 pid=13 ppid=11 pgid=9 sid=9
exec ts=6100000 pid=12 ppid=11 pgid=9 sid=9 file=/usr/bin/cc argv=cc -c a.c
exec ts=6100001 pid=13 ppid=11 pgid=9 sid=9 file=/usr/lib/ccache argv=cc -c b+.c
execfail ts=6100002 pid=13 ppid=11 pgid=9 sid=9 errno=ENOENT file=/bin/gone
lost ts=6500000 cpu=0 count=2
exec ts=7000000 pid=13 ppid=11 pgid=9 sid=9 file=/usr/bin/cc argv=gcc -c b+.c
exit ts=8000000 pid=12 ppid=11 pgid=9 sid=9 status=0
exit ts=16000000 pid=13 ppid=11 pgid=9 sid=9 status=1
exit ts=17000000 pid=11 ppid=10 pgid=9 sid=9 status=2
news ts=17500000 about=nobody
fork ts=18000000 pid=14 ppid=10 pgid=9 sid=9
exec ts=18000001 pid=14 ppid=10 pgid=9 sid=9 file=./test argv=./test
fork ts=19000000 pid=15 ppid=14 pgid=9 sid=9
news ts=19000001 pid=15 about=daemon
exit ts=20000000 pid=14 ppid=10 pgid=9 sid=9 signal=SIGSEGV
setsid ts=20000001 pid=15 ppid=1 pgid=15 sid=15
exit ts=23000000 pid=10 ppid=9 pgid=9 sid=9 status=1
fork ts=24000000 pid=11 ppid=9 pgid=9 sid=9
exec ts=24000001 pid=11 ppid=9 pgid=9 sid=9 file=/bin/true argv=true x
exit ts=25000000 pid=11 ppid=9 pgid=9 sid=9 status=0
setpgid ts=25500000 pid=11 ppid=9 pgid=9 sid=9
end ts=26000000
EOF
tr ' ' '\t' <small >small.pt
lost='pt-grep: 2 events were lost: processes, execs and ends may be missing'

# finds NAME PIDS ARG...: the processes that pt-grep keeps, in order of their
# first events; a life of 11 as 11, 11b, 11c
pids() {
	pt-grep "$@" small.pt >found 2>found.err
	found_status=$?
	perl -lne 'next unless /^(?!root).*?\tpid=(\d+)/;
	    my $p = $1; my ($ts) = /\tts=(\d+)/;
	    $p .= $ts < 3e6 ? "" : $ts < 2e7 ? "b" : "c" if $p == 11;
	    push @p, $p unless $p{$p}++; END { print "@p" if @p }' found
	return "$found_status"
}
finds() {
	finds_name=$1 want=$2
	shift 2
	if [ -n "$want" ]; then
		t_case "$finds_name" 0 "$want" '' pids "$@"
	else
		t_case "$finds_name" 1 '' '' pids "$@"
	fi
}

finds 'a pattern' '12 13' cc
finds 'in the arguments, joined' 13 'c b+'
finds 'in the file name' '12 13' usr/bin/cc
finds 'in an earlier exec' 13 ccache
finds 'not in a failed exec' '' gone

cat >dirs <<'EOF'
fork ts=1 pid=10 ppid=9 pgid=9 sid=9
exec ts=1 pid=10 ppid=9 pgid=9 sid=9 cwd=/a argv=make
fork ts=2 pid=20 ppid=10 pgid=9 sid=9
exec ts=3 pid=20 ppid=10 pgid=9 sid=9 cwd=/a/src argv=cc
fork ts=4 pid=21 ppid=10 pgid=9 sid=9
exec ts=5 pid=21 ppid=10 pgid=9 sid=9 cwd=/ab argv=cc
fork ts=6 pid=22 ppid=10 pgid=9 sid=9
exec ts=7 pid=22 ppid=10 pgid=9 sid=9 cwd=/a\\nb/src argv=cc
exec ts=8 pid=22 ppid=10 pgid=9 sid=9 cwd=/ argv=ld
fork ts=9 pid=23 ppid=10 pgid=9 sid=9
end ts=10
EOF
tr ' ' '\t' <dirs | sed 's/\\\\/\\/' >dirs.pt
in_dirs() {
	pt-grep "$@" dirs.pt | sed -n 's/^fork.*	pid=\([0-9]*\).*/\1/p' | tr '\n' ' '
}
for where in '/a=10 20 ' '/a/=10 20 ' '/a/src=20 ' '/a/s=' 'a=' '*/src=20 22 ' \
    '/a?b/*=22 ' '/=10 20 21 22 '; do
	t_ok "--cwd $where" test "$(in_dirs --cwd "${where%%=*}")" = "${where#*=}"
done
for want in '/src/config.h=2' '*.o=3' '/tmp=2' '/src/config=0' '/usr/lib/nobody=1'; do
	t_ok "--opened ${want%=*}" test \
	    "$(pt-grep -c --opened "${want%=*}" "$TESTS/golden/files.pt")" = "${want##*=}"
done
{
	printf '%s\tts=%s\tpid=7\tppid=1\tpgid=7\tsid=1%b\n' fork 1 '' \
	    write 2 '\top=rename\tfrom=/old/x\tpath=/new/x' exit 3 '\tstatus=0'
} >renamed.pt
t_ok '--opened: what was renamed' test \
    "$(pt-grep -c --opened /old renamed.pt)" = 1
t_ok '--cwd twice: one of them' \
    test "$(in_dirs --cwd /ab --cwd /a/src)" = '20 21 '
t_ok '--cwd and a pattern: both' test "$(in_dirs --cwd /a -e cc)" = '20 '
finds 'anchors are the ends of the command' '11 11c' '^true'
finds '... both' 11 '^true$'
finds 'a basic expression' 13 'b+\.c'
finds 'an extended one' '12 13' -E '(a|b\+)\.c$'
finds 'a string' 13 -F 'b+.c'
finds 'a string is no expression' '' -F 'a.*c'
finds 'lower and upper case' '12 13' -i -e '-c [AB][.+]'
finds 'lower and upper case, strings' 13 -Fi -e '-C B+.C'
finds 'several patterns' '11 12 11c' -e true -e a.c
finds 'options after patterns count' 13 -e b+.c -F
finds 'no match' '' nothing
finds 'everything that was executed' '11 10 11b 12 13 14 11c' ''
finds 'by PID' '11 11b 11c' --pid 11
finds 'by PID, several' '12 13' -p 12 -p 13
finds 'by life, the first' 11 -p 11@0
finds 'by life, by its begin' 11b -p 11@5000000
finds 'by life, the first after a time' 11b -p 11@1000001
finds 'by life, the last' 11c -p 11@20000000
finds 'by life, none' '' -p 11@25000000
finds 'no such PID' '' -p 4
finds 'by status' '10 13' --status 1
finds 'by status, several' '10 11b 13' -s 1 -s 2
finds 'by signal' 14 -s SIGSEGV
finds 'by signal, short' 14 -s SEGV
finds 'by another signal' '' -s KILL
finds 'by any signal' 14 -s signal
finds 'failed' '10 11b 13 14' -s failed
finds 'running' 15 -s running
finds 'status 0 is not unknown' '11 12 11c' -s 0
finds 'at least so long' '10 11b 13' --min-duration 9.999999
finds 'and not longer' '11b' -m 10.1 --max-duration 12
finds 'exactly' 14 -m 2 --max-duration 2 --status signal
finds 'alive then or later' '15 11c' --since 20.000001
finds 'alive then or before' '11 10' --before 1.999999
finds 'alive between' '10 11b 12 13' --since 3.000001 --before 14.999999
finds 'alive from then on, not a nanosecond less' '10 15 11c' --since 20
finds 'alive until then, not a nanosecond more' '11 10 11b 12' --before 3
finds 'from the start of the root on' '11 10' --before 0
finds 'several conditions' 13 -e cc -s failed
finds '... of which one fails' '' -e a.c -s failed
finds 'with children' '11b 12 13' make --with-children
finds '... of several, once' '10 11b 12 13 14 15' -e make -e sh --with-children
finds 'with parents' '10 11b 13' -e b+.c --with-parents
finds 'with both' '10 11b 12 13' make --with-parents --with-children
finds 'all others' '10 11b 14 15' -v -e cc -e true
finds 'all but a subtree' '11 10 14 15 11c' -v make --with-children
finds 'all' '11 10 11b 12 13 14 15 11c' -v nothing
finds 'none is left' '' -v -m 0

lines() { # NUMBER...: lines of small.pt as they are kept
	sed_lines=
	for line; do
		sed_lines="$sed_lines -e ${line}p"
	done
	# shellcheck disable=SC2086 # options
	sed -n $sed_lines small.pt | sed 's/	cpus=0-1//'
}
{
	lines 1
	printf 'root\tts=5000000\tpid=11\n'
	lines 8 9 15 19 20 32
} >want
t_case 'the whole recording: a new root' 0 @want "$lost" pt-grep make small.pt
{
	lines 1 5 6 7 15 20 27 32
} >want
t_case 'the root stays the root' 0 @want "$lost" pt-grep -e sh small.pt
{
	lines 1 15 20 21 22 25 28 29 30 32
} >want
t_case 'no root if there are several' 0 @want "$lost" \
    pt-grep -e test -e 'true x' small.pt
{
	lines 1 5 6 7 15 20 27 28 29 30 32
} >want
t_case 'the root, though there are several' 0 @want "$lost" \
    pt-grep -e sh -e 'true x' small.pt
{
	lines 1
	printf 'root\tts=0\tpid=3\n'
	echo 'exec	ts=2	pid=3	ppid=2	pgid=1	sid=1	argv=a'
} >want
t_case 'a root that was there before' 0 @want \
    'pt-grep: the recording has no end: it was cut, or goes on' pt-grep a <<'EOF'
trace	version=1	start=1	tracer=t	argv=x
exec	ts=1	pid=2	ppid=1	pgid=1	sid=1	argv=x
exec	ts=2	pid=3	ppid=2	pgid=1	sid=1	argv=a
EOF

{
	lines 1
	printf 'root\tts=18000000\tpid=14\n'
	lines 15 20 21 22 25 32
} >want
sed 's/^root.*/root	ts=0	pid=4/' small.pt >other.pt
t_case 'the root that is named is not there' 0 @want "$lost" \
    pt-grep test other.pt
{
	lines 1
	printf 'root\tts=1000000\tpid=11\n'
	lines 2 3 4 15 20 32
} >want
t_case '... and the first process is not it' 0 @want "$lost" \
    pt-grep '^true$' other.pt
t_case '-c' 0 3 "$lost" pt-grep -c --status 0 small.pt
t_case '-c, none' 1 0 "$lost" pt-grep --count nothing small.pt
t_case '-c counts what is kept' 0 4 "$lost" \
    pt-grep -c --with-parents cc small.pt
t_case '-q' 0 '' "$lost" pt-grep -q cc small.pt
t_case '-q, none' 1 '' "$lost" pt-grep --quiet nothing small.pt
echo old >file
t_case 'nothing replaces the old file' 1 '' "$lost" \
    pt-grep -o file nothing small.pt
t_ok '... by an empty one' test ! -s file
t_case 'no condition' 2 '' "$none" pt-grep
t_case 'no condition, but options' 2 '' "$none" pt-grep -v -i
t_case 'the pattern is no file' 2 '' 'pt-grep: cc: No such file or directory' \
    pt-grep -s failed cc
t_case 'no expression' 2 '' "~pt-grep: '??': ?*" pt-grep '\(' small.pt
for bad in 256 -1 0x1 FAILED SIGNOTHING '' sig; do
	t_case "--status '$bad'" 2 '' "~pt-grep: --status: '$bad' is no ?*" \
	    pt-grep --status "$bad"
done
for bad in 0 x 1@ 1@x 99999999 ''; do
	t_case "--pid '$bad'" 2 '' \
	    "pt-grep: --pid: '$bad' is not PID or PID@TIME" pt-grep --pid "$bad"
done
for option in min-duration max-duration since before; do
	t_case "--$option x" 2 '' \
	    "pt-grep: --$option: 'x' is not a number of milliseconds" \
	    pt-grep "--$option" x
done
{
	echo bad
	cat "$basic"
} >bad.pt
t_case 'bad lines are trouble, the rest is searched' 2 '~trace*argv=flox*end*' \
    'pt-grep: bad.pt:1: no fields' pt-grep flox bad.pt
t_case '... though nothing matches' 2 '' 'pt-grep: bad.pt:1: no fields' \
    pt-grep nothing bad.pt
t_case 'lives without a fork' 0 '~*	ts=4	*	ts=5	*' '' pt-grep -p 2@1 <<'EOF'
exec	ts=2	pid=2	ppid=1	pgid=1	sid=1	argv=a
exit	ts=3	pid=2	ppid=1	pgid=1	sid=1	status=0
exec	ts=4	pid=2	ppid=1	pgid=1	sid=1	argv=a
exit	ts=5	pid=2	ppid=1	pgid=1	sid=1	status=0
EOF
t_case 'who may have ended is not running' 1 '' '~*lost*' pt-grep -s running <<'EOF'
fork	ts=2	pid=2	ppid=1	pgid=1	sid=1
lost	ts=3	count=1
end	ts=4
EOF

# Lives of all sorts at random, of few PIDs, and conditions at random. What
# must be found is known from how they were made.
cat >random.pl <<'EOF'
my ($seed) = @ARGV;
srand $seed;
sub any { $_[rand @_] }
my (@all, %open, @lines, $ts);
my @words = qw(cc make a.c b+.c x -c /tmp);
sub line { my ($of, @fields) = @_; push @lines, [$of, join "\t", @fields] }
sub ids { my ($p) = @_;
	("ts=$ts", "pid=$p->{pid}", "ppid=$p->{ppid}", "pgid=7", "sid=7") }
sub life { my ($parent) = @_;
	my @free = grep !$open{$_}, 100 .. 115;
	return unless @free;
	my $p = { id => scalar @all, pid => any(@free), parent => $parent,
	    ppid => $parent ? $parent->{pid} : 50, start => $ts, execs => [] };
	push @all, $p;
	$open{$p->{pid}} = $p;
	line $p, 'fork', ids($p) }
my $root_pid;
while (@all < 40) {
	$ts += int rand 3 * 1e6;
	my $p = any(sort { $a->{id} <=> $b->{id} } values %open);
	my $what = rand 10;
	if (!$p || $what < 1) { life() }
	elsif ($what < 5) { life($p) }
	elsif ($what < 8) {
		my @argv = map any(@words), 0 .. rand 4;
		push @{$p->{execs}}, join ' ', @argv;
		line $p, 'exec', ids($p), 'file=/f', 'argv=' . join "\t", @argv }
	elsif ($what < 9.5) {
		delete $open{$p->{pid}};
		$p->{end} = $ts;
		my $end = any(0, 0, 1, 2, 'SIGKILL');
		$p->{$end =~ /SIG/ ? 'signal' : 'status'} = $end;
		line $p, 'exit', ids($p), $end =~ /SIG/ ? "signal=$end" : "status=$end" }
	elsif ($what < 9.7) { line undef, 'news', "ts=$ts" }
	else { line $p, 'setsid', ids($p) }
	if (!$root_pid && rand() < .1 && @all) {
		$root_pid = $all[-1]{pid}; $root = $all[-1] if $open{$root_pid};
		$root_from = @all; $root_line = "root\tts=$ts\tpid=$root_pid";
		push @lines, ['root', $root_line] }
}
line undef, 'end', "ts=$ts";
# as forest.h says: the one that lives when the line comes, or the next one
$root ||= (grep { $_->{pid} == $root_pid } @all[$root_from .. $#all])[0]
    if $root_pid;
my $first = $root || $all[0];
$_->{end} //= $ts, $_->{open} = !exists $_->{status} && !exists $_->{signal}
    for @all;

my (@args, @tests);
if (rand() < .5) {
	my $word = any(@words); my $v = rand 3;
	if ($v < 1) { push @args, '-F', '-e', $word;
		push @tests, sub { grep { index($_, $word) >= 0 } @{$_[0]{execs}} } }
	elsif ($v < 2) { push @args, '-E', '-e', "^$word( |\$)";
		push @tests, sub { grep /^$word( |$)/, @{$_[0]{execs}} } }
	else { push @args, '-i', '-e', uc "$word\$";
		(my $b = $word) =~ s/\+/\\+/;
		push @tests, sub { grep /$b$/i, @{$_[0]{execs}} } } }
if (rand() < .2) {
	my $p = any(@all);
	if (rand() < .5) { push @args, '-p', $p->{pid};
		push @tests, sub { $_[0]{pid} == $p->{pid} } }
	else { push @args, '-p', "$p->{pid}\@$p->{start}";
		my ($q) = grep { $_->{pid} == $p->{pid} && $_->{start} >= $p->{start} }
		    @all;
		push @tests, sub { $_[0] == $q } } }
if (rand() < .3) {
	my %status = (0 => sub { defined $_[0]{status} && $_[0]{status} == 0 },
	    failed => sub { $_[0]{status} || $_[0]{signal} },
	    KILL => sub { $_[0]{signal} }, running => sub { $_[0]{open} });
	my $s = any(sort keys %status);
	push @args, '-s', $s; push @tests, $status{$s} }
if (rand() < .3) { my $ns = int rand 2e7;
	push @args, any(['-m', sub { $_[0] >= $ns }],
	    ['--max-duration', sub { $_[0] <= $ns }]);
	my ($option, $test) = @{pop @args};
	push @args, $option, sprintf '%.6f', $ns / 1e6;
	push @tests, sub { $test->($_[0]{end} - $_[0]{start}) } }
if (rand() < .3) { my $ns = 1 + int rand 2e7; my $at = $first->{start} + $ns;
	my $ms = sprintf '%.6f', $ns / 1e6;
	if (rand() < .5) { push @args, '--since', $ms;
		push @tests, sub { $_[0]{end} >= $at } }
	else { push @args, '--before', $ms;
		push @tests, sub { $_[0]{start} <= $at } } }
push(@args, '-e', ''), push @tests, sub { @{$_[0]{execs}} } unless @tests;

my %chosen;
P: for my $p (@all) { $_->($p) || next P for @tests; $chosen{$p->{id}} = 1 }
my %match = %chosen;
if (rand() < .3) { push @args, '--with-children';
	for my $p (@all) { $chosen{$p->{id}} = 1
	    if $p->{parent} && $chosen{$p->{parent}{id}} } }
if (rand() < .3) { push @args, '--with-parents';
	for my $p (grep $match{$_->{id}}, @all) {
		for (my $q = $p->{parent}; $q; $q = $q->{parent}) {
			$chosen{$q->{id}} = 1 } } }
if (rand() < .2) { push @args, '-v';
	%chosen = map { $_->{id} => 1 } grep !$chosen{$_->{id}}, @all }

open my $in, '>', "$seed.in"; open my $want, '>', "$seed.want";
open my $run, '>', "$seed.args";
print $in "trace\tversion=1\tcpus=0\tx=1\n";
print $in "$$_[1]\n" for @lines;
print $run join(' ', map { s/'/'\\''/gr; "'" . s/'/'\\''/gr . "'" } @args), "\n";
exit unless %chosen;
print $want "trace\tversion=1\tx=1\n";
my @tops = grep { $chosen{$_->{id}} &&
    !($_->{parent} && $chosen{$_->{parent}{id}}) } @all;
if ($root && $chosen{$root->{id}}) { print $want "$root_line\n" }
elsif (@tops == 1) {
	print $want "root\tts=$tops[0]{start}\tpid=$tops[0]{pid}\n" }
for (@lines) {
	my ($of, $text) = @$_;
	next if $of && ($of eq 'root' || !$chosen{$of->{id}});
	print $want "$text\n" }
EOF
# random SEED: says what differs; counts what is found
random() {
	perl random.pl "$1" || return 1
	status=$([ ! -s "$1.want" ]; echo $?)
	eval "pt-grep $(cat "$1.args") $1.in" >got 2>err
	got=$?
	if [ "$got" -ne "$((1 - status))" ] || [ -s err ] ||
	    ! cmp "$1.want" got; then
		echo "seed $1: status $got: pt-grep $(cat "$1.args")"
		cat err
		diff "$1.want" got
		return 1
	fi
}
randoms() {
	seed=0
	while [ $((seed += 1)) -le 300 ]; do
		random "$seed" || return 1
	done
	[ "$(find . -name '*.want' -size +0 | wc -l)" -gt 100 ]
}
t_ok '300 recordings at random' randoms

# what is kept is read as what it was
t_ok 'a subtree is a subtree' sh -c '
	pt-grep -p 11@5000000 --with-children small.pt | pt-ingest |
	grep -v ^lost >a && pt-ingest -p 11@5000000 small.pt | grep -v ^lost >b &&
	diff a b'
t_done
