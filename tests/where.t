#!/bin/sh
# Each exec is recorded with its directory and its descriptors, as the process
# itself finds them
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/lib.sh"
t_trace
t_need unshare chroot

base=$(pwd -P)
export base
mkdir told
cp "$HELPERS/where" .

# here LABEL: for the recorded shell: what a process there finds is in told/LABEL
cat >prelude <<'EOS'
set -e
here() { "$base/where" "$base/told/$1" "$1"; }
chain() { i=0; while [ $i -lt "$1" ]; do mkdir d$i; cd -P d$i; i=$((i + 1)); done; }
EOS
cat >script <<'EOS'
cd "$base"
here plain
(cd /; here root)
(cd /proc/self; here other_mount)
(mkdir c; cd c; chain 40; here chain)
(mkdir e; cd e; chain 60; here cut)
(long=$(printf '%0255d' 0); mkdir "$long"; cd "$long"; here longest)
for n in 7 8 9 63 64 65 71 72 73; do
	(name=$(printf "%0${n}d" "$n"); mkdir "$name"; cd "$name"; here "length$n")
done
(name=$(printf 'new\nline\ttab \033[31m \377\\x41'); mkdir "$name"; cd "$name"; here bytes)
(mkdir gone; cd gone; rmdir ../gone; here deleted)
(mkdir 'x (deleted)'; cd 'x (deleted)'; here called_deleted)
(mkdir -p above/below; cd above/below; here before
mv "$base/above" "$base/over"; here after
mv "$base/over/below" "$base/over/velow"; here after2)
unshare -m --propagation private sh -c '. "$base/prelude"
mkdir "$base/bound" "$base/to" "$base/to/sub" "$base/new" "$base/loose"
mount --bind "$base/to" "$base/bound"
cd "$base/bound/sub"
here bind
mount --rbind / "$base/new"
cd /
export base
chroot "$base/new" sh -c ". \"\$base/prelude\"; cd /usr/bin; here chroot
cd /; here chroot_root"
mount -t tmpfs none "$base/loose"
mkdir "$base/loose/in"
cd "$base/loose/in"
umount -l "$base/loose"
here unreachable'
unshare -pf sh -c '. "$base/prelude"; cd "$base/told"; here pid_namespace'
here closed <&- 2>&-
here file >"$base/a_file"
mkfifo "$base/a_fifo"
here fifo <>"$base/a_fifo"
here dir <"$base/told"
here pipe <&- | here pipe2
EOS
cat prelude script >all
pt-capture --tree -o w.pt -- sh all
t_ok 'it was recorded' pt-ingest -o tree.pt w.pt

# of LABEL KEY: the value in the exec of where LABEL
of() {
	awk -F '\t' -v label="$1" -v key="$2=" '
	$1 == "exec" && $NF == label && $(NF - 2) ~ /where$/ {
		for (i = 2; i < NF; i++)
			if (index($i, key) == 1)
				print substr($i, length(key) + 1)
	}' tree.pt
}

# same LABEL [STATE [SUFFIX]]: the directory is what the process itself found,
# which may be followed by SUFFIX; STATE is what is said about it
same() {
	{ env printf "$(of "$1" cwd)" && printf '%s\0' "${3:-}"; } >have
	head -z -n 1 "told/$1" >want
	t_ok "$1" cmp have want
	of "$1" cwdstate >state
	t_ok "$1: ${2:-no} state" test "$(cat state)" = "${2:-}"
}

for label in plain root chain longest bytes called_deleted before after after2 \
    bind chroot chroot_root pid_namespace length7 length8 length9 length63 \
    length64 length65 length71 length72 length73; do
	same $label
done
t_ok 'the oracle is one' grep -q "^$base/over/velow" told/after2
t_ok 'of another mount' expr "$(of other_mount cwd)" : '/proc/[0-9]*$'
same deleted deleted ' (deleted)'
same unreachable unreachable
# what is there of the longest is its end, without a slash in front
t_ok 'cut: state' test "$(of cut cwdstate)" = cut
t_ok 'cut' expr "$(head -z -n 1 told/cut | tr -d '\0')" : ".*/$(of cut cwd)\$"
t_ok 'cut: 48 names are there' test "$(of cut cwd | tr / '\n' | wc -l)" -eq 48

# descriptors LABEL
descriptors() {
	for fd in 0 1 2; do
		echo "fd$fd=$(of "$1" fd$fd)"
	done >have
	tail -z -n 1 "told/$1" | tr -d '\0' >want
	t_ok "descriptors: $1" diff want have
}

for label in plain closed file fifo dir pipe pipe2; do
	descriptors $label
done
t_ok 'both ends of a pipe' test "$(of pipe fd1)" = "$(of pipe2 fd0)"
t_ok 'which is one' expr "$(of pipe fd1)" : 'pipe:[0-9]*$'
t_ok 'closed is' test "$(of closed fd0) $(of closed fd2)" = 'closed closed'
t_ok 'the FIFO is one' expr "$(of fifo fd0)" : 'fifo:[0-9]*:[0-9]*:[0-9]*$'
t_done
