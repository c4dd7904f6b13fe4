# user.sh - for tests which need an unprivileged user and sudo
# shellcheck shell=sh
#
# Sources lib.sh. The test goes on in a mount namespace with a copy of /etc, so
# that nothing is left on the machine even if it is killed; it is skipped where
# that cannot be. Offers, besides: USER_NAME, a user with the password
# "secret"; TOOLS, a directory which that user can read, first in PATH, with
# pt-capture, all helpers and capture/small.bt; WORK, one that he can write, the
# current one.
#
# as_user CMD...	becomes him and runs CMD
# sudoers LINE...	what sudo allows from now on; it has forgotten all passwords

case ${PT_PRIVATE:-} in
'') if unshare -m true 2>/dev/null; then
	PT_PRIVATE=yes exec unshare -m --propagation private sh "$0"
    fi ;;
esac
. "${0%/*}/lib.sh"
t_trace
t_need sudo useradd setpriv
[ "${PT_PRIVATE:-}" = yes ] || t_skip_all 'no mount namespaces'

USER_NAME=pt-user TOOLS=$t_tmp/tools WORK=$t_tmp/work

make_user() {
	cp -a /etc "$t_tmp/etc" && mount --bind "$t_tmp/etc" /etc &&
	    mkdir -p /run/sudo /var/lib/sudo &&
	    mount -t tmpfs none /run/sudo && mount -t tmpfs none /var/lib/sudo &&
	    useradd -M -d "$t_tmp" -s /bin/sh "$USER_NAME" &&
	    echo "$USER_NAME:secret" | chpasswd &&
	    chmod 755 "$t_tmp" && mkdir "$TOOLS" && mkdir -m 777 "$WORK" &&
	    cp "$BIN/pt-capture" "$HELPERS"/[a-z]* "$TESTS/capture/small.bt" "$TOOLS"
}

if ! make_user >"$t_tmp/why" 2>&1; then
	t_comment <"$t_tmp/why"
	t_skip_all 'no user can be made'
fi
cd "$WORK" || exit 2
PATH=$TOOLS:$PATH HOME=$t_tmp
export PATH HOME

as_user() {
	setpriv --reuid "$USER_NAME" --regid "$USER_NAME" --init-groups "$@"
}

sudoers() {
	printf '%s\n' 'Defaults !lecture' "$@" >/etc/sudoers
	rm -rf /run/sudo/ts
}
