#!/bin/sh
# Input that is made to take long, or to blow up what comes of it: each program
# gets a few seconds of CPU for what took minutes, or gigabytes, when the time
# was quadratic.
. "${0%/*}/lib.sh"
t_need perl

cat >make.pl <<'EOT'
my ($what, $n) = @ARGV;
my $P = "\tppid=1\tpgid=1\tsid=1";
if ($what eq "inherited") {	# a long argv, and who runs it without an exec
	print "trace\tversion=1\nroot\tts=0\tpid=2\nfork\tts=1\tpid=2$P\n",
	    "exec\tts=2\tpid=2$P\targv=sh\t-c\t", "A" x 65000, "\n";
	printf "fork\tts=%d\tpid=%d\tppid=2\tpgid=1\tsid=1\n", 3 + $_, 10 + $_
	    for 0 .. $n - 1;
	printf "end\tts=%d\n", 9 + $n;
} elsif ($what eq "secrets") {
	print "exec\tts=1\tpid=2$P\targv=sh\t-c\t", "password = " x $n, "\n",
	    "exec\tts=1\tpid=2$P\targv=sh\t-c\t", "a://b:c@" x $n, "\n",
	    "exec\tts=1\tpid=2$P\targv=sh\t-c\t", "echo x | sudo -S " x $n, "\n",
	    "exec\tts=1\tpid=2$P\targv=sh\t-c\t", "PASSWORD 'x " x $n, "\n";
} elsif ($what eq "calls") {	# none of which has ended
	printf "%d 1700000000.%06d clone(child_stack=NULL, flags=SIGCHLD" .
	    " <unfinished ...>\n", 10 + $_, $_ for 0 .. $n - 1;
	printf "%d 1700000002.%06d <... clone resumed>) = %d\n", 10 + $_, $_,
	    1000000 + $_ for 0 .. $n - 1;
} elsif ($what eq "forks") {	# which never do
	printf "%d 1700000000.%06d vfork( <unfinished ...>\n", 10 + $_, $_
	    for 0 .. $n - 1;
	printf "%d 1700000000.9 setsid() = %d\n", 1000000 + $_, 1000000 + $_
	    for 0 .. $n - 1;
} elsif ($what eq "terminal") {	# many lives at a time
	print "1700000000.000000 execve(\"/bin/sh\", [\"sh\"], 0x7) = 0\n";
	printf "[pid %d] 1700000000.%06d setsid() = %d\n", 10 + $_, $_, 10 + $_
	    for 0 .. $n - 1;
	printf "[pid %d] 1700000001.%06d +++ exited with 0 +++\n",
	    10 + $n - 1 - $_, $_ for 0 .. $n - 1;
} elsif ($what eq "attempts") {	# execs, none of which is whole
	printf "EXEC_FILENAME: ts=1,pid=%d,filename=/bin/x\n", 10 + $_
	    for 0 .. $n - 1;
	printf "EXEC: ts=1,pid=%d,ppid=1,pgid=1\n", 10 + $_
	    for reverse 0 .. $n - 1;
}
EOT

# soon FILE CMD...: it ends within 15 s of its own CPU time, and prints at most
# 100 times its input
soon() {
	soon_file=$1
	shift
	# shellcheck disable=SC3045 # a shell which cannot fails
	(ulimit -t 15 && exec "$@" "$soon_file") >made 2>said
	status=$?
	[ "$status" -le 1 ] || {
		echo "status $status"
		head -n 3 said
		return 1
	}
	[ "$(wc -c <made)" -le $((100 * $(wc -c <"$soon_file"))) ]
}

made_of() {
	perl make.pl "$1" "$2" >"$1"
}
made_of inherited 9000
for program in "$BIN"/pt-*; do
	case ${program##*/} in
	pt-capture | pt-import | pt-render-compdb) continue ;;
	pt-grep) set -- pt-grep -v x ;;
	pt-diff) set -- pt-diff inherited ;;
	pt-ps) set -- pt-ps --json ;;
	*) set -- "${program##*/}" ;;
	esac
	t_ok "9,000 processes with one long command: $*" soon inherited "$@"
done
t_ok '... pt-stat --json, all of it' soon inherited pt-stat -j -n 0
t_ok '... pt-render-mermaid --no-limit' soon inherited pt-render-mermaid --no-limit
whole() {
	pt-render-tree --all -w 0 inherited | awk 'length > 65000 { n++ } END { print n }'
}
t_case '... which stands where it was executed, and nowhere else' 0 1 '' whole
made_of secrets 40000
t_ok '40,000 secrets in an argument' soon secrets pt-redact
for what in calls forks terminal attempts; do
	made_of $what 100000
	t_ok "pt-import: 100,000 $what" soon $what pt-import
done
t_done
