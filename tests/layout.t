#!/bin/sh
# The folders of src: includes run one way, every module is in a folder, and each
# folder says what it is for. The order is the one of src/README.md.
. "${0%/*}/lib.sh"

# FOLDER: what it may include besides itself
allowed() {
	case $1 in
	base) ;;
	cli | sort | json) echo base ;;
	event) echo base cli ;;
	tree) echo base cli event ;;
	analysis) echo base cli event tree ;;
	secret) echo base cli event ;;
	render) echo base cli event tree analysis json ;;
	html) echo base cli event tree analysis json render ;;
	import) echo base cli event json ;;
	proc) echo base cli event tree ;;
	capture) echo base cli event tree import proc ;;
	*) return 1 ;;
	esac
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
t_case 'includes run one way' 0 '' '' upward "$ROOT/src"
t_case 'each file of src has its folder' 0 '' '' homeless "$ROOT/src"
t_case 'each folder has its place and a README' 0 '' '' unknown "$ROOT/src"

# the checks themselves: a tree in which each is wrong
mkdir -p wrong/base wrong/event wrong/attic
echo '#include "event/event.h"' >wrong/base/buf.c
echo '#include "base/buf.h"' >wrong/event/event.c
echo base >wrong/base/README.md
touch wrong/pt-x.c wrong/stray.c wrong/event/README.md
t_case 'an include against the order is found' 0 \
    'src/base/buf.c includes event/event.h' '' upward wrong
t_case 'a file in no folder is found' 0 'src/stray.c' '' homeless wrong
t_case 'a folder without a place or a README is found' 0 \
    'src/attic: no place in the order
src/attic: no README.md
src/event: no README.md' '' unknown wrong
t_done
