# generate - a recording of a CI job that is one of many
#
# perl generate.pl RUN PROCESSES NOW	run number RUN, at NOW (Unix time) or up to
#					30 days before
#
# What is in them, a query must find:
# - jobs "make check-0" to "make check-4" on hosts ci-0 to ci-3; they take 60 to 61
#   s, but the newest run of check-3 takes 180
# - test_7.sh fails in each tenth run, test_13.sh in each one, no other in any
# - ld takes longest; runs 500 and 501 have a secret in their arguments
use strict;
use warnings;

my ($run, $n, $now) = @ARGV;
my $job = $run % 5;
my $newest = $run == 3;
my $start = ($now - 3600 - $run * 2500) * 1_000_000_000 + $run;
my $wall = ($newest ? 180 : 60) * 1_000_000_000 + $run * 1_000_000;

sub line { print join("\t", @_), "\n" }

sub process {
	my ($i, $status, @argv) = @_;
	my $pid = 1000 + $i;
	my @ids = ("pid=$pid", 'ppid=1000', 'pgid=1000', 'sid=1000');
	my $ts = 1_000_000 + $i * 1000;
	my $ns = 50_000_000 + ($i * 7919 + $run * 31) % 1_000_000;

	$ns = 2_000_000_000 + $run if $argv[0] eq 'ld';
	line('fork', "ts=$ts", @ids);
	line('exec', "ts=" . ($ts + 500), @ids, 'uid=1000', 'cwd=/src',
	    "file=/usr/bin/$argv[0]", 'argv=' . join("\t", @argv));
	return [$ts + $ns, @ids, "status=$status", "cputime=" . int($ns / 2),
	    'maxrss=' . (1000 + $i)];
}

line('trace', 'version=1', "start=$start", 'host=ci-' . $run % 4,
    "label.commit=c" . int($run / 5), 'tracer=bpftrace', 'argv=make',
    "check-$job");
line('root', 'ts=1000', 'pid=1000');
my @root = ('pid=1000', 'ppid=1', 'pgid=1000', 'sid=1000');
line('fork', 'ts=1000', @root);
line('exec', 'ts=2000', @root, 'file=/usr/bin/make', 'argv=make', "check-$job");
my @exits;
for my $i (1 .. $n - 1) {
	my $test = $i % 50;

	if ($i == $n - 1) {
		push @exits, process($i, 0, 'ld', '-o', 'program');
	} elsif ($i == 100 && ($run == 500 || $run == 501)) {
		push @exits, process($i, 0, 'curl', '-H',
		    'Authorization: Bearer ghp_' . 'x' x 36, 'https://example.org');
	} elsif ($i <= 50) {
		push @exits, process($i, $test == 13 ||
		    ($test == 7 && $run % 10 == 0) ? 1 : 0, 'sh', "test_$test.sh");
	} else {
		push @exits, process($i, 0, 'cc', '-O2', '-c', "file_$i.c");
	}
}
line('exit', "ts=$_->[0]", @$_[1 .. $#$_])
    for sort { $a->[0] <=> $b->[0] } @exits;
line('exit', 'ts=' . (1000 + $wall), @root, 'status=' . ($job == 4 ? 2 : 0));
line('end', 'ts=' . (2000 + $wall));
