# nix-build share/nix: the package, from these sources. bpftrace and strace, of which
# one is needed to record, are found before those on PATH.
{ pkgs ? import <nixpkgs> { } }:

pkgs.stdenv.mkDerivation {
  pname = "proctrace";
  version = "0.1.0";

  src = pkgs.lib.cleanSource ../..;

  nativeBuildInputs = [ pkgs.pkg-config pkgs.makeWrapper ];
  buildInputs = [ pkgs.json_c ];
  checkInputs = [ pkgs.perl ];

  enableParallelBuilding = true;
  makeFlags = [ "PREFIX=${placeholder "out"}" ];

  doCheck = true;
  checkPhase = ''
    make tests HELPERS=
    BIN=$PWD/bin prove tests/golden.t tests/forgery.t tests/pt-ingest.t
  '';

  postInstall = ''
    rm $out/share/proctrace/installed
    wrapProgram $out/bin/pt-capture \
      --prefix PATH : ${pkgs.lib.makeBinPath [ pkgs.bpftrace pkgs.strace ]}
  '';

  meta = {
    description = "Record and show what processes a command runs";
    license = [ pkgs.lib.licenses.mit pkgs.lib.licenses.asl20 ];
    platforms = pkgs.lib.platforms.linux;
    mainProgram = "proctrace";
  };
}
