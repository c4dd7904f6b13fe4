#!/bin/sh
# pt-as-root for a real user with the real sudo: it records, and does nothing else
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/user.sh"
t_need cc
[ -x /usr/bin/bpftrace ] || t_skip_all 'no /usr/bin/bpftrace here'

user=$USER_NAME
prefix=$t_tmp/prefix
helper=$prefix/libexec/proctrace/pt-as-root
mkdir -p "$prefix/bin" "${helper%/*}"
cp "$BIN/pt-capture" "$prefix/bin"
cp "${HELPERS%/*}/libexec/pt-as-root" "$helper"

# capture OPTION... -- CMD...: as the user, without a terminal; records to rec
capture() {
	rm -f rec
	as_user setsid -w timeout 300 "$prefix/bin/pt-capture" \
	    --tracer bpftrace -o rec "$@"
}

## it records

sudoers "$user ALL=(root) NOPASSWD: $helper \"\""
t_case 'the helper is allowed, and nothing else' 3 "$(id -u "$user")" '' \
    capture -- sh -c 'id -u; /bin/true; exit 3'
t_ok 'the recording is complete' sh -c '
	pt-ingest rec | grep -q "^exit.*	status=3	" &&
	    grep -q "^exec.*argv=/bin/true$" rec && tail -n 1 rec | grep -q "^end	"'
t_ok 'and is his' test "$(stat -c %U rec)" = "$user"
t_case 'of a tree, with all signals' 143 '' '' \
    capture --tree --signals all -- sh -c 'trap : WINCH; kill -WINCH $$; kill $$'
t_ok 'the signals are there' sh -c 'grep -q "sig=SIGWINCH" rec && grep -q "sig=SIGTERM" rec'
t_case 'without signals' 143 '' '' capture --signals none -- sh -c 'kill $$'
t_case '... there are none' 1 '' '' grep '^signal	' rec
for option in --env --files "--script $TOOLS/small.bt" '-b /usr/bin/bpftrace'; do
	# shellcheck disable=SC2086 # its words
	t_case "$option needs bpftrace itself" 125 '' '~*visudo*' \
	    capture $option -- true
done
sudoers
t_case 'a user whom sudo does not know' 125 '' \
    "~*run this as root, or let it record with 'visudo': $user ALL=(root) NOPASSWD: $helper \"\"" \
    capture -- true
sudoers "$user ALL=(ALL) NOPASSWD: ALL"
t_case 'all is allowed' 0 '' '' capture -- true
printf '%s\n' 'expect password for
send secret\r
expect hello' >script
sudoers "$user ALL=(root) $helper \"\""
t_case 'a password' 0 '~*' '' as_user onpty -t 300 \
    "$prefix/bin/pt-capture" --tracer bpftrace -o rec -- echo hello <script
sudoers "$user ALL=(root) NOPASSWD: /usr/bin/bpftrace"
t_case 'bpftrace is allowed, and not the helper' 0 '' '' capture -- true
sudoers "$user ALL=(root) /usr/bin/bpftrace"
# sudo forgets one that was for nothing
printf '%s\n' 'expect password for' 'send secret\r' 'expect password for' 'send secret\r' \
    'expect hello' >script
t_case 'the same with a password' 0 '~*' '' as_user onpty -t 300 \
    "$prefix/bin/pt-capture" --tracer bpftrace -o rec -- echo hello <script

# a sudo that does not answer is not left behind
printf '%s\n' '#!/bin/sh' 'echo $$ >asked' 'exec sleep 60' >"$TOOLS/sudo"
chmod 755 "$TOOLS/sudo"
setpriv --reuid "$user" --regid "$user" --init-groups \
    "$prefix/bin/pt-capture" --tracer bpftrace -o rec true &
n=0
until [ -s asked ] || [ "$n" -ge 400 ]; do n=$((n + 1)); sleep 0.05; done
kill -TERM $!
wait $!
n=0
while kill -0 "$(cat asked)" && [ "$n" -lt 400 ]; do n=$((n + 1)); sleep 0.05; done 2>/dev/null
t_ok 'a sudo that does not answer is not left behind' test -s asked -a "$n" -lt 400
rm "$TOOLS/sudo" asked

## it does nothing else

