#!/bin/sh
# pt-render-markdown: its page as cmark-gfm shows it, which is GitHub's, and its
# workflow commands; both with arguments that mean harm.
# shellcheck disable=SC2016,SC1003 # text of others: Markdown, jq, another shell
. "${0%/*}/lib.sh"
t_need cmark-gfm perl

# a recording of a command that fails because of what is in hostile arguments
# and that leaves one such process behind; all of ARG... are arguments of each
rec() {
	args=$(for arg; do
		printf '\t%s' "$arg"
	done)
	{
		printf 'trace version=1 start=1 host=h|`x` label.a=<b>_c_\n'
		printf 'root ts=0 pid=1\nfork ts=0 pid=1 ppid=0 pgid=1 sid=1\n'
		printf 'exec ts=1 pid=1 ppid=0 pgid=1 sid=1 argv=ARGS\n'
		printf 'fork ts=5000000 pid=2 ppid=1 pgid=1 sid=1\n'
		printf 'exec ts=5000001 pid=2 ppid=1 pgid=1 sid=1 argv=ARGS\n'
		printf 'fork ts=5000002 pid=3 ppid=2 pgid=1 sid=1\n'
		printf 'exec ts=5000003 pid=3 ppid=2 pgid=1 sid=1 argv=ARGS\n'
		printf 'fork ts=5000004 pid=4 ppid=2 pgid=1 sid=1\n'
		printf 'exit ts=7000000 pid=4 ppid=2 pgid=1 sid=1 signal=SIGSEGV\n'
		printf 'exit ts=9000000 pid=2 ppid=1 pgid=1 sid=1 status=7\n'
		printf 'exit ts=9500000 pid=1 ppid=0 pgid=1 sid=1 status=7\n'
		printf 'fd ts=9600000000 pid=3 fd=1 mode=w type=pipe ino=9 ref=x\n'
		printf 'wait ts=9600000000 pid=3 fd=1 call=write\n'
		printf 'end ts=9900000000\n'
	} | tr ' ' '\t' | ARGS=${args#?} perl -pe 's/ARGS/$ENV{ARGS}/' >rec
}

# the page of the recording, and as HTML
page() {
	pt-render-markdown rec >page.md || return
	cmark-gfm --unsafe -e table -e strikethrough -e autolink -e tagfilter \
	    page.md >page.html
}

# What cmark-gfm does not know: mentions, GitLab's math and differences, legacy
# workflow commands.
raw() {
	sed '/^```mermaid$/,/^```$/d' page.md | grep -nE '[][@${}\~*_]|[^&#]#'
}

# commands: those in the page, each once; a page that is not harmless is wrong
commands() {
	page && perl "$TESTS/markdown/check.pl" page.html | sort -u
}

## what it says

rec make -j2
cat >want <<'PAGE'
### <code>make -j2</code> failed with exit 7 after 9.5 ms
PAGE
t_case 'the heading' 0 @want '' sh -c 'pt-render-markdown rec | head -n 1'
t_case 'the failure chain' 0 '1. <code>make -j2</code> ended with exit 7
1. <code>make -j2</code> ended with exit 7
1. <code>make -j2</code> was killed by SIGSEGV' '' \
    sh -c 'pt-render-markdown rec | grep "^1\."'
t_case 'what was alive' 0 '  make -j2 &#40;pid 3&#41;' '' \
    sh -c 'pt-render-markdown rec | sed "s/(/\&#40;/; s/)/\&#41;/" |
    sed -n "/^<pre>/,/^<.pre>/p" | grep -m 1 "pid 3"'
t_case 'the chart' 0 '~    [[]1] make -j2 (9.5 ms, exit 7):crit, 0, *' '' \
    sh -c 'pt-render-markdown rec | sed -n "/^\`\`\`mermaid/,/^\`\`\`$/p" |
    grep crit, | head -n 1'
t_case 'labels and host' 0 '<td>host</td>
<td>h|`x`</td>
<td>a</td>
<td>&lt;b&gt;_c_</td>' '' \
    sh -c 'pt-render-markdown rec | cmark-gfm --unsafe -e table |
    grep -A1 -E "^<td>(a|host)<" | grep -v "^--"'

## harmless, whatever the arguments

fence='```'
for arg in "$fence" '~~~' '`' '``' 'a`b`c`d' '</pre>' '</code>' \
    '<script>x</script>' '<img src=x onerror=y>' '<details>' '<!--' \
    '![x](http://y/z.png)' '[x](y)' '[x]: y' '[^1]' '<http://x>' 'http://x.org' \
    'www.x.org' 'WWW.x.org' 'me@x.org' '@user' '#1' '!1' ':smile:' '|' 'a|b' \
    '*a*' '**a**' '_a_' '~~a~~' '$x$' '$`x`$' '{+a+}' '{{x}}' '&lt;' '&#60;' \
    '\*' '\\' '- x' '1. x' '+ x' '# x' '> x' '---' '===' '::error::x' \
    '##[add-mask]x' '##[error]' '%0A::error::x' '::stop-commands::x' '${{ x }}' \
    "x\\\\n::error::y" "x\\\\n${fence}y" 'x\x1b[31m' 'x\x00y' '\xff'; do
	rec x "$arg"
	t_case "harmless: $arg" 0 '~*' '' commands
	cp "$out" shown
	case $arg in
	*'`'*) want= ;;	# where a command is marked is not certain then
	*'\'*) want= ;;
	=* | *[!A-Za-z0-9_@%+=:,./-]*) want="x '$arg'" ;;
	*) want="x $arg" ;;
	esac
	[ -z "$want" ] || t_case "... and shown" 0 "$want" '' grep -Fxe "$want" shown
	t_case '... no workflow command' 1 '' '' \
	    grep -nE '^[[:space:]]*::|##\[' page.md
	t_case '... nothing else that is special' 1 '' '' raw
	pt-render-markdown --annotations rec >commands.txt
	t_case '... but those of --annotations' 1 '' '' \
	    grep -vnE '^::(error|warning|notice) title=[^:,]*::[^	]*$' commands.txt
