#!/bin/sh
# load.sh - rows of pt-ps --json, from standard input, into ClickHouse
#
# usage: pt-ps --json FILE | load.sh [OPTION ...]	OPTION: of clickhouse-client, as
#							--host, --port, --user
#
# Loading a run again changes nothing. Columns that the schema does not have are
# left out. What is an array there cannot be null: it is empty.
sed 's/,"labels":null,/,/; s/,"argv":null}$/}/' | clickhouse-client "$@" \
    --date_time_input_format=best_effort --input_format_skip_unknown_fields=1 \
    --insert_distributed_sync=1 \
    --query='INSERT INTO proctrace.processes FORMAT JSONEachRow'
