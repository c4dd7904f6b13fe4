#!/bin/sh
# pt-ps: what it lists is what jq finds in the lines of pt-render-jsonl, and what
# sqlite3, awk and a reader of CSV make of its output is the same.
# golden/*.ps.* are whole outputs.
. "${0%/*}/lib.sh"
t_need jq sqlite3 python3

# line KIND TS PID PPID FIELD...
line() {
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=1\tsid=1' "$1" "$2" "$3" "$4"
	shift 4
	[ $# -eq 0 ] || printf '\t%s' "$@"
	echo
}
{
	printf 'trace\tversion=1\tstart=1732092345123456789\thost=ci\targv=make\n'
	printf 'root\tts=0\tpid=7\n'
	line exec 1000 6 1 uid=0 file=/sbin/init argv=init
	line fork 2000 7 6
	line exec 3000 7 6 uid=1000 cwd=/srv file=/bin/make 'argv=make	-j2	'
	line fork 1000002000 8 7
	line exec 1000003000 8 7 uid=1000 file=/bin/cc 'argv=cc	a "b",\n	\xff	ß'
	line exit 1500002000 8 7 signal=SIGSEGV cputime=400000000 rundelay=5000 \
	    maxrss=77 rbytes=4096 wbytes=0
	line fork 1600002000 9 7
	line exit 1700002499 9 7 status=3 cputime=20
	line fork 1800002000 8 7
	line exit 3000002000 7 6 status=2 utime=2 stime=1
	printf 'end\tts=4000002000\n'
} >small

cat >want <<'TEXT'
pid  ppid      start      wall       own       cpu  end      argv
  6     1  -0.000001  4.000001  1.000001         -  running  init
  7     6   0.000000  3.000000  1.200000  0.000000  2        make -j2 ''
  8     7   1.000000  0.500000  0.500000  0.400000  SIGSEGV  cc $'a "b",\n' $'\xff' ß
  9     7   1.600000  0.100000  0.100000  0.000000  3        make -j2 ''
  8     7   1.800000  2.200000  2.200000         -  running  make -j2 ''
TEXT
t_case 'text' 0 @want '' env LC_ALL=C.UTF-8 pt-ps small

cat >want <<'TEXT'
run,host,id,parent,descendants,execs,started,start_ns,rundelay_ns,rss_kib,cwd,argv
"ci@1732092345123456789","ci","6@0",,4,1,"2024-11-20T08:45:45.123457789Z",-1000,,,,"[""init""]"
"ci@1732092345123456789","ci","7@2000","6@0",3,1,"2024-11-20T08:45:45.123458789Z",0,,,"/srv","[""make"",""-j2"",""""]"
"ci@1732092345123456789","ci","8@1000002000","7@2000",0,1,"2024-11-20T08:45:46.123458789Z",1000000000,5000,77,,"[""cc"",""a \""b\"",\u000a"",""\\xff"",""ß""]"
TEXT
sed "s/\$/$(printf '\r')/" want >want.crlf
t_case 'CSV' 0 @want.crlf '' sh -c "pt-ps --csv -o \
    run,host,id,parent,descendants,execs,started,start_ns,rundelay -o rss,cwd,argv \
    small | head -n 4"

t_case 'JSON' 0 '{"pid":8,"uid":1000,"wall_ns":500000000,"end":"SIGSEGV","status":null,"signal":"SIGSEGV","program":"cc","argv":["cc","a \"b\",\n","\\xff","ß"]}' '' \
    sh -c 'pt-ps --json -o pid,uid,wall,end,status,signal,program,argv small |
	jq -c "select(.pid == 8 and .execs != 0)" | head -n 1'
t_case 'a process that has not executed anything' 0 \
    '["make","-j2",""]' '' \
    sh -c 'pt-ps --json small | jq -c "select(.execs == 0 and .pid == 9).argv"'
t_case 'no trace line' 0 '{"run":null,"host":null,"started":null}' '' \
    sh -c 'sed 1d small | pt-ps --json -o run,host,started | head -n 1'

# two machines, the second 1 us later
sed 's/host=ci/host=di/; s/6789/7789/' small >small2
t_case 'several recordings' 0 '["ci@1732092345123456789","ci","2024-11-20T08:45:45.123458789Z",0]
["di@1732092345123457789","di","2024-11-20T08:45:45.123459789Z",1000]' '' \
    sh -c 'pt-sort -m small small2 | pt-ps --json |
	jq -c "select(.pid == 7) | [.run, .host, .started, .start_ns]"'

## order

# sorted LIST PID ...
sorted() {
	list=$1
	shift
	t_case "--sort $list" 0 "$(printf '%s\n' "$@")" '' \
	    pt-ps "--sort=$list" -o pid --no-headers -w 0 small
}
sorted own 9 8 6 7 8
sorted own_ns 9 8 6 7 8
sorted -own 8 7 6 8 9
sorted cpu 7 9 8 6 8
sorted -cpu 8 9 7 6 8
sorted ppid,-start 6 7 8 9 8
sorted +end,-wall 7 9 8 6 8
sorted -argv 7 9 8 6 8
sorted -depth,own 9 8 8 7 6

## what it is told

t_case 'no such column' 2 '' "pt-ps: --format: 'rrs' is no column
Try 'pt-ps --help'." pt-ps -o pid,rrs small
t_case 'a column without a name' 2 '' "pt-ps: --format: '' is no column
Try 'pt-ps --help'." pt-ps -o pid, small
t_case 'no such column to sort by' 2 '' "pt-ps: --sort: 'x' is no column
Try 'pt-ps --help'." pt-ps --sort pid,-x small
t_case 'a narrow line' 0 "$(printf '%s\n' 'argv ...' 'init ...' 'make ...')" '' \
    sh -c 'pt-ps -w 8 -o argv,pid small | head -n 3 | tr -s " "'

# all columns of --help, of the page and of JSON are the same
columns_are_said() {
	pt-ps --help | sed -n '/^Columns:/,$p' | sed 's/^Columns://' |
	    tr ' ' '\n' | sed '/^$/d' >said
	awk '/^\.Ss Columns/ { on = 1; next }
	    /^\.Ss/ { on = 0 }
	    on && $1 == ".It" { gsub(/\.It|Li|,|Pq .*/, ""); print }' \
	    "$ROOT/man/pt-ps.1" | tr -s ' ' '\n' | sed '/^$/d' | diff said - &&
	    pt-ps --json small | head -n 1 | jq -r 'keys_unsorted[]' |
	    sed 's/_ns$//; s/_kib$//' | diff said -
}
t_ok 'all columns are in --help and in the page' columns_are_said

## labels

sed '1s/	argv=/	label.a.b=x\\ty	label.c=&/' small >labelled
t_case 'labels' 0 '["a.b=x\ty","c="]' '' \
    sh -c 'pt-ps --json labelled | head -n 1 | jq -c .labels'
t_case 'no labels' 0 'null' '' \
    sh -c 'pt-ps --json small | head -n 1 | jq -c .labels'

## others agree

# listed FILE: by jq, without what depends on lives
cat >listed.jq <<'EOT'
[inputs | to_entries[0] | .value + { kind: .key }
    | .pid = (.child_pid // .pid) | select(.pid)]
| group_by(.pid)
| map((map(select(.kind == "Fork")) | first) as $fork
    | (map(select(.kind == "Exec")) | last) as $exec
    | (map(select(.kind == "Exit")) | last) as $exit
    | select($fork and $exec and $exit and $exec.cmdline)
    | { pid: .[0].pid, argv: $exec.cmdline, file: $exec.filename,
	ppid: $fork.parent_pid, wall_ns: ($exit.timestamp - $fork.timestamp),
	status: $exit.exit_code, rss_kib: $exit.maxrss })
EOT
# agrees FILE: for PIDs that were only one process; what is not UTF-8 is U+FFFD
# in the one and \xHH in the other
agrees() {
	pt-ps --json "$1" 2>/dev/null | jq -S -c -s 'group_by(.pid) |
	    map(select(length == 1 and .[0].execs > 0 and
		(.[0].end | IN("running", "unknown") | not) and
		.[0].argv and (.[0].id | endswith("@0") | not)) | .[0] |
		{ pid, argv: (.argv | map(gsub("\\\\x[89a-f][0-9a-f]"; "\ufffd"))),
		    file, ppid, wall_ns, status, rss_kib })[]' >got
	pt-render-jsonl --no-exec-args "$1" 2>/dev/null |
	    jq -S -c -n -f listed.jq | jq -S -c '.[]' | sort >all
	sort got | comm -23 - all >only
	cat only
	[ -s got ] && [ ! -s only ]
}
for rec in basic hostile; do
	t_ok "$rec: arguments, times and ends as jq finds them" \
	    agrees "$TESTS/golden/$rec.pt"
done

# CSV is read as what JSON says
cat >compare.py <<'EOT'
import csv, json, sys
rows = list(csv.DictReader(open("all.csv", newline="", encoding="utf-8")))
objects = [json.loads(line) for line in open("all.json", encoding="utf-8")]
assert len(rows) == len(objects) > 10
for row, o in zip(rows, objects):
    assert list(row) == list(o), (list(row), list(o))
    assert json.loads(row["argv"] or "null") == o["argv"], row["argv"]
    for key, value in o.items():
        if type(value) is int:
            assert int(row[key]) == value, (key, row[key], value)
        elif value is None:
            assert row[key] == "", (key, row[key])
raw = open("all.csv", "rb").read()
assert raw.count(b"\n") == raw.count(b"\r\n") == len(rows) + 1
EOT
csv_is_json() {
	pt-ps --csv "$TESTS/golden/hostile.pt" >all.csv
	pt-ps --json "$TESTS/golden/hostile.pt" >all.json
	python3 compare.py
}
t_ok 'CSV says what JSON says, a process a line' csv_is_json

# own time by status, in microseconds, by three programs
by_awk() {
	pt-ps -o status,own --no-headers "$1" | awk '
	{ t[$1] += $2 * 1e6 }
	END { for (s in t) printf "%s %.0f\n", s, t[s] }' | sort
}
by_sqlite() {
	pt-ps --csv --output all.csv "$1"
	sqlite3 -separator ' ' -cmd '.import --csv all.csv p' :memory: "
	select case status when '' then '-' else status end,
	    sum((own_ns + 500) / 1000) from p group by status" | sort
}
by_jq() {
	pt-ps --json "$1" | jq -r -s 'group_by(.status)[] |
	    "\(.[0].status // "-") \(map((.own_ns + 500) / 1000 | floor) | add)"' |
	    sort
}
by_awk "$TESTS/golden/hostile.pt" >awk.out
t_ok 'there is something to add up' test "$(wc -l <awk.out)" -gt 2
t_case 'jq adds up the same as awk' 0 @awk.out '' by_jq "$TESTS/golden/hostile.pt"
t_case 'sqlite3, too' 0 @awk.out '' by_sqlite "$TESTS/golden/hostile.pt"
t_done
