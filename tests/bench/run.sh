#!/bin/sh
# run.sh - what the programs cost, measured beside others that do alike
#
# usage: run.sh DIR [PART...]	PART: filters, capture (default: all)
#
# DIR keeps the data, results.tsv (each number of each run: measure.c) and
# table.tsv, the table that is printed. TIMES: how often each command is run
# (5). OLD: the directory with the programs of an older version, to be compared
# with. QUICK=1: tiny data, once, to see that all of it works. BIN and HELPERS
# are those of the tests.
# shellcheck disable=SC2317 # functions are called in the parts
set -eu
LC_ALL=C
OLD=${OLD:+$(cd "$OLD" && pwd -P)}
here=$(cd "${0%/*}" && pwd -P)
root=${here%/tests/bench}
BIN=$(cd "${BIN:-$root/bin}" && pwd -P)
HELPERS=$(cd "${HELPERS:-$root/build/helpers}" && pwd -P)
PATH=$BIN:$HELPERS:$PATH
QUICK=${QUICK:-}
TIMES=${TIMES:-${QUICK:+1}}
export LC_ALL PATH BIN HELPERS OLD
mkdir -p "$1"
cd "$1"
shift
[ $# -gt 0 ] || set -- filters capture
: >plan
: >rows

have() {
	command -v "$1" >/dev/null
}

# run NAME COMMAND: one to be measured
run() {
	echo "$1	$2" | tr '\n' ' ' >>plan
	echo >>plan
}

# row WHAT NAME MEASURE AGAINST MEASURE REACH: table.awk
row() {
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>rows
}

for part; do
	# shellcheck source=filters.sh
	. "$here/$part.sh"
done

load() {
	cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null || echo unknown
}

before=$(load)
status=0
measure "${TIMES:-5}" <plan >results.tsv || status=1
echo "# $(uname -sr), $(getconf _NPROCESSORS_ONLN) CPUs," \
    "load before and after: $before, $(load)"
echo "# medians of ${TIMES:-5} runs of whole programs, one after the other in turn"
awk -v tsv=table.tsv -f "$here/table.awk" results.tsv rows
exit $status
