# filters.sh - run.sh's part on filters: time and memory for long recordings
# shellcheck shell=sh

if [ "$QUICK" ]; then
	small=3000 large=30000 few=10 many=100 depth=1000
else
	small=1000000 large=10000000 few=1000 many=100000 depth=1000000
fi

# data FILE ARG...: a recording, made once
data() {
	data_file=$1
	shift
	[ -f "$data_file.$*" ] || {
		rm -f "$data_file" "$data_file".*
		record "$@" >"$data_file"
		: >"$data_file.$*"
	}
}

data cpus.pt $small $few flat cpus
data ordered.pt $small $few flat ordered
data many.pt $small $many flat cpus
data deep.pt $((3 * depth)) $depth deep cpus
data shallow.pt $((3 * depth)) $few flat cpus
data large.cpus.pt $large $few flat cpus
data large.ordered.pt $large $few flat ordered
for size in '' large.; do
	[ -f "$size"jsonl ] || pt-render-jsonl <"$size"ordered.pt >"$size"jsonl
done

## beside what comes with the system

run pt-ingest 'exec pt-ingest cpus.pt >/dev/null'
run pt-ingest.ordered 'exec pt-ingest ordered.pt >/dev/null'
run cut 'exec cut -f1,2,3 cpus.pt >/dev/null'
row 'pt-ingest, CPUs disordered; cut -f1,2,3' pt-ingest cpu cut '' 2
row 'pt-ingest, ordered; cut -f1,2,3' pt-ingest.ordered cpu cut '' 2
! have mawk || run mawk \
    "exec mawk -F '\\t' '{ print \$1, \$2, \$3 }' cpus.pt >/dev/null"
row "pt-ingest; mawk: print the same fields" pt-ingest cpu mawk "" ""

for kind in ordered cpus; do
	run pt-sort.$kind "exec pt-sort $kind.pt >/dev/null"
	run sort.$kind "exec sort -s -t= -k2,2n $kind.pt >/dev/null"
	row "pt-sort, $kind; sort -s -t= -k2,2n" pt-sort.$kind wall \
	    sort.$kind '' 1
	row "pt-sort, $kind; sort -s -t= -k2,2n" pt-sort.$kind cpu \
	    sort.$kind '' 1
done

run pt-render-jsonl 'exec pt-render-jsonl ordered.pt >/dev/null'
! have jq || run jq 'exec jq -c . jsonl >/dev/null'
row 'pt-render-jsonl; jq -c . of its output' pt-render-jsonl cpu jq '' 0.2

run pt-render-mermaid 'exec pt-render-mermaid cpus.pt >/dev/null 2>&1'
row 'pt-render-mermaid; pt-ingest' pt-render-mermaid cpu pt-ingest '' 2

## a pipe

run pt-ingest.stage 'exec pt-ingest <cpus.pt >/dev/null'
run pt-render-jsonl.stage 'exec pt-render-jsonl <ordered.pt >/dev/null'
run pipe 'pt-ingest <cpus.pt | pt-render-jsonl >/dev/null'
row 'pt-ingest | pt-render-jsonl; its slowest stage' pipe wall \
    'pt-ingest.stage pt-render-jsonl.stage' '' 1.2

## ten times as much

# every filter, with what it is to be run with
filters() {
	for filters_path in "$BIN"/pt-*; do
		case ${filters_path##*/} in
		pt-capture | pt-why) ;;	# no filters
		pt-diff) echo 'pt-diff ordered.pt ordered.pt' ;;
		pt-import) echo 'pt-import jsonl' ;;
		pt-ingest) echo 'pt-ingest cpus.pt' ;;
		pt-render-jsonl)
			echo 'pt-render-jsonl ordered.pt'
			echo 'pt-render-jsonl -d by-process ordered.pt' ;;
		pt-render-compdb) echo 'pt-render-compdb -C / ordered.pt' ;;
		pt-render-sh)
			filters_pid=$(awk -F '\t' '$1 == "exec" {
				print substr($3, 5)
				exit
			}' ordered.pt)
			echo "pt-render-sh -p $filters_pid ordered.pt" ;;
		pt-sort)
			echo 'pt-sort cpus.pt'
			echo 'pt-sort ordered.pt'
			echo 'pt-sort -m ordered.pt ordered.pt' ;;
		pt-grep) echo 'pt-grep -c cc ordered.pt' ;;
		*) echo "${filters_path##*/} ordered.pt" ;;
		esac
	done
}

filters >each
while read -r filter; do
	name=$(echo "$filter" | tr -c 'a-z\n' _)
	more=$(echo "$filter" | sed 's/[a-z]*[.]pt/large.&/g; s/ jsonl/ large.jsonl/')
	run "small.$name" "exec $filter >/dev/null 2>&1"
	run "large.$name" "exec $more >/dev/null 2>&1"
	row "$filter: 10 times the events" "large.$name" cpu "small.$name" '' 11
done <each

## memory

row "pt-ingest, $large events, $few alive" large.pt_ingest_cpus_pt rss '' '' 65536
row "pt-ingest, $large events, $few alive; $small" large.pt_ingest_cpus_pt rss \
    pt-ingest '' ''

## shapes

run pt-ingest.many 'exec pt-ingest many.pt >/dev/null'
row "pt-ingest, $many alive; $few" pt-ingest.many cpu pt-ingest '' ''
for filter in pt-ingest pt-render-mermaid pt-stat \
    'pt-render-jsonl -d by-process'; do
	name=$(echo "$filter" | tr -c 'a-z\n' _)
	run "deep.$name" "exec $filter deep.pt >/dev/null 2>&1"
	run "shallow.$name" "exec $filter shallow.pt >/dev/null 2>&1"
	row "$filter: a tree $depth deep; flat" "deep.$name" cpu "shallow.$name" '' ''
done
