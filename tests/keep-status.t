#!/bin/sh
# --keep-status of pt-capture: the command is run, and its exit status is ours,
# whatever becomes of the recording.
# shellcheck disable=SC2016 # what sh -c expands
. "${0%/*}/lib.sh"
t_as_root

capture() {
	timeout -k 5 300 pt-capture --keep-status "$@"
}
untraced='nothing is recorded: the command runs untraced'
command='echo output; exit 7'

t_case 'no tracer' 7 output "~pt-capture: tracing failed: *
pt-capture: $untraced" capture --tracer bpftrace -b ./none -o x.pt sh -c "$command"
t_ok '... makes no file' test ! -e x.pt
t_case 'without -o the output goes to stderr, as it would' 7 '' "~*
output" capture --tracer bpftrace -b ./none sh -c "$command"
t_case 'no such directory' 7 output "pt-capture: none/x.pt: No such file or directory
pt-capture: $untraced" capture -o none/x.pt sh -c "$command"
t_case 'no such command' 127 '' "~*
pt-capture: ./nothing: No such file or directory" \
    capture --tracer bpftrace -b ./none ./nothing
t_case 'killed by a signal' 143 '' "~*" \
    capture --tracer bpftrace -b ./none sh -c 'kill $$'
t_case 'it has no children but its own' 0 '' '~*
ps' capture --tracer bpftrace -b ./none --filter cat sh -c \
    'ps -o comm= --ppid $$; :'
t_case 'wrong usage is not for the command' 125 '' "~*--until: 'x' is *" \
    capture --until x sh -c "$command"
t_case 'nor is a process' 125 '' 'pt-capture: --keep-status: there is no command' \
    capture -p $$
t_case 'no tracer, without --keep-status' 125 '' '~pt-capture: tracing failed: *' \
    pt-capture --tracer bpftrace -b ./none -o x.pt sh -c "$command"

# all that a command can see of its surroundings
cat >look <<'LOOK'
env | sort
pwd
ls /proc/self/fd
umask
ps -o sid= -p $$
awk '/^Sig(Blk|Ign)|^Shd|^Groups|^[UG]id/' /proc/self/status
LOOK
look() {
	env -u _ "$@" sh look
}
look timeout -k 5 300 >want
t_case 'an untraced command sees nothing of us' 0 @want '~*' \
    look timeout -k 5 300 pt-capture --keep-status --tracer bpftrace -b ./none \
    --filter cat -o x.pt

if ! t_traces; then
	t_skip 'when something was traced' "$t_why"
	t_done
fi

t_case 'what is recorded is recorded' 125 output '' \
    capture -t -o x.pt sh -c 'echo output; exit 125'
t_ok '... to its end' sh -c 'tail -n 1 x.pt | grep -q ^end'
echo old >old
t_case 'the tracer dies' 7 output '~*bpftrace was killed by signal 9; the recording ends there' capture -o old \
    sh -c 'kill -KILL $(pgrep -P $PPID bpftrace); sleep 0.1; echo output; exit 7'
t_ok '... and the part is kept, and says so' sh -c \
    'grep -q "^lost	" old && tail -n 1 old | grep -q "^end	.*cut=1"'
t_case 'the filter fails' 7 output "pt-capture: the filter ended with status 3
pt-capture: nothing was recorded" \
    capture -o old --filter 'cat >/dev/null; exit 3' sh -c "$command"
t_device full
t_case 'no space' 7 output 'pt-capture: full: No space left on device
pt-capture: nothing was recorded' capture -o full sh -c "$command"
t_case 'time is up' 124 '' '~pt-capture: time is up: *' \
    capture --timeout 0.1 -o x.pt sleep 20
t_case 'time is up, and no space' 124 '' '~*pt-capture: nothing was recorded' \
    capture --timeout 0.1 -o full sleep 20
t_case 'through the wrapper' 7 output "~*$untraced" \
    timeout -k 5 300 proctrace record --keep-status --tracer bpftrace -b ./none \
    -o x2.pt sh -c "$command"
t_done
