#!/bin/sh
# CONTRIBUTING.md: its walks are followed in a copy of the tree, its map is that of
# the code, and what it names is there.
. "${0%/*}/lib.sh"
. "$TESTS/examples.sh"
t_trace
t_need bash cc jq make patch prove
contributing=$ROOT/CONTRIBUTING.md

# A file whose name stands above its block is written, and a diff is applied.
walks() {
	awk '
	function begin(command) {
		print "    $ " command
		here = 1
	}
	/^```/ && inside {
		if (here)
			print "    EOT"
		print ""
		inside = here = 0
		next
	}
	/^```/ {
		inside = 1
		if ($0 == "```c")
			begin("cat >" file " <<'\''EOT'\''")
		else if ($0 == "```diff")
			begin("patch -s -p1 --fuzz=0 --no-backup-if-mismatch <<'\''EOT'\''")
		else
			inside = $0 == "```console"
		next
	}
	/^`.*`:$/ { file = substr($0, 2, length - 3) }
	inside { print "    " $0 }' "$1"
}

# the first line of each header is in the map
mapped() {
	# shellcheck disable=SC2044 # no name has a blank
	for header in $(find src -name '*.h'); do
		name=${header##*/}
		line=$(sed -n "s,^/\* ${name%.h} - ,,p" "$header" | sed 's, \*/$,,')
		grep -qxF "| \`$header\` | $line |" "$contributing" || {
			echo "not in CONTRIBUTING.md: | \`$header\` | $line |"
			bad=1
		}
	done
	[ -z "${bad:-}" ]
}

# what stands between backticks, a line each
named() {
	awk -F '`' '/^```/ { inside = !inside }
	!inside { for (i = 2; i <= NF; i += 2) print $i }' "$contributing" | sort -u
}

files_are_there() {
	named | grep -E '^(\.ci|bin|man|share|src|tests)/' |
	    grep -v -e NAME -e '^[a-z]*/pt-render-csv\.[1t]$' >files
	[ "$(wc -l <files)" -gt 100 ] || return
	while read -r file; do
		# shellcheck disable=SC2086 # a pattern
		ls -d $file || exit
	done <files
}

functions_are_there() {
	named | sed -n 's/()$//p' >functions
	[ -s functions ] || return
	while read -r function; do
		grep -rq "^$function(" --include=*.c src tests || { echo "$function"; exit 1; }
	done <functions
}

targets_are_there() {
	named | sed -n 's/^make \([a-z-]*\).*/\1/p' | while read -r target; do
		grep -q "^$target:" Makefile || { echo "$target"; exit 1; }
	done
}

walks "$contributing" >text
t_ok 'a copy of the tree' sources tree
cd tree || exit 2

# shellcheck disable=SC2089,SC2090 # make takes the backslash away
MAKEFLAGS="CFLAGS=-O0\ -Werror=implicit-function-declaration"
# shellcheck disable=SC2090
export MAKEFLAGS
follow ../text
t_ok 'the map is that of the headers' mapped
t_ok 'files' files_are_there
t_ok 'functions' functions_are_there
t_ok 'targets' targets_are_there
t_done
