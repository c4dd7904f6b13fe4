# compare.sh - the same build, recorded with --files and with strace
# shellcheck shell=sh disable=SC2154 # to be included after lib.sh

quietly() {
	compare_to=$t_tmp/compare.${compare_name:=none}
	"$@" >"$compare_to.out" 2>&1
}

# edges_of FILE: KIND TAB PID TAB PATH of each write and read of a recording, of all
# processes but that which executed strace
edges_of() {
	pt-ingest "$1" | awk -F '\t' '
	$1 == "exec" && strace == "" && $0 ~ /\targv=strace\t/ {
		strace = substr($3, 5)
	}
	$1 == "write" || $1 == "read" {
		pid = path = id = ""
		for (i = 2; i <= NF; i++) {
			if ($i ~ /^pid=/) pid = substr($i, 5)
			if ($i ~ /^path=/) path = substr($i, 6)
			if ($i ~ /^errno=/ || $i == "op=unlink") next
			if ($i ~ /^(dev|ino|gen)=/) id = id $i
		}
		# what is executed has no path in the event
		if (id != "" && path != "") name[id] = path
		if (path == "") path = name[id]
		if (pid != strace)
			print $1 "\t" pid "\t" path
	}' | LC_ALL=C sort -u
}

# once: stdin, edges, without the reads of what the process writes as well
once() {
	cat >"$compare_to.all"
	awk -F '\t' 'NR == FNR { if ($1 == "write") both[$2 FS $3] = 1; next }
	$1 == "write" || !($2 FS $3 in both)' "$compare_to.all" "$compare_to.all"
}

# same NAME: the edges are the same, and there are some
same() {
	t_ok "$1: nothing is lost" test "$(grep -c '^lost' "$compare_to.pt")" -eq 0
	t_ok "$1: there are edges" test \
	    "$(grep -c ^read "$compare_to.want")" -gt 5
	t_ok "$1: they are those of strace" diff "$compare_to.want" "$compare_to.have"
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
	# without the FIFO of GNU make 4.4 and later, which is no regular file
	perl "$TESTS/files/edges.pl" "$compare_to.log" "$compare_dir" |
	    grep -v '/GMfifo[0-9]*$' | once >"$compare_to.want"
	edges_of "$compare_to.pt" | once >"$compare_to.have"
	same "$compare_name"
}

# compare_tracers NAME CMD...: the same with both tracers of pt-capture, one of which
# runs the other
compare_tracers() {
	compare_name=$1
	shift
	compare_to=$t_tmp/compare.$compare_name
	t_ok "$compare_name is recorded" quietly pt-capture --files --tree \
	    -o "$compare_to.pt" -- pt-capture --tracer strace --files \
	    -o "$compare_to.strace.pt" -- "$@"
	edges_of "$compare_to.strace.pt" | once >"$compare_to.want"
	# of the processes of the command alone
	sed -n 's/^fork	.*	pid=\([0-9]*\)	.*/\1/p; s/^root	.*	pid=\([0-9]*\)$/\1/p' \
	    "$compare_to.strace.pt" >"$compare_to.pids"
	edges_of "$compare_to.pt" | awk -F '\t' '
	    NR == FNR { inside[$1] = 1; next } $2 in inside' "$compare_to.pids" - |
	    once >"$compare_to.have"
	same "$compare_name"
}
