#!/bin/sh
# Error injection: every system call and every allocation of every filter
# fails in turn, until none is left to fail. Each time there must be a message
# and status 2, and the file of -o must be what it was before.
#
# inject/inject.c makes allocations fail, strace makes system calls fail: the
# C library's own calls, as those of stdio, are among them, and what the
# dynamic linker did before is not.
. "${0%/*}/lib.sh"

shim=$HELPERS/inject.so
# LeakSanitizer cannot work below strace, and what ends in err() need not free
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0:detect_leaks=0"
t_need strace
[ -e "$shim" ] || t_skip_all 'inject.so is not built'
strace -qq -o /dev/null true || t_skip_all 'strace may not trace here'

# System calls whose failure must be told, and the error; the others below may
# also do no harm, when the whole output is there.
must='openat:EMFILE read:EIO write:ENOSPC close:EIO pread64:EIO pwrite64:ENOSPC
	?rename,?renameat,?renameat2:EACCES ?dup2,?dup3:EBUSY fchmod:EPERM
	fsync:EIO ftruncate:EIO'
may='?stat,?fstat,?newfstatat,?statx:EIO ?access,?faccessat,?faccessat2:EACCES
	?poll,?ppoll:EINVAL ?readlink,?readlinkat:EIO lseek:EIO fcntl:EINVAL
	?unlink,?unlinkat:EACCES read:EINTR'

# The filters, each as one line of words; the input is in the files.
commands() {
	for program in "$BIN"/pt-*; do
		case ${program##*/} in
		pt-capture) ;;
		pt-import)
			echo pt-import -o out jsonl
			echo pt-import --from strace -o out strace
			echo pt-import --from proctrace -o out proctrace ;;
		pt-ingest) echo pt-ingest -o out rec ;;
		pt-sort)
			echo pt-sort -o out rec rec
			echo pt-sort -m -o out rec rec
			echo pt-sort -S 1b -T . -o out big ;;
		pt-render-jsonl)
			echo pt-render-jsonl -o out rec
			echo pt-render-jsonl -d by-process -o out rec ;;
		pt-stat)
			echo pt-stat -o out rec
			echo pt-stat --json -o out rec ;;
		pt-why) echo pt-why -o out hang ;;
		pt-ps) echo pt-ps --output out rec ;;
		pt-redact)
			echo pt-redact -o out rec
			echo pt-redact -o out -e '[e-x]*o' rec ;;
		pt-diff) echo pt-diff -o out rec hang ;;
		pt-grep) echo pt-grep -o out -e . rec ;;
		*) echo "${program##*/}" -o out rec ;;
		esac
	done
}

inputs() {
	awk 'BEGIN {
		for (i = 3000; i > 0; i--)
			printf "tick\tts=%d\tcpu=0\n", i
	}' >big
	cp "$TESTS/golden/basic.pt" rec
	cp "$TESTS/golden/hang.pt" hang
	pt-render-jsonl rec >jsonl
	cp "$TESTS/import/relative.strace" strace
	cp "$TESTS/import/first.proctrace" proctrace
}

# good CMD...: the run in which nothing fails, for comparison
good() {
	"$@"
	echo $? >want.status
	mv out want && case $1:$(cat want.status) in
	*:0 | pt-diff:1) ;;
	*) return 1 ;;
	esac
}

# harmless: the program said nothing, and its output is whole
harmless() {
	[ "$status" = "$(cat want.status)" ] && [ ! -s "$err" ] &&
	    cmp -s want out
}

# told PROG: it failed with a message, and left no output
told() {
	[ "$status" -eq 2 ] && grep -q "^$1: ." "$err" &&
	    [ "$(cat out)" = old ] && [ "$(echo out*)" = out ]
}

# spared: the call was one on a file without a name that does no harm (it can
# be opened in another way, and when it is closed all of it was read; but 1 is
# the output), or of the C library, which looks at the time zone even where it
# does not matter
spared() {
	grep -qE '(O_TMPFILE|close\(([2-9]|[0-9]{2,})<.*>\(deleted\)\)|/etc/localtime|/zoneinfo/).*INJECTED' log
}

# verdict KIND N PROG: what came of the Nth call that failed
verdict() {
	told "$3" && return
	[ "${1%% *}" = may ] || spared && harmless && return
	echo "$1, call $2: status $status, $(ls)"
	cat "$err"
	return 1
}

before() {
	rm -f out* hit log
	echo old >out
}

# spare PROG: json-c 0.16 crashes when a key cannot be copied, and drops in
# silence what it cannot add (json_tokener.c does not look at what strdup() and
# json_object_object_add() return), so its parser is left alone.
spare() {
	unset INJECT_SPARE
	case $1 in
	pt-import) export INJECT_SPARE=json_tokener_parse_ex ;;
	esac
}

# allocations HOW CMD...: HOW is + if all that follow fail as well
allocations() {
	how=$1 n=0 bad=0
	shift
	spare "$1"
	while n=$((n + 1)); do
		before
		INJECT=$n$how INJECT_HIT=hit LD_PRELOAD=$shim "$@" 2>"$err"
		status=$?
		[ -e hit ] || break
		verdict 'may malloc' $n "$1" || bad=$((bad + 1))
	done >"$out"
	unset INJECT_SPARE
	t_report "$*: each of $((n - 1)) allocations${how:+ and the rest}" \
	    $((bad + (n < 3)))
	head -n 20 "$out" | t_comment
}

# startup CALLS CMD...: how many of them the dynamic linker made
startup() {
	calls=$1
	shift
	strace -qq -o log -e trace="getpgid,$calls" -E LD_PRELOAD="$shim" "$@" \
	    2>"$err"
	awk '/^getpgid\(1886679653\)/ { print NR - 1; exit }' log
}

# syscalls KIND CALLS:ERROR CMD...
syscalls() {
	kind=$1 calls=${2%:*} error=${2#*:} n=0 bad=0
	shift 2
	before
	skip=$(startup "$calls" "$@")
	while n=$((n + 1)); do
		before
		strace -qq -y -o log -e trace="$calls" \
		    -e inject="$calls:error=$error:when=$((skip + n))" \
		    -E LD_PRELOAD="$shim" "$@" 2>"$err"
		status=$?
		grep -q INJECTED log || break
		verdict "$kind $calls:$error" $n "$1" || bad=$((bad + 1))
	done >"$out"
	[ $n -eq 1 ] || t_report "$*: each of $((n - 1)) $calls:$error" $bad
	head -n 20 "$out" | t_comment
	total=$((total + n - 1))
}

inputs
commands >list
while read -r line <&3; do
	# shellcheck disable=SC2086 # words
	set -- $line
	t_ok "$line" good "$@"
	allocations '' "$@"
	# the sanitizers make all of this ten times as slow
	[ "${SAN:-}" ] || allocations + "$@"
	total=0
	for call in $must; do
		syscalls must "$call" "$@"
	done
	# open and close at both ends, two reads and a write at least
	t_ok "$line: $total calls" test "$total" -ge 8
	[ -z "${SAN:-}" ] || continue
	for call in $may; do
		syscalls may "$call" "$@"
	done
done 3<list
t_done
