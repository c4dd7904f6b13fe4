#!/bin/sh
# pt-capture for a real user with the real sudo, at a terminal and without one
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/user.sh"
t_need bash

user=$USER_NAME
PS1='\$ ' HISTFILE=/dev/null TERM=xterm
export PS1 HISTFILE TERM
unset PROMPT_COMMAND

# found by its path alone
real=$(command -v bpftrace)
bpftrace=$TOOLS/bpftrace
cat >"$bpftrace" <<EOF
#!/bin/sh
env | grep '^BPFTRACE_' >$t_tmp/settings
exec $real "\$@"
EOF
chmod 755 "$bpftrace"

# alone CMD...: as the user, without a terminal
alone() {
	as_user setsid -w timeout 300 "$@"
}

# capture CMD...: alone, with the small script; records to rec
capture() {
	rm -f rec
	alone pt-capture --tracer bpftrace -b "$bpftrace" \
	    --script "$TOOLS/small.bt" -o rec -- "$@"
}

# at NAME STATUS SCRIPT CMD...: a test at a terminal, which has what onpty says
# of it in the file said
at() {
	at_name=$1 at_status=$2
	printf '%s\n' "$3" >script
	shift 3
	t_case "$at_name" "$at_status" '~*' '' \
	    as_user onpty -t 300 "$@" <script || tail -n 40 "$out" | t_comment
	tr -d '\r' <"$out" >said
}

# small CMD...: at a terminal
small="pt-capture --tracer bpftrace -b $bpftrace --script $TOOLS/small.bt -o rec --"

asked() {
	[ "$(grep -c 'password for' said)" -eq "$1" ]
}

complete() {
	tail -n 1 rec | grep -q '^end	' && grep -q '^root	' rec
}

# Nothing of a capture is left, soon: the end of many probes takes a second.
none_left() {
	n=0
	while pgrep -f "$bpftrace|$real -q -B full - 0" >left; do
		n=$((n + 1))
		[ "$n" -lt 200 ] || { ps -o pid,ppid,stat,args -p "$(paste -sd, left)"
		    return 1; }
		sleep 0.05
	done
}

## no password

sudoers "$user ALL=(ALL) NOPASSWD: ALL"
t_case 'all is allowed: the real script' 3 "$(id -u "$user")" '' alone \
    pt-capture --tracer bpftrace -o rec -- sh -c 'id -u; /bin/echo >&2 -n; exit 3'
t_ok 'the recording is complete' sh -c '
	pt-ingest rec | grep -q "^exit.*	status=3	"'
t_ok 'and is his' test "$(stat -c %U rec)" = "$user"
t_case 'another bpftrace' 0 hello '' capture echo hello
t_ok 'has settings' grep -q '^BPFTRACE_PERF_RB_PAGES=' "$t_tmp/settings"

t_case 'the command cannot look into pt-capture' 0 '' '' capture sh -c '
    ! ls "/proc/$PPID/fd" 2>/dev/null && kill -0 "$PPID"'

sudoers "$user ALL=(root) NOPASSWD: $bpftrace"
t_case 'only bpftrace is allowed' 0 hello '' capture echo hello
t_ok 'the recording is complete' complete
t_ok 'it had to do without settings' test ! -s "$t_tmp/settings"

sudoers "$user ALL=(root) NOPASSWD:SETENV: $bpftrace"
t_case 'bpftrace and settings' 0 hello '' capture echo hello
t_ok 'it has them' grep -q '^BPFTRACE_PERF_RB_PAGES=' "$t_tmp/settings"

for pty in use_pty !use_pty; do
	sudoers "Defaults $pty" "$user ALL=(ALL) NOPASSWD: ALL"
	rm -f got
	at "^C at a terminal, $pty" 9 'expect ready
send \x03' sh -c "exec $small signals got HUP INT QUIT TERM"
	t_case '... comes once' 0 INT '' cat got
	t_ok '... the recording is complete' complete
	rm -f got
	at "the terminal closes, $pty" 9 'expect ready
hangup' sh -c "exec $small signals got HUP INT QUIT TERM"
	t_case '... HUP comes once' 0 HUP '' cat got
	t_ok '... the recording is complete' complete
	at "^Z and fg, $pty" 5 "expect \\x24 
