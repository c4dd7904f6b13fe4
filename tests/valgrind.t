#!/bin/sh
# Every filter under valgrind: no error, no leak, on recordings of all kinds.
. "${0%/*}/lib.sh"

if [ "${SAN:-}" ]; then
	echo '1..0 # SKIP the sanitizers look already'
	exit
fi
t_need valgrind

# clean PROG ARG...: nothing but what it says without valgrind
clean() {
	"$@" >want 2>want.err
	want=$?
	valgrind --quiet --log-file=log --error-exitcode=99 --leak-check=full \
	    --errors-for-leak-kinds=definite,indirect,possible "$@" >got 2>got.err
	[ $? -eq "$want" ] && [ ! -s log ] && cmp want got && cmp want.err got.err &&
	    return
	cat log
	return 1
}

cp "$TESTS"/golden/*.pt "$TESTS"/import/* .
for program in "$BIN"/pt-*; do
	program=${program##*/}
	case $program in
	pt-capture) continue ;;
	pt-import) set -- first.jsonl second.proctrace quirks.strace ;;
	pt-grep) continue ;;
	*) set -- bare.pt hostile.pt kinds.pt ;;
	esac
	for input; do
		t_ok "$program $input" clean "$program" "$input"
	done
done
t_ok 'pt-grep' clean pt-grep --with-children -e x hang.pt
t_ok 'pt-sort with little memory' clean pt-sort -S 1b -T . hostile.pt
t_ok 'pt-render-jsonl by process' clean pt-render-jsonl -d by-process bare.pt
t_ok 'pt-render-tree with all' clean pt-render-tree --all -w 60 hostile.pt
t_ok 'pt-stat as JSON' clean pt-stat --json hostile.pt
t_done
