# usage: big.pl N
#
# A recording of a make that ran N compilers: 6 events each.
use strict;
use warnings;

my $n = shift;
my $ts = 0;

sub event {
	my ($kind, $pid, $ppid, @more) = @_;
	print join("\t", $kind, "ts=$ts", "pid=$pid", "ppid=$ppid", 'pgid=100',
	    'sid=100', @more), "\n";
	$ts += 100;
}

event('fork', 100, 1);
event('exec', 100, 1, 'file=/usr/bin/make', "argv=make\t-j2");
for my $i (1 .. $n) {
	my ($gcc, $cc1) = (200 + 2 * $i % 4000000, 201 + 2 * $i % 4000000);
	my $status = 'status=' . ($i % 50 ? 0 : 1);
	event('fork', $gcc, 100);
	event('exec', $gcc, 100, 'file=/usr/bin/gcc',
	    "argv=gcc\t-O2\t-Iinclude\t-c\t-o\tbuild/o$i.o\tsrc/dir$i/file$i.c");
	event('fork', $cc1, $gcc);
	event('exec', $cc1, $gcc, 'file=/usr/lib/gcc/cc1',
	    "argv=/usr/lib/gcc/cc1\t-quiet\tsrc/dir$i/file$i.c\t-o\t/tmp/cc$i.s");
	# some take longer
	$ts += $i * 7919 % 1000000 * ($i % 97 ? 1 : 50);
	event('exit', $cc1, $gcc, $status);
	event('exit', $gcc, 100, $status);
}
event('exit', 100, 1, 'status=0');
print "end\tts=$ts\n";
