# examples.sh - the commands that a document shows: run, and what they print
# compared with what the document says
# shellcheck shell=sh disable=SC2154
#
# For tests that have sourced lib.sh.
#
# commands DIR		of the text on standard input, in which commands are indented
#	and begin with "$ ": files 001.sh, 001.want (what must be printed), 002.sh ...
#	in DIR. The lines after a "|", a backslash, an open quote or a <<EOT
#	belong to the command, and those after it, up to the next one or the end of
#	the block, are its output. A line without any indentation ends the block.
# console FILE		the blocks ```console of a file of Markdown, as such a text
# follow TEXT		a case for each command of such a text, all of them run by one
#	bash in the current directory; PATH is session_path: $t_tmp/bin, BIN and
#	system_path
# document FILE		follows the console of FILE (below ROOT) in a copy of share/doc/example
# make_host		a machine called "host" for the ssh of session_path: this one, in the
#	directory where ssh is called; with an sshd for each connection
# sources DIR		a copy of ROOT in DIR, without what was built
#
# What follow compares is standard output and error, line by line, and all
# lines, but:
# - what differs from run to run is not looked at: numbers with a unit, with a
#	decimal point or of three digits and more (PIDs), the N of key=N in an
#	event (but for status=), names that mktemp(1) makes, how much white space
#	there is;
# - "…" stands for anything, and a line "..." for any lines.
# - that the machine was busy, which proctrace then says, is no line of the
#	command's.
# Empty lines count as white space.
# A command that ends with a status of 2 or more is followed by "echo $?".

# what is built here is not built as make check-san was told to
unset BUILD CFLAGS LDFLAGS

system_path=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
session_path=$t_tmp/bin:$BIN:$system_path

commands() {
	awk -v "dir=$1" '
	function quotes(s) {
		return gsub(/'\''/, "", s) % 2
	}
	/^ +\$ / {
		match($0, /^ +/)
		indent = RLENGTH
		file = dir "/" sprintf("%03d", ++n)
		open = here = 0
		printf "" >(file ".want")
		$0 = substr($0, 1, indent) substr($0, indent + 3)
		in_block = more = 1
	}
	/^$/ || !in_block { in_block = 0; next }
	{
		line = substr($0, indent + 1)
		if (!more) {
			print line >(file ".want")
			next
		}
		print line >(file ".sh")
		if (here && line == "EOT")
			here = 0
		if (!here)
			open = quotes(line) ? !open : open
		if (line ~ /<<.?EOT/)
			here = 1
		more = here || open || line ~ /[|\\]$/
	}'
}

console() {
	awk '/^```/ { inside = $0 == "```console"; print ""; next }
	inside { print "    " $0 }' "$1"
}

# session DIR: runs all the commands in DIR, writes 001.got and 001.status ...
session() {
	cat >"$1/session" <<'EOT'
next() {
	status=$?
	[ -z "$now" ] || echo "$status" >"$dir/$now.status"
	now=$1
	exec >"$dir/$now.got" 2>&1
	return "$status"
}
dir=$1 now=
trap 'next end' EXIT
EOT
	for command in "$1"/*.sh; do
		name=${command##*/}
		echo "next ${name%.sh}"
		cat "$command"
	done >>"$1/session"
	LC_ALL=C.UTF-8 PATH=$session_path env -u BIN -u HELPERS timeout -k 5 600 bash "$1/session" "$1"
}

# unmeasured FILE: it, without what differs from run to run
unmeasured() {
	sed -E '
	/^[[:space:]]*Busy CPUs: /d
	/times cannot be compared$/d
	s/(cc|tmp\.)[[:alnum:]]{6}([^[:alnum:]]|$)/\1X\2/g
	s/[0-9]+(\.[0-9]+)? ?([num]?s|min|h|[KMG]?i?B|%)([^[:alnum:]]|$)/N U\3/g
	s/[0-9]+\.[0-9]+/N/g
	s/status=/status:/g
	s/([a-z])=[0-9]+/\1=N/g
	s/[0-9]{3,}/N/g
	s/[[:space:]]+/ /g
	s/^ //
	s/ $//
	/^$/d' "$1"
}