send stty -echo\\r
expect \\x24 
send $small sh -c 'echo ready; read x; echo got \$x'\\r
expect ready
send \\x1a
expect Stopped
expect read x
send fg\\r
expect read x
send word\\r
expect got word
send exit 5\\r" bash --norc --noprofile -i
	t_ok '... the recording is complete' complete
done

sudoers 'Defaults use_pty, log_output, log_input' \
    "Defaults iolog_dir=$t_tmp/iolog" "$user ALL=(ALL) NOPASSWD: ALL"
t_case 'sudo logs all output' 0 hello '' capture echo hello
t_ok 'the recording is complete' complete
at 'sudo logs all output, at a terminal' 0 'expect hello' sh -c "$small echo hello"
t_ok 'the recording is complete' complete
t_ok 'nothing is left' none_left

## a password

sudoers "$user ALL=(ALL) ALL"
at 'a password' 0 'expect password for
send secret\r
expect ready
send word\r
expect got word' sh -c "$small sh -c 'echo ready; read x; echo got \$x'"
t_ok 'was asked for once' asked 1
t_ok 'the recording is complete' complete

at 'the second one in the same terminal' 0 'expect password for
send secret\r
expect hello
expect again' sh -c "$small echo hello; $small echo again"
t_ok 'does not ask' asked 1

sudoers 'Defaults timestamp_timeout=0' "$user ALL=(ALL) ALL"
at 'sudo remembers nothing' 0 'expect password for
send secret\r
expect hello' sh -c "$small echo hello"
t_ok 'asked once' asked 1

sudoers "$user ALL=(root) $bpftrace"
at 'a password, bpftrace only' 0 'expect password for
send secret\r
expect hello' sh -c "$small echo hello"
t_ok 'asked once' asked 1

sudoers "$user ALL=(ALL) ALL"
at 'the second try' 0 'expect password for
send wrong\r
expect password for
send secret\r
expect hello' sh -c "$small echo hello"

at 'wrong passwords' 125 'expect password for
send wrong1\r
expect password for
send wrong2\r
expect password for
send wrong3\r' sh -c "$small echo hello"
t_ok 'the reason and the cure' sh -c '
	grep -q "^sudo: 3 incorrect password attempts" said &&
	    grep -q "^pt-capture: not root, and sudo has not run bpftrace: .*visudo" said'
t_ok 'nothing was run' sh -c '! grep -q ^hello said'

rm -f ran
at '^C at the question' 5 "expect \\x24 
send stty -echo\\r
expect \\x24 
send $small touch ran\\r
expect password for
insist \\x03 \\x24\\x20
send echo =\$?\\r
expect =130
send exit 5\\r" bash --norc --noprofile -i
t_ok 'nothing was run' test ! -e ran

rm -f ran
at 'SIGTERM at the question' 143 'expect password for' sh -c "
    (until pgrep -P \$\$ sudo; do sleep 0.05; done; sleep 0.5; kill -TERM \$\$) \
    >sudo & exec $small touch ran"
t_ok 'nothing was run' test ! -e ran

at '^Z at the question' 5 "expect \\x24 
send stty -echo\\r
expect \\x24 
send $small echo hello\\r
expect password for
insist \\x1a Stopped
send echo between\\r
expect between
send fg\\r
expect password for
send secret\\r
expect hello
send exit 5\\r" bash --norc --noprofile -i
t_ok 'nothing is left' none_left

sudoers "$user ALL=(ALL) ALL"
t_case 'no terminal to ask on' 125 '' "~*pt-capture: not root, and sudo has not run bpftrace, as there is no terminal to ask for a password: *visudo*$user ALL=(root) NOPASSWD:SETENV: $bpftrace" \
    capture echo hello
sudoers
at 'a user whom sudo does not know' 125 'expect password for
send secret\r' sh -c "$small echo hello"
t_ok 'the reason' grep -q "^$user is not in the sudoers file" said

sudoers "$user ALL=(ALL) NOPASSWD: ALL"
t_case 'no bpftrace' 125 '' '~*there is no bpftrace: apt-get install bpftrace*' \
    alone pt-capture --tracer bpftrace -b ./nowhere -o rec -- echo hello
mkdir bin
ln -s "$(command -v setsid)" "$(command -v timeout)" bin
t_case 'no sudo' 125 '' 'pt-capture: not root, and there is no sudo or doas: run this as root, or '\''apt-get install sudo'\'' as root' \
    as_user env PATH="$PWD/bin" "$TOOLS/pt-capture" --tracer bpftrace -o rec -- echo hello
t_done
