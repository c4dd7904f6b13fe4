#!/bin/sh
# The spans of pt-render-otlp as messages of Protobuf, by the definitions that
# OpenTelemetry publishes (npm: @opentelemetry/otlp-transformer): nothing of
# them may be unknown there or get lost; and sent to a receiver on 127.0.0.1.
# shellcheck disable=SC2016 # text of others: Markdown, jq, another shell
. "${0%/*}/lib.sh"
version=0.200.0
tgz=opentelemetry-otlp-transformer-$version.tgz
cache=$ROOT/build/otlp

t_need npm node sha512sum curl jq perl

# into the cache: protobufjs, and the tarball with the definitions
fetch() {
	[ ! -e "$cache/$tgz" ] || return 0
	mkdir -p new "$cache" && cp "$TESTS/otlp/package.json" \
	    "$TESTS/otlp/package-lock.json" new && (
		cd new && npm ci --loglevel=error --ignore-scripts --no-audit \
		    --no-fund --cache "$PWD/npm" &&
		    npm pack --loglevel=error --cache "$PWD/npm" \
		    "@opentelemetry/otlp-transformer@$version" &&
		    sha512sum -c --quiet "$TESTS/otlp/SHA512SUMS"
	) >&2 && rm -rf "$cache/node_modules" &&
	    mv new/node_modules "$cache/" && mv "new/$tgz" "$cache/"
}

fetch 2>why || t_skip_all "no definitions of OTLP: $(head -n 1 why)"
tar -xzf "$cache/$tgz" --strip-components=4 package/build/src/generated/root.js
cp "$TESTS/otlp/decode.js" .
NODE_PATH=$cache/node_modules
export NODE_PATH

# decoded ARGS FILE: what comes back of it is not empty
decoded() {
	pt-render-otlp "$@" >lines 2>/dev/null
	timeout 300 node decode.js lines >back && [ -s back ]
}

for name in basic bare hostile kinds secrets; do
	t_ok "$name" decoded "$TESTS/golden/$name.pt"
	t_ok "$name, by program" decoded --spans program --batch 1 \
	    "$TESTS/golden/$name.pt"
done

# same_args NAME: each argument comes out of the messages byte for byte
same_args() {
	decoded --spans program "$TESTS/golden/$1.pt" &&
	    perl -MEncode "$TESTS/otlp/args.pl" "$TESTS/golden/$1.pt" | sort >want &&
	    perl -MEncode "$TESTS/otlp/args.pl" back | sort | diff want -
}
for name in hostile kinds; do
	t_ok "$name: the arguments are those of the recording" same_args "$name"
done
same_args hostile
t_ok '... and they are many' [ "$(grep -c . want)" -gt 100 ]

# this test can fail
pt-render-otlp "$TESTS/golden/basic.pt" |
    sed 's/"spanId"/"spanID"/' >wrong
t_ok 'a wrong key is seen' sh -c '! node decode.js wrong 2>/dev/null'
pt-render-otlp "$TESTS/golden/basic.pt" |
    sed 's/"endTimeUnixNano":"1/"endTimeUnixNano":"x/' >wrong
t_ok 'a wrong byte is seen' sh -c '! node decode.js wrong 2>/dev/null'

# The first request is taken, but answered as if it was not: so it comes twice,
# and its spans are there once.
mkfifo port
timeout 300 node decode.js --serve 4 >port 2>errors &
exec 3<port
read -r port <&3
pt-render-otlp --batch 2 "$TESTS/golden/basic.pt" >lines
pt-render-otlp --batch 0 "$TESTS/golden/kinds.pt" >>lines 2>/dev/null
while IFS= read -r line; do
	printf '%s\n' "$line" | curl -fsS --retry 3 --retry-delay 1 \
	    -H 'content-type: application/json' --data-binary @- \
	    "http://127.0.0.1:$port/v1/traces" >>answers 2>>errors
done <lines
read -r said <&3
wait
spans() {
	jq '.resourceSpans[].scopeSpans[].spans | length' | awk '{ n += $1 } END { print n }'
}
there=$(spans <lines)
twice=$(head -n 1 lines | spans)
t_case 'sent, the first request twice' 0 \
    "$((there + twice)) sent, $there there" '' echo "$said"
t_done
