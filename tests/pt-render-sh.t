#!/bin/sh
# pt-render-sh: what it prints runs the process again
# shellcheck disable=SC1003,SC2016 # what other shells read
. "${0%/*}/lib.sh"
t_as_root
t_need perl dash bash jq

common='ppid=1	pgid=1	sid=1'
{
	printf 'trace\tversion=1\tstart=1\nroot\tts=1\tpid=10\n'
	printf 'fork\tts=1\tpid=10\t%s\n' "$common"
	printf 'exec\tts=2\tpid=10\t%s\tcwd=/w\tfile=/bin/sh\targv=sh\tbuild\n' "$common"
	printf 'fork\tts=3\tpid=11\tppid=10\tpgid=1\tsid=1\n'
	printf 'exec\tts=4\tpid=11\tppid=10\tpgid=1\tsid=1\tcwd=/w/it'\''s\t%s\t%s\n' \
	    'fd0=chr:1:3	fd1=pipe:77	fd2=closed' \
	    'file=/bin/printf	argv=printf	%s\n	a b	-x	$(id)	don'\''t		\n\t\x1b[1m\xff'
	printf 'fork\tts=5\tpid=12\tppid=10\tpgid=1\tsid=1\n'
	printf 'exec\tts=6\tpid=12\tppid=10\tpgid=1\tsid=1\tcwd=/w\tfd0=pipe:77\tfile=/bin/busybox\targv=cat\n'
	printf 'exit\tts=7\tpid=10\t%s\tstatus=0\nend\tts=8\n' "$common"
} >rec.pt

# shellcheck disable=SC2016 # not to be expanded
t_case 'a process, and who started it' 0 '#!/bin/sh
# started by cd /w && sh build (pid 10)
# printf $'\''%s\n'\'' '\''a b'\'' -x '\''$(id)'\'' '\''don'\''\'\'''\''t'\'' '\'''\'' $'\''\n\t\x1b[1m\xff'\'' (pid 11)
(
	cd -- '\''/w/it'\''\'\'''\''s'\'' || exit
	# standard output was pipe:77
	#   read by cat (pid 12)
	# the environment is not recorded (pt-capture --env)
	exec /bin/printf '\''%s
'\'' '\''a b'\'' -x '\''$(id)'\'' '\''don'\''\'\'''\''t'\'' '\'''\'' '\''
'\''"$(printf '\''\011\033'\'')"'\''[1m'\''"$(printf '\''\377'\'')" 0</dev/null 2>&-
)' '' pt-render-sh --chain -p 11 rec.pt

t_case 'the first process, unless another is asked for' 0 '~*exec /bin/sh build
)' '' pt-render-sh rec.pt
t_case 'a program that was called by another name' 0 "~*# it was called 'cat'*exec /bin/busybox
)" '' pt-render-sh -p 12 rec.pt
t_case 'no such process' 1 '' 'pt-render-sh: no such process in the recording' \
    pt-render-sh -p 99 rec.pt
t_case 'no PID' 2 '' "pt-render-sh: --pid: 'x' is not PID or PID@TIME" \
    pt-render-sh -p x rec.pt

sed 's/argv=sh/argvlen=99999	argv=sh/' rec.pt >cut.pt
t_case 'arguments that were cut' 1 '#!/bin/sh
# sh build... (pid 10)
# not all of its arguments are recorded' \
    'pt-render-sh: process 10: its command is not in the recording, or not all of it' \
    pt-render-sh cut.pt

# it prints the bytes that the recording says
prints() {
	mkdir -p "it's"
	sed "s|cwd=/w|cwd=$PWD|g; s/fd2=closed//" rec.pt |
	    sed 's/		*file/	file/' | pt-render-sh -p 11 >again.sh || return
	sh again.sh >got || return
	# shellcheck disable=SC2016 # not to be expanded
	printf '%s\n' 'a b' -x '$(id)' "don't" '' "$(printf '\n\t\033[1m\377.')" |
	    sed '$s/\.$//' >want
	cmp want got
}
t_ok 'the bytes of the arguments' prints

