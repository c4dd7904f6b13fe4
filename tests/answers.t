#!/bin/sh
# What the recordings in recordings/ have to say, and that all programs say the
# same: hello.pt is "./configure && make -j2" of GNU hello, which lacks
# aclocal, 4,300 processes; suite.pt a test suite with a failing test, a crash
# and a daemon.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
unset PROCTRACE_LONG_NIX_PATHS
t_need gzip jq perl

for name in hello suite; do
	gzip -dc "$TESTS/recordings/$name.pt.gz" >"$name.pt"
	pt-stat --json --top 0 "$name.pt" >"$name.json"
done

t_case 'hello: what stands out' 0 \
'  Failed because `missing aclocal-1.14 -I m4` ended with exit 127 (2 processes
    down); 3 others failed; 106 failures were tolerated.
  One at a time: `./configure` ran 1734 children, 9.51 s of 9.76 s.
  Repeated: `gcc -c -g -O2 conftest.c` ran 199 times, 42 % of the critical path.
  cc1: 38 % of the critical path, in 251 of its 259 runs.
  Waiting, without CPU: `sleep 1` 1.00 s beside the critical path, `./conftest`
    1.00 s.' '' sh -c 'pt-stat hello.pt | sed -n 4,10p'
t_case '... in at most 40 lines of 80 columns' 0 '40 80' '' sh -c '
	pt-stat hello.pt | LC_ALL=C awk "
	length > max { max = length } END { print NR, max }"'
t_case '... why it failed, in each of the reports' 0 '3 3 3' '' sh -c '
	pt-render-html hello.pt | grep -o "<p class=\"chain\">.*</p>" |
	    sed "s/<\/p>.*//" | grep -o "<a " | wc -l | tr "\n" " "
	pt-render-markdown hello.pt | grep -c "^1\. " | tr "\n" " "
	pt-stat hello.pt | sed -n "/^Failures that/,/ beside /p" | grep -c "exit [0-9]* .*\(because\|sh -c .\{0,1\}./conf\)"'
t_case '... in few words' 0 '9' '' sh -c 'pt-stat --short hello.pt | wc -l'
t_case 'suite: what stands out' 0 \
'  Failed because `cat /nonexistent` ended with exit 1 (2 processes down); 1
    other failed.
  Killed by a signal: `t6.sh` (SIGSEGV).
  `sleep 3` outlived the command by 2.72 s; started by `t4.sh`.
  One at a time: `run.sh` ran 8 children, 353.5 ms of 353.8 ms.
  sleep: 92 % of the critical path, in 7 of its 8 runs.
  Waiting, without CPU: `sleep 0.08` 84.9 ms, `sleep 0.07` 71.2 ms, 2 x `sleep
    0.05` 104.0 ms.' '' sh -c 'pt-stat suite.pt | sed -n 4,11p'

# figures FILE: those that must not change, by program and by path
figures() {
	jq -r '.shares = (.wall_ns as $w | .programs | map({ program,
		share: (1000 * .critical_ns / $w | round / 10) }))
	| (.merged | length), (.shares | sort_by(-.share) | .[:4][] |
		"\(.program) \(.share)"),
	(.wall_ns as $w | .merged[1:7][] | "\(.program) \(.runs)/\(.failed) \(
		1000 * .critical_inside_ns / $w | round / 10) \(
		1000 * .critical_ns / $w | round / 10)"),
	"\(.failure.failed) failed, \(.failure.tolerated) tolerated",
	(.failure.chain[] | "\(.end): \(.command)"),
	"\(100 * .critical_idle_ns / .wall_ns | round) % idle",
	"\(.repeats[0].runs) times"' "$1"
}
t_case 'hello: the figures' 0 '117
cc1 38.2
bash 14.1
conftest 10.5
gcc 8.3
bash 1/0 99.7 5.5
(bash) 553/33 74.9 3.5
gcc 260/14 56.8 8.2
cc1 254/11 37.9 37.9
collect2 37/1 5.4 0.6
ld 37/1 4.8 4.8
113 failed, 106 tolerated
exit 2: sh -c '\''./configure >/dev/null 2>&1; make -j2 >/dev/null 2>&1'\''
exit 2: make -j2
exit 127: /bin/bash /src/hello/build-aux/missing aclocal-1.14 -I m4
exit 127: /bin/bash /src/hello/build-aux/missing aclocal-1.14 -I m4
39 % idle
199 times' '' figures hello.json

