#!/bin/sh
# Another program's arguments hold newlines, tabs, escape sequences and the text
# of events: whatever reads the recording shows exactly the true processes, and
# no control byte reaches the terminal.
. "${0%/*}/lib.sh"
t_need jq od

# words FILE: the bytes of a file as the bare tracer prints those of argv, the
# first 64 in the line of the exec and the others in lines of their own
words() {
	od -An -v -tx1 "$1" | tr -s ' ' '\n' | awk -v head="$2" '
		function word(at,   s, k) {
			for (k = at + 7; k >= at; k--)
				s = s (k <= n && k >= 1 ? byte[k] : "00")
			return s
		}
		function list(at, count,   s, i) {
			for (i = 0; i < count; i++)
				s = s (i ? "," : "") \
				    (at + 8 * i + 7 <= n ? word(at + 8 * i) : "0")
			return s
		}
		NF { byte[++n] = $1 }
		END {
			printf "%s\txlen=%d\tx=%s\txe=%s\n", head, n, list(1, 8), \
			    word(n - 7)
			sub(/^exec/, "args", head)
			sub(/\tpid=.*\tcpu/, "\tcpu", head)
			for (at = 65; at <= n; at += 192)
				printf "%s\toff=%d\tx=%s%s\n", head, at - 1, \
				    list(at, 24), (at + 192 > n ? "\txe=" word(n - 7) : "")
		}'
}

seq=0
# ev KIND TS PID PPID [FIELD...]: a line of the bare tracer, without a newline
ev() {
	seq=$((seq + 1))
	printf '%s\tts=%s\tpid=%s\tppid=%s\tpgid=7\tsid=7\tcpu=0\tseq=%d' \
	    "$1" "$2" "$3" "$4" "$seq"
	shift 4
	[ $# -eq 0 ] || printf '\t%s' "$@"
}

# arguments as printf(1) makes them, and what they are in an event
cat >arguments <<'EOT'
\nfork\tts=5\tpid=666\tppid=100\tpgid=7\tsid=7\n
\nexit\tts=5\tpid=100\tppid=1\tpgid=7\tsid=7\tstatus=9\n
\nroot\tts=0\tpid=666\n\nlost\tts=1\tcount=99\n
\n{"Fork":{"timestamp":5,"parent_pid":100,"child_pid":666,"parent_pgid":7}}\n
FORK: ts=5,parent_pid=100,child_pid=666,parent_pgid=7\n
PID 666: cc\n\nPID 667: cc\n    [666] cc (1 s):done, 0, 1ms\n
a\ttab\tand\rCR\\\\ \\n
\033[31mred\033]0;title\007\033P\033\\
\302\233\061m\302\205\177\001\037\010
\342\200\256sdrawkcab\342\200\250\357\273\277
\377\300\257\355\240\200\303
</script><script>alert(666)</script><!-- ]]> &amp; '"
%%%%{init: {"theme":"dark"}}%%%% #58; ; : section 666

EOT
sed 's/%%/%/g; s/\\0\(33\|07\|01\|10\|37\)/\\o\1/g
s/\\o33/\\x1b/g; s/\\o07/\\x07/g; s/\\o01/\\x01/g; s/\\o10/\\x08/g; s/\\o37/\\x1f/g
s/\\302\\233\\061/\\xc2\\x9b1/; s/\\302\\205\\177/\\xc2\\x85\\x7f/
s/\\342\\200\\256/\xe2\x80\xae/; s/\\342\\200\\250/\xe2\x80\xa8/
s/\\357\\273\\277/\xef\xbb\xbf/
s/\\377\\300\\257\\355\\240\\200\\303/\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xc3/' \
    arguments >escaped

# exec TS PID PPID: with all of them
exec_hostile() {
	{
		printf 'hostile\0'
		while IFS= read -r argument; do
			# shellcheck disable=SC2059 # it is to be taken apart
			printf "$argument\0"
		done <arguments
	} >argv
	words argv "$(ev exec "$@")"
	seq=$((seq + 1))
}
{
	printf 'trace\tversion=1\tcpus=0\n'
	ev fork 1000000 100 1 && echo
	exec_hostile 2000000 100 1
	ev fork 3000000 101 100 && echo
	exec_hostile 4000000 101 100
	ev fork 5000000 102 101 && echo
	ev exit 6000000 102 101 code=0 && echo
	ev exit 7000000 101 100 code=9 && echo
	ev exit 8000000 100 1 code=256 && echo
	printf 'end\tts=9000000\n'
} >bare

