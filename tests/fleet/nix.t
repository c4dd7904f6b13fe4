#!/bin/sh
# share/nix: nix-build makes the package, with a stand-in for nixpkgs, which is not
# to be had here: it runs the phases with the compiler of this machine.
# Of "make check-fleet" only.
# shellcheck disable=SC2016,SC2154 # nix; lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need nix-build make git
unset MAKEFLAGS MFLAGS MAKELEVEL

version=$(sed -n 's/.*PT_VERSION "\(.*\)"/\1/p' "$ROOT/src/cli/options.h")
t_case 'the version of the recipe' 0 "$version" '' \
    sed -n 's/^  version = "\(.*\)";/\1/p' "$ROOT/share/nix/default.nix"
mkdir sources
t_ok 'the sources' sh -c 'cd "$1" && git ls-files -z | tar -c --null -T - |
    tar -x -C "$OLDPWD/sources"' - "$ROOT"
cat >build.sh <<'EOS'
set -eu
wrapProgram() {	# PROGRAM --prefix PATH : DIRS
	mv "$1" "${1%/*}/.${1##*/}-wrapped"
	printf '#!/bin/sh\nPATH=%s:$PATH exec "%s" "$@"\n' "$5" \
	    "${1%/*}/.${1##*/}-wrapped" >"$1"
	chmod +x "$1"
}
cp -r "$src" work && chmod -R u+w work && cd work
make -s -j2 $makeFlags
eval "$checkPhase"
make -s $makeFlags install
eval "$postInstall"
EOS
cat >pkgs.nix <<'EOS'
{
  stdenv.mkDerivation = a: derivation {
    name = "${a.pname}-${a.version}";
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-c" "PATH=/usr/bin:/bin; . ${./build.sh}" ];
    inherit (a) src makeFlags checkPhase postInstall;
  };
  lib = {
    cleanSource = path: path;
    makeBinPath = builtins.concatStringsSep ":";
    licenses = { mit = { }; asl20 = { }; };
    platforms.linux = [ ];
  };
  pkg-config = ""; makeWrapper = ""; json_c = ""; perl = "";
  bpftrace = "/bpftrace/bin"; strace = "/strace/bin";
}
EOS
mkdir nix
NIX_STATE_DIR=$PWD/nix/var NIX_LOG_DIR=$PWD/nix/log NIX_STORE_DIR=$PWD/nix/store
NIX_CONF_DIR=$PWD/nix HOME=$PWD NIX_REMOTE=
export NIX_STATE_DIR NIX_LOG_DIR NIX_STORE_DIR NIX_CONF_DIR HOME NIX_REMOTE
build() {
	timeout 900 nix-build --option sandbox false --option build-users-group '' \
	    --option substitute false --arg pkgs 'import ./pkgs.nix' \
	    sources/share/nix >built 2>log || { tail -n 30 log; return 1; }
}
t_ok 'nix-build, and its tests' build
t_case '... all of these ran' 0 'Result: PASS' '' grep '^Result:' log
for program in "$BIN"/pt-* "$BIN/proctrace"; do
	t_ok "${program##*/}" test -x "result/bin/${program##*/}"
	t_ok "${program##*/}: its page" test -s "result/share/man/man1/${program##*/}.1"
done
t_case 'bpftrace and strace are found' 0 '~*PATH=/bpftrace/bin:/strace/bin:*' '' \
    cat result/bin/pt-capture
pt-render-tree "$TESTS/golden/basic.pt" >want
t_case 'it works' 0 @want '' result/bin/pt-render-tree "$TESTS/golden/basic.pt"
chmod -R u+w nix
t_done
