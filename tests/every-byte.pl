# every-byte.pl - recordings whose arguments have every byte that an argument can have
#
# usage: every-byte.pl N		the Nth of 33 recordings, from 0, in each of which
#					a command fails: bytes 8 N to 8 N + 7, the last
#					one what is special to others
#        every-byte.pl -x N		its arguments in hexadecimal, separated by spaces
use strict;
use warnings;

my @special = ("a\nb", "::error::x", "\n::error::x", '```', '<script>', "=cmd|' /C x'!A0",
    '+1', '-1', '@x', "\x{e2}\x{82}\x{ac}", "\xc0\xaf", '%0A', '"', "'");

sub args {
	my ($n) = @_;

	return @special if $n == 32;
	return map { 'a' . chr($_) . 'b' } grep { $_ } 8 * $n .. 8 * $n + 7;
}

# as proctrace-events(5) escapes: valid UTF-8 without controls stands for itself
sub escape {
	my ($s) = @_;

	return $s if $s eq "\x{e2}\x{82}\x{ac}";
	$s =~ s/\\/\\\\/g;
	$s =~ s/\t/\\t/g;
	$s =~ s/\n/\\n/g;
	$s =~ s/\r/\\r/g;
	$s =~ s/([\x00-\x1f\x7f-\xff])/sprintf '\x%02x', ord $1/ge;
	return $s;
}

my $what = $ARGV[0] =~ /^-/ ? shift : '';
my @args = args($ARGV[0]);
if ($what eq '-x') {
	print join(' ', map { unpack 'H*', $_ } 'x', @args), "\n";
} else {
	my $argv = join("\t", 'argv=x', map { escape($_) } @args);

	print "trace\tversion=1\tstart=100000000000000$ARGV[0]\thost=h\n",
	    "root\tts=0\tpid=1\nfork\tts=0\tpid=1\tppid=0\tpgid=1\tsid=1\n",
	    "exec\tts=1\tpid=1\tppid=0\tpgid=1\tsid=1\t$argv\n",
	    "exit\tts=9\tpid=1\tppid=0\tpgid=1\tsid=1\tstatus=7\nend\tts=10\n";
}
