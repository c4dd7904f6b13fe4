#!/bin/sh
# package.sh - the Debian package and the tarball, in a fresh Debian
#
# usage: package.sh DIR [SUITE [TEST ...]]	default: bookworm, all tests
#
# DIR is where "make deb" has put its files. Makes a minimal root with
# debootstrap, installs the package there, records a make, shows it with each
# renderer, and purges the package; then runs "make check" of the tarball there.
# TAP; needs root.
# shellcheck disable=SC2016 # scripts for the shell in there
DIR=$(cd "$1" && pwd -P) || exit 2
suite=${2:-bookworm}
shift
[ $# -eq 0 ] || shift
tests=$*
PATH=$PATH:/usr/sbin:/sbin
export PATH LC_ALL=C
tmp=$(mktemp -d) || exit 2
root=$DIR/root
log=$tmp/log
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP INT TERM
n=0
failed=0

# t_ok NAME COMMAND ...
t_ok() {
	name=$1
	shift
	n=$((n + 1))
	if "$@" >"$log" 2>&1; then
		echo "ok $n - $name"
	else
		failed=1
		echo "not ok $n - $name"
		tail -n 40 "$log" | sed 's/^/# /'
	fi
}

# in_root SCRIPT: in a mount namespace, with which all is gone that is mounted.
# After a mere chroot no user namespace can be made, which tests need.
in_root() {
	unshare --mount sh -euc '
		mount --bind "$0" "$0"
		cd "$0"
		mount -t proc proc proc
		mount --rbind /sys sys
		mount --rbind /dev dev
		pivot_root . .
		umount -l .
		cd /
		exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		    DEBIAN_FRONTEND=noninteractive CI=true sh -euc "$1"
	' "$root" "$1"
}

fresh_root() {
	rm -rf --one-file-system "$root"
	unshare --mount debootstrap --variant=minbase "$suite" "$root" &&
	    in_root 'apt-get -qq update
		apt-get -qq -y --no-install-recommends install make'
}

# files and directories, but for what apt and dpkg keep for themselves
listing() {
	(cd "$root" && find . -xdev \( -path ./var/lib/apt -o -path ./var/lib/dpkg \
	    -o -path ./var/cache -o -path ./var/log -o -path ./tmp \) -prune -o \
	    -print | sort)
}

t_ok "a minimal $suite" fresh_root
listing >"$tmp/before"
mkdir "$root/tmp/work"
cp "$DIR"/proctrace_*.deb "$DIR"/proctrace_*.orig.tar.gz "$root/tmp/work"
cat >"$root/tmp/work/Makefile" <<'EOF'
all: a b
a:
	sleep 0.1; echo a >a
b:
	echo b >b; false
EOF
t_ok 'the package, with what it needs' in_root \
    'apt-get -qq -y --no-install-recommends install /tmp/work/proctrace_*.deb'
t_ok 'bpftrace is what it needs' in_root 'bpftrace --version'
t_ok 'record -- make: its exit status' in_root '
	cd /tmp/work
	proctrace record -o x.pt -- make -k -j2 || [ $? -eq 2 ]
	grep -q "^exec.*	argv=make	-k	-j2\$" x.pt
	[ "$(grep -c "^exec.*	argv=sleep	0.1\$" x.pt)" -eq 1 ]
	[ "$(grep -c "^fork" x.pt)" -eq "$(grep -c "^exit" x.pt)" ]'
for renderer in html jsonl mermaid perfetto tree; do
	t_ok "render -d $renderer" in_root "
		cd /tmp/work
		proctrace render -d $renderer -o out -i x.pt
		grep -q sleep out"
done
t_ok 'all renderers there are' in_root \
    '[ "$(ls /usr/bin/pt-render-* | wc -l)" -eq 5 ]'
t_ok 'each program has a version and a page' in_root '
	cd /usr/bin
	for program in proctrace pt-*; do
		$program --version
		dpkg -L proctrace | grep -qx "/usr/share/man/man1/$program.1.gz"
	done'
t_ok 'purge' in_root 'apt-get -qq -y purge proctrace
	apt-get -qq -y --purge autoremove'
listing >"$tmp/after"
t_ok 'nothing is left' diff "$tmp/before" "$tmp/after"
# what npm has fetched for the tests already, which look at its checksums
mkdir "$root/tmp/work/build"
for dir in axe mermaid speedscope; do
	[ ! -d "${0%/*}/../build/$dir" ] ||
	    cp -R "${0%/*}/../build/$dir" "$root/tmp/work/build"
done
t_ok 'the tarball: make check' in_root "
	cd /tmp/work
	tar -x -f proctrace_*.orig.tar.gz
	cd proctrace-*/
	mv ../build .
	make check ${tests:+TESTS='$tests'}"
sed -n 's/^Files=/# &/p' "$log"
[ "$failed" -ne 0 ] || rm -rf --one-file-system "$root"
echo "1..$n"
exit "$failed"
