#!/bin/sh
# embed.sh - a file as C source, for src/base/embed.h
#
# usage: embed.sh FILE	its bytes are embed_NAME, with _ for what is no letter
#			or digit in its name
#
# Character constants: a string literal may have 4095 bytes, and whether a
# char is signed does not matter to '\xff'. od and sed are in POSIX; the digest
# is made by sha256sum of GNU or shasum of Perl, whichever is there.
set -eu
name=$(basename "$1" | sed 's/[^A-Za-z0-9]/_/g')

sha256() {
	if command -v sha256sum >/dev/null; then
		sha256sum
	else
		shasum -a 256
	fi <"$1"
}
hex=$(sha256 "$1" | sed 's/ .*//')
digest=$(for byte in $(echo "$hex" | sed 's/../& /g'); do
	# shellcheck disable=SC2059 # the format is an octal escape
	printf "\\$(printf %03o "0x$byte")"
done | base64)
[ ${#digest} -eq 44 ] || { echo "embed.sh: no SHA-256 of $1" >&2; exit 1; }

echo '#include "base/embed.h"'
echo 'static const char bytes[] = {'
od -An -v -tx1 <"$1" | sed "s/ *\([0-9a-f][0-9a-f]\) */'\\\\x\1',/g"
echo '};'
echo "const struct embed embed_$name = { bytes, sizeof bytes,"
echo "    \"sha256-$digest\" };"