# clean FILE: no control character in it but newlines, of C1 neither
clean() {
	LC_ALL=C sed 's/\xc2[\x80-\x9f]/\x01/g' "$1" | tr -d '\n' >text
	! LC_ALL=C grep -a -o '.\{0,20\}[[:cntrl:]].\{0,20\}' text >found ||
	    { cat -v found; return 1; }
}

t_case 'a recording with hostile arguments' 0 '~*' '' pt-ingest -p 100 bare
cp "$out" tree
grep '^exec.*pid=101' tree | sed 's/.*argv=//' | tr '\t' '\n' | sed 1d >got
t_ok '... keeps each of them' diff escaped got
tr '\t' ' ' <tree >plain
t_ok '... without a control character but TAB and newline' clean plain

pt-render-jsonl tree >json
t_case 'pt-render-jsonl: exactly the true processes' 0 \
    '["Fork100","Exec100","Fork101","Exec101","Fork102","Exit102","Exit101","Exit100"]' '' \
    jq -cs 'map(to_entries[0] | select(.key | test("^(Fork|Exec|Exit)$")) |
	.key + (.value.child_pid // .value.pid | tostring))' json
pt-render-jsonl -d by-process tree >json2
t_case '... by process' 0 \
    '["Fork100","Exec100","Exit100","Fork101","Exec101","Exit101","Fork102","Exit102"]' '' \
    jq -cs 'map(to_entries[0] | select(.key | test("^(Fork|Exec|Exit)$")) |
	.key + (.value.child_pid // .value.pid | tostring))' json2
t_ok '... and back' sh -c 'pt-import json | pt-render-jsonl | cmp - json'

pt-render-mermaid --no-limit tree >mermaid
t_case 'pt-render-mermaid: exactly the true processes' 0 '[100]
[101]
[102]' '' sh -c "sed -n 's/^    \(\[[0-9]*\]\).*/\1/p' mermaid | sort -u"

t_case 'pt-render-tree: exactly the true processes' 0 '100
101
102' '' sh -c "pt-render-tree tree | awk 'NR > 1 { print \$1 }'"
t_case 'pt-stat: exactly the true processes' 0 '3' '' sh -c \
    "pt-stat tree | awk '\$1 == \"Processes\" { print \$2 + 0 }'"

# whatever else there is
for program in "$BIN"/pt-*; do
	p=${program##*/}
	case $p in
	pt-capture) ;;
	pt-import)
		pt-import json | tr '\t' ' ' >shown
		t_ok "$p: no control character" clean shown ;;
	*)
		"$p" tree 2>shown.err | tr '\t' ' ' >shown
		t_ok "$p: no control character" clean shown
		t_ok '... nor on standard error' clean shown.err ;;
	esac
done
pt-ingest -p 100 tree tree 2>shown.err >shown
t_ok 'pt-ingest: nor in the list of lives' clean shown.err

## what a message quotes

esc=$(printf '\033[31m\177\302\233')
for program in "$BIN"/pt-*; do
	p=${program##*/}
	for quoted in "--$esc" "-$esc" "--output=$esc/x" "$esc" "-f$esc"; do
		{ timeout 300 "$p" "$quoted" "$esc" >/dev/null; } 2>&1
	done >shown
	t_ok "$p: no control character in its messages" clean shown
	t_ok '... which show them' grep -Fq '\x1b[31m' shown
done
for quoted in "--$esc" "-$esc" "$esc" "help $esc" "record --$esc"; do
	# shellcheck disable=SC2086 # two words
	timeout 300 proctrace $quoted 2>&1
done >shown
t_ok 'proctrace: no control character in its messages' clean shown
t_ok '... which show them' grep -Fq '\x1b[31m' shown
t_done
