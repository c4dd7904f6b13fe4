#!/usr/bin/perl
# edges.pl - who wrote and read which files, from a log of strace
#
# usage: edges.pl LOG DIR	prints KIND TAB PID TAB PATH, sorted
#
# LOG is that of strace -f -y with all calls that open, move and execute files. A
# file is its name, which a rename takes along. DIR is the directory of what is
# executed by a relative name. The reads are those of files that were written
# before, and not by a process that has opened them for both.
use strict;
use warnings;

my ($log, $dir) = @ARGV;
my (%begun, %written, %edges, %both);

sub edge {
	my ($kind, $pid, $path) = @_;

	# only regular files have contents to wait for
	return if $path =~ m{^/(?:dev|proc|sys)/} || $path !~ m{^/};
	$edges{"$kind\t$pid\t$path"} = 1;
}

sub absolute {
	my ($path, $at) = @_;
	my @parts;

	$path = "$at/$path" if $path !~ m{^/};
	for my $part (split m{/+}, $path) {
		if ($part eq '..') { pop @parts }
		elsif ($part ne '' && $part ne '.') { push @parts, $part }
	}
	return '/' . join '/', @parts;
}

sub opened {
	my ($pid, $flags, $path) = @_;

	if ($flags =~ /O_WRONLY|O_RDWR/) {
		edge('write', $pid, $path);
		$both{"$pid\t$path"} = 1 if $flags =~ /O_RDWR/;
		$written{$path} = 1;
	} elsif ($flags !~ /O_PATH|O_DIRECTORY/ && $written{$path}) {
		edge('read', $pid, $path);
	}
}

sub moved {
	my ($pid, $from, $to, $keep) = @_;

	edge('write', $pid, $to);
	$written{$to} = 1;
	delete $written{$from} if !$keep;
}

open my $in, '<', $log or die "$log: $!\n";
while (my $line = <$in>) {
	chomp $line;
	my ($pid, $call) = $line =~ /^(\d+) +(.*)/ or next;
	if ($call =~ s/ <unfinished \.\.\.>$//) {
		$begun{$pid} = $call;
		next;
	}
	$call = delete($begun{$pid}) . $1
	    if $call =~ /^<\.\.\. \w+ resumed>(.*)/ && defined $begun{$pid};
	if ($call =~ /^open(?:at2?)?\((.*)\)\s+= \d+<(.*)>$/) {
		my ($args, $path) = ($1, $2);
		opened($pid, $args, $path);
	} elsif ($call =~ /^creat\(.*\)\s+= \d+<(.*)>$/) {
		opened($pid, 'O_WRONLY', $1);
	} elsif ($call =~ /^(rename|link)(?:at2?)?\((.*)\)\s+= 0$/) {
		my ($op, $args) = ($1, $2);
		my $at = $args =~ /AT_FDCWD<([^>]*)>/ ? $1 : $dir;
		my ($from, $to) = $args =~ /"([^"]*)".*?"([^"]*)"/ or next;
		moved($pid, absolute($from, $at), absolute($to, $at), $op eq 'link');
	} elsif ($call =~ /^execve\("([^"]*)".*\)\s+= 0$/) {
		my $path = absolute($1, $dir);
		edge('read', $pid, $path) if $written{$path};
	}
}
for my $edge (sort keys %edges) {
	my ($kind, $pid, $path) = split /\t/, $edge;
	print "$edge\n" if $kind eq 'write' || !$both{"$pid\t$path"};
}
