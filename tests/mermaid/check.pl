# usage: check.pl SEEN NAME text|html CHART [RECORDING]
#
# Compares what Mermaid drew, as draw.js saw it, with what the CHART says, and the commands in it with those of the RECORDING. Prints what
# differs, then the status is 1.
use strict;
use warnings;
use Encode;

binmode STDOUT, ':utf8';
my ($seen, $name, $way, $chart, $recording) = @ARGV;
my $bad = 0;

sub bad { print "$_[0]\n"; $bad = 1 }

sub lines {
	open my $fh, '<:raw', $_[0] or die "$_[0]: $!\n";
	return map { chomp; $_ } <$fh>;
}

# what is there to be seen
my (%is, $here);
for (lines($seen)) {
	my ($what, @fields) = split /\t/;
	if ($what eq 'chart') {
		$here = "@fields" eq "$name $way";
		next;
	}
	next unless $here;
	$fields[-1] = decode('utf8', $fields[-1] =~ s/%(..)/chr hex $1/ger);
	push @{$is{$what}}, \@fields;
}
bad("error: $$_[0]") for @{$is{error}};
bad('the chart is no gantt') unless ($is{role}[0][0] // '') eq 'gantt';

# what there must be
my (%want, $body);
for (lines($chart)) {
	my $line = decode('utf8', $_, Encode::FB_CROAK);
	$body ||= $line eq 'gantt';
	next unless $body;
	my $text = sub { $_[0] =~ s/#([0-9]+);/chr $1/ger };
	if ($line =~ /^ {4}section (.*)/) {
		push @{$want{section}}, { text => $text->($1), tasks => [] };
	} elsif ($line =~ /^ {4}title (.*)/) {
		$want{title} = $text->($1);
	} elsif ($line =~ /^ {4}([^:]+):(?:(crit|done|active), )?(\d+), (\d+)ms$/) {
		my %task = (text => $text->($1), tag => $2 // '', start => $3,
		    end => $3 + $4);
		push @{$want{task}}, \%task;
		push @{$want{section}[-1]{tasks}}, \%task;
	} elsif ($line !~ /^ {4}(dateFormat x|axisFormat|tickInterval|todayMarker) ?/ &&
	    $line ne 'gantt') {
		bad("what is this in the chart: $line");
	}
}
bad('the title is: ' . ($is{title}[0][0] // '')) unless
    ($is{title}[0][0] // '') eq $want{title};

my @tasks = sort { $$a[1] <=> $$b[1] } @{$is{task}};
my ($total) = sort { $b <=> $a } map { $$_{end} } @{$want{task}};
bad(scalar(@tasks) . ' tasks, not ' . @{$want{task}}) unless
    @tasks == @{$want{task}};
for my $want (@{$want{task}}) {
	my ($x, $y, $width, $height, $left, $right, $classes, $text) =
	    @{shift @tasks // last};
	$want->{top} = $y;
	$want->{bottom} = $y + $height;
	bad("label: $text\n   not: $want->{text}") if $text ne $want->{text};
	bad("$text: class $classes, not $want->{tag}") if
	    join('', $classes =~ /(crit|done|active)/g) ne $want->{tag};
	bad("$text: $width pixels wide") if $width < 1;
	# beside a short bar is room for what can be cut so far
	bad("$text: from $left to $right of 800 pixels") if
	    ($left < 0 || $right > 800) && $width < 40 &&
	    length($text) <= 60 && ($text =~ tr/#:;%<&`//) < 8;
	my $pixels = (800 - 150 - 75) / $total;
	bad("$text: at $x, $width wide") if
	    abs($x - 150 - $want->{start} * $pixels) > 1.5 ||
	    abs($x + $width - 150 - $want->{end} * $pixels) > 1.5;
}

my @sections = sort { $$a[0] <=> $$b[0] } @{$is{section}};
bad(scalar(@sections) . ' sections, not ' . @{$want{section}}) unless
    @sections == @{$want{section}};
for my $want (@{$want{section}}) {
	my ($y, $text) = @{shift @sections // last};
	bad("section: $text\n     not: $want->{text}") if $text ne $want->{text};
	bad("section $text is beside other tasks") if
	    $y < ($want->{tasks}[0]{top} // 0) ||
	    $y > ($want->{tasks}[-1]{bottom} // 0);
}

my @ticks = map { $$_[0] =~ /^(\d+(?:\.\d+)?) m?s$/ ? $1 : -1 } @{$is{tick}};
bad("ticks: @ticks") if @ticks < 2 || @ticks > 12 ||
    grep { $ticks[$_] <= $ticks[$_ - 1] } 1 .. $#ticks;

# the commands, from the recording alone: words for a shell
my %special = ("\t" => '\t', "\n" => '\n', "\r" => '\r', '\\' => '\\\\', "'" => "\\'");
my $invisible = qr/[\x80-\x9f\xad\x{200b}-\x{200f}\x{2028}-\x{202e}\x{feff}\x{ffff}]/;

sub unescaped {
	return $_[0] =~ s{\\(?:([tnr\\])|x(..))}{
	    defined $2 ? chr hex $2 :
	    { t => "\t", n => "\n", r => "\r", '\\' => '\\' }->{$1} }ger;
}

sub word {
	my ($escaped, $first) = @_;
	my $bytes = unescaped($escaped);
	my $text = eval { decode('utf8', my $copy = $bytes, Encode::FB_CROAK) };
	if (!defined $text || $text =~ /[\x00-\x1f\x7f]|$invisible/) {
		# what is no UTF-8 stands in the place of characters that nobody uses
		$text = decode('utf8', $bytes, sub { chr(0xf0000 + $_[0]) });
		$text =~ s/([\x00-\x1f\x7f'\\])/$special{$1} \/\/ sprintf '\x%02x', ord $1/ge;
		$text =~ s/($invisible)/sprintf '\u%04x', ord $1/ge;
		$text =~ s/([\x{f0000}-\x{f00ff}])/sprintf '\x%02x', ord($1) - 0xf0000/ge;
		return "\$'$text'";
	}
	return $text if $text =~ m{^(?!=)[\w\@%+=:,./\x{a1}-\x{10ffff}-]+$} &&
	    $text !~ /\s/ && !($first && $text =~ /=|^(?:case|coproc|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/);
	return "'" . $text =~ s/'/'\\''/gr . "'";
}

sub command {
	my $line = $_[0];
	my @args = $line =~ s/\targv=(.*)// ? split /\t/, $1, -1 : ();
	@args = $line =~ /\tfile=([^\t]*)/ if "@args" eq '';
	my $argv = join ' ', map { word($args[$_], !$_) } 0 .. $#args;
	$argv .= '...' if $line =~ /\targvlen=/;
	$argv =~ s{/nix/store/\w{32}-[\w.+-]+/bin/(?=\w)}{<store>/}g;
	$argv =~ s{/nix/store/\w{32}-(?=\w)}{<store>/}g;
	return $argv;
}

# whether the text is the command, or what is left of a long one
sub fits {
	my ($text, $command) = @_;
	my ($head, $tail) = $text =~ /^(.+)\x{2026}(.+)$/;
	return 1 if $text eq $command;
	return defined $head && length($text) >= 20 &&
	    length($text) < length($command) &&
	    substr($command, 0, length $head) eq $head &&
	    substr($command, -length $tail) eq $tail;
}

if ($recording) {
	my (%has, %shown);
	for (lines($recording)) {
		push @{$has{$1}}, command($_) if /^exec\t.*?\bpid=(\d+)/;
	}
	for (@{$is{task}}) {
		bad("$$_[-1]: too long") if length($$_[-1]) > 60;
		if ($$_[-1] !~ m{^\[(\d+)(?:/\d+)?\] (.*) \(([^()]*)\)$}s) {
			bad("no label of ours: $$_[-1]");
		} elsif ($3 !~ /^fork/) {
			push @{$shown{$1}}, $2;
		}
	}
	for my $pid (sort keys %has) {
		my @has = sort @{$has{$pid}};
		my @shown = sort @{$shown{$pid} // []};
		bad("$pid: " . @shown . ' commands, not ' . @has) if @shown != @has;
		for (@has) {
			my $text = shift @shown // last;
			bad("$pid: $text\nnot: $_") unless fits($text, $_);
		}
	}
}
exit $bad;
