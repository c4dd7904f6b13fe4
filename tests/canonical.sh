# canonical.sh - the events of a recording, as far as two tracers can agree
# shellcheck shell=sh

# Of the events with a pid, what tests/helpers/torture says of them: kind, pid,
# and the keys which it knows, in its order.
canonical() {
	awk -F '\t' '
	function key(name,	i) {
		for (i = 2; i <= NF; i++)
			if (index($i, name "=") == 1)
				return "\t" $i
		return ""
	}
	$1 == "exec" {
		print $1 key("pid") substr($0, index($0, "\targv="))
	}
	$1 == "fork" { print $1 key("pid") key("ppid") }
	$1 == "exit" { print $1 key("pid") key("status") key("signal") }
	$1 == "execfail" { print $1 key("pid") key("errno") key("file") }
	$1 == "setpgid" { print $1 key("pid") key("pgid") }
	$1 == "setsid" { print $1 key("pid") key("pgid") key("sid") }'
}

# the events of the tree of FILE, without the fork and the exit of its root
canonical_tree() {
	pt-ingest "$1" >tree.pt || return
	root=$(awk -F '\t' '$1 == "root" { print $3 }' tree.pt)
	canonical <tree.pt | awk -F '\t' -v "root=$root" \
	    '!($2 == root && ($1 == "fork" || $1 == "exit"))' | sort
}
