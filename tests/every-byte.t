#!/bin/sh
# Every byte that an argument can have, and what means something to others, through
# each format that leaves this machine: it comes back byte for byte, or is visibly
# escaped where the format cannot hold it. Through ClickHouse: fleet/clickhouse.t.
. "${0%/*}/lib.sh"
t_need perl jq python3 bash cmark-gfm

# The arguments of the JSON array on each line, in hexadecimal; what has an escape of
# its own is unescaped first.
of_json() {
	python3 -c 'import json, re, sys
for line in sys.stdin:
    args = [a.encode("utf-8", "surrogateescape") for a in json.loads(line)]
    if sys.argv[1] == "escaped":
        names = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"\\": b"\\"}
        args = [re.sub(rb"\\(x[0-9a-f]{2}|[tnr\\])", lambda m: names.get(m[1]) or
            bytes([int(m[1][1:], 16)]), a) for a in args]
    print(" ".join(a.hex() for a in args))' "$1"
}
csv() {
	pt-ps --csv -o program,argv "$1" | python3 -c 'import csv, sys
rows = list(csv.reader(sys.stdin))
assert rows[0] == ["program", "argv"] and len(rows) == 2, rows
print(rows[1][1])'
}
attributes='.resourceSpans[].scopeSpans[].spans[].attributes |
    map({(.key): [.value.arrayValue.values[]?.stringValue]}) | add'
# what a page of Markdown shows of the command that failed, as text: words for bash
shown() {
	cmark-gfm --unsafe -e table |
	    perl -0ne 'print "$1\n" if m{<li><code>(.*?)</code> ended with exit 7</li>}s' |
	    perl -pe 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/&/g'
}
# ... in hexadecimal; a backquote, which ends what is code there, is \x60
words() {
	sed 's/\\x60/`/g' text >command
	bash -c 'eval "set -- $(cat command)"
	    for word; do printf %s "$word" | od -An -v -tx1 | tr -d " \n"; echo; done' |
	    paste -sd ' '
}

n=0
while [ "$n" -le 32 ]; do
	perl "$TESTS/every-byte.pl" "$n" >rec
	perl "$TESTS/every-byte.pl" -x "$n" >hex
	pt-ps --json -o argv rec | jq -c .argv | of_json escaped >json.hex 2>json.err
	t_ok "$n: JSON of pt-ps" cmp hex json.hex
	csv rec | of_json escaped >csv.hex
	t_ok "$n: CSV" cmp hex csv.hex
	pt-render-otlp rec >otlp
	jq -c "$attributes | .\"proctrace.argv\" // empty" otlp | of_json escaped >otlp.hex
	[ -s otlp.hex ] || jq -c "$attributes | .\"process.command_args\"" otlp |
	    of_json plain >otlp.hex
	t_ok "$n: OTLP" cmp hex otlp.hex
	pt-render-markdown rec | shown >text
	words >text.hex
	t_ok "$n: Markdown" cmp hex text.hex
	t_ok "$n: ... without a control byte" sh -c '! LC_ALL=C grep -q "[[:cntrl:]]" text'
	pt-render-markdown --annotations rec >commands
	t_case "$n: one line for each workflow command" 1 '' '' grep -v '^::[a-z]* title=' commands
	n=$((n + 1))
done
t_done
