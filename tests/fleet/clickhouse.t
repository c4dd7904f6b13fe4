#!/bin/sh
# share/clickhouse: 1,000 runs of 1,000 processes, loaded twice into two servers,
# are there once; each documented query finds what generate.pl has put there, in
# less than a second; and hostile arguments come back.
#
# Of "make check-fleet" only: it takes minutes. RUNS=N: fewer runs, for a look.
# shellcheck disable=SC2016,SC2154 # SQL; lib.sh
. "${0%/*}/../lib.sh"
fleet=$TESTS
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
# shellcheck source-path=SCRIPTDIR
. "$fleet/clickhouse.sh"
t_need clickhouse-server clickhouse-client perl jq
runs=${RUNS:-1000}
processes=1000
now=$(date +%s)
servers=
trap 'stop; cd /; rm -rf "$t_tmp"' EXIT

load() { sh "$ROOT/share/clickhouse/load.sh" --host 127.0.0.1 --port "$one"; }
seconds() { perl -MTime::HiRes=time -e 'print time, "\n"'; }

# rows: of all runs
rows() {
	i=0
	while [ "$i" -lt "$runs" ]; do
		perl "$fleet/generate.pl" "$i" "$processes" "$now" | pt-ps --json ||
		    return
		i=$((i + 1))
	done
}

# timed NAME COMMAND ...: says how many rows a second it takes
timed() {
	from=$(seconds)
	name=$1
	shift
	"$@" || return
	perl -e 'printf "# %s: %.1f s, %.0f rows a second\n", $ARGV[0],
	    $ARGV[2] - $ARGV[1], $ARGV[3] / ($ARGV[2] - $ARGV[1])' \
	    "$name" "$from" "$(seconds)" $((runs * processes)) >>figures
}

start >started 2>&1	# in this shell, which stops them
t_case 'two servers' 0 '' '' sed '/^Logging/d' started || t_done

## once

load_rows() { load <rows.json; }
write_rows() { rows >rows.json; }
t_ok 'rows' timed 'generated, and through pt-ps' write_rows
t_ok 'loaded' timed 'loaded' load_rows
t_ok 'loaded again' timed 'loaded again' load_rows
count='SELECT count(), uniqExact(run) FROM'
t_case 'each process is there once' 0 "$((runs * processes))	$runs" '' \
    sql "$one" "$count proctrace.processes FINAL"
t_case 'at the other server, too' 0 "$((runs * processes))	$runs" '' \
    sql "$two" "$count proctrace.processes FINAL"
t_case 'each run is there once' 0 "$runs	$runs" '' \
    sql "$one" "$count proctrace.runs FINAL"
t_case 'both servers have some' 0 1 '' sql "$one" \
    "SELECT count() BETWEEN $runs / 3 AND $runs * 2 / 3 FROM proctrace.runs_local FINAL"
# the tree of what was loaded is what pt-ps said
head -n 3000 rows.json >some.json
t_case 'all is what it was' 0 "$(jq -s 'map(.wall_ns + .pid + .start_ns) | add' \
    some.json)" '' sql "$one" "SELECT sum(wall_ns + pid + start_ns) FROM proctrace.processes FINAL
    WHERE run IN ($(jq -r .run some.json | uniq | sed "s/.*/'&'/" | paste -sd ,))"

## the queries

query() { sql "$one" "$(cat "$ROOT/share/clickhouse/queries/$1.sql")"; }
# fastest NAME: takes less than a second, at the first of 20 times at which others
# do not use the machine
fastest() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		sql "$one" "$(cat "$ROOT/share/clickhouse/queries/$1.sql")" \
		    --time >/dev/null 2>once || return
		tail -n 1 once >>"$1.times"
		sort -n "$1.times" | head -n 1 >best
		! awk '{ exit !($1 > 0 && $1 < 1) }' best || break
		sleep 1
	done
	sed "s/^/# $1: /; s/\$/ s/" best >>figures
	awk '{ exit !($1 > 0 && $1 < 1) }' best
}
for query in "$ROOT/share/clickhouse/queries"/*.sql; do
	name=${query##*/}
	t_ok "$name: less than a second" fastest "${name%.sql}"
done
flaky() { query flaky | cut -f 1,2; }
t_case 'flaky' 0 'sh test_7.sh	/src' '' flaky
t_case 'regressions' 0 '~make check-3	180	60.?	30' '' query regressions
secrets() { query secrets | cut -f 2-; }
t_case 'secrets' 0 "1100@1100000	curl	['commit=c100']
1100@1100000	curl	['commit=c100']" '' secrets
slowest() { query slowest | cut -f 1 | head -n 2; }
t_case 'slowest' 0 'make
cc' '' slowest
hosts() { query hosts | awk '$2 == "make" { print $1 }'; }
t_case 'hosts' 0 'ci-0
ci-1
ci-2
ci-3' '' hosts

## hostile

# Arguments, as JSON, a process a line.
for name in hostile kinds basic; do
	pt-ps --json "$TESTS/golden/$name.pt" 2>/dev/null
done >hostile.json
for n in $(seq 0 32); do
	perl "$TESTS/every-byte.pl" "$n" | pt-ps --json
done >>hostile.json
jq -c '[.run, .id, .argv // []]' hostile.json | sort >want
back() {
	load <hostile.json && sql "$two" "SELECT run, id, argv
	    FROM proctrace.processes FINAL WHERE started < '2025-01-01 00:00:00'
	    FORMAT JSONEachRow" | jq -c '[.run, .id, .argv]' | sort
}
t_case 'hostile arguments come back' 0 @want '' back
t_ok '... and they are many' [ "$(grep -c . want)" -gt 100 ]
t_case 'a recording of nobody knows which run is refused' '!0' '' '~*' \
    sh -c 'printf "fork\tts=1\tpid=5\tppid=1\tpgid=1\tsid=1\nend\tts=2\n" |
    pt-ps --json 2>/dev/null | sh "$1" --host 127.0.0.1 --port "$2"' - \
    "$ROOT/share/clickhouse/load.sh" "$one"
cat figures
t_done
