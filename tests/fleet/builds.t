#!/bin/sh
# Real projects: files are those that strace sees, and compile commands those of bear.
# Of "make check-fleet" only.
# shellcheck disable=SC2154 # lib.sh
. "${0%/*}/../lib.sh"
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need bpftrace strace perl jq gcc make cmake ninja dpkg-source bear clangd
[ "$(id -u)" -eq 0 ] || t_skip_all 'not root'
. "$TESTS/source.sh"
. "$TESTS/files/compare.sh"

# sources FILE: what a compilation database compiles, absolute
sources() {
	jq -r '.[] | if .file | startswith("/") then .file
	    else .directory + "/" + .file end' "$1" |
	    xargs -d '\n' realpath -m | sort -u
}

# compile_commands NAME FILE: those of the recording; bear's are in bear.json; FILE is
# one of them, which clangd has to understand
compile_commands() {
	pt-ingest "$t_tmp/compare.$1.pt" | pt-render-compdb -o compile_commands.json
	sources compile_commands.json >have
	sources bear.json >want
	t_ok "$1: bear has entries" test -s want
	t_ok "$1: nothing that bear has is missing" test -z "$(comm -23 want have)"
	clangd --check="$2" --compile-commands-dir=. >clangd.log 2>&1
	t_ok "$1: clangd reads $2" grep -q 'All checks completed, 0 errors' clangd.log
	t_ok "$1: its command is from there" grep -q 'Compile command from CDB' clangd.log
}

t_dir
t_ok 'the source of hello' quietly source_package hello
cd hello-*/ || exit 1
compare configure ./configure
compare hello make -j2
make -s clean >/dev/null
bear --output bear.json -- make >/dev/null 2>&1
compile_commands hello src/hello.c

t_dir
t_ok 'the source of json-c' quietly source_package json-c
cd json-c-*/ || exit 1
cmake -G Ninja -S . -B build -DBUILD_TESTING=OFF >/dev/null
compare json-c ninja -C build
ninja -C build clean >/dev/null
bear --output bear.json -- ninja -C build >/dev/null 2>&1
compile_commands json-c json_object.c

# make alone, which runs what it has built on files that it has
t_dir
t_ok 'the source of bzip2' quietly source_package bzip2
cd bzip2-*/ || exit 1
compare bzip2 make -j2
make -s clean >/dev/null
compare_tracers bzip2.strace make -j2
make -s clean >/dev/null
bear --output bear.json -- make >/dev/null 2>&1
compile_commands bzip2 compress.c
t_done
