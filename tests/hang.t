#!/bin/sh
# After --timeout: who hung, and who holds what it waits for, in every report;
# and nothing that was ended then is said to have failed
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"

# recording: of lines KIND TS PID PPID REST, whose blanks are TABs in front of argv
recording() {
	printf 'trace\tversion=1\targv=sh\nroot\tts=1\tpid=2\n'
	while read -r kind ts pid ppid rest; do
		case $kind in
		timeout) printf 'timeout\tts=%s\tafter=%s\n' "$ts" "$pid"
			continue ;;
		exec) rest="argv=$rest" ;;
		esac
		printf '%s\tts=%s\tpid=%s' "$kind" "$ts" "$pid"
		[ "$ppid" = - ] ||
		    printf '\tppid=%s\tpgid=2\tsid=2' "$ppid"
		printf '%s\n' "${rest:+ $rest}" | tr ' ' '\t'
	done
	printf 'end\tts=2900000000\n'
}
tree='fork 1 2 1
exec 2 2 1 sh hang.sh
fork 3 3 2
exec 4 3 2 cat
fork 5 4 2
exec 6 4 2 sleep 30'
asked='timeout 2000000000 2000000000
signal 2000100000 3 - sig=SIGTERM from=9 comm=pt-capture
exit 2000200000 3 2 signal=SIGTERM
exit 2000300000 4 2 signal=SIGTERM
exit 2000400000 2 1 status=143'

recording <<EOT >pipe.pt
$tree
fork 7 5 2
exec 8 5 2 false
exit 9 5 2 status=1
fd 2000000000 3 - fd=0 mode=r type=pipe ino=7
wait 2000000000 3 - call=read fd=0
fd 2000000000 4 - fd=1 mode=w type=pipe ino=7
wait 2000000000 4 - call=sleep
wait 2000000000 2 - call=wait
$asked
EOT
said='Time was up after 2.00 s: `cat` (pid 3) waits for the pipe held by `sleep 30` (pid 4), which sleeps.'
flat() { tr -s '\n ' ' '; }

t_case 'pt-stat: how it ended, and what failed before' 0 \
"~*$said*Wall time 2.00 s, as time was up after 2.00 s (exit 124) *not tolerated 5 exit 1 beside false " \
    '' sh -c 'pt-stat -w 0 pipe.pt | tr -s "\n " " "'
t_ok '... and nobody killed it or outlived it' eval \
    '! pt-stat pipe.pt | grep -e pt-capture -e outlived -e Failed'
t_case '... in few words' 0 "~*$said*" '' sh -c 'pt-stat --short -w 0 pipe.pt'
t_case 'JSON' 0 'hung
3
4' '' sh -c 'pt-stat --json pipe.pt |
    jq ".findings[0] | .kind, .processes[].pid" -r'
t_case 'pt-why says it once' 0 '1' '' sh -c 'pt-why pipe.pt | grep -c cat.*reads'
t_ok '... and not that it failed' eval '! pt-why pipe.pt | grep -e 143 -e because'
t_case 'the tree' 0 '2' '' sh -c 'pt-render-tree pipe.pt |
    grep -c "SIGTERM, time was up"'
pt-render-markdown pipe.pt >pipe.md
sed 's/<[^>]*>//g; s/&#58;/:/g' pipe.md >text
t_ok 'Markdown' grep -qF "$(echo "$said" | tr -d '`')" text
t_case '... and its title' 0 \
    '### <code>hang.sh</code> was ended, as time was up, after 2.00 s' '' \
    head -n 1 pipe.md
pt-render-html pipe.pt | sed 's/<[^>]*>//g' | flat >text
t_ok 'HTML' grep -qF "$(echo "$said" | tr -d '`')" text

