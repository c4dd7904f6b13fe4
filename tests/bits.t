#!/bin/sh
# programs of 32 bits: pt-capture as one, and what it sees of one
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/lib.sh"
t_trace
t_need cc make strace
if [ "$(uname -m)" != x86_64 ]; then
	t_ok 'another machine has no programs of 32 bits to be built' true
	t_done
fi

t_case 'it compiles without a warning' 0 '' '' make -s -C "$ROOT" \
    BUILD="$PWD/build" BIN="$PWD/bin" CC='cc -m32' CFLAGS='-O1 -Werror' JSON_LIBS= \
    "$PWD/bin/pt-capture"
t_case 'with bpftrace: why it cannot' 125 '' 'pt-capture: bpftrace does not see the system calls of a program of 32 bits, as this pt-capture is one: take one of 64 bits, or use --tracer strace' \
    timeout 300 bin/pt-capture --tracer bpftrace -o rec true
t_case 'strace instead' 3 '' '~*
pt-capture: tracing with strace instead' \
    timeout 300 bin/pt-capture -o rec sh -c '/bin/true; exit 3'
t_ok '... it records' sh -c '
	pt-ingest rec | grep -q "^exit.*	status=3$" &&
	    grep -q "^exec.*argv=/bin/true$" rec'

cat >reads.c <<'EOT'
#include <unistd.h>
int main(void) { char c; return (int)read(0, &c, 1); }
EOT
cc -m32 -o reads reads.c
# of 32 bits, read is 3, which is close of 64
t_case 'what one waits for is not told by another number' 124 '' '~*' \
    sh -c 'mkfifo in; exec timeout 300 pt-capture --timeout 1 -t -o look ./reads <>in'
t_case '... but it is told' 0 '~wait	ts=*	pid=*	call=other*' '' \
    sh -c 'grep "^wait" look | head -n 1'
t_case '... without a number' 1 '' '' grep '^wait.*nr=' look
t_done
