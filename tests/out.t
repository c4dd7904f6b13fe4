#!/bin/sh
# What -o does to the file system; pt-sort stands for every filter.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
t_need pt-sort

printf 'tick\tts=%s\tcpu=0\n' 1 2 >want
printf 'tick\tts=%s\tcpu=0\n' 2 1 >rec

mode() { stat -c %a "$@"; }

# kill_it SIGNAL HOW: the status of a filter that gets the signal while it
# reads, and then its input; HOW, of env(1), is needed because a shell's
# background jobs ignore INT and QUIT
kill_it() {
	mkfifo fifo
	case $1 in
	KILL) pt-sort -o old fifo & ;;
	*) env "--$2-signal=$1" pt-sort -o old fifo & ;;
	esac
	pid=$!
	exec 3>fifo	# waits until the filter opens it, after its output
	rm fifo
	kill -s "$1" "$pid"
	[ "$2" = default ] || cat "$t_tmp/1/rec" >&3
	exec 3>&-
	wait "$pid"
}

t_case 'a new file' 0 '' '' pt-sort -o new rec
t_case '... has the mode of the umask' 0 644 '' mode new
umask 077
t_case 'another umask' 0 '' '' pt-sort -o private rec
t_case '... counts' 0 600 '' mode private
umask 022

echo old >old
chmod 751 old
t_case 'an old file' 0 '' '' pt-sort -o old rec
t_case '... keeps its mode' 0 751 '' mode old
t_ok '... and has the output' cmp want old

echo old >target
ln -s target link
t_case 'a link' 0 '' '' pt-sort -o link rec
t_case '... stays one' 0 target '' readlink link
t_ok '... and its target has the output' cmp want target

ln -s new dangling
t_case 'a link to what is not there' 0 '' '' pt-sort -o dangling rec
t_case '... stays one' 0 new '' readlink dangling
t_ok '... and makes it' cmp want new
mkdir -p sub
ln -s ../far sub/near
ln -s sub/near chain
t_case 'a link to a link in another directory' 0 '' '' pt-sort -o chain rec
t_ok '... is followed from there' cmp want far
ln -s loop loop
t_case 'a link to itself' 2 '' 'pt-sort: loop: Too many levels of symbolic links' \
    pt-sort -o loop rec

# the directory above may not be searched, as by who got here by other means
mkdir -p closed/open
cp rec closed/open
echo old >closed/open/there
chmod 777 closed/open
chmod 666 closed/open/there
chmod 755 "$t_tmp"
cp "$BIN/pt-sort" "$t_tmp"
user=
[ "$(id -u)" -ne 0 ] || user='setpriv --reuid 65534 --clear-groups'
for file in there new; do
	# shellcheck disable=SC2086 # its words
	t_case "below a directory that may not be searched: $file" 0 '' '' \
	    sh -c 'cd closed/open && chmod 0 .. && exec "$@"' - \
	    $user "$t_tmp/pt-sort" -o $file rec
	chmod 700 closed
	t_ok '... it has the output' cmp want closed/open/$file
done

t_device null
t_case 'a device' 0 '' '' pt-sort -o null rec
t_ok '... stays one' test -c null

mkfifo pipe
timeout 300 cat pipe >got &
t_case 'a FIFO' 0 '' '' pt-sort -o pipe rec
wait
t_ok '... gets the output' cmp want got
t_ok '... and stays' test -p pipe

t_dir
for signal in HUP:129 INT:130 QUIT:131 PIPE:141 TERM:143 KILL:137; do
	echo old >old
	t_case "$signal" "${signal#*:}" '' '~*' kill_it "${signal%:*}" default
	t_case '... leaves the old file, and no other' 0 old '' ls
	t_case '... as it was' 0 old '' cat old
done
t_case 'HUP that is ignored' 0 '' '' kill_it HUP ignore
t_ok '... stays ignored' cmp "$t_tmp/1/want" old
t_done
