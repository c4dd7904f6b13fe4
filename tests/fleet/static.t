#!/bin/sh
# make dist-static: programs that need no library, in a tarball whose checksum is
# told, and which work wherever it is unpacked.
# Of "make check-fleet" only.
# shellcheck disable=SC2154 # lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need make ldd sha256sum
unset MAKEFLAGS MFLAGS MAKELEVEL

t_ok 'made' make -s -C "$ROOT" dist-static
checked() { (cd "$ROOT/build" && sha256sum -c --quiet SHA256SUMS); }
t_ok 'the checksums' checked
t_case '... of the sources and of this' 0 2 '' \
    sh -c 'wc -l <"$0/build/SHA256SUMS" | tr -d " "' "$ROOT"
t_ok 'unpacked' tar -x -z -f "$ROOT"/build/proctrace-*-linux-*.tar.gz
bin=$(echo "$PWD"/proctrace-*/bin)
for program in "$BIN"/pt-*; do
	name=${program##*/}
	t_case "$name is static" 0 'statically linked' '' \
	    sh -c 'ldd "$0" 2>&1 | sed "s/^[[:space:]]*//;
		s/not a dynamic executable/statically linked/"' "$bin/$name"
	t_case "$name works" 0 "$("$name" --version)" '' \
	    env PATH=/nowhere "$bin/$name" --version
done
pt-render-tree "$TESTS/golden/basic.pt" >want
t_case 'the wrapper finds the programs beside it' 0 @want '' \
    env PATH=/usr/bin:/bin "$bin/proctrace" render -d tree \
    -i "$TESTS/golden/basic.pt"
t_ok 'the licences' ls proctrace-*/LICENSE-MIT proctrace-*/LICENSE-APACHE
t_done
