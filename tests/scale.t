#!/bin/sh
# pt-ingest and long recordings: memory, time, and when the output begins.
# With sanitizers, which need more of everything: a tenth, and no limits.
. "${0%/*}/lib.sh"

# takes MIB N ARG...: a recording made by bigrec N ARG... passes in so much
# memory. What it took is in $kib and $ms, what came out in $lines and $last.
takes() {
	limit=$1 n=$2
	shift 2
	[ -z "${SAN:-}" ] || n=${n%0}
	"$HELPERS/bigrec" "$n" "$@" | "$HELPERS/rusage" used pt-ingest |
	    awk '{ last = $0 } END { print NR, last }' >passed
	read -r kib ms <used
	read -r lines last <passed
	echo "bigrec $n $*: $kib KiB, $ms ms, $lines lines, last: $last"
	[ "${last%%	*}" = end ] && { [ "${SAN:-}" ] || [ "$kib" -lt $((limit * 1024)) ]; }
}

# linear: ten times the events take about ten times as long (measured: 10)
linear() {
	takes 64 1000000 1000 && short=$ms && takes 64 10000000 1000 || return
	[ "$ms" -lt $((short * 15 + 100)) ]
}

# all_of_chain N: the processes of a chain, all of which belong
all_of_chain() {
	takes 64 "$1"0 1000 4 chain || return
	# their forks and ends (of the last 1000: no end), and trace, root, the
	# fork of the root, and end
	[ "$lines" -eq $((n - 1000 + 4)) ]
}

t_ok '10,000,000 events of 1,000 processes: 64 MiB, and linear time' linear
t_ok '10,000,000 processes, each forked by the one before' all_of_chain 2000000
t_ok 'a recording that says nothing of its CPUs, at a million events a second' \
    takes 64 3000000 1000 128 bare

# The input is still open when the output is read.
ev() {
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=1\tsid=1\tcpu=%s\n' "$@"
}
{
	printf 'trace\tcpus=0-1\nroot\tts=0\tpid=100\n'
	ev fork 5 100 1 0
	ev exec 7 100 1 0
	printf 'tick\tts=6\tcpu=1\n'
} >begin
{
	printf 'trace\tversion=1\nroot\tts=5\tpid=100\n'
	ev fork 5 100 1 0
} >ready
{
	ev exec 7 100 1 0
	ev exit 8 100 1 0
	printf 'end\tts=9\n'
} >rest

# live CMD...: what a pipeline has written of "begin" before its input ends,
# and then of what follows
live() {
	mkfifo in out
	timeout 300 "$@" <in >out &
	pid=$!
	exec 3>in 4<out
	cat begin >&3
	head -c "$(wc -c <early)" <&4 >got.early
	ev exit 8 100 1 0 >&3
	printf 'end\tts=9\n' >&3
	exec 3>&-
	cat <&4 >got.late
	wait "$pid" && cmp got.early early && cmp got.late late
	status=$?
	rm in out
	return "$status"
}
cp ready early
cp rest late
t_ok 'an event is written as soon as no earlier one can follow' live pt-ingest
pt-render-jsonl <ready >early
pt-render-jsonl <rest >late
t_ok '... through two filters' \
    live sh -c 'pt-ingest | pt-render-jsonl'

# a line that is longer than all buffers
{
	printf 'root\tts=5\tpid=100\n'
	ev fork 5 100 1 0
	ev exec 6 100 1 0 | tr '\n' '\t'
	printf 'argv='
	head -c 100000000 /dev/zero | tr '\0' x
	printf '\t\nend\tts=9\n'
} >long
longer() {
	"$HELPERS/rusage" used pt-ingest <long >got && cmp got long || return
	read -r kib ms <used
	echo "$kib KiB, $ms ms"
	[ "${SAN:-}" ] || [ "$kib" -lt $((400 * 1024)) ]
}
t_ok 'an argument of 100 MB' longer
t_done
