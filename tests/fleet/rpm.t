#!/bin/sh
# share/rpm: rpmbuild makes a package of the tarball of "make dist", whose tests
# pass, which has all programs and pages, and which works.
# Of "make check-fleet" only.
# shellcheck disable=SC2154 # lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need rpmbuild rpm2cpio cpio make
unset MAKEFLAGS MFLAGS MAKELEVEL

version=$(sed -n 's/.*PT_VERSION "\(.*\)"/\1/p' "$ROOT/src/cli/options.h")
t_case 'the version of the spec' 0 "$version" '' \
    sed -n 's/^Version:[[:space:]]*//p' "$ROOT/share/rpm/proctrace.spec"
sources() {
	mkdir -p top/SOURCES &&
	    make -s -o all -C "$ROOT" dist BUILD="$PWD/dist" BIN="$BIN" &&
	    cp dist/*.tar.gz top/SOURCES
}
t_ok 'the tarball' sources
# --nodeps: Debian's packages are not those that the spec asks for
build() {
	timeout 900 rpmbuild --nodeps --define "_topdir $PWD/top" \
	    --define '_smp_mflags -j2' -bb "$ROOT/share/rpm/proctrace.spec" \
	    >log 2>&1 || { tail -n 30 log; return 1; }
}
t_ok 'rpmbuild, and its tests' build
t_case '... all of these ran' 0 'Result: PASS' '' grep '^Result:' log
mkdir root
unpack() { rpm2cpio "$OLDPWD"/top/RPMS/*/*.rpm | cpio -id --quiet; }
cd root && unpack
cd ..
for program in "$BIN"/pt-* "$BIN/proctrace"; do
	t_ok "${program##*/}" test -x "root/usr/bin/${program##*/}"
	t_ok "${program##*/}: its page" sh -c 'ls "$@" >/dev/null' - \
	    root/usr/share/man/man1/"${program##*/}".1*
done
pt-render-tree "$TESTS/golden/basic.pt" >want
t_case 'it works' 0 @want '' \
    root/usr/bin/pt-render-tree "$TESTS/golden/basic.pt"
t_done