done
t_case 'the page can be told from one that is not harmless' 1 \
    '~not allowed: <b>*' '' sh -c 'echo "<p><b>x</b></p>" >bad.html &&
    perl "$0" bad.html' "$TESTS/markdown/check.pl"

## --annotations

rec 'a: b, 100%' x
cat >want <<'COMMANDS'
::warning title=`'a%3A b%2C 100%25' x`::'a: b, 100%25' x (pid 1) has ended. After 9.60 s 1 process was alive:%0A  'a: b, 100%25' x (pid 3)
COMMANDS
t_case 'escaped' 0 @want '' sh -c 'pt-render-markdown --annotations rec |
    head -n 1 | sed "s/(pid 3).*/(pid 3)/"'
t_case 'levels' 0 'warning
error
warning' '' sh -c 'pt-render-markdown --annotations rec | head -n 4 |
    sed "s/^::\([a-z]*\).*/\1/"'

## --limit

# A chain of 40 processes with long arguments, all of which failed.
long=$(printf '%0300d' 0)
{
	printf 'root\tts=0\tpid=1\n'
	for i in $(seq 1 40); do
		printf 'fork\tts=%d\tpid=%d\tppid=%d\tpgid=1\tsid=1\n' \
		    "$i" "$i" $((i - 1))
		printf 'exec\tts=%d\tpid=%d\tppid=%d\tpgid=1\tsid=1\targv=p%d\t`*%s\n' \
		    "$i" "$i" $((i - 1)) "$i" "$long"
	done
	for i in $(seq 40 -1 1); do
		printf 'exit\tts=%d\tpid=%d\tppid=%d\tpgid=1\tsid=1\tstatus=1\n' \
		    $((1000 - i)) "$i" $((i - 1))
		printf 'fd\tts=2000\tpid=%d\tfd=1\tmode=w\ttype=pipe\tino=9\n' "$i"
	done
	for i in $(seq 100 300); do
		printf 'fork\tts=1500\tpid=%d\tppid=40\tpgid=1\tsid=1\n' "$i"
		printf 'wait\tts=2000\tpid=%d\tfd=1\tcall=write\n' "$i"
	done
} | sort -t = -k 2n >deep
pt-sort deep >rec 2>/dev/null || cp deep rec
for limit in 2000 2001 2500 3000 4000 5000 6000 7000 8000 10000 20000; do
	t_case "--limit $limit: harmless" 0 '~*' '' commands
	t_ok '... and kept' sh -c 'pt-render-markdown --limit "$0" rec >limited &&
	    [ "$(wc -c <limited)" -le "$0" ] && [ "$(wc -c <limited)" -gt 500 ]' \
	    "$limit"
done
t_case 'the middle of a long chain is left out' 0 '1. ... 31 more' '' \
    grep '^1. \.\.\.' page.md
t_case 'what is left out is said' 0 '
... and what is beyond 2000 bytes' '' \
    sh -c 'pt-render-markdown --limit 2000 rec | tail -n 2'
t_case '--limit: too small' 2 '' 'pt-render-markdown: --limit: at least 2000' \
    pt-render-markdown --limit 1999 rec
t_done
