#!/bin/sh
# share/arch: makepkg makes a package of the tarball of "make dist", whose tests
# pass, which has all programs and pages, and which works.
# Of "make check-fleet" only.
# shellcheck disable=SC2154 # lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need makepkg fakeroot bsdtar setpriv make
[ "$(id -u)" -eq 0 ] || t_skip_all 'not root'
unset MAKEFLAGS MFLAGS MAKELEVEL

version=$(sed -n 's/.*PT_VERSION "\(.*\)"/\1/p' "$ROOT/src/cli/options.h")
t_case 'the version of the recipe' 0 "$version" '' \
    sed -n 's/^pkgver=//p' "$ROOT/share/arch/PKGBUILD"
# makepkg refuses to be root
sources() {
	make -s -o all -C "$ROOT" dist BUILD="$PWD/dist" BIN="$BIN" &&
	    mkdir top && cp dist/*.tar.gz "$ROOT/share/arch/PKGBUILD" top &&
	    chown -R nobody top && chmod 755 "$t_tmp"
}
t_ok 'the tarball' sources
# -d and a PACMAN that does nothing: the packages of this system are not those that
# the recipe asks for
build() {
	cd top && PACMAN=true HOME=$PWD PKGEXT=.pkg.tar.gz timeout 900 \
	    setpriv --reuid nobody --regid nogroup --clear-groups \
	    makepkg -d --noconfirm >../log 2>&1 || { tail -n 30 ../log; return 1; }
}
t_ok 'makepkg, and its tests' build
t_case '... all of these ran' 0 'Result: PASS' '' grep '^Result:' log
mkdir root
t_ok 'unpacked' bsdtar -x -C root -f top/proctrace-"$version"-1-*.pkg.tar.gz
for program in "$BIN"/pt-* "$BIN/proctrace"; do
	t_ok "${program##*/}" test -x "root/usr/bin/${program##*/}"
	t_ok "${program##*/}: its page" \
	    test -s root/usr/share/man/man1/"${program##*/}".1.gz
done
t_ok 'the licences' test -s root/usr/share/licenses/proctrace/LICENSE-MIT
pt-render-tree "$TESTS/golden/basic.pt" >want
t_case 'it works' 0 @want '' \
    root/usr/bin/pt-render-tree "$TESTS/golden/basic.pt"
t_done
