#!/bin/sh
# shots.sh - pictures of reports, to be looked at
#
# usage: shots.sh DIR RECORDING...	each may be compressed with gzip
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
shift
mkdir -p "$dir"
for browser in chromium chromium-browser google-chrome; do
	command -v "$browser" >/dev/null && break
done
for file; do
	name=$(basename "$file" .gz)
	gzip -cdf "$file" | "$BIN/pt-render-html" >"$dir/${name%.pt}.html"
	set -- "$@" "$dir/${name%.pt}.html"
	shift
done
exec node "$here/shots.js" "$browser" "$dir" "$@"
