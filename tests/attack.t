#!/bin/sh
# What others on the machine, and the command itself, can do to a capture: less
# than they would like
# shellcheck disable=SC2016 # what perl and other shells expand
. "${0%/*}/lib.sh"
t_trace
t_need perl setpriv pgrep

capture() {
	timeout 300 pt-capture --tracer bpftrace --tree "$@"
}
# as another user
other='setpriv --reuid 65534 --regid 65534 --clear-groups'

## marks of others

t_case 'what tells the capture from others is in no argument' 0 "${0##*/}" '' \
    capture -o args.pt sh -c 'bpftrace=$(pgrep -P $PPID bpftrace) &&
	tr "\0" "\n" <"/proc/$bpftrace/cmdline" | grep -x "[0-9]*"
	echo "$0"' "${0##*/}"

# src/capture/tracer.c, tracer_cookie(): all that there are
t_case 'another user marks himself with every cookie, and ends' 0 after '' \
    capture -o owner.pt sh -c "$other"' perl -e "
	setpgrp(1886679653, 1 << 29 | \$_ << 12) for 0 .. 131071"
    /bin/echo after'
t_ok '... and the recording goes on' \
    grep -q '^exec.*	argv=/bin/echo	after$' owner.pt

## the members of the tree

t_case 'the command names 70,000 members' 0 '' '' capture -o fill.pt perl -e '
    setpgrp(1886679654, 5000000 + $_) for 1 .. 70000;
    system("/bin/true", "hidden")'
t_ok '... and hides nobody' grep -q '^exec.*	argv=/bin/true	hidden$' fill.pt
t_ok '... and nothing is lost' eval '! grep "^lost" fill.pt'

t_case 'more members than there is room for' 0 '' \
    '~pt-capture: [1-9]* events were lost' env BPFTRACE_MAP_KEYS_MAX=16 \
    timeout 300 pt-capture --tracer bpftrace --tree -o full.pt perl -e '
    pipe(R, W);
    for (1 .. 40) { if (!fork) { close(W); <R>; exec "/bin/true" } }
    close(W); wait for 1 .. 40'
t_ok '... are said to be lost' grep -q '^lost	' full.pt
t_ok '... and the recording ends' sh -c 'tail -n 1 full.pt | grep -q "^end	"'

## the name of the recording

t_case 'names of a temporary file are taken' 0 '' '' capture -o names.pt \
    sh -c 'for i in $(seq 0 99); do : >"names.pt.$PPID-$i"; done'
t_ok '... the recording has its own' grep -q '^end	' names.pt
t_case 'its name is taken meanwhile' 125 '' '~pt-capture: made.pt: *
pt-capture: made.pt: what was written is kept in made.pt.????????' \
    capture -o made.pt mkdir made.pt
t_ok '... and it is whole' grep -q '^end	' made.pt.????????

## what is read of processes

mkfifo ready
"$HELPERS/longargs" >ready &
long=$!
read -r _ <ready
look_at_long() {
	ulimit -S -v 500000
	capture -p "$long" --timeout 1 -o long.pt
}
t_case 'a process that says it has arguments of a gibibyte' 0 '' '' look_at_long
t_ok '... of which some are recorded' grep -q '^exec	.*	argvlen=0	argv=' long.pt
t_ok '... but not all' test "$(wc -c <long.pt)" -lt 200000
kill "$long"
t_done
