#!/bin/sh
# make dist, install and uninstall: from a checkout and from a tarball
# shellcheck disable=SC2016,SC2088 # what other shells, jq and Markdown read; a directory of that name
. "${0%/*}/lib.sh"
t_need git make tar
unset SOURCE_DATE_EPOCH MAKEFLAGS MFLAGS MAKELEVEL
GIT_CONFIG_GLOBAL=/dev/null
export GIT_CONFIG_GLOBAL

# The programs are there already, so that "all" has nothing to do.
make_in() {
	dir=$1
	shift
	make -s -o all -C "$dir" BIN="$BIN" "$@"
}

# unpack TARBALL DIR: its only directory
unpack() {
	mkdir unpacked && tar -x -f "$1" -C unpacked && mv unpacked/* "$2" &&
	    rmdir unpacked
}

t_ok 'a tarball of this tree' make_in "$ROOT" dist BUILD="$PWD/here"
version=$(sed -n 's/.*PT_VERSION "\(.*\)"/\1/p' "$ROOT/src/cli/options.h")
name=proctrace-$version.tar.gz
t_ok '... has the name of the version' test -f "here/$name"
t_case '... and the Debian package has it' 0 "~proctrace ($version-*)*" '' \
    head -n 1 "$ROOT/share/debian/changelog"
unpack "here/$name" checkout
commit() {
	cd checkout || return
	git init -q . && git add . &&
	    GIT_COMMITTER_DATE='2001-02-03T04:05:06Z' \
	    git -c user.name=n -c user.email=e commit -q -m message
}
t_ok 'a checkout of it' commit
touch checkout/bin/pt-stray checkout/src/stray.c
t_ok 'its tarball' make_in checkout dist
private() {
	umask 077
	"$@"
}
t_ok 'a clone' private git clone -q checkout clone
t_ok '... has the same' make_in clone dist BUILD="$PWD/other"
t_ok '... byte for byte' cmp "checkout/build/$name" "other/$name"
t_ok 'from what was in it' private unpack "other/$name" again
touch again/bin/pt-stray
t_ok '... comes the same' make_in again dist
t_ok '... byte for byte, too' cmp "checkout/build/$name" "again/build/$name"
t_ok 'another time' make_in again dist SOURCE_DATE_EPOCH=1
t_case '... is another tarball' 1 '~*differ*' '' \
    cmp "other/$name" "again/build/$name"
unpack "again/build/$name" third
rm -r again/bin/pt-stray again/build
t_ok '... of the same files' diff -r again third
mkdir -p again/build/libexec
cp "${HELPERS%/*}/libexec/"* again/build/libexec

git -C checkout ls-files | sed "s|^|proctrace-$version/|" | sort >want
t_case 'all files in git, no others' 0 @want '' tar -t -f "other/$name"
tar -t -v -f "other/$name" | cut -d ' ' -f 1,2 | sort -u >modes
cat >want <<'TEXT'
-rw-r--r-- 0/0
-rwxr-xr-x 0/0
TEXT
t_case 'of nobody, and readable' 0 @want '' cat modes

# what is there: kinds, modes and names
listing() {
	(cd root 2>/dev/null && find . -printf '%y%m %p\n' | sort)
}

in_root() {
	private make_in again "$@" DESTDIR="$PWD/root" PREFIX=/usr
}

mkdir -p root/usr/share/man/man1 root/usr/bin
echo >root/usr/share/man/man1/other.1
listing >before
t_ok 'install' in_root install
for program in "$BIN"/*; do
	program=${program##*/}
	t_ok "$program, its page and completions" test \
	    -x "root/usr/bin/$program" -a \
	    -f "root/usr/share/man/man1/$program.1" -a \
	    -f "root/usr/share/bash-completion/completions/$program" -a \
	    -f "root/usr/share/fish/vendor_completions.d/$program.fish"
done
t_case 'they run' 0 @"$TESTS/golden/basic.tree.txt" '' \
    root/usr/bin/proctrace render -d tree -i "$TESTS/golden/basic.pt"
t_case 'everybody may read them' 0 '' '' find root/usr ! -perm -a+r
mv root/usr/bin/pt-sort root/usr/bin/pt-former
sed -i 's|bin/pt-sort$|bin/pt-former|' root/usr/share/proctrace/installed
t_ok 'install again, over another version' in_root install
t_ok '... has all programs' test -x root/usr/bin/pt-sort
t_ok 'uninstall' in_root uninstall
t_case '... leaves what was there' 0 @before '' listing
t_case '... and has no more to do' 2 '' \
    '~install.sh: nothing of proctrace is installed in */root/usr*' \
    in_root uninstall
rm -r root
t_case 'no ~, which some shells leave as it is' 1 '' \
    'install.sh: PREFIX=~/x: this shell leaves ~ as it is: write $HOME' \
    sh "$ROOT/src/tools/install.sh" "$PWD/root" '~/x' a:b
t_case 'no relative PREFIX' 1 '' 'install.sh: PREFIX=x is no absolute path' \
    sh "$ROOT/src/tools/install.sh" "$PWD/root" x a:b
t_ok 'install where nothing is' in_root install
t_ok '... and uninstall' in_root uninstall
echo d755 . >want
t_case '... leaves nothing' 0 @want '' listing
mkdir 'any root' && mv root 'any root/root'
in_any_root() {
	private make_in again "$@" DESTDIR="$PWD/any root" PREFIX="//root/a b//c/"
}
t_ok 'install in a directory of any name' in_any_root install
t_ok '... is there' test -x 'any root/root/a b/c/bin/pt-sort'
t_ok '... and uninstall' in_any_root uninstall
mv 'any root/root' .
t_case '... leaves nothing, too' 0 @want '' listing
t_done
