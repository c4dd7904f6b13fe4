#!/bin/sh
# embed.sh - a file as C source, for src/base/embed.h
#
# usage: embed.sh FILE	its bytes are embed_NAME, with _ for what is no letter
#			or digit in its name
#
# Character constants: a string literal may have 4095 bytes, and whether a
# char is signed does not matter to '\xff'. od and sed are in POSIX.
set -eu
name=$(basename "$1" | sed 's/[^A-Za-z0-9]/_/g')
echo '#include "base/embed.h"'
echo 'static const char bytes[] = {'
od -An -v -tx1 <"$1" | sed "s/ *\([0-9a-f][0-9a-f]\) */'\\\\x\1',/g"
echo '};'
echo "const struct slice embed_$name = { bytes, sizeof bytes };"
