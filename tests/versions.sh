#!/bin/sh
# versions.sh - the tracer script on the bpftrace of several Debian releases
#
# usage: versions.sh [SUITE ...]	default: bookworm trixie sid
#
# Makes a Debian root of each with debootstrap in build/roots (or where ROOTS
# says), lets pt-capture trace tests/helpers/torture with the bpftrace in it,
# and compares what was recorded with what was done; then the tests of what an
# event tells. TAP; needs root.
cd "${0%/*}/.." || exit 2
ROOT=$PWD
TESTS=$ROOT/tests
BIN=${BIN:-$ROOT/bin}
HELPERS=${HELPERS:-$ROOT/build/helpers}
ROOTS=${ROOTS:-$ROOT/build/roots}
PATH=$BIN:$PATH:/usr/sbin:/sbin
export BIN HELPERS PATH LC_ALL=C
. "$TESTS/canonical.sh"
tmp=$(mktemp -d) || exit 2
mounted=
clean_up() {
	for dir in $mounted; do
		umount -l "$dir"
	done
	rm -rf "$tmp"
}
trap clean_up EXIT
trap 'exit 129' HUP INT TERM

# The suite's root, with bpftrace; /proc, /sys and /dev are those of here.
make_root() {
	root=$ROOTS/$1
	if [ ! -x "$root/usr/bin/bpftrace" ]; then
		mkdir -p "$ROOTS"
		# one that was interrupted is of no use
		rm -rf --one-file-system "$root.new"
		if ! { debootstrap --variant=minbase --include=bpftrace "$1" \
		    "$root.new" && mv -T "$root.new" "$root"; } \
		    >"$tmp/debootstrap.log" 2>&1; then
			tail -n 3 "$tmp/debootstrap.log" | sed 's/^/# /'
			return 1
		fi
	fi
	for dir in proc sys sys/kernel/tracing dev; do
		mkdir -p "$root/$dir"
		mountpoint -q "$root/$dir" && continue
		mount --bind "/$dir" "$root/$dir" || return 1
		mounted="$root/$dir $mounted"
	done
}

# The script alone, which is a recording, too: of everything, or of no tree.
bare() {
	# the first is heard of when all is attached
	"$tmp/bpftrace" -q /dev/stdin "$@" <"$ROOT/share/bpftrace/proctrace.bt" \
	    >"$tmp/bare.pt" 2>"$tmp/bare.err" &
	pid=$!
	waited=0
	until grep -q '^tick' "$tmp/bare.pt" || [ $waited -ge 600 ]; do
		waited=$((waited + 1))
		sleep 0.1
	done
	sh -c : "bare-$pid"
	sleep 1
	kill -INT $pid
	wait $pid
	found=$(pt-grep -c -F "bare-$pid" "$tmp/bare.pt" 2>/dev/null)
	grep -q '^end' "$tmp/bare.pt" && [ "$found" -eq $((1 - $#)) ] && return
	echo "# the bare script with '$*': $found"
	grep ERROR "$tmp/bare.err" | sed 's/^/# /'
	return 1
}

check() {
	make_root "$1" || return
	cat >"$tmp/bpftrace" <<EOF
#!/bin/sh
exec chroot '$root' /usr/bin/bpftrace "\$@"
EOF
	chmod +x "$tmp/bpftrace"
	version=$("$tmp/bpftrace" --version)
	for mode in '' --tree; do
		# shellcheck disable=SC2086 # no option, or one
		timeout 120 pt-capture --tracer bpftrace -b "$tmp/bpftrace" $mode \
		    -o "$tmp/torture.pt" -- "$HELPERS/torture" >"$tmp/want" || return
		(cd "$tmp" && sort -o want want && canonical_tree torture.pt >got &&
		    diff want got) >"$tmp/diff" || {
			head -n 20 "$tmp/diff" | sed 's/^/# /'
			return 1
		}
	done
	for args in '' 4711; do
		# shellcheck disable=SC2086 # no argument, or one
		bare $args || return
	done
	# namespaces, directories and descriptors, signals, waiting, files
	mkdir -p "$tmp/path" && ln -sf "$tmp/bpftrace" "$tmp/path"
	for facts in container where signal waiting files; do
		if ! PATH=$tmp/path:$PATH timeout 600 sh "$TESTS/$facts.t" \
		    >"$tmp/facts" 2>&1; then
			echo "# $facts.t:"
			grep -v ^ok "$tmp/facts" | sed 's/^/# /'
			return 1
		fi
	done
	echo "# $1: $version: $(wc -l <"$tmp/want") events, exactly"
}

[ $# -gt 0 ] || set -- bookworm trixie sid
n=0
failed=0
for suite; do
	n=$((n + 1))
	if check "$suite"; then
		echo "ok $n - $suite: $version"
	else
		failed=1
		echo "not ok $n - $suite"
	fi
done
echo "1..$n"
exit "$failed"