# from now on bpftrace is one that says what it was given
cat >"$t_tmp/spy" <<EOF
#!/bin/sh
exec >>$t_tmp/given 2>&1
echo "arguments: \$*"
echo "directory: \$(pwd)"
echo "user: \$(id -u)"
echo "signals: \$(grep -E '^Sig(Blk|Ign)' /proc/\$\$/status | tr '\n' ' ')"
tr '\0' '\n' </proc/\$\$/environ | sed 's/^/environment: /'
ls -l /proc/\$\$/fd
cat >$t_tmp/text
EOF
chmod 755 "$t_tmp/spy"
mount --bind "$t_tmp/spy" /usr/bin/bpftrace

# ask CMD...: as the user, with the line that pt-capture writes
ask() {
	echo '1 5 6 7 8 0' | as_user setsid -w timeout 300 "$@" 2>&1 | cat
}
# what bpftrace was given is what it is always given, in the file given; the
# signals 32 and 33 are glibc's own, which it lets nobody change
clean() {
	grep -qx 'arguments: -q -B full -' "$t_tmp/given" &&
	    grep -qx 'directory: /' "$t_tmp/given" &&
	    grep -qx 'user: 0' "$t_tmp/given" &&
	    grep -q '^signals: SigBlk:	0* SigIgn:	0*\(180000000\)\{0,1\} $' "$t_tmp/given" &&
	    ! grep '^environment' "$t_tmp/given" |
	    grep -v -e ' PATH=/usr/sbin:/usr/bin:/sbin:/bin$' \
		-e ' BPFTRACE_PERF_RB_PAGES=512$' -e ' BPFTRACE_MAP_KEYS_MAX=65536$' \
		-e ' BPFTRACE_BTF=/proc/self/fd/[0-9]*$' &&
	    grep -q ' 0 -> pipe:' "$t_tmp/given" &&
	    ! grep ' -> ' "$t_tmp/given" | grep -v -e ' 0 -> pipe:' \
		-e ' -> /memfd:vmlinux' -e ' [12] -> .*/given$' \
		-e ' 10 -> /usr/bin/bpftrace$' &&
	    cmp -s "$t_tmp/text" "$t_tmp/expected"
}
sudoers "$user ALL=(root) NOPASSWD: $helper \"\""
rm -f "$t_tmp/given"
ask sudo -n "$helper"
mv "$t_tmp/text" "$t_tmp/expected"
t_ok 'the script is the built-in one, with the numbers' sh -c '
	pt-capture --print-script | sed "s/\$2\\>/6/g; s/\$1\\>/5/g; s/\$3\\>/7/g
	    s/\$4\\>/8/g; s/\$5\\>/0/g; s/\$6\\>/1/g" | diff - "$0"' "$t_tmp/expected"

cat >evil.c <<EOF
#include <unistd.h>
#include <fcntl.h>
__attribute__((constructor)) static void evil(void)
{
	if (!geteuid())
		close(open("$t_tmp/evil", O_CREAT | O_WRONLY, 0600));
}
EOF
cc -shared -fPIC -o evil.so evil.c
printf '#!/bin/sh\n[ $(id -u) -ne 0 ] || : >%s/evil\n' "$t_tmp" >evil
chmod 755 evil evil.so
mkdir evils
for name in bpftrace sh libc.so.6 env cat id; do cp evil evils/$name; done
cp evil bpftrace

