#!/bin/sh
# pt-capture at a terminal: programs that need one, job control, signals
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/lib.sh"
t_trace
t_need bash less vi

export PS1='\$ ' TERM=xterm LESS=-X HISTFILE=/dev/null
unset PROMPT_COMMAND

# at NAME STATUS SCRIPT CMD...: a test of what onpty makes of it
at() {
	at_name=$1 at_status=$2 at_script=$3
	shift 3
	printf '%s\n' "$at_script" >script
	t_case "$at_name" "$at_status" '~*' '' "$HELPERS/onpty" -t 300 "$@" <script ||
	    tail -n 40 "$out" | t_comment
}

# in_shell NAME SCRIPT: the same for an interactive shell with job control,
# which ends with status 5
in_shell() {
	at "$1" 5 "expect \\x23 
send set -m; stty -echo\\r
expect \\x23 
$2
send exit 5\\r" bash --norc --noprofile -i
}

# complete FILE STATUS: a recording which has all of its tree, to the end
complete() {
	tail -n 1 "$1" | grep -q '^end' &&
	    pt-ingest "$1" | awk -F '\t' -v "want=$2" '
		$1 == "root" { root = $3 }
		$1 == "exit" && $3 == root { n++; got = $0 }
		$1 == "fork" { live++ }
		$1 == "exit" { live-- }
		END {
			print got
			exit !(n == 1 && live == 0 && index(got "\t", "\t" want "\t"))
		}'
}

seq 100 >numbers
at 'an interactive shell, with job control of its own' 4 'expect \x23 
send stty -echo\r
expect \x23 
send cat\r
send one\r
expect one
send \x1a
expect Stopped
send fg\r
expect cat
send two\r
expect two
send \x03
expect \x23 
send echo =$?\r
expect =130
send jobs; echo no jobs\r
expect no jobs
send exit 4\r' pt-capture -o rec -- bash --norc --noprofile -i
t_ok 'its recording' complete rec status=4

in_shell 'less, stopped and continued' 'send pt-capture -o rec -- less numbers\r
expect 21
insist \x1a Stopped
send echo shell again; jobs\r
expect shell again
expect pt-capture
send fg\r
expect 21
send G
expect 100
send q
send echo =$?\r
expect =0'
t_ok 'its recording' complete rec status=0

in_shell 'vi' 'send pt-capture -o rec -- vi -u NONE -n text\r
expect text
send ihello\x1b:w\r
expect 1
send \x1a
expect Stopped
send echo shell again\r
expect shell again
send fg\r
expect hello
send :q\r
expect \x23 
send echo =$?\r
expect =0'
t_ok 'it has edited' grep -qx hello text
t_ok 'its recording' complete rec status=0

in_shell 'a command that stops itself' 'send pt-capture -o rec -- sh -c '\''kill -STOP $$; echo continued'\''\r
expect Stopped
send fg; echo =$?\r
expect continued
expect =0'
t_ok 'its recording' complete rec status=0

in_shell 'a shell that suspends itself, in a group of its own' 'send pt-capture -o rec -- bash --norc --noprofile -i\r
expect \x23 
send suspend\r
expect Stopped
send echo outer shell\r
expect outer shell
send fg\r
expect pt-capture
send echo inner $SHLVL\r
expect inner
send exit 6\r
expect exit
expect \x23 
send echo =$?\r
expect =6'
t_ok 'its recording' complete rec status=6

in_shell 'reading in the background stops it' 'send pt-capture -o rec -- sh -c '\''read x; echo got $x'\'' &\r
send until jobs | grep -q Stopped; do sleep 0.1; done; echo has stopped\r
expect has stopped
send fg\r
expect pt-capture
send word\r
expect got word'
t_ok 'its recording' complete rec status=0

rm -f got
in_shell '^Z does nothing when the command does nothing' "send pt-capture -o rec -- $HELPERS/signals got TSTP CONT INT; echo =\$?\\r
expect ready
send \\x1a
expect TSTP
send \\x03
expect =9"
t_case 'it came once' 0 'TSTP
INT' '' cat got
t_ok 'its recording' complete rec status=9

rm -f got
in_shell '^C' "send pt-capture -o rec -- $HELPERS/signals got HUP INT QUIT TERM; echo =\$?\\r
expect ready
send \\x03
expect =9"
t_case 'it came once' 0 INT '' cat got
t_ok 'its recording' complete rec status=9

in_shell '^\ kills the command' "send pt-capture -o rec -- sh -c 'echo ready; exec sleep 1000'; echo =\$?\\r
expect ready
send \\x1c
expect =131"

rm -f got
at 'the terminal closes' 9 'expect ready
hangup' pt-capture -o rec -- "$HELPERS/signals" got HUP INT QUIT TERM
t_case 'it came once' 0 HUP '' cat got
t_ok 'its recording' complete rec status=9
t_done
