#!/bin/sh
# README.md: every command, as it stands there (see examples.sh). Its chart is
# drawn by mermaid.t.
. "${0%/*}/lib.sh"
. "$TESTS/examples.sh"
t_trace
t_need bash cc jq make sudo unshare

document README.md

# the commands that are indented, but for "make check", which runs this test
indented() {
	awk '/^```/ { inside = !inside }
	!inside && /^    / && !/make check/ { sub(/ *#.*/, ""); print }' "$1"
}

# in a tree without what was built; /usr/local is not that of the machine
in_a_checkout() {
	sources checkout && cd checkout || return
	{
		echo 'mount -t tmpfs none /usr/local'
		indented README.md
		echo 'command -v proctrace'
	} >commands
	MAKEFLAGS='-j2 CFLAGS=-O0' PATH=$system_path unshare -m sh -e commands
}

t_dir
t_case 'make demo and install' 0 '~*/usr/local/bin/proctrace' '~*' \
    in_a_checkout
t_done
