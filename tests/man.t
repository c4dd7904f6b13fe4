#!/bin/sh
# The examples of the man pages are run. (Their options: consistency.t.)
#
# What is run is each "$ " line of the section EXAMPLES (in section 7, of all)
# with the lines that belong to it (see examples.sh). The lines that follow until
# the next "$ " are what it must print among other lines, its numbers and its white
# space aside; if it is one line, and its last number has four digits and more, this
# PID is that one in what follows. A display after the line
#	.\" not run: REASON
# is not. The files that they use are made below, in make_fixtures; process
# 415790 in build.pt is the first cc, 4242 in all.pt is the root.
. "${0%/*}/lib.sh"
. "$TESTS/examples.sh"
t_as_root
t_need mandoc bash jq
PATH=$t_tmp/bin:$PATH

backspace=$(printf '\b')

# the text of the examples of a page, wide enough for every line
examples() {
	awk '/^\.\\" not run:/ { skip = 1; next }
	skip && /^\.Dl/ { skip = 0; next }
	skip { if (/^\.Ed/) skip = 0; next }
	{ print }' "$1" | mandoc -Tascii -Owidth=500 | sed "s/.$backspace//g" |
	    if [ "${1##*.}" = 7 ]; then cat; else sed -n '/^EXAMPLES/,/^[A-Z]/p'; fi
}

# a project whose build is worth looking at
project() {
	cat >Makefile <<'MAKE'
all: a.o b.o
	@-false
	@env NPM_TOKEN=npm_0123456789 true
	@mysql -pswordfish
a.o b.o: again
again:
.c.o:
	cc -c $<
MAKE
	echo 'int a;' >a.c
	echo 'int b;' >b.c
	printf 'mkdir -p inst\ncp a.c inst\n' >install.sh
	printf "sh -c 'sleep 20 & exit 0'\n" >suite.sh
	chmod +x suite.sh
	mkdir -p tests
	printf '@test one {\n\ttrue\n}\n' >tests/a.bats
}

# what a page finds in its directory
fixtures() {
	project
	cp "$fixed"/*.pt "$fixed"/*.log "$fixed"/log.* .
}

# A build that began right with the recording and lasted a minute.
slowly() {
	awk 'BEGIN { FS = OFS = "\t" }
	function ts() { return substr($2, 4) }
	$1 == "root" { begin = ts() }
	$1 == "end" { end = ts() }
	{ line[NR] = $0 }
	END {
		slower = 6e10 / (end - begin)
		for (i = 1; i <= NR; i++) {
			$0 = line[i]
			if ($2 ~ /^ts=/)
				$2 = sprintf("ts=%.0f", slower * (ts() - begin))
			print
		}
	}'
}

make_fixtures() {
	cd "$fixed" || return
	project
	pt-capture -o raw.pt make -j2 2>/dev/null || return
	root=$(awk -F '\t' '$1 == "root" { print substr($3, 5) }' raw.pt)
	sed "s/pid=$root	/pid=4242	/g; s/pid=$root\$/pid=4242/" raw.pt >all.pt
	pt-ingest raw.pt >tree.pt || return
	cc=$(awk -F '\t' '/argv=cc/ { print substr($3, 5); exit }' tree.pt)
	sed "s/pid=$cc	/pid=415790	/g" tree.pt | slowly >build.pt
	for copy in tests old new; do
		cp build.pt "$copy.pt"
	done
	for cpu in 0 1; do
		grep "^trace\|cpu=$cpu" all.pt | pt-sort >"cpu$cpu.pt"
	done
	cat >raw.log <<'LOG'
FORK: ts=10,parent_pid=1,child_pid=415790,parent_pgid=1
EXEC: ts=20,pid=415790,ppid=1,pgid=1
EXEC_ARGS: ts=20,pid=415790,sleep 1
EXIT: ts=30,pid=415790,ppid=1,pgid=1
LOG
	strace -ff -ttt -o log sh -c 'true; /bin/true' || return
	rm -f raw.pt tree.pt
}

# what counts of an output
alike() {
	sed 's/[0-9][0-9]*/N/g; s/[[:space:]][[:space:]]*/ /g' "$1"
}

last_number() {
	tr -cs 0-9 '\n' <"$1" | tail -n 1
}

# run_example SCRIPT WANT: runs it in the directory of its page
run_example() {
	sed -f numbers "$1" >script
	timeout -k 5 300 bash -o pipefail script >output 2>&1 || {
		echo "status $?"
		cat script output
		return 1
	}
	[ -s "$2" ] || return 0
	alike "$2" >want
	alike output | grep -Fxf want >got
	diff -u want got || {
		cat script output
		return 1
	}
	[ "$(wc -l <"$2")" -eq 1 ] || return 0
	case $(last_number "$2") in
	????*)
		printf 's/%s/%s/g\n' "$(last_number "$2")" \
		    "$(last_number output)" | cat - numbers >numbers.new
		mv numbers.new numbers ;;
	esac
}

page_examples() {
	t_dir
	mkdir "$t_tmp/cmd.$t_dirs"
	examples "$1" >text
	commands "$t_tmp/cmd.$t_dirs" <text
	fixtures
	: >numbers
	for command in "$t_tmp/cmd.$t_dirs"/*.sh; do
		[ -e "$command" ] || continue
		t_ok "${1##*/}: $(sed 's/\\/&&/g; q' "$command")" run_example \
		    "$command" "${command%.sh}.want"
	done
}

if ! t_traces; then
	t_skip 'examples' "$t_why"
	t_done
fi
for cmd in strace make cc bats ssh sudo; do
	command -v $cmd >/dev/null || {
		t_skip 'examples' "no $cmd here"
		t_done
	}
done
mkdir "$t_tmp/bin" "$t_tmp/fixed"
fixed=$t_tmp/fixed
KEY1=secret-of-one
KEY2=secret-of-two
export KEY1 KEY2
for cmd in man mysql; do
	printf '#!/bin/sh\n/bin/true\n' >"$t_tmp/bin/$cmd"
	chmod +x "$t_tmp/bin/$cmd"
done
t_ok 'files for the examples' make_fixtures || t_done
t_ok 'a machine to log in' make_host
for page in "$ROOT"/man/*; do
	page_examples "$page"
done
t_done
