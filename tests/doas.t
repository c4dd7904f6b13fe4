#!/bin/sh
# pt-capture for a real user with the real doas, where there is no sudo
. "${0%/*}/user.sh"
t_need doas
# what there is on the PATH of the user
mkdir "$t_tmp/bin"
for program in /usr/bin/doas /bin/sh /bin/true; do
	ln -s "$program" "$t_tmp/bin/"
done
# found by its path alone
tracer=$TOOLS/bpftrace
ln -s "$(command -v bpftrace)" "$tracer"

# rules LINE...: what doas allows from now on
rules() { printf '%s\n' "$@" >/etc/doas.conf && chmod 400 /etc/doas.conf; }
# alone OPTION... -- CMD...: recorded by the user, without a terminal
alone() {
	as_user setsid -w timeout 300 env PATH="$t_tmp/bin" "$TOOLS/pt-capture" \
	    --tracer bpftrace -b "$tracer" -o rec "$@"
}
at_terminal() {
	as_user onpty -t 300 env PATH="$t_tmp/bin" "$TOOLS/pt-capture" \
	    --tracer bpftrace -b "$tracer" --script "$TOOLS/small.bt" -o rec -- true
}
complete() { grep -q '^root	' rec && tail -n 1 rec | grep -q '^end	'; }
# nothing of a capture is left, soon
none_left() {
	n=0
	while pgrep -f "$tracer"; do
		n=$((n + 1))
		[ "$n" -le 200 ] || return
		sleep 0.05
	done
}

rules "permit nopass $USER_NAME"
t_case 'the status of the command' 7 '' '' \
    alone --script "$TOOLS/small.bt" -- sh -c 'exit 7'
t_ok 'the recording is complete' complete
t_ok 'nothing of it is left' none_left
# one that says what it was given
printf '%s\n' '#!/bin/sh' "export -p >$WORK/given" "exec $tracer \"\$@\"" >"$TOOLS/spy"
chmod 755 "$TOOLS/spy"
t_case 'the whole script, with its settings' 0 '' '' \
    alone -b "$TOOLS/spy" -t -- true
t_ok 'the recording is complete' complete
for setting in PERF_RB_PAGES=.512 MAP_KEYS_MAX=.65536 BTF=./proc/; do
	t_ok "... BPFTRACE_${setting%%=*} is set" \
	    grep -q "BPFTRACE_$setting" given
done
t_ok 'nothing of it is left' none_left

rules "permit $USER_NAME"
printf 'expect password:\nsend secret\\r\n' >script
t_case 'a password at a terminal' 0 '~*' '' at_terminal <script
t_ok 'the recording is complete' complete
rm rec
printf 'expect password:\nsend wrong\\r\n' >script
refused='not root, and doas has not run bpftrace: run this as root, or let it with '
t_case 'a wrong password' 125 "~*$refused*" '' at_terminal <script
t_ok 'there is no recording' test ! -e rec
rules 'permit nopass root'
t_case 'who may not use it' 125 '' \
    "~*${refused}/etc/doas.conf, which is giving root: permit persist $USER_NAME" \
    alone -- true
t_ok 'nothing of it is left' none_left
t_done
