#!/bin/sh
# Input that nobody meant: damaged recordings, a line of 100 MB, deep chains,
# cycles, numbers at their limits. Every filter has a right answer or a
# message for it; it neither crashes nor hangs nor needs memory without bounds.
. "${0%/*}/lib.sh"
SEEDS=${SEEDS:-20}

filters() {
	for program in "$BIN"/pt-*; do
		case ${program##*/} in
		pt-capture) ;;
		*) echo "${program##*/}" ;;
		esac
	done
}

# filter PROG: with the arguments that it cannot do without
filter() {
	case $1 in
	pt-grep) timeout 300 pt-grep -e . ;;
	pt-diff) timeout 300 pt-diff basic.pt - ;;
	*) timeout 300 "$1" ;;
	esac
}

# sane FILE PROG: it ends by itself, and says why if not with 0, or with 1 as
# grep and diff do
sane() {
	filter "$2" <"$1" >got 2>got.err
	status=$?
	case $2:$status in
	*:0 | pt-grep:1 | pt-diff:1) return ;;
	*:[12]) [ -s got.err ] && return ;;
	esac
	echo "$2 <$1: status $status"
	head -n 20 got.err
	return 1
}

# damaged PROG FILE...: each of them, damaged with each seed
damaged() {
	p=$1
	shift
	for file; do
		seed=0
		while [ "$seed" -lt "$SEEDS" ]; do
			seed=$((seed + 1))
			"$HELPERS/mutate" "$seed" <"$file" >damaged || return
			sane damaged "$p" || { echo "$file, seed $seed"; return 1; }
		done
	done
}

# make_deep N: a chain of processes, each of which forks the next one
make_deep() {
	awk -v n="$1" 'BEGIN {
		printf "root\tts=0\tpid=2\n"
		for (i = 2; i < n + 2; i++)
			printf "fork\tts=%d\tpid=%d\tppid=%d\tpgid=2\tsid=2\n", \
			    i, i, i - 1
	}'
}

make_cycle() {
	awk 'BEGIN {
		for (i = 1; i < 1000; i++)
			printf "fork\tts=%d\tpid=%d\tppid=%d\tpgid=2\tsid=2\n", \
			    i, 2 + i % 3, 2 + (i + 1) % 3
		printf "fork\tts=1001\tpid=9\tppid=9\tpgid=2\tsid=2\n"
		printf "root\tts=0\tpid=2\n"
	}'
}

make_limits() {
	max=9223372036854775807
	printf 'root\tts=0\tpid=4194304\n'
	for ts in $max 0 $max 1 9223372036854775806; do
		for kind in fork exec exit setsid; do
			printf '%s\tts=%s\tpid=4194304\tppid=4194303\tpgid=4194304\t' \
			    $kind "$ts"
			printf 'sid=0\tcpu=8191\tstatus=%s\tcputime=%s\targv=\n' "$ts" "$ts"
		done
	done
	printf 'lost\tts=%s\tcpu=8191\tcount=18446744073709551615\n' 5 $max
	printf 'end\tts=0\nend\tts=%s\n' $max
}

# make_long N: a line with an argument of N bytes
make_long() {
	printf 'root\tts=0\tpid=7\nexec\tts=1\tpid=7\tppid=1\tpgid=7\tsid=7\targv='
	head -c "$1" /dev/zero | tr '\0' x
	echo
}

# limited PROG FILE: with a small stack, and 1 GiB of memory
limited() {
	# shellcheck disable=SC3045 # bash, dash and busybox have them
	[ "${SAN:-}" ] || { ulimit -s 256 && ulimit -v 1048576; } || return
	sane "$2" "$1"
}

# taken PROG FILE: there is nothing wrong with it
taken() {
	limited "$@" && [ "$status" -eq 0 ]
}

cp "$TESTS"/golden/*.pt "$TESTS"/import/* .
make_deep 100000 >deep
make_cycle >cycle
make_limits >limits
make_long 100000000 >huge
make_long 8000000 >long
head -c 8000000 /dev/zero >zeros
head -c 1000000 /dev/zero | tr '\0' '\n' >newlines
cat "$BIN"/pt-* | head -c 1000000 >noise

for p in $(filters); do
	case $p in
	pt-import) set -- first.jsonl second.proctrace quirks.strace ;;
	*) set -- bare.pt kinds.pt ;;
	esac
	t_ok "$p: damaged recordings" damaged "$p" "$@"
	for file in deep cycle limits long huge zeros newlines noise; do
		how=limited
		case $p:$file in
		*:huge)
			# a few of them, as it takes long
			case $p in
			pt-ingest | pt-sort | pt-render-jsonl) how=taken ;;
			*) continue ;;
			esac ;;
		pt-import:* | pt-why:* | pt-diff:* | pt-grep:deep | \
		pt-render-sh:deep) ;;	# nothing is executed
		*:deep | *:long) how=taken ;;
		esac
		t_ok "$p: $file" $how "$p" $file
	done
done
t_done
