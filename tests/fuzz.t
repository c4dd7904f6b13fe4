#!/bin/sh
# A short run of each fuzz target, over all recordings of the tests and what
# was found before; "make fuzz T=600" is a long one.
. "${0%/*}/lib.sh"

if [ "${SAN:-}" ]; then
	echo '1..0 # SKIP the targets have sanitizers of their own'
	exit
fi
targets=$ROOT/build/fuzz/target
[ -d "$targets" ] || t_skip_all 'not built: make fuzz-targets'
ln -s "$targets" target

for target in "$TESTS"/fuzz/*.c; do
	target=$(basename "$target" .c)
	t_ok "$target" sh "$TESTS/fuzz/run.sh" . 2 "$target"
done
t_done
