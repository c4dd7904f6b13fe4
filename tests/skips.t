#!/bin/sh
# What cannot be run is not run, for the right reason, and is listed at the end; what
# needs root goes on through sudo. id and sudo are played by scripts.
# shellcheck disable=SC2016 # what other shells expand
. "${0%/*}/lib.sh"
t_need prove

mkdir fake tests
cp "$TESTS/lib.sh" "$TESTS/prove.sh" tests
printf '#!/bin/sh\necho "${FAKE_ID:-1000}"\n' >fake/id
cat >fake/sudo <<'EOT'
#!/bin/sh
[ "${PASSWORD:-}" ] && exit 1
while :; do
	case $1 in
	-*) shift ;;
	*) FAKE_ID=0 exec "$@" ;;
	esac
done
EOT
chmod +x fake/*
printf '%s\n' '#!/bin/sh' '. "${0%/*}/lib.sh"' t_root 't_ok root test "$(id -u)" -eq 0' \
    'ls "${t_tmp%/*}" >&2' t_done >tests/all.t
printf '%s\n' '#!/bin/sh' '. "${0%/*}/lib.sh"' 't_as_root || :' 't_ok one true' \
    't_traces || t_skip two "$t_why"' t_done >tests/part.t
printf '%s\n' '#!/bin/sh' '. "${0%/*}/lib.sh"' t_trace 't_ok one true' t_done >tests/trace.t

# it NAME [VAR=VALUE ...]: a test, with standard error
it() {
	name=$1
	shift
	: >skipped
	env -u CI BIN="$BIN" SKIPPED="$PWD/skipped" PATH="$PWD/fake:$PATH" "$@" \
	    sh tests/"$name".t 2>&1
}
reason='not root, and no sudo without a password'
t_case 'sudo asks for a password' 0 "1..0 # SKIP $reason" '' it all PASSWORD=1
t_case '... which is listed' 0 "all.t: $reason" '' cat skipped
t_case '... a part' 0 "ok 1 - one
ok 2 - two # SKIP $reason
1..2" '' it part PASSWORD=1
t_case '... which is listed, too' 0 "part.t: two: $reason" '' cat skipped
t_case '... is a failure where everything must run' 1 '~*not ok*' '' \
    it all PASSWORD=1 CI=true
t_case 'before anything else is missing' 0 "1..0 # SKIP $reason" '' \
    it trace PASSWORD=1
mkdir tmp
t_case 'sudo asks for none: it goes on, and leaves nothing' 0 '~ok 1 - root
pt-test.??????
1..1' '' it all TMPDIR="$PWD/tmp"
t_ok '... at all' rmdir tmp
t_ok '... and is not listed' test ! -s skipped
mkdir few
for command in cat chmod dirname env mktemp rm mkdir sh; do
	ln -s "$(command -v $command)" few/
done
t_case 'root, and no bpftrace' 0 '1..0 # SKIP no bpftrace here' '' \
    it trace FAKE_ID=0 PATH="$PWD/fake:$PWD/few"

together() {
	: >skipped
	env -u CI BIN="$BIN" SKIPPED="$PWD/skipped" PATH="$PWD/fake:$PATH" "$@" \
	    sh tests/prove.sh tests/all.t tests/part.t | sed -n '/^Not run/,$p'
}
t_case 'prove: the list' 0 "~Not run here:
    all.t: $reason
    part.t: two: $reason
*sudo -v" '' together PASSWORD=1
t_done
