#!/bin/sh
# pt-render-otlp into the collector of OpenTelemetry itself: each span that it takes
# and sends on is the one that was sent to it, with all of its attributes and events.
#
# Of "make check-fleet" only. The collector is built of the packages of Debian sid,
# in a root that debootstrap makes, once: COLLECTOR is where (build/collector).
# shellcheck disable=SC2016,SC2154 # jq; lib.sh
. "${0%/*}/../lib.sh"
fleet=$TESTS
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
# shellcheck source-path=SCRIPTDIR
. "$fleet/clickhouse.sh"
cache=${COLLECTOR:-$ROOT/build/collector}
PATH=$PATH:/usr/sbin
t_need node curl jq debootstrap unshare
[ -x "$cache/collector" ] || [ "$(id -u)" -eq 0 ] || t_skip_all 'not root'
started=
trap 'for p in $started; do kill "$p"; done; cd /; rm -rf "$t_tmp"' EXIT

# its program, in the cache; nothing stays mounted
build() {
	[ ! -x "$cache/collector" ] || return 0
	mkdir -p "$cache" && rm -rf --one-file-system "$cache/root" &&
	    unshare --mount debootstrap --variant=minbase --include="ca-certificates
	    golang-go golang-opentelemetry-collector-dev" sid "$cache/root" &&
	    mkdir "$cache/root/src" && cp "$fleet/collector/main.go" "$cache/root/src" &&
	    unshare --mount sh -ec 'mount -t proc proc "$0/proc"
		exec chroot "$0" env GOPATH=/usr/share/gocode GO111MODULE=off \
		    CGO_ENABLED=0 GOCACHE=/src/cache HOME=/src PATH="$PATH" \
		    go build -C /src -o collector main.go' "$cache/root" &&
	    cp "$cache/root/src/collector" "$cache/collector.new" &&
	    mv "$cache/collector.new" "$cache/collector" &&
	    rm -rf --one-file-system "$cache/root"
}
t_ok 'the collector is built' eval 'build >log 2>&1 || { tail -n 20 log; false; }'
[ -x "$cache/collector" ] || t_done

# sent FILE: the lines of FILE have been taken
sent() {
	while IFS= read -r line; do
		printf %s "$line" | curl -sS -o answer -w '%{http_code}\n' \
		    -H 'content-type: application/json' --data-binary @- \
		    "http://127.0.0.1:$port/v1/traces"
	done <"$1" | sort -u
}

node "$fleet/collector/sink.js" "$PWD/taken" >sink &
started="$started $!"
for _ in $(seq 100); do
	[ ! -s sink ] || break
	sleep 0.1
done
port=$(free_ports 1)
cat >config.yaml <<EOF
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:$port
exporters:
  otlp_http:
    endpoint: http://127.0.0.1:$(cat sink)
    encoding: json
    compression: none
    sending_queue: { enabled: false }
service:
  telemetry:
    metrics: { level: none }
  pipelines:
    traces: { receivers: [otlp], exporters: [otlp_http] }
EOF
"$cache/collector" --config config.yaml >collector.log 2>&1 &
started="$started $!"
for _ in $(seq 300); do
	! grep -q 'Everything is ready' collector.log || break
	sleep 0.1
done
t_ok 'it has started' grep -q 'Everything is ready' collector.log

# spans FILE: one a line, with its resource and scope; what is the default is left
# out, as the collector does
spans() {
	jq -Sc '.resourceSpans[] | .resource as $resource | .scopeSpans[] |
	    .scope as $scope | .spans[] | [$resource, $scope, .] |
	    walk(if type == "object" then with_entries(select(.value != [] and
	    .value != {} and .value != "" and .value != null or .key == "stringValue"))
	    else . end)' "$1" | sort
}

# same: what was sent in lines is what has come out
same() {
	: >taken
	[ "$(sent lines)" = 200 ] || { cat answer; return 1; }
	spans lines >want && spans taken >got && diff want got | cut -c 1-400 >differ
	head -n 6 differ
	[ -s want ] && cmp want got
}
for name in hello suite; do
	gzip -dc "$TESTS/recordings/$name.pt.gz" >"$name.pt"
done
for file in hello.pt suite.pt "$TESTS/golden/hostile.pt" "$TESTS/golden/kinds.pt" \
    "$TESTS/golden/basic.pt" "$TESTS/golden/bare.pt"; do
	for by in process program; do
		pt-render-otlp --spans "$by" --batch 500 "$file" >lines 2>/dev/null
		t_ok "${file##*/}, spans by $by" same
	done
done
for n in $(seq 0 32); do
	perl "$TESTS/every-byte.pl" "$n" | pt-render-otlp
done >lines 2>/dev/null
t_ok 'every byte' same

# this test can fail
pt-render-otlp "$TESTS/golden/basic.pt" >lines
sed 's/"spanId"/"spanID"/' lines >wrong
wrong() {
	: >taken
	sent wrong >/dev/null
	spans lines >want
	spans taken >got
	cmp -s want got
}
t_ok 'a wrong key is seen' eval '! wrong'
t_done