# attack NAME CMD...: bpftrace is run as always, or not at all
attack() {
	name=$1
	shift
	rm -f "$t_tmp/given" "$t_tmp/text"
	ask "$@" >said 2>&1
	t_ok "$name" eval '! [ -e "$t_tmp/evil" ] && { ! [ -e "$t_tmp/given" ] || clean; }'
}
# denied NAME CMD...: it is not
denied() {
	attack "$@"
	t_ok '... is refused' test ! -e "$t_tmp/given"
}
for rules in safe careless; do
	# as one might write it who has not read the page
	[ $rules = safe ] || sudoers 'Defaults !env_reset, !requiretty' \
	    "Defaults closefrom_override" "$user ALL=(root) NOPASSWD: $helper"
	attack "$rules: as it is meant" sudo -n "$helper"
	t_ok '... it is run' test -e "$t_tmp/given"
	denied "$rules: an expression" sudo -n "$helper" -e 'BEGIN { exit(); }'
	denied "$rules: an option" sudo -n "$helper" --unsafe
	denied "$rules: a script" sudo -n "$helper" "$TOOLS/small.bt"
	denied "$rules: an empty argument" sudo -n "$helper" ''
	attack "$rules: environment" env BPFTRACE_BTF="$PWD/evil" \
	    BPFTRACE_KERNEL_SOURCE="$PWD" BPFTRACE_VMLINUX="$PWD/evil" \
	    BPFTRACE_PERF_RB_PAGES=1 BPFTRACE_STRLEN=9 LD_PRELOAD="$PWD/evil.so" \
	    LD_LIBRARY_PATH="$PWD/evils" LD_AUDIT="$PWD/evil.so" \
	    PATH="$PWD/evils:$PATH" IFS=/ ENV="$PWD/evil" BASH_ENV="$PWD/evil" \
	    TMPDIR="$PWD/evils" /usr/bin/sudo -n "$helper"
	denied "$rules: a setting" sudo -n BPFTRACE_STRLEN=9 "$helper" x
	attack "$rules: another directory" sh -c 'cd evils && exec sudo -n "$0"' "$helper"
	attack "$rules: descriptors" sh -c 'exec 9</etc/passwd 20>descriptor
	    exec sudo -n "$0"' "$helper"
	[ $rules = safe ] || attack "$rules: descriptors that sudo leaves" sh -c '
	    exec 9</etc/passwd; exec sudo -n -C 30 "$0"' "$helper"
	attack "$rules: signals" env --ignore-signal sudo -n "$helper"
	ln -sf "$helper" pt-as-root
	attack "$rules: a link to it" sudo -n ./pt-as-root
	ln -sf "$PWD/evil" pt-as-root
	denied "$rules: a link with its name" sudo -n ./pt-as-root
	denied "$rules: its directory, and up" sudo -n "${helper%/*}/../../../work/evil"
	rm -f pt-as-root
	denied "$rules: standard output is a file" sh -c 'exec sudo -n "$0" >file' "$helper"
	denied "$rules: no standard output" sh -c 'exec sudo -n "$0" >&-' "$helper"
done

# lines NAME PRINTF: that it does not take
lines() {
	rm -f "$t_tmp/given"
	# shellcheck disable=SC2059 # it is a format
	t_case "$1" 125 '' "~*pt-as-root: standard input is not what pt-capture(1) writes" \
	    sh -c 'printf "$0" | "$@" 2>&1 | cat >&2; exit 125' "$2" \
	    setpriv --reuid "$user" --regid "$user" --init-groups sudo -n "$helper"
	t_ok '... it is not run' test ! -e "$t_tmp/given"
}
lines 'nothing' ''
lines 'no numbers' 'x\n'
lines 'no newline' '1 5 6 7 8 0'
lines 'too few' '1 5 6 7 8\n'
lines 'too many' '1 5 6 7 8 0 0\n'
lines 'a blank at the end' '1 5 6 7 8 0 \n'
lines 'a script behind a number' '1 5 6;BEGIN{system("id")} 7 8 0\n'
lines 'in one' '1 5 6 7 8 0)||system("id")\n'
lines 'a sign' '1 5 -6 7 8 0\n'
lines 'hexadecimal' '1 5 0x6 7 8 0\n'
lines 'white space' '1  5 6 7 8 0\n'
lines 'a NUL' '1 5 6\0 7 8 0\n'
lines 'too large' '1 5 99999999999999999999999999 7 8 0\n'
lines 'too long' "$(printf '%0200d' 1)\n"
lines 'no owner' '1 5 0 7 8 0\n'
lines 'another version' '2 5 6 7 8 0\n'
umount /usr/bin/bpftrace

t_case 'not by sudo' 125 '' 'pt-as-root: not root: this is to be run by sudo(8)' \
    sh -c '"$@" </dev/null 2>&1 | cat >&2; exit 125' sh setpriv --reuid "$user" --regid "$user" \
    --init-groups "$helper"
t_case 'set-user-ID' 125 '' 'pt-as-root: not root: this is to be run by sudo(8)' \
    sh -c 'chmod 4755 "$0" && "$@" </dev/null 2>&1 | cat >&2; chmod 755 "$0"; exit 125' "$helper" \
    setpriv --reuid "$user" --regid "$user" --init-groups "$helper"
t_done
