#!/bin/sh
# Recordings and what the programs make of them: golden/NAME.pt and, for each
# NAME.SUFFIX beside it, the command below. A NAME.SUFFIX.err holds what goes
# to stderr, and the exit status if it is not 0.
#
# To add one: touch golden/NAME.SUFFIX && make golden
. "${0%/*}/lib.sh"

# makes SUFFIX of FILE
output() {
	case $1 in
	diff.json) pt-diff --json basic.pt "$2" ;;
	diff.txt) pt-diff basic.pt "$2" ;;
	folded) pt-render-folded "$2" ;;
	grep.pt) pt-grep --status failed --with-parents "$2" ;;
	ingest.pt) pt-ingest "$2" ;;
	ps.csv) pt-ps --csv -o id,end,file,program,argv "$2" ;;
	ps.json) pt-ps --json "$2" ;;
	ps.txt) pt-ps "$2" ;;
	redact.pt) pt-redact "$2" ;;
	sort.pt) pt-sort "$2" ;;
	jsonl) pt-render-jsonl "$2" ;;
	by-process.jsonl) pt-render-jsonl -d by-process "$2" ;;
	mmd) pt-render-mermaid --rows 0 "$2" ;;
	rows.mmd) pt-render-mermaid "$2" ;;
	html) pt-render-html "$2" ;;
	why.txt) pt-why "$2" ;;
	otlp.jsonl) pt-render-otlp "$2" ;;
	otlp.program.jsonl) pt-render-otlp --spans program --batch 1 "$2" ;;
	perfetto.json) pt-render-perfetto "$2" ;;
	stat.json) pt-stat --json "$2" ;;
	stat.txt) pt-stat "$2" ;;
	tree.txt) pt-render-tree "$2" ;;
	tree.all.txt) pt-render-tree --all "$2" ;;
	*)
		echo "golden.t: no command makes a .$1" >&2
		return 2 ;;
	esac
}

# the same, its status on stderr
run() {
	output "$@" || echo "exit status $?" >&2
}

rewrite() {
	run "$1" "$2" >"$out" 2>"$err"
	cat "$out" >"$3"
	rm -f "$3.err"
	[ ! -s "$err" ] || cat "$err" >"$3.err"
}

cd "$TESTS/golden" || exit 2
for want in *.*; do
	[ -e "$want" ] || continue
	name=${want%%.*}
	suffix=${want#*.}
	case $suffix in
	pt | md | *.err) continue ;;
	esac
	if [ "${GOLDEN:-}" = write ]; then
		rewrite "$suffix" "$name.pt" "$want"
	elif [ -e "$want.err" ]; then
		t_case "$want" 0 "@$want" "@$want.err" run "$suffix" "$name.pt"
	else
		t_case "$want" 0 "@$want" '' run "$suffix" "$name.pt"
	fi
done
[ -z "${GOLDEN:-}" ] || exit 0
t_done
