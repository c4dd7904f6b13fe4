#!/bin/sh
# share/container: what its recipe needs is there, its commands work, and the
# capabilities that it names are enough, and needed. There is no registry of images
# here, so the image itself is not built.
# Of "make check-fleet" only.
# shellcheck disable=SC2154 # lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
recipe=$ROOT/share/container/Containerfile
t_need bpftrace setpriv make apt-cache
[ "$(id -u)" -eq 0 ] || t_skip_all 'not root'
unset MAKEFLAGS MFLAGS MAKELEVEL

# the packages that it installs, one a line
packages() {
	sed -e :a -e '/\\$/{N;s/\\\n//;ba' -e '}' "$recipe" | grep '^RUN' |
	    sed -n 's/.*--no-install-recommends//; s/&&.*//; T; p' | tr -s ' \t' '\n' |
	    grep .
}
t_ok 'it names packages' test "$(packages | grep -c .)" -ge 8
for package in $(packages); do
	t_ok "there is a package $package" apt-cache show --no-all-versions "$package"
done
# its command, but for the two directories
install() {
	sed -n 's/^RUN \(make .*\)/\1/p' "$recipe" | sed "s|/src|$ROOT|; s|=/out|=$PWD/out|
	    s|=/tmp/build|=$PWD/build|g" >command && grep -q DESTDIR command && sh -e ./command
}
t_ok 'what it runs' install
t_case 'the program is there' 0 '~*usage: *' '' out/usr/bin/proctrace --help

# with CAPABILITIES: only these, as root
with() {
	capabilities=$1
	shift
	setpriv --bounding-set "-all$capabilities" --inh-caps "-all$capabilities" "$@"
}
named=$(sed -n 's/.*--cap-add=\([A-Z_,]*\).*/,\1/p' "$recipe" | tr A-Z a-z | sed 's/,/,+/g')
t_ok 'it names capabilities' test -n "$named"
t_case "with $named" 3 '' '' with "$named" timeout 60 \
    out/usr/bin/pt-capture --tracer bpftrace -t -o rec -- sh -c 'exit 3'
t_ok 'the recording is complete' sh -c 'tail -n 1 rec | grep -q "^end	"'
for left in ,+bpf ,+perfmon ''; do
	t_case "with ${left:-none}: it says what is needed" 125 '' \
	    '~*CAP_BPF, CAP_PERFMON*' with "$left" timeout 60 \
	    out/usr/bin/pt-capture --tracer bpftrace -t -o rec -- true
done
t_done
