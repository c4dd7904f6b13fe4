#!/bin/sh
# The charts, drawn by the real Mermaid: the texts of all of tests/golden/*.mmd
# and of some that are made here must be exactly what is meant, and each bar
# must be there. The newest version, and the oldest one that is known in use.
. "${0%/*}/lib.sh"
versions='12.3.0 10.7.0'
here=$TESTS/mermaid
cache=$ROOT/build/mermaid

t_need npm sha512sum base64
for browser in chromium chromium-browser google-chrome none; do
	command -v "$browser" >/dev/null && break
done
[ "$browser" != none ] || t_skip_all 'no chromium here'

# fetch VERSION: its tarball, into the cache
fetch() {
	mkdir -p "$cache"
	[ -e "$cache/mermaid-$1.tgz" ] || {
		npm pack --loglevel=error --cache "$PWD/npm" "mermaid@$1" >&2 &&
		    mv "mermaid-$1.tgz" "$cache/$$.tgz" &&
		    mv "$cache/$$.tgz" "$cache/mermaid-$1.tgz"
	}
}

# unpack VERSION: mermaid.min.js of the tarball that is meant
unpack() {
	grep " mermaid-$1\.tgz\$" "$here/SHA512SUMS" >sum &&
	    (cd "$cache" && sha512sum -c --quiet) <sum &&
	    tar -xzf "$cache/mermaid-$1.tgz" package/dist/mermaid.min.js && return
	rm -f "$cache/mermaid-$1.tgz"
	return 1
}

# draw NAME...: what is to be seen of the charts NAME.mmd
draw() {
	{
		echo '<!doctype html><meta charset="utf-8"><body>'
		echo '<script src="package/dist/mermaid.min.js"></script>'
		echo '<script src="draw.js"></script><script>draw(['
		for chart; do
			printf '["%s", "%s"],\n' "$chart" "$(base64 -w 0 "$chart.mmd")"
		done
		echo '])</script>'
	} >page.html
	timeout 300 "$browser" --headless --no-sandbox --disable-gpu --disable-quic \
	    --no-first-run --disable-background-networking \
	    --disable-component-update --disable-sync \
	    --user-data-dir="$PWD/profile" --virtual-time-budget=300000 \
	    --dump-dom "file://$PWD/page.html" >dom 2>browser.err ||
	    { cat browser.err >&2; return 1; }
	sed -n 's/.*<pre id="seen">\([^<]*\)<.*/\1/p' dom | base64 -d
}

for version in $versions; do
	fetch "$version" 2>why ||
	    t_skip_all "no mermaid $version: $(head -n 1 why)"
done

cp "$here/draw.js" .
charts=
for mmd in "$TESTS"/golden/*.mmd; do
	name=${mmd##*/}
	name=${name%.mmd}
	charts="$charts $name"
	cp "$mmd" .
	# those that are folded do not show every command
	grep -Eq '^    title.*#58;.* (of [0-9]* process|in [0-9]* rows)' "$mmd" ||
	    cp "$TESTS/golden/$name.pt" .
done
for name in labels sections; do
	perl "$here/fuzz.pl" $name >$name.pt
	pt-render-mermaid --rows 0 $name.pt >$name.mmd || exit 1
	charts="$charts $name"
done
perl "$here/big.pl" 1500 >big.in
printf 'lost\tts=900\tcount=7\n' >>big.in
pt-sort big.in | pt-render-mermaid --rows 0 2>/dev/null >big.mmd
pt-render-mermaid --no-limit big.in >toolong.mmd 2>/dev/null
awk '/^```mermaid/ { on = 1; next } /^```/ { on = 0 } on' \
    "$ROOT/README.md" >readme.mmd
charts="$charts big readme"

for version in $versions; do
	t_ok "mermaid $version: the tarball" unpack "$version" || continue
	# shellcheck disable=SC2086 # words
	draw $charts toolong >seen || exit 1
	for name in $charts; do
		set -- "$name.mmd"
		[ ! -e "$name.pt" ] || set -- "$@" "$name.pt"
		for way in text html; do
			t_ok "mermaid $version: $name as $way" \
			    perl "$here/check.pl" seen "$name" $way "$@"
		done
	done
	# this test can fail: more than the limit is no gantt
	t_case "mermaid $version: above the limit" 1 '~*no gantt*' '' \
	    perl "$here/check.pl" seen toolong text toolong.mmd
done
t_done
