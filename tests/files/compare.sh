# compare.sh - the same build, recorded with --files and with strace
# shellcheck shell=sh disable=SC2154 # to be included after lib.sh

quietly() {
	compare_to=$t_tmp/compare.${compare_name:=none}
	"$@" >"$compare_to.out" 2>&1
}

# compare NAME CMD...: records CMD in the current directory with both at once, and
# tests that who wrote and read which file is the same in both
compare() {
	compare_name=$1
	shift
	compare_dir=$(pwd -P)
	compare_to=$t_tmp/compare.$compare_name
	t_ok "$compare_name is recorded" quietly pt-capture --files --tree \
	    -o "$compare_to.pt" -- strace -f -y -qq -e signal=none -e \
	    trace=open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,execve \
	    -o "$compare_to.log" "$@"
	t_ok "$compare_name: nothing is lost" test \
	    "$(grep -c '^lost' "$compare_to.pt")" -eq 0
	# without the FIFO of GNU make 4.4 and later, which is no regular file
	perl "$TESTS/files/edges.pl" "$compare_to.log" "$compare_dir" |
	    grep -v '/GMfifo[0-9]*$' >"$compare_to.want"
	# what is opened by strace itself is not in its log
	pt-ingest "$compare_to.pt" | awk -F '\t' '
	$1 == "exec" && strace == "" && $0 ~ /\targv=strace\t/ {
		strace = substr($3, 5)
	}
	$1 == "write" || $1 == "read" {
		pid = path = id = ""
		for (i = 2; i <= NF; i++) {
			if ($i ~ /^pid=/) pid = substr($i, 5)
			if ($i ~ /^path=/) path = substr($i, 6)
			if ($i ~ /^errno=/) next
			if ($i ~ /^(dev|ino|gen)=/) id = id $i
		}
		# what is executed has no path in the event
		if (id != "" && path != "") name[id] = path
		if (path == "") path = name[id]
		if (pid != strace)
			print $1 "\t" pid "\t" path
	}' | LC_ALL=C sort -u >"$compare_to.have.all"
	# a file that a process has opened for both is only written by it there
	awk -F '\t' 'NR == FNR { if ($1 == "write") both[$2 FS $3] = 1; next }
	$1 == "write" || !($2 FS $3 in both)' "$compare_to.have.all" \
	    "$compare_to.have.all" >"$compare_to.have"
	awk -F '\t' 'NR == FNR { if ($1 == "write") both[$2 FS $3] = 1; next }
	$1 == "write" || !($2 FS $3 in both)' "$compare_to.want" \
	    "$compare_to.want" >"$compare_to.edges"
	t_ok "$compare_name: there are edges" test \
	    "$(grep -c ^read "$compare_to.edges")" -gt 5
	t_ok "$compare_name: they are those of strace" diff \
	    "$compare_to.edges" "$compare_to.have"
}
