#!/bin/sh
# The folders of src: includes run one way, every module is in a folder, and each
# folder says what it is for. The order is the one of src/README.md.
. "${0%/*}/lib.sh"

# "FOLDER OTHER ..." a line: what each may include
rows() {
	sed -n 's/^    \([a-z]* .*\)/\1/p' "$1/README.md"
	echo base
}

rows "$ROOT/src" >order

# FOLDER: what it may include besides itself
allowed() {
	awk -v folder="$1" '
	$1 == folder { $1 = ""; print; found = 1 }
	END { exit !found }' order
}

# rows that name what does not stand below them
circles() {
	awk '{ for (i = 1; i <= NF; i++) folder[NR, i] = $i; nf[NR] = NF }
	END {
		for (row = NR; row > 0; row--) {
			for (i = 2; i <= nf[row]; i++)
				if (!(folder[row, i] in below))
					print folder[row, 1] " above " folder[row, i]
			below[folder[row, 1]]
		}
	}' "$1"
}

# DIR: folders whose README says something else
untrue() {
	for folder in "$1"/*/; do
		folder=${folder%/}
		may=$(allowed "${folder##*/}") || continue
		says=$(sed -n 's/^It may include \([^.:]*\).*/\1/p' \
		    "$folder/README.md" | sed 's/ and /, /; s/[`,]//g')
		[ "${says:+ }$says" = "$may" ] ||
		    echo "src/${folder##*/}: it may include$may"
	done
}

# includes of the sources below DIR: "FILE FOLDER FOLDER/HEADER" a line
includes() {
	(cd "$1" && grep -n '^#include "' ./*/*.[ch]) | sed \
	    's|^\./\(\([^/]*\)/[^:]*\):[0-9]*:#include "\(.*\)"|\1 \2 \3|'
}

# DIR: what runs against the order, with both files named
upward() {
	includes "$1" | while read -r file folder header; do
		of=${header%/*}
		[ "$of" != "$folder" ] || continue
		case " $(allowed "$folder") " in
		*" $of "*) ;;
		*) echo "src/$file includes $header" ;;
		esac
	done
}

# DIR: files that are in no folder and no program
homeless() {
	for file in "$1"/*; do
		case ${file##*/} in
		pt-*.c | README.md) ;;
		*) [ -d "$file" ] || echo "src/${file##*/}" ;;
		esac
	done
}

# DIR: folders without an entry in the order, or without a README
unknown() {
	for folder in "$1"/*/; do
		folder=${folder%/}
		[ "${folder##*/}" = tools ] || allowed "${folder##*/}" >/dev/null ||
		    echo "src/${folder##*/}: no place in the order"
		[ -s "$folder/README.md" ] || echo "src/${folder##*/}: no README.md"
	done
}

t_ok 'there are includes' test "$(includes "$ROOT/src" | wc -l)" -gt 200
t_case 'what may be included stands below' 0 '' '' circles order
t_case 'each README says what its folder may include' 0 '' '' untrue "$ROOT/src"
t_case 'includes run one way' 0 '' '' upward "$ROOT/src"
t_case 'each file of src has its folder' 0 '' '' homeless "$ROOT/src"
t_case 'each folder has its place and a README' 0 '' '' unknown "$ROOT/src"

# character classes that are made again
classes() {
	(
		cd "$1" || exit
		grep -rnE "(<=|>) '[9fzFZ]'" --include='*.[ch]' . |
		    grep -v '^./base/ascii.h:'
		:
	)
}

t_case 'character classes are those of ascii.h' 0 '' '' classes "$ROOT/src"

# DIR: modules over 350 lines whose header does not say why each of them is one
long() {
	(
		cd "$1" || exit
		wc -l ./*/*.c | awk '$1 > 350 && $2 != "total" { print $1, $2 }' |
		    while read -r lines file; do
			sed 's/^ \*//; /\*\//q' "${file%.c}.h" | tr -s ' \n' ' ' |
			    grep -q 'One module because [a-z]' ||
			    echo "src/${file#./}: $lines lines"
		done
	)
}

# DIR: the functions, "LINES FILE:NAME" a line
functions() {
	(
		cd "$1" || exit
		find . -name '*.c' -exec awk '
		FNR == 1 { name = "" }
		/^[a-z_0-9]+\(/ && !/;$/ { name = $0; sub(/\(.*/, "", name)
			start = FNR }
		/^}/ && name { print FNR - start + 1, FILENAME ":" name; name = "" }
		' {} +
	)
}

# DIR: the functions over 60 lines, and the median if it is over 12
lengths() {
	functions "$1" | sort -n | awk '
	{ n[NR] = $1 }
	$1 > 60 { print $2 ": " $1 " lines" }
	END { if (n[int((NR + 1) / 2)] > 12) print "median: " n[int((NR + 1) / 2)] }'
}

t_ok 'there are functions' test "$(functions "$ROOT/src" | wc -l)" -gt 2000
t_case 'long modules say why they are one' 0 '' '' long "$ROOT/src"
t_case 'functions are short' 0 '' '' lengths "$ROOT/src"

# the checks themselves: a tree in which each is wrong
mkdir -p wrong/base wrong/event wrong/attic
echo '#include "event/event.h"' >wrong/base/buf.c
echo '#include "base/buf.h"' >wrong/event/event.c
echo base >wrong/base/README.md
mkdir -p untrue/event
echo "It may include base." >untrue/event/README.md
printf '%s\n' 'cli base' 'base cli' >circle
touch wrong/pt-x.c wrong/stray.c wrong/event/README.md
t_case 'an include against the order is found' 0 \
    'src/base/buf.c includes event/event.h' '' upward wrong
t_case 'a file in no folder is found' 0 'src/stray.c' '' homeless wrong
echo "c > '9'" >wrong/event/event.h
t_case 'a class made again is found' 0 "./event/event.h:1:c > '9'" '' classes wrong
mkdir -p much/base
yes '' | head -351 >much/base/a.c
cp much/base/a.c much/base/b.c
printf '%s\n' '/* a - short' ' *' ' * One module' ' * because x. */' >much/base/a.h
printf '%s\n' '/* b - long */' '/* One module because x. */' >much/base/b.h
t_case 'a long module without a reason is found' 0 'src/base/b.c: 351 lines' '' \
    long much
: >much/base/b.c
# NAME LINES: a function
body() {
	printf 'int\n%s(void)\n{\n' "$1"
	yes '	;' | head -$(($2 - 3))
	echo '}'
}
{ body f 13 && body g 13 && body h 61; } >much/base/a.c
t_case 'long functions are found' 0 './base/a.c:h: 61 lines
median: 13' '' lengths much
{ body f 12 && body g 12 && body h 60; } >much/base/a.c
: >much/base/b.c
t_case 'short ones are not' 0 '' '' lengths much
t_case 'a circle is found' 0 'base above cli' '' circles circle
t_case 'a README that is not true is found' 0 \
    'src/event: it may include cli base' '' untrue untrue
t_case 'a folder without a place or a README is found' 0 \
    'src/attic: no place in the order
src/attic: no README.md
src/event: no README.md' '' unknown wrong
t_done
