#!/bin/sh
# --files: which files processes write, and which of them they read
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/lib.sh"
t_trace
t_need gcc jq make perl strace

bt=$ROOT/share/bpftrace
cat "$bt/signal.bt" "$bt/proctrace.bt" >without.bt
cat "$bt/files.bt" without.bt >with.bt
t_case 'who does not ask loads nothing else' 0 @without.bt '' \
    pt-capture --print-script
t_case 'who asks does' 0 @with.bt '' pt-capture --files --print-script
# The walk from a directory to the root is the same text in both.
walk() {
	sed -n '/^	$h = (($e >> 34)/,/^	@at\[$c\] = $b;/p' "$1"
}
walk "$bt/proctrace.bt" >of_exec
walk "$bt/files.bt" >of_open
t_ok 'the walk is one' test "$(wc -l <of_exec)" -gt 50
t_ok 'the same' cmp of_exec of_open

# file KIND NAME: how many events there are
events() {
	grep "^$1	" tree.pt | grep -c "path=$base/$2\$"
}
# ids KIND NAME
ids() {
	grep "^$1	" tree.pt | grep "path=$base/$2\$" |
	    grep -o 'ino=[0-9]*	gen=[0-9]*' | sort -u
}
base=$(pwd -P)
cat >script <<'EOS'
echo one >a
cat a a a >/dev/null
cat a >b
mv b c
cat c
ln a d
cat d
rm a d
echo two >e
cat e <e
cat /etc/passwd >/dev/null
mkdir x
(cd x; echo 3 >f; cat ../x/f)
name=$(printf '%0255d' 0)
echo 4 >$name; cat $name
name=$(printf 'new\nline\ttab \377')
echo 5 >"$name"; cat "$name"
printf '#!/bin/sh\necho 6\n' >script.sh; chmod +x script.sh; ./script.sh
cp /bin/true program
i=0; while [ $((i += 1)) -le 20 ]; do ./program & done; wait
: <>g
sh -c 'echo more >>c'
EOS
pt-capture --files --tree -o files.pt -- sh script >/dev/null
t_ok 'it was recorded' pt-ingest -o tree.pt files.pt
long=$(printf '%0255d' 0)
for name in a c d e x/f "$long" 'new\\nline\\ttab \\xff' script.sh; do
	t_ok "read: $name" test "$(events read "$name")" -ge 1
done
for name in a b e x/f "$long" 'new\\nline\\ttab \\xff' script.sh program g; do
	t_ok "written once: $name" test "$(events write "$name")" -eq 1
done
t_ok 'renamed and appended to' test "$(events write c)" -eq 2
t_ok 'read once by each' test "$(events read a)" -eq 2
t_ok 'the one of another name' test "$(ids write b)" = "$(ids read c)"
t_ok 'a link' test "$(ids write a)" = "$(ids read d)"
t_ok 'a file after another is another' \
    test "$(ids write a)" != "$(ids write e)"
t_ok 'nobody wrote it' test "$(grep -c /etc/passwd tree.pt)" -eq 1
paths() {
	pt-ps --no-headers -o "$1" tree.pt | tr ' ' '\n' | sort -u
}
t_ok 'pt-ps lists what was written' grep -qx "$base/program" <<EOS
$(paths writes)
EOS
t_ok 'what is executed is read, by whom that is' test "$(pt-ps --no-headers \
    -o reads,argv tree.pt | grep -c "^$base/program  *\./program\$")" -eq 20
t_ok 'pt-ps lists what was read' grep -qx "$base/d" <<EOS
$(paths reads)
EOS
t_ok 'a redirection is that of the command' test "$(pt-ps --no-headers \
    -o writes,argv tree.pt | grep -c "^$base/b  *cat a\$")" -eq 1
t_ok 'a rename' grep -q "	op=rename	from=$base/b	path=$base/c\$" tree.pt
t_ok 'a link' grep -q "	op=link	from=$base/a	path=$base/d\$" tree.pt
t_ok 'nothing is lost' test "$(grep -c '^lost' files.pt)" -eq 0

# A dependency that is missing in a Makefile: the header is made while the compiler
# has failed for want of it.
t_dir
cat >Makefile <<'EOS'
all: main.o gen.h
main.o: main.c
	gcc -I inc -c main.c 2>errors
gen.h:
	until [ -s errors ]; do sleep 0.05; done; echo 'int x;' >gen.tmp && mv gen.tmp gen.h
EOS
echo '#include "gen.h"' >main.c
mkdir inc
for tracer in bpftrace strace; do
	rm -f errors gen.h
	t_case "$tracer: the build fails" 2 '~*' '~*' \
	    pt-capture --tracer $tracer --files --tree -o make.pt -- make -j2
	t_case 'pt-why names it' 0 '~*' '' pt-why make.pt
	head -n 4 "$out" >first
	t_ok 'in its first lines' grep -q \
	    "which did not find $PWD/gen.h: .mv gen.tmp gen.h." first
	t_case 'pt-stat does' 0 '~*did not find*gen.h*' '' pt-stat make.pt
done

# The link waits for an object whose compiler waited for a header, which came late.
t_dir
cat >Makefile <<'EOS'
all: prog
prog: fast.o late.o
	gcc -o prog fast.o late.o
late.o: late.h
late.h:
	sleep 0.5; echo 'int late;' >late.h
EOS
echo 'int main(void) { return 0; }' >fast.c
echo '#include "late.h"' >late.c
t_case 'a build with a late header' 0 '~*' '' \
    pt-capture --files --tree -o late.pt -- make -j2
pt-stat -j late.pt | jq -r '.critical_path[].made.path | values |
    select(endswith(".s") | not)' >waited
printf '%s\n' "$PWD/late.h" "$PWD/late.o" >want
t_ok 'the critical path goes by it' diff want waited
t_case 'pt-stat says so' 0 '~*late.o by `cc *late.c` for `gcc -o prog *' '' pt-stat late.pt

# a build, and strace beside it
. "$TESTS/files/compare.sh"
t_dir
i=0
while [ "$((i += 1))" -le 30 ]; do
	printf '#include <stdio.h>\n#include "g.h"\nint f%s(void) { return G; }\n' $i >f$i.c
done
cat >main.c <<'EOS'
#include "g.h"
int main(void) { return G; }
EOS
cat >Makefile <<'EOS'
O = $(patsubst %.c,%.o,$(wildcard f*.c))
all: out
out: program
	./program >out
program: main.o lib.a
	gcc -o $@ main.o lib.a
lib.a: $(O)
	ar cr $@ $(O)
%.o: %.c g.h
	gcc -pipe -c $< -o $@
g.h:
	echo '#define G 0' >g.tmp
	mv g.tmp g.h
	ln g.h hard.h
	cat hard.h
EOS
compare make make -j2
rm -f ./*.o ./*.h out program lib.a
compare_tracers strace make -j2
for program in pt-stat pt-why; do
	t_case "$program takes what strace tells" 0 '~*' '' $program "$compare_to.strace.pt"
done
t_done
