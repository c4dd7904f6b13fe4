# usage: fuzz.pl labels|sections
#
# A recording with every pair of printable characters in its labels, or with
# every one of them at each end of the names of its sections.
use strict;
use warnings;

my $ts = 0;
my @printable = map { chr } 32 .. 126;

sub event {
	my ($kind, $pid, @more) = @_;
	print join("\t", $kind, 'ts=' . ($ts += 1000), "pid=$pid",
	    'ppid=' . ($pid == 1 ? 0 : 1), 'pgid=1', 'sid=1', @more), "\n";
}

sub process {
	my ($pid, @commands) = @_;
	event('fork', $pid);
	event('exec', $pid, 'argv=' . s/\\/\\\\/gr) for @commands;
	event('exit', $pid, 'status=0') unless $pid == 1;
}

my @texts;
if ($ARGV[0] eq 'labels') {
	my $pairs = '';
	for my $i (0 .. $#printable) {
		$pairs .= $printable[$i] . $printable[$_] for $i .. $#printable;
	}
	for (my $i = 0; $i < length($pairs) - 1; $i += 33) {
		push @texts, [substr $pairs, $i, 34];
	}
} else {
	@texts = map { ["$_", 'x'], ["x$_", 'x'], ["${_}x", 'x'] }
	    grep { !m{[ /]} } @printable;
}
process(1, 'fuzz');
process($_ + 2, @{$texts[$_]}) for 0 .. $#texts;
event('exit', 1, 'status=0');
