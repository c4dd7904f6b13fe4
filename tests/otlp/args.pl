# The arguments of all programs that were run, in hexadecimal: of a recording
# (.pt), or of OTLP/JSON, where proctrace.argv stands for what is not UTF-8.
use strict;
use warnings;
use JSON::PP;

my %escapes = (t => "\t", n => "\n", r => "\r", '\\' => '\\');

sub unescape {
	my ($s) = @_;

	$s =~ s/\\(?:x([0-9a-f]{2})|([tnr\\]))/defined $1 ? chr hex $1 : $escapes{$2}/ge;
	return $s;
}

sub show {
	print join(' ', map { length($_) . ':' . unpack('H*', $_) } @_), "\n";
}

sub of_span {
	my ($span) = @_;
	my %is = map { $_->{key} => $_->{value}{arrayValue}{values} }
	    @{$span->{attributes}};
	my $args = $is{'proctrace.argv'} // $is{'process.command_args'} // return;
	my @bytes = map { Encode::encode_utf8($_->{stringValue}) } @$args;

	show($is{'proctrace.argv'} ? map { unescape($_) } @bytes : @bytes);
}

while (<>) {
	if ($ARGV =~ /\.pt$/) {
		next unless /^exec\t.*?\targv=(.*)$/;
		my @args = split /\t/, $1, -1;
		show(@args ? map { unescape($_) } @args : '');
	} else {
		of_span($_) for map { @{$_->{spans}} } map { @{$_->{scopeSpans}} }
		    @{decode_json($_)->{resourceSpans}};
	}
}
