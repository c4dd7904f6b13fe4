#!/bin/sh
# Input that is made to take long, or to blow up what comes of it: each program
# gets a few seconds of CPU for what took minutes, or gigabytes, when the time
# was quadratic.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
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
} elsif ($what eq "pipe") {	# of which all hold both ends, and all read
	print "trace\tversion=1\nroot\tts=0\tpid=2\nfork\tts=1\tpid=2$P\n";
	printf "fork\tts=%d\tpid=%d\tppid=2\tpgid=1\tsid=1\n", 3 + $_, 10 + $_
	    for 0 .. $n - 1;
	for my $pid (10 .. 9 + $n) {
		print "fd\tts=9000000\tpid=$pid\tfd=0\tmode=r\ttype=pipe\tino=7\n",
		    "fd\tts=9000000\tpid=$pid\tfd=1\tmode=w\ttype=pipe\tino=7\n",
		    "wait\tts=9000000\tpid=$pid\tfd=0\tcall=read\n";
	}
	print "end\tts=9000001\n";
} elsif ($what eq "circles") {	# two processes each, two pipes between them
	print "trace\tversion=1\nroot\tts=0\tpid=2\nfork\tts=1\tpid=2$P\n";
	printf "fork\tts=%d\tpid=%d\tppid=2\tpgid=1\tsid=1\n", 3 + $_, 10 + $_
	    for 0 .. $n - 1;
	for my $pid (10 .. 9 + $n) {
		my $other = $pid ^ 1;
		print "fd\tts=9000000\tpid=$pid\tfd=0\tmode=r\ttype=pipe\tino=$pid\n",
		    "fd\tts=9000000\tpid=$pid\tfd=1\tmode=w\ttype=pipe\tino=$other\n",
		    "wait\tts=9000000\tpid=$pid\tfd=0\tcall=read\n";
	}
	print "end\tts=9000001\n";
} elsif ($what eq "looks") {
	print "trace\tversion=1\nroot\tts=0\tpid=2\nfork\tts=1\tpid=2$P\n";
	printf "fd\tts=%d\tpid=2\tfd=0\tmode=r\ttype=pipe\tino=7\n" .
	    "wait\tts=%d\tpid=2\tfd=0\tcall=read\n", 9 + $_, 9 + $_
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
	# shellcheck disable=SC2094 # that is what it makes
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
for what in pipe circles looks; do
	made_of $what 100000
	t_ok "pt-why: 100,000 $what" soon $what pt-why
done
t_case '... each circle is told, once' 0 50000 '' eval \
    'pt-why circles | grep -c "A deadlock"'
t_case '... with who waits for whom' 0 '  (unknown) (pid 10) reads pipe 10, held by (unknown) (pid 11)
  (unknown) (pid 11) reads pipe 11, held by (unknown) (pid 10)' '' eval \
    'pt-why circles | grep -A2 "A deadlock" | sed -n 2,3p'
made_of pipe 30
t_case 'many at one pipe are one paragraph' 0 '  (unknown) (pid 10) and 29 more read pipe 7; still open for writing in:
    (unknown) (pid 10, fd 1), itself: it will never see the end
    and 29 that wait themselves: see there' '' eval \
    'pt-why pipe | grep -E "more|itself|themselves"'

# a wait of a child and a pipe between them, and another machine with equal
# numbers, where nobody waits for anybody
for run in a@1 b@2; do
	printf '%s|run=%s\n' 'trace|version=1' $run 'root|ts=0|pid=2' $run \
	    'fork|ts=1|pid=2|ppid=1|pgid=1|sid=1' $run \
	    'fork|ts=2|pid=3|ppid=2|pgid=1|sid=1' $run
done >two
printf '%s\n' 'wait|ts=9|pid=2|call=wait|child=3|run=a@1' \
    'fd|ts=9|pid=2|fd=5|mode=w|type=pipe|ino=7|run=a@1' \
    'fd|ts=9|pid=3|fd=0|mode=r|type=pipe|ino=7|run=a@1' \
    'wait|ts=9|pid=3|fd=0|call=read|run=a@1' \
    'fd|ts=9|pid=3|fd=0|mode=r|type=pipe|ino=7|run=b@2' \
    'wait|ts=9|pid=3|fd=0|call=read|run=b@2' \
    'end|ts=10|run=a@1' 'end|ts=10|run=b@2' >>two
tr '|' '\t' <two >two.pt
t_case 'a child and a pipe; pipes of two machines are two' 0 \
    '2	  (unknown) (pid 3) reads pipe 7 (fd 0);
1	nobody in this tree has its other end
1	A deadlock, each waits for the next:
1	  (unknown) (pid 2) waits for the end of its child (unknown) (pid 3)' '' eval \
    'for line in "  (unknown) (pid 3) reads pipe 7 (fd 0);" "nobody in this tree has its other end" "A deadlock, each waits for the next:" "  (unknown) (pid 2) waits for the end of its child (unknown) (pid 3)"; do
	printf "%s\t%s\n" "$(pt-why two.pt | grep -cF "$line")" "$line"; done'
for what in calls forks terminal attempts; do
	made_of $what 100000
	t_ok "pt-import: 100,000 $what" soon $what pt-import
done
t_done
