#!/bin/sh
# The traces of pt-render-perfetto, loaded by the real speedscope: it must show
# a profile for each track, with the processes on it, their times and the execs
# of the first one within it. And what pt-render-folded writes.
. "${0%/*}/lib.sh"
version=1.25.0
tgz=speedscope-$version.tgz
cache=$ROOT/build/speedscope

t_need npm sha512sum base64 perl
for browser in chromium chromium-browser google-chrome none; do
	command -v "$browser" >/dev/null && break
done
[ "$browser" != none ] || t_skip_all 'no chromium here'

# into the cache
fetch() {
	mkdir -p "$cache"
	[ -e "$cache/$tgz" ] || {
		npm pack --loglevel=error --cache "$PWD/npm" "speedscope@$version" >&2 &&
		    mv "$tgz" "$cache/$$.tgz" && mv "$cache/$$.tgz" "$cache/$tgz"
	}
}

# of the tarball that is meant
unpack() {
	(cd "$cache" && sha512sum -c --quiet) <"$TESTS/speedscope/SHA512SUMS" &&
	    tar -xzf "$cache/$tgz" package/dist/release && return
	rm -f "$cache/$tgz"
	return 1
}

# load FILE: what is to be seen of it, each text on a line, in "seen"
load() {
	{
		printf 'speedscope.loadFileFromBase64("%s", "' "$1"
		base64 -w 0 "$1"
		echo '")'
	} >load.js
	page=file://$PWD/package/dist/release/index.html
	timeout 300 "$browser" --headless --no-sandbox --disable-gpu --disable-quic \
	    --no-first-run --disable-background-networking \
	    --disable-component-update --disable-sync \
	    --user-data-dir="$PWD/profile" --virtual-time-budget=60000 \
	    --dump-dom "$page#localProfilePath=${PWD#/}/load.js&view=sandwich" \
	    >dom 2>browser.err || { cat browser.err >&2; return 1; }
	perl -0777 -pe 's/<(style|script).*?<\/\1>//gs; s/<[^>]*>/\n/g;
	    s/&lt;/</g; s/&gt;/>/g; s/&nbsp;/\xc2\xa0/g; s/&amp;/&/g' dom |
	    grep -v '^[[:space:]]*$' >seen
}

# shows FILE NUMBER TEXT...: it is loaded as so many profiles, and shows texts
shows() {
	name=$1
	load "$name" || return
	profiles='track 1'	# of one no number is shown
	[ "$2" -eq 1 ] || profiles="(1/$2)"
	shift 2
	for text in "$name - speedscope" "$profiles" "$@"; do
		grep -Fq -e "$text" seen || {
			echo "not seen: $text"
			cat seen
			return 1
		}
	done
}

# the totals of all programs, and their shares
shows_folded() {
	load basic.folded || return
	for text in 'basic.folded - speedscope' '117,901 (100%)' '33,000 (28%)' \
	    curl '84,000 (71%)' flox-watchdog '900 (0.76%)' dirname; do
		grep -Fq -e "$text" seen || { cat seen; return 1; }
	done
}

fetch 2>why || t_skip_all "no speedscope $version: $(head -n 1 why)"
t_ok 'the tarball' unpack || t_done
for name in basic kinds hostile bare; do
	pt-render-perfetto "$TESTS/golden/$name.pt" >"$name.json" 2>/dev/null
done
t_ok 'basic' shows basic.json 2 'track 1 (tid 1)' 'track 2 (tid 2)' 109.00ms \
    '57.80ms (53%)' 'curl {"pid":100,' '34.00ms (31%)' 'flox {"pid":100,' \
    '200.00µs (0.18%)' 'dirname {"pid":102,' '900.00µs' '(bash) (exit 1) {"pid":103,'
t_ok 'kinds' shows kinds.json 1 'track 1 (tid 1)' \
    'tab\tnewline\ncr\rback\slash\x41' '\\x1b[31m\\x7f' 'é😀'
t_ok 'hostile' shows hostile.json 6 'click {"pid":1030,' \
    '\xff\xfe {"pid":1062,' '"argv":["\\xff\\xfe"]'
t_ok 'bare' shows bare.json 1
pt-render-folded "$TESTS/golden/basic.pt" >basic.folded
t_ok 'folded stacks' shows_folded
# this test can fail
grep -v '"tid":2,"cat":"process"' basic.json >less.json
t_case 'a track less' 1 '~not seen: (1/2)
*' '' shows less.json 2
t_done
