#!/bin/sh
# A test that fails says why on standard error, which prove shows without -v.
. "${0%/*}/lib.sh"
t_need cc

mkdir tests
ln -s "$TESTS/lib.sh" tests
cat >tests/fails.t <<'T'
. "${0%/*}/lib.sh"
t_case 'an answer' 0 yes '' echo no
t_ok 'a file' ls nothing-here
t_done
T
t_case 'of a script' 1 'not ok 1 - an answer
not ok 2 - a file
1..2' '# fails.t 1 - an answer
# stdout differs (- expected, + got):
# @@ -1 +1 @@
# -yes
# +no
# fails.t 2 - a file
# ls: cannot access '\''nothing-here'\'': No such file or directory' sh tests/fails.t

cat >fails.c <<'T'
#include "tap.h"

int
main(void)
{
	is_num(4, 5, "a number");
	is((struct slice)S("a\n"), (struct slice)S("b"), "bytes");
	return done();
}
T
cc -I"$ROOT/src" -I"$TESTS/unit" -o fails fails.c || exit 2
t_case 'of a unit' 1 'not ok 1 - a number
not ok 2 - bytes
1..2' '# 1 - a number
# got: 4
# not: 5
# 2 - bytes
# got: "a\x0a"
# not: "b"' ./fails
t_done
