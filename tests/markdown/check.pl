# check - a page of HTML that cmark-gfm made of a page of pt-render-markdown
#
# perl check.pl FILE	prints the text of each command in it; complains of any
#			element that the page does not need, and of attributes
use strict;
use warnings;

my %allowed = map { $_ => 1 } qw(h3 h4 p table thead tbody tr th td ul ol li code
    pre em);
my %entities = (lt => '<', gt => '>', amp => '&', quot => '"');
my $bad = 0;

sub text {
	my ($s) = @_;

	$s =~ s/<[^>]*>//g;
	$s =~ s/&(?:#(\d+)|(\w+));/defined $1 ? chr $1 : $entities{$2}/ge;
	return $s;
}

binmode STDOUT, ':utf8';
open my $file, '<:utf8', $ARGV[0] or die "$ARGV[0]: $!\n";
local $/;
my $page = <$file>;

while ($page =~ /<(\/?)([^\s>\/]*)([^>]*)>/g) {
	my ($element, $rest) = ($2, $3);

	next if $allowed{$element} && $rest =~ /^\s*\/?$/;
	next if $element eq 'code' && $rest eq ' class="language-mermaid"';
	print "not allowed: <$element$rest>\n";
	$bad = 1;
}
print text($1), "\n" while $page =~ /<code>(.*?)<\/code>/gs;
exit $bad;
