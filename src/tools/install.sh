#!/bin/sh
# install.sh - puts files where they are used, and takes them away again
#
# usage: install.sh ROOT PREFIX FILE:DEST ...
#			FILE becomes ROOT/PREFIX/DEST; =NAME:DEST: that becomes a
#			symbolic link to NAME
#        install.sh -r ROOT PREFIX
#			removes all of it
#
# What it makes stands in PREFIX/share/proctrace/installed, directories as well:
# one that was there before stays, and what another version has put there goes.
set -eu
umask 022

# make_dir DIR: prints it, if it makes it, after those above it
make_dir() {
	[ ! -d "$root/$1" ] || return 0
	case $1 in
	*/*) make_dir "${1%/*}" ;;
	esac
	mkdir "$root/$1"
	echo "$1"
}

# put FILE DEST
put() {
	rm -f "$root/$2"
	case $1 in
	=*)
		ln -s "${1#=}" "$root/$2"
		return ;;
	esac
	cp "$1" "$root/$2"
	if [ -x "$1" ]; then
		chmod 755 "$root/$2"
	else
		chmod 644 "$root/$2"
	fi
}

put_all() {
	mkdir -p "$root/"
	made=$(make_dir "${list%/*}")
	printf '%s\n' ${made:+"$made"} "$list" >>"$root/$list"
	for entry; do
		dest=$prefix/${entry#*:}
		{
			make_dir "${dest%/*}"
			echo "$dest"
		} >>"$root/$list"
		put "${entry%%:*}" "$dest"
	done
	sort -u -o "$root/$list" "$root/$list"
}

# what is in a directory goes before it
remove_all() {
	sort -r "$root/$list" | while IFS= read -r name; do
		if [ -d "$root/$name" ] && [ ! -L "$root/$name" ]; then
			# unless others use it
			rmdir "$root/$name" 2>/dev/null || :
		else
			rm -f "$root/$name"
		fi
	done
}

action=put_all
if [ "$1" = -r ]; then
	action=remove_all
	shift
fi
root=$1
case $2 in
/* | '') prefix=$2 ;;
'~'*)
	echo "install.sh: PREFIX=$2: this shell leaves ~ as it is: write \$HOME" >&2
	exit 1 ;;
*)
	echo "install.sh: PREFIX=$2 is no absolute path" >&2
	exit 1 ;;
esac
prefix=$(printf '%s\n' "$prefix/" | tr -s / | sed 's|^/||; s|/$||')
list=$prefix/share/proctrace/installed
shift 2
if [ $action = remove_all ] && [ ! -e "$root/$list" ]; then
	echo "install.sh: nothing of proctrace is installed in $root/$prefix" >&2
	exit 1
fi
$action "$@"
