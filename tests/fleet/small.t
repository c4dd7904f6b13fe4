#!/bin/sh
# The same rows at the small end: sqlite3 and DuckDB, which read files of pt-ps.
# Of "make check-fleet" only.
# shellcheck disable=SC2007,SC2016,SC2154,SC3007 # SQL; lib.sh
. "${0%/*}/../lib.sh"
fleet=$TESTS
ROOT=${TESTS%/tests/fleet}
TESTS=$ROOT/tests
t_need sqlite3 npm node perl jq

for run in 0 1 2 3 4 5 6 7 10 20; do
	perl "$fleet/generate.pl" "$run" 200 "$(date +%s)" >"$run.pt"
	pt-ps --json "$run.pt" >>rows.json
	[ -e rows.csv ] || pt-ps --csv "$run.pt" | head -n 1 >rows.csv
	pt-ps --csv "$run.pt" | sed 1d >>rows.csv
done
for name in hostile kinds; do
	pt-ps --json "$TESTS/golden/$name.pt" >>rows.json 2>/dev/null
	pt-ps --csv "$TESTS/golden/$name.pt" 2>/dev/null | sed 1d >>rows.csv
done
jq -c '[.run, .id, .argv]' rows.json | sort >argv

## sqlite3

sqlite() { sqlite3 -cmd '.import --csv rows.csv p' -tabs :memory: "$1"; }
t_case 'sqlite3: all rows' 0 "$(grep -c . rows.json)" '' sqlite 'SELECT count(*) FROM p'
t_case 'sqlite3: flaky' 0 'test_7.sh	7	3' '' sqlite "
    SELECT json_extract(argv, '$[1]'), sum(end = '0'), sum(end != '0') FROM p
    WHERE program = 'sh' AND cwd = '/src' GROUP BY argv
    HAVING sum(end = '0') AND sum(end != '0')"
of_sqlite() {
	sqlite3 -cmd '.import --csv rows.csv p' -json :memory: \
	    'SELECT run, id, argv FROM p' |
	    jq -c '.[] | [.run, .id, (.argv | if . == "" then null
		else fromjson end)]' | sort
}
t_case 'sqlite3: hostile arguments come back' 0 @argv '' of_sqlite

## DuckDB

cache=$ROOT/build/duckdb
fetch() {
	[ ! -d "$cache/node_modules/@duckdb" ] || return 0
	mkdir -p new "$cache" && cp "$fleet/duckdb"/package*.json new && (
		cd new && npm ci --loglevel=error --ignore-scripts --no-audit \
		    --no-fund --cache "$PWD/npm"
	) >&2 && rm -rf "$cache/node_modules" && mv new/node_modules "$cache/"
}
fetch 2>why || t_skip_all "no DuckDB: $(head -n 1 why)"
NODE_PATH=$cache/node_modules
export NODE_PATH
duckdb() { timeout 60 node "$fleet/duckdb/ask.js" "$1"; }
t_case 'DuckDB: all rows' 0 "$(grep -c . rows.json)" '' \
    duckdb "SELECT count(*) FROM 'rows.json'"
t_case 'DuckDB: flaky' 0 'sh test_7.sh	7	3' '' duckdb "
    SELECT array_to_string(argv, ' '), count(*) FILTER (\"end\" = '0') AS passed,
    count(*) FILTER (\"end\" != '0') AS failed FROM 'rows.json'
    WHERE cwd = '/src' GROUP BY argv HAVING passed > 0 AND failed > 0"
of_duckdb() {
	duckdb "COPY (SELECT run, id, argv FROM read_json('rows.json'))
	    TO 'back.json'" >/dev/null && jq -c '[.run, .id, .argv]' back.json | sort
}
t_case 'DuckDB: hostile arguments come back' 0 @argv '' of_duckdb
t_done
