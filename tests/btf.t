#!/bin/sh
# With the part of the kernel's types that pt-capture gives it, bpftrace makes the
# same programs as with all of them
. "${0%/*}/lib.sh"
[ -r /sys/kernel/btf/vmlinux ] || t_skip_all 'the kernel has no BTF'
t_trace

# a bpftrace that keeps what it is given
cat >keep <<'EOS'
#!/bin/sh
echo started >>starts
cp "${BPFTRACE_BTF:-/dev/null}" part && cat >script.bt
exit 3
EOS
chmod +x keep
# compile NAME BTF
compile() {
	BPFTRACE_BTF=$2 timeout 300 bpftrace --emit-elf "$1.o" script.bt \
	    >"$1.log" 2>&1
	test -s "$1.o" || { cat "$1.log"; return 1; }
}

t_case 'it is given' 125 '' '~*bpftrace ended with status 3*' \
    pt-capture --tracer bpftrace -b ./keep --env --signals all -- true
t_ok 'it is small' test "$(wc -c <part)" -lt 100000
t_ok 'and is BTF' test "$(od -An -tx1 -N 2 part)" = "$(od -An -tx1 -N 2 /sys/kernel/btf/vmlinux)"
t_ok 'it is enough' compile part "$PWD/part"
t_ok 'all of it is, too' compile all /sys/kernel/btf/vmlinux
t_ok 'the programs are the same' cmp part.o all.o
BPFTRACE_BTF=/dev/null pt-capture --tracer bpftrace -b ./keep -- true 2>/dev/null
t_ok 'root may have given another' test ! -s part

## a bpftrace for which it is not enough

cat >picky <<'EOS'
#!/bin/sh
[ ! "$BPFTRACE_BTF" ] || { echo "stdin:75:7-35: ERROR: Cannot resolve unknown type \"struct pid\"" >&2; exit 1; }
exec bpftrace "$@"
EOS
chmod +x picky
t_case 'is given all of them' 0 '' '' \
    timeout 300 pt-capture --tracer bpftrace -b ./picky -t -o all.pt -- true
t_ok '... and records' grep -q '^exec.*	cwd=.*argv=true' all.pt
rm starts
t_case 'if there is another reason' 125 '' \
    '~*ended with status 3*' pt-capture --tracer bpftrace -b ./keep -- true
t_case '... nothing is tried again' 0 started '' cat starts
t_done
