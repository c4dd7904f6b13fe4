#!/bin/sh
# demo.sh - records a small tree of real processes and shows what it looks
# like; what "make demo" runs once everything is built
#
# usage: demo.sh [RECORDING]
set -eu
proctrace=${0%/*}/../bin/proctrace
recording=${1:-build/demo.pt}

command='sleep 0.2 & ls /proc | wc -l; nosuch; sh -c "exit 3"; wait'

mkdir -p "$(dirname "$recording")"
echo "# proctrace record -o $recording -- /bin/sh -c '$command'"
"$proctrace" record -o "$recording" -- /bin/sh -c "$command"

echo
echo "# proctrace render -d mermaid -i $recording"
"$proctrace" render -d mermaid -i "$recording"

echo
echo "# proctrace render -i $recording | head -n 5"
"$proctrace" render -i "$recording" | head -n 5

echo
echo "# proctrace render -d html -i $recording -o ${recording%.pt}.html"
"$proctrace" render -d html -i "$recording" -o "${recording%.pt}.html"

echo
echo "# proctrace render -d tree -i $recording"
"$proctrace" render -d tree -i "$recording"

echo
echo "The recording is $recording, the report of it ${recording%.pt}.html; README.md tells what else can be done with it."