# first PATTERN: what stands out first
first() {
	t_case "$1" 0 "~*: $2." '' sh -c 'pt-stat -w 0 in.pt | sed -n 4p'
}
{ echo "$tree"; echo "$asked"; } | recording >in.pt
first 'nobody looked' '`cat` (pid 3) still ran; 1 more still ran'
{
	echo "$tree"
	echo 'wait 2000000000 3 - call=futex'
	echo "$asked"
} | recording >in.pt
first 'no pipe' '`cat` (pid 3) waits for another thread, or another process (futex); 1 more still ran'
{
	echo "$tree"
	for pid in 3 4; do
		echo "fd 2000000000 $pid - fd=0 mode=r type=pipe ino=$pid"
		echo "fd 2000000000 $pid - fd=1 mode=w type=pipe ino=$((7 - pid))"
		echo "wait 2000000000 $pid - call=read fd=0"
	done
	echo "$asked"
} | recording >in.pt
first 'a circle' '`cat` (pid 3) and `sleep 30` (pid 4) wait for each other'
{
	echo "$tree"
	echo 'fd 2000000000 3 - fd=0 mode=r type=pipe ino=7'
	echo 'wait 2000000000 3 - call=read fd=0'
	echo "$asked"
} | recording >in.pt
first 'a stranger holds it' '`cat` (pid 3) waits for a pipe that nobody else of its tree has'
{
	echo "$tree"
	echo 'fd 2000000000 3 - fd=0 mode=rw type=pipe ino=7'
	echo 'wait 2000000000 3 - call=read fd=0'
	echo "$asked"
} | recording >in.pt
first 'it holds it itself' '`cat` (pid 3) waits for the pipe held by itself'

{
	echo "$tree"
	echo 'fd 2000000000 3 - fd=0 mode=r type=pipe ino=7'
	echo 'wait 2000000000 3 - call=read fd=0'
	echo 'holder 2000000000 3 - fd=0 ino=7 by=99 byfd=1 argv=yes'
	echo "$asked"
} | recording >in.pt
first 'a stranger that was seen' \
    '`cat` (pid 3) waits for the pipe held, outside its tree, by yes (pid 99, fd 1)'

# of several that hold it, one that itself waits is not the reason
{
	echo "$tree"
	echo 'fd 2000000000 3 - fd=0 mode=r type=pipe ino=7'
	echo 'wait 2000000000 3 - call=read fd=0'
	echo 'fork 7 5 2'
	echo 'exec 8 5 2 sleep 40'
	echo 'fd 2000000000 4 - fd=0 mode=r type=pipe ino=9'
	for pid in 4 5; do
		echo "fd 2000000000 $pid - fd=1 mode=w type=pipe ino=7"
	done
	echo 'wait 2000000000 4 - call=read fd=0'
	echo 'wait 2000000000 5 - call=sleep'
	echo "$asked"
} | recording >in.pt
first 'two hold it' \
    '`cat` (pid 3) waits for the pipe held by `sleep 40` (pid 5), which sleeps'

# one had to be killed, after the root
recording <<EOT >in.pt
$tree
timeout 2000000000 2000000000
exit 2000200000 2 1 status=143
exit 2000300000 3 1 signal=SIGTERM
exit 2800000000 4 1 signal=SIGKILL
EOT
t_case 'who is killed later has not outlived it' 0 'hung' '' sh -c \
    'pt-stat --json in.pt | jq -r ".findings[].kind" | grep -e hung -e outlived'

# the root has ended before, and a daemon was ended
recording <<'EOT' >in.pt
fork 1 2 1
exec 2 2 1 sh
fork 3 3 2
exec 4 3 2 sleep 30
exit 500000000 2 1 status=0
timeout 2000000000 2000000000
exit 2000300000 3 1 signal=SIGKILL
EOT
t_case 'a command that had ended' 0 \
'  `sleep 30` outlived the command by 1.50 s; started by `sh`.' '' \
    sh -c 'pt-stat -w 0 in.pt | sed -n 4p'
t_ok '... whose daemon did not crash' eval '! pt-stat in.pt | grep -i kill.*signal'
t_case 'JSON lines and back' 0 '@pipe.pt' '' sh -c \
    'pt-render-jsonl -d sequential pipe.pt | pt-import'
t_done
