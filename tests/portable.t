#!/bin/sh
# All programs but pt-capture need POSIX.1-2008, <err.h>, getopt_long() and
# json-c, and no more: they are built as if this were not Linux.
. "${0%/*}/lib.sh"
t_need cc make

# where something is missing, that one is not made, the rest is
make -k -s -j2 -C "$ROOT" BUILD="$PWD/build" BIN="$PWD/bin" CC='cc -U__linux__' \
    STD='-std=c11 -D_POSIX_C_SOURCE=200809L' \
    CFLAGS='-Werror=implicit-function-declaration' >log 2>&1
find build -name '*.o' ! -name 'pt-*' -exec ar qcs portable.a {} +

# links NAME: and writes down which modules are in it
links() {
	cc -o "$1" "build/$1.o" portable.a -ljson-c -Wl,-M >map || {
		grep error: log
		return 1
	}
	sed -n 's/.*portable\.a(\(.*\)\.o).*/\1/p' map >>modules
	echo "$1" >>modules
}
for program in "$BIN"/pt-*; do
	program=${program##*/}
	[ "$program" = pt-capture ] || t_ok "$program links" links "$program"
done

# the sources and headers of those modules
sort -u modules | while read -r module; do
	find "$ROOT/src" -name "$module.c" -exec cc -MM -I"$ROOT/src" {} +
done | tr ' ' '\n' | grep '\.[ch]$' | sort -u >files
posix='ctype dirent errno fcntl fnmatch getopt inttypes langinfo limits locale poll
    regex search signal stdarg stdbool stddef stdint stdio stdlib string strings
    sys/resource
    sys/stat sys/types sys/wait termios time unistd wchar'
for header in $posix err json json_object_iterator sys/ioctl; do
	echo "#include <$header.h>"
done >allowed
other_headers() {
	xargs grep -n '^ *# *include <' <files | grep -vFf allowed
}
t_ok "$(wc -l <files) files: more than 100" test "$(wc -l <files)" -gt 100
t_case 'they include no header of Linux' 1 '' '' other_headers

extensions() {
	# shellcheck disable=SC2016 # awk's $0
	xargs awk '/define _(GNU|DEFAULT)_SOURCE/ && last != "#ifdef __linux__" {
		print FILENAME ": " $0
	}
	{ last = $0 }' <files
}
t_case 'nor ask for its extensions' 0 '' '' extensions

cp "$TESTS/golden/bare.pt" in
pt-sort in >want
sorts() {
	./pt-sort -o sorted in && cmp sorted want && ls >after && cmp before after
}
: >sorted
: >after
ls >before
t_ok 'a file is replaced without O_TMPFILE as well' sorts
t_done
