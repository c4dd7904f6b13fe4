#!/bin/sh
# run.sh - runs fuzz targets, one after the other
#
# usage: run.sh DIR SECONDS [TARGET...]
#
# DIR has the targets (all of them if none is named) and gets the corpus; what
# was found ends up in DIR/finds, and once it is mended in tests/fuzz/finds.
set -u
tests=$(cd "$(dirname "$0")/.." && pwd)
dir=$1 seconds=$2
shift 2
mkdir -p "$dir/seeds" "$dir/finds"
cp "$tests"/golden/*.pt "$tests"/import/* "$dir/seeds"
if [ $# -eq 0 ]; then
	for target in "$tests"/fuzz/*.c; do
		set -- "$@" "$(basename "$target" .c)"
	done
fi
failed=0
for target; do
	mkdir -p "$dir/corpus/$target" "$tests/fuzz/finds"
	"$dir/target/$target" -max_total_time="$seconds" -timeout=20 \
	    -max_len=8192 -dict="$tests/fuzz/words" -close_fd_mask=3 \
	    -print_final_stats=1 -artifact_prefix="$dir/finds/$target-" \
	    "$dir/corpus/$target" "$dir/seeds" "$tests/fuzz/finds" \
	    >"$dir/$target.log" 2>&1 || failed=1
	grep -E '^(==|SUMMARY|Test unit|stat::number_of_exec)' "$dir/$target.log" |
	    sed "s/^/$target: /"
done
exit $failed
