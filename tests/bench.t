#!/bin/sh
# make bench still works: all of it, with tiny data
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
[ -z "${SAN:-}" ] || { echo '1..0 # SKIP what sanitizers cost is known'; exit; }
t_as_root

bench() {
	BIN=$BIN HELPERS=$HELPERS QUICK=1 sh "$ROOT/tests/bench/run.sh" "$@"
}

## the table

awk 'BEGIN {
	OFS = "\t"
	print "a", "cpu", 3; print "a", "cpu", 1; print "a", "cpu", 0.5
	print "b", "cpu", 2; print "b", "cpu", 4; print "a", "rss", 2048
	print "c", "begin", 10.5; print "c", "end", 10.625
}' >results
printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
    'a is fast' a cpu b '' 0.4 \
    'a is fast enough' a cpu b '' 0.3 \
    'a is one of two' 'b a' cpu a '' '' \
    'a is small' a rss '' '' 1024 \
    'c ends' c end-begin b cpu 2 \
    'nobody has d' a cpu d.x '' 1 >rows
cat >want <<'EOS'
a is fast	cpu	1.00 s	3.00 s	0.33	0.4	reached
a is fast enough	cpu	1.00 s	3.00 s	0.33	0.3	MISSED
a is one of two	cpu	3.00 s	1.00 s	3.00		
a is small	rss	2.0 MiB			1.0 MiB	MISSED
c ends	wall	125.0 ms	3.00 s	0.04	2	reached
nobody has d	cpu	-	-	-	1	no d here
EOS
awk -v tsv=table.tsv -f "$TESTS/bench/table.awk" results rows >table
tail -n +2 table.tsv >got
t_case 'ratios of medians, and what is missing' 0 @want '' cat got

## a command that fails

t_case 'a command that fails is no result' 1 '~*false	wall*' \
    'measure: false failed: exit 3' \
    sh -c 'printf "false\texit 3\n" | "$HELPERS/measure" 1'

## the data

t_ok 'a recording is the same in any disorder' sh -c '
	record=$HELPERS/record
	"$record" 3000 100 flat ordered | pt-ingest >ordered.pt
	"$record" 3000 100 flat cpus | pt-ingest | cmp - ordered.pt
	[ "$(grep -c "^fork" ordered.pt)" -eq 901 ]'
t_ok 'a deep one as well' sh -c '
	"$HELPERS/record" 3000 1000 deep cpus | pt-ingest | pt-stat |
	grep -q 1000'

## all of it

t_case 'filters' 0 '~*pt-sort*' '' bench data filters
cp "$out" table
t_ok 'nothing of ours is missing' sh -c '! grep "no pt-\|no small\|no large" table'
t_ok 'every row has a number' sh -c '
	awk -F "\t" "NF != 7 || \$3 == \"\" { print; bad = 1 } END { exit bad }" \
	    data/table.tsv'

# a system without the programs to be compared with
mkdir few
for command in awk cat cut getconf grep mkdir rm sed sh sort tr uname; do
	ln -s "$(command -v "$command")" few/
done
t_case 'a program that is not there is a gap' 0 '~*no jq here*' '' \
    env PATH="$PWD/few" "$(command -v sh)" -c '
	BIN=$1 HELPERS=$2 QUICK=1 sh "$3/tests/bench/run.sh" data filters' - \
    "$BIN" "$HELPERS" "$ROOT"

if ! t_traces; then
	t_skip 'capture' "$t_why"
	t_done
fi
t_case 'capture' 0 '~*pt-capture*' '' bench data capture
cp "$out" table
t_ok 'nothing of ours is missing, nothing was lost' sh -c '
	! grep "no pt-\|no lost\|no tree\|no storm" table &&
	! grep "lost  .*MISSED" table && grep "lost  .*reached" table'
t_ok 'without some facts these are missing, and nothing else' sh -c '
	cd data
	grep -q "	cwd=.*	fd0=" tree.make.pt && grep -q "	rundelay=" tree.make.pt
	! grep "	cwd=\|	fd0=\|	rundelay=\|^signal" without.make.pt
	[ "$(grep -c "^exec	" without.make.pt)" -eq \
	    "$(grep -c "^exec	" tree.make.pt)" ]'
t_done
