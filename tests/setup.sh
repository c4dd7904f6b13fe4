#!/bin/sh
# setup.sh - installs what is missing here to build, run and test proctrace
#
# usage: setup.sh GROUP...	GROUP: build, run, tests, musl,
#				package, fleet, firefox, bench
#
# Debian and Ubuntu: with apt-get, through sudo when not root. Other systems:
# prints the list and exits 1. Nothing is done when nothing is missing. The
# group run also mounts tracefs, the group tests has sudo ask for its password. On a terminal it says first what it would
# install, and asks; it does not if CI is set.
set -u
PATH=$PATH:/usr/sbin:/sbin

# GROUP PACKAGES PROBE: the first package that there is provides what the
# probe looks for
packages() {
	cat <<'LIST'
build gcc cc --version
build libc6-dev echo '#include <stdio.h>' | cc -E -
build make make --version
build pkg-config pkg-config --version
build libjson-c-dev pkg-config --exists json-c
run bpftrace bpftrace --version
run strace strace --version
tests gcc-multilib test "$(uname -m)" != x86_64 || echo '#include <stdio.h>' | cc -m32 -E -
tests git git --version
tests perl prove --version
tests patch patch --version
tests jq jq --version
tests cmark-gfm cmark-gfm --version
tests curl curl --version
tests clang clang --version
tests libclang-rt-dev,libclang-rt-14-dev echo 'int LLVMFuzzerTestOneInput(void *, unsigned long); int LLVMFuzzerTestOneInput(void *p, unsigned long n) { return !p && n; }' | { t=$(mktemp) && clang -w -fsanitize=fuzzer,address -x c - -o "$t"; s=$?; rm -f "$t"; exit $s; }
tests sqlite3 sqlite3 --version
tests bats bats --version
tests sudo sudo --version
tests opendoas command -v doas
tests passwd useradd --help
tests less less --version
tests procps ps --version
tests bash-completion test -e /usr/share/bash-completion/bash_completion
tests zsh zsh --version
tests fish fish --version
tests vim-tiny vi --version
tests valgrind valgrind --version
tests libc6-dbg valgrind -q true
tests chromium chromium --version || chromium-browser --version || google-chrome --version
tests npm npm --version
tests openssh-server command -v sshd
tests openssh-client ssh -V
tests python3-yaml python3 -c 'import yaml'
tests mandoc mandoc -Tutf8 /dev/null
tests shellcheck shellcheck --version
tests cppcheck cppcheck --version
musl musl-tools musl-gcc --version
musl cmake cmake --version
musl dpkg-dev dpkg-source --version
package debootstrap command -v debootstrap
package debhelper command -v dh
package dpkg-dev dpkg-buildpackage --version
package lintian lintian --version
package perl prove --version
fleet clickhouse-server command -v clickhouse-server
fleet clickhouse-client clickhouse-client --version
fleet debootstrap command -v debootstrap
fleet rpm rpmbuild --version
fleet cpio cpio --version
fleet sqlite3 sqlite3 --version
fleet cmake cmake --version
fleet ninja-build ninja --version
fleet dpkg-dev dpkg-source --version
fleet bear bear --version
fleet clangd clangd --version
fleet makepkg command -v makepkg
fleet fakeroot command -v fakeroot
fleet libarchive-tools bsdtar --version
fleet nix-bin nix-build --version
firefox firefox-esr,firefox firefox-esr --version || firefox --version
bench forkstat forkstat -h
bench mawk mawk -W version
bench linux-perf,linux-tools-generic perf --version
LIST
}

# missing GROUP...: the packages of those groups whose probe fails
missing() {
	packages | while read -r group package probe; do
		case " $* " in
		*" $group "*)
			sh -c "$probe" >/dev/null 2>&1 </dev/null ||
			    echo "$package" ;;
		esac
	done
}

# the first of a,b,c that apt-get can install
available() {
	for p in $(echo "$1" | tr , ' '); do
		if apt-cache show --no-all-versions "$p" >/dev/null 2>&1; then
			echo "$p"
			return
		fi
	done
	echo "setup.sh: no package $1 here" >&2
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "setup.sh: to be run as root, there is no sudo: $*" >&2
		return 1
	fi
}

# sizes PACKAGE...: how many packages come with these, and how large they are,
# as far as apt-get knows them
sizes() {
	LC_ALL=C apt-get --assume-no --no-install-recommends install "$@" 2>/dev/null |
	    grep -E 'newly installed|^Need to get|^After this' | sed 's/^/    /'
}

# ask QUESTION: only on a terminal
ask() {
	[ -t 0 ] && [ -z "${CI:-}" ] || return 0
	printf 'setup.sh: %s [Y/n] ' "$1"
	read -r answer || return 1
	case $answer in
	[nN]*) return 1 ;;
	esac
}

install_missing() {
	want=$(missing "$@")
	[ -n "$want" ] || return 0
	if ! command -v apt-get >/dev/null; then
		echo 'setup.sh: please install these (names of Debian packages):' >&2
		echo "$want" >&2
		return 1
	fi
	echo "setup.sh: missing here: $(echo "$want" | tr '\n' ' ')"
	# shellcheck disable=SC2046 # one word for each package
	sizes $(echo "$want" | tr , ' ')
	[ "$(id -u)" -eq 0 ] || echo 'setup.sh: they are installed through sudo'
	ask 'install them?' || {
		echo 'setup.sh: nothing was installed' >&2
		return 1
	}
	as_root apt-get -qq update || return 1
	list=
	for p in $want; do
		list="$list $(available "$p")"
	done
	echo "setup.sh: installing$list"
	# shellcheck disable=SC2086
	sizes $list
	echo "setup.sh: these stay; apt-get autoremove --purge$list takes them away"
	case $list in
	*openssh-server*)	# which is to run in tests only
		echo 'setup.sh: /etc/ssh/sshd_not_to_be_run keeps sshd from being started'
		as_root sh -c 'mkdir -p /etc/ssh && >/etc/ssh/sshd_not_to_be_run' ||
		    return ;;
	esac
	# shellcheck disable=SC2086 # one word for each package
	as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get -qq -y --no-install-recommends install $list >/dev/null
}

# sudo is not to ask in the middle of the tests; without it they leave out much
ask_password() {
	[ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null || return 0
	! sudo -n true 2>/dev/null || return 0
	echo 'setup.sh: the tests that need root run through sudo, or not at all'
	[ ! -t 0 ] || [ -n "${CI:-}" ] || sudo -v || :
}

# bpftrace finds its tracepoints there; empty on a fresh machine
mount_tracefs() {
	grep -q ' tracefs ' /proc/mounts && return
	echo 'setup.sh: mounting tracefs on /sys/kernel/tracing, until the next boot'
	as_root mount -t tracefs tracefs /sys/kernel/tracing ||
	    echo 'setup.sh: no tracefs: nothing can be traced here' >&2
}

install_missing "$@" || exit 1
case " $* " in
*' run '*) mount_tracefs ;;
esac
case " $* " in
*' tests '*) ask_password ;;
esac