# alike WANT GOT: compares two files, already unmeasured
alike() {
	awk -v "got=$2" '
	# whether s is like the pattern p, in which "…" is anything
	function like(s, p,    part, n, i, at) {
		n = split(p, part, "…")
		if (substr(s, 1, length(part[1])) != part[1])
			return 0
		if (n == 1)
			return s == p
		s = substr(s, length(part[1]) + 1)
		for (i = 2; i < n; i++) {
			if (!(at = index(s, part[i])))
				return 0
			s = substr(s, at + length(part[i]))
		}
		at = length(s) - length(part[n])
		return at >= 0 && substr(s, at + 1) == part[n]
	}
	function fail(text) {
		print text
		failed = 1
		exit
	}
	$0 == "..." { any = 1; next }
	{
		do {
			if ((getline line <got) <= 0)
				fail("not printed: " $0)
			found = like(line, $0)
		} while (!found && any)
		if (!found)
			fail("shown:   " $0 "\nprinted: " line)
		any = 0
	}
	END {
		if (!failed && !any && (getline line <got) > 0)
			fail("not shown: " line)
		exit failed
	}' "$1"
}

# as_shown NAME: whether the command did what the document shows
as_shown() {
	unmeasured "$1.want" >"$1.want.n"
	unmeasured "$1.got" >"$1.got.n"
	alike "$1.want.n" "$1.got.n" || {
		echo 'in:'
		cat "$1.got"
		return 1
	}
	[ "$(cat "$1.status")" -lt 2 ] || grep -qxF 'echo $?' "$(following "$1")" || {
		echo "status $(cat "$1.status")"
		return 1
	}
}

# following NAME: the script after that one
following() {
	printf '%s/%03d.sh\n' "${1%/*}" $(($(expr "${1##*/}" : '0*\(.*\)') + 1))
}

follow() {
	shown=$(mktemp -d "$t_tmp/shown.XXXXXX")
	commands "$shown" <"$1"
	session "$shown"
	for command in "$shown"/*.sh; do
		t_ok "$(sed 's/\\/&&/g; q' "$command")" as_shown "${command%.sh}"
	done
}

document() {
	cp -R "$ROOT/share/doc/example" example && cd example || exit 2
	console "$ROOT/$1" >"$t_tmp/text"
	follow "$t_tmp/text"
}

make_host() {
	mkdir -p "$t_tmp/bin" "$t_tmp/ssh" /run/sshd
	for key in host user; do
		ssh-keygen -q -t ed25519 -N '' -f "$t_tmp/ssh/$key" || return
	done
	cat >"$t_tmp/ssh/sshd_config" <<EOT
HostKey $t_tmp/ssh/host
AuthorizedKeysFile $t_tmp/ssh/user.pub
StrictModes no
PermitRootLogin yes
ForceCommand PATH=$session_path && cd "\$(cat $t_tmp/ssh/pwd)" && eval "\$SSH_ORIGINAL_COMMAND"
EOT
	cat >"$t_tmp/ssh/config" <<EOT
Host host
	ProxyCommand /usr/sbin/sshd -i -f $t_tmp/ssh/sshd_config
	IdentityFile $t_tmp/ssh/user
	UserKnownHostsFile $t_tmp/ssh/known
	StrictHostKeyChecking accept-new
	LogLevel ERROR
EOT
	cat >"$t_tmp/bin/ssh" <<EOT
#!/bin/sh
pwd >$t_tmp/ssh/pwd
exec /usr/bin/ssh -F $t_tmp/ssh/config "\$@"
EOT
	chmod +x "$t_tmp/bin/ssh" && "$t_tmp/bin/ssh" host true
}

sources() {
	mkdir "$1" && tar -C "$ROOT" --exclude=./.git --exclude=./build \
	    --exclude='./bin/pt-*' -cf - . | tar -C "$1" -xf -
}
