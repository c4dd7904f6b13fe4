#!/bin/sh
# a real parallel build, seen by pt-capture and by strace at the same time
. "${0%/*}/lib.sh"
. "$TESTS/canonical.sh"
t_trace
t_need strace make cc

# a program of 60 files and a library, made on the spot
i=0
while [ "$i" -lt 60 ]; do
	echo "int f$i(int x) { return x + $i; }" >"f$i.c"
	i=$((i + 1))
done
echo 'int main(void) { return 0; }' >main.c
cat >Makefile <<'EOF'
OBJ = $(patsubst %.c,%.o,$(wildcard f*.c))
all: prog
	./prog
	-false
prog: main.o libf.a
	$(CC) -o $@ main.o libf.a
libf.a: $(OBJ)
	ar rcs $@ $(OBJ)
EOF

t_ok 'make -j2 under strace under pt-capture' timeout 300 \
    pt-capture -o raw.pt -- strace -f -ttt -v -s 65535 -o strace.log \
    -e trace=process,setpgid,setsid -e signal=none make -j2
t_ok "strace's log is a recording as well" \
    pt-import --from strace -o strace.pt strace.log
make=$(awk -F '\t' '$1 == "root" { sub("pid=", "", $3); print $3 }' strace.pt)
t_ok 'the tree of make' pt-ingest -p "$make" -o make.pt raw.pt
# strace does not see how the first process came to be
processes() {
	canonical <"$1" | grep -E '^(fork|exec|exit)	' |
	grep -v "^fork	pid=$make	" | sort
}
processes make.pt >got
processes strace.pt >want
for kind in fork exec exit; do
	echo "# $kind: pt-capture $(grep -c "^$kind" got)," \
	    "strace $(grep -c "^$kind" want)"
done
t_ok 'more than 60 compilers' test "$(grep -c '^exec.*	argv=cc	' got)" -gt 60
t_ok 'the same processes, parents, argv and exit codes' diff -u want got
t_done