# plain: HTML or Markdown on stdin as the text that a reader sees, in one line
plain() {
	perl -0777 -pe 's|<script.*?</script>||gs; s|<style.*?</style>||gs;
	    s|</?code>|`|g; s|<[^>]*>||g; s|&#(\d+);|chr $1|ge; s|&gt;|>|g;
	    s|&lt;|<|g; s|&quot;|"|g; s|&amp;|\&|g; s|\s+| |g'
}

# says_all NAME TEXT: the text has each sentence of NAME.json
says_all() {
	jq -r '.findings[].text' "$1.json" >sentences
	[ -s sentences ] && while IFS= read -r sentence; do
		grep -qF -e "$sentence" "$2" || { echo "not said: $sentence"; exit 1; }
	done <sentences
}
for name in hello suite; do
	pt-stat "$name.pt" | tr -s ' \n' ' ' >text
	t_ok "$name: pt-stat says what its JSON does" says_all "$name" text
	pt-render-markdown --limit 65536 "$name.pt" | plain >text
	t_ok "$name: so does Markdown" says_all "$name" text
	pt-render-html "$name.pt" | plain >text
	t_ok "$name: so does the report" says_all "$name" text
done

# chain CMD...: the commands of the failure chain, as that program tells them
chain() {
	"$@" | sed -n 's/^ *\(because \)\{0,1\}`\(.*\)` .*ended with \(exit [0-9]*\).*/\3: \2/p' |
	    sed 's/` (pid.*//' | head -n 4
}
chain pt-why hello.pt >why
t_ok 'the chain of pt-why' test "$(wc -l <why)" -ge 3
t_case 'the chain of the tree is the same' 0 @why '' \
    sh -c 'COLUMNS=80 pt-render-tree --merge hello.pt >tree.txt; cat why'
t_case '... of what it says' 0 @why '' chain cat tree.txt
t_case 'and what was tolerated' 0 '106 failures were tolerated: an ancestor ended with 0.
106 failures were tolerated: an ancestor ended with 0.' '' sh -c \
    'cat tree.txt - | grep tolerated' <<EOT
$(pt-why hello.pt)
EOT

# The rows of the merged tree: share inside, own share, runs, failed, program
awk_rows='{ printf "%.1f %.1f %s %s %s\n", $1, $2, $3, $4, $5 }'
for name in hello suite; do
	jq -r '.wall_ns as $w | .merged[] | "\(100 * .critical_inside_ns / $w) \(
		100 * .critical_ns / $w) \(.runs) \(.failed) \(.program)"' "$name.json" |
	    awk "$awk_rows" >rows
	# those that are too small to be shown are not in the other two
	COLUMNS=80 pt-render-tree --merge "$name.pt" | sed '/^$/,$d' |
	    awk 'NR > 1 { print $1, $3, $5, $6, $NF }' >of_tree
	pt-render-html "$name.pt" | sed -n '/<h2>Command paths/,/<\/table>/p' |
	    perl -ne 'print "$1 $2 $3 $4 $5\n" if m|^<tr><td class="n">(\S+) %</td><td class="n">(\S+) %</td><td class="n">(\d+)</td><td class="n">(\d*)</td>.*<code[^>]*>(.*?)</code>|' |
	    awk "$awk_rows" >of_html
	[ "$name" = hello ] && least=10 || least=4
	for shown in of_tree of_html; do
		t_ok "$name: the figures of the merged tree, $shown" sh -c '
			[ "$(wc -l <"$0")" -ge "$1" ] && ! grep -vxF -f rows "$0"' \
		    "$shown" "$least"
	done
done

# Mermaid's rows of like processes are nodes of the merged tree
pt-render-mermaid hello.pt >hello.mmd
t_case 'Mermaid: of 4,300 processes 113 failed' 0 '1' '' \
    grep -c 'title.*4300 processes in 40 rows, 113 failed' hello.mmd
for node in gcc cc1 collect2; do
	want=$(jq -r --arg program "$node" '[.merged[] |
	    select(.program == $program)][0] | "[\(.runs)x] \(.program)"' hello.json)
	t_ok "Mermaid: $want" grep -qF "$want" hello.mmd
done
t_done
