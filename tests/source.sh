# source.sh - the sources of Debian's packages, without a change to the system
# shellcheck shell=sh
#
# source_package NAME: unpacks its source in the current directory

# what apt-get knows, but of source packages
source_lists() {
	mkdir -p apt/lists
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
		[ ! -f "$file" ] || sed 's/^deb /deb-src /; s/^Types:.*/Types: deb-src/' \
		    "$file" >"apt/${file##*/}"
	done
}

apt_get() {
	apt-get -qq -o "Dir::State::lists=$PWD/apt/lists" \
	    -o Dir::Etc::sourcelist=none -o "Dir::Etc::sourceparts=$PWD/apt" "$@"
}

source_package() {
	source_lists && apt_get update && apt_get source "$1"
}