# every byte, alone and between letters
every_byte() {
	i=1
	printf 'exec\tts=1\tpid=5\t%s\tcwd=/\tfile=/usr/bin/printf\targv=printf\t%%s.\\n' \
	    "$common"
	while [ "$i" -lt 256 ]; do
		h=$(printf '\\x%02x' "$i")
		printf '\t%s\ta%sb' "$h" "$h"
		i=$((i + 1))
	done
	printf '\nend\tts=2\n'
}
bytes() {
	every_byte | sed "s/\\\\x0a/\\\\n/g; s/\\\\x09/\\\\t/g; s/\\\\x5c/\\\\\\\\/g
	    s/\\\\x0d/\\\\r/g" >all.pt
	perl -pe 's/\\x([2-7][0-9a-f])/chr hex $1/ge' all.pt |
	    perl -pe 's/(?<!\\)\\x7f/\\x7f/g; s/\x7f/\\x7f/g; s/(?<=[\ta])\\(?=[\tb])/\\\\/g' >plain.pt
	pt-render-sh plain.pt >again.sh || return
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177-\377]')" again.sh || return
	for shell in dash bash; do
		$shell again.sh >got || return
		perl -e 'for (1 .. 255) { print chr($_), ".\n", "a", chr($_), "b.\n" }' |
		    cmp - got || return
	done
}
t_ok 'every byte, by two shells, and none of them raw' bytes

if ! t_traces; then
	t_skip 'run again' "$t_why"
	t_done
fi
# What is run tells its own arguments and environment.
cat >tell.sh <<'T'
tr '\0' '\n' <"/proc/$$/cmdline"
tr '\0' '\n' <"/proc/$$/environ" | LC_ALL=C sort
T
again() {
	env -i PATH="$PATH" KEPT=1 GONE=2 CHANGED=3 pt-capture --tree --env -o env.pt -- \
	    sh -c 'CHANGED="4 '\''
" NEW=5 env -u GONE sh tell.sh "x y" "" >told; :' || return
	pid=$(pt-ps -o pid,argv --json env.pt | jq -r \
	    'select((.argv | last) == "" and .argv[0] == "sh") | .pid')
	pt-render-sh -p "$pid" env.pt >again.sh
	env -i PATH="$PATH" KEPT=1 GONE=2 CHANGED=3 sh again.sh >retold
	diff -u told retold
}
t_ok 'arguments and environment, as they were' again

# A program whose path env(1) would take for a variable.
assignment() {
	mkdir -p day=1 && cp /bin/echo day=1/e=f || return
	pt-capture --tree --env -o equals.pt -- sh -c './day=1/e=f "a b" c; :' >said &&
	pt-render-sh -p "$(pt-ps --no-headers -o pid,argv equals.pt |
	    sed -n 's/^ *\([0-9]*\) *\.\/day=1.*/\1/p')" equals.pt >again.sh &&
	sh again.sh >resaid && diff said resaid && [ -s said ]
}
t_ok 'a = in the path of the program' assignment

# Files: each command of a script is run again alone, and the files compared.
cat >script <<'T'
printf '%s\n' b a c >"-in'put"
sort <"-in'put" >'new
line'
{ echo 1; /bin/echo 2; /bin/echo 3 >&2; } >both 2>&1
/bin/echo first >more
/bin/echo second >>more
/bin/cat <&- 2>/dev/null | /bin/cat >&2
T
run_files() {
	mkdir files && cd files || return
	pt-capture --files --tree -o ../files.pt -- sh ../script 2>/dev/null || return
	cd .. || return
	mkdir kept
	mv files/* kept && cp kept/-* files || return
	pt-render-sh $(pt-ps --no-headers -o pid,argv files.pt |
	    sed -n '/sh \.\.\/script/!s/^ *\([0-9]*\).*/-p \1/p') files.pt >again.sh &&
	sh again.sh >rest 2>&1 </dev/null
	cd files || return
	# the shell's own echo is not in the recording
	{ echo 1; cat both; } >both.1 && mv both.1 both
	diff -r . ../kept
}
t_ok 'redirections to files' run_files
t_ok 'a file that is there twice is opened once' grep -q '[12]>&[12]' again.sh
t_ok 'the reader of a pipe' grep -q '#   read by /bin/cat (pid [0-9]*)$' again.sh
t_ok '... and its writer' grep -q '#   written by /bin/cat (pid [0-9]*)$' again.sh
t_done
