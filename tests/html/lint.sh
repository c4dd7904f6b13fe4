#!/bin/sh
# lint.sh - the scripts of the report, checked by TypeScript and ESLint
#
# usage: lint.sh DIR	DIR: where what npm fetches is kept
#
# Versions and digests of what is fetched are in npm/package-lock.json. Only
# checks need it, never the build.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
src=$here/../../src/html
mkdir -p "$1"
cd "$1"
if ! cmp -s "$here/npm/package-lock.json" package-lock.json; then
	cp "$here/npm/package.json" "$here/npm/package-lock.json" .
	npm ci --no-audit --no-fund --loglevel=error
fi
node_modules/.bin/tsc -p "$here/npm/tsconfig.json"
cd "$here/../.."
"$OLDPWD/node_modules/.bin/eslint" -c "$here/npm/eslint.config.js" \
    "$src"/report*.js "$here"/*.js
