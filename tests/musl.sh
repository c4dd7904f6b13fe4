#!/bin/sh
# musl.sh - all programs with musl instead of glibc, static, and the tests
#
# usage: musl.sh DIR [TEST ...]	what is built goes to DIR
#
# Debian has no json-c for musl, so it is built from Debian's source package.
# HELPERS are those of the usual build. Not run: inject.t and valgrind.t, which
# need shared libraries of glibc, and what runs other programs.
set -eu
cd "${0%/*}/.."
mkdir -p "$1"
DIR=$(cd "$1" && pwd)
shift
. tests/source.sh

build_json_c() {
	rm -rf "$DIR/json-c"
	mkdir "$DIR/json-c"
	cd "$DIR/json-c"
	source_package json-c
	cmake -S json-c-* -B build -DCMAKE_C_COMPILER=musl-gcc \
	    -DCMAKE_INSTALL_PREFIX="$DIR/json-c" -DCMAKE_INSTALL_LIBDIR=lib \
	    -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF -DBUILD_APPS=OFF
	cmake --build build
	cmake --install build
}

if [ ! -e "$DIR/json-c/lib/libjson-c.a" ]; then
	mkdir -p "$DIR"
	(build_json_c) >"$DIR/json-c.log" 2>&1 || {
		tail "$DIR/json-c.log" >&2
		exit 1
	}
fi
# the kernel's headers, which musl-gcc leaves out with glibc's
linux="-idirafter /usr/include -idirafter /usr/include/$(uname -m)-linux-gnu"
PKG_CONFIG_LIBDIR=$DIR/json-c/lib/pkgconfig make -s -j2 all tests \
    CC='musl-gcc -static' CFLAGS='-O2 -g' CPPFLAGS="$linux" BUILD="$DIR" BIN="$DIR/bin" HELPERS=

if [ $# -eq 0 ]; then
	for file in tests/unit/*.c; do
		file=${file##*/}
		set -- "$@" "$DIR/unit/${file%.c}"
	done
	for file in tests/*.t; do
		case $file in
		*/inject.t | */valgrind.t | */fuzz.t | */portable.t | */dist.t) ;;
		*) set -- "$@" "$file" ;;
		esac
	done
fi
BIN=$DIR/bin prove -j2 --timer "$@"
