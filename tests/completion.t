#!/bin/sh
# Completion in bash, zsh and fish: the shells are asked, bash and zsh by keys
# typed on a terminal, fish with complete -C.
. "${0%/*}/lib.sh"
t_need bash zsh fish
library=/usr/share/bash-completion/bash_completion
[ -e $library ] || t_skip_all 'no bash-completion here'

# what there is to find
unset XDG_CONFIG_HOME XDG_DATA_HOME
HOME=$PWD
export HOME
mkdir path dir
touch build.pt direct.pt 'two words.pt'
for name in pt-render-third mytool; do
	printf '#!/bin/sh\ncat <<TEXT\n%s\n\n%s\n%s\nTEXT\n' \
	    "usage: $name [--title TEXT] [FILE ...]" \
	    '      --title TEXT  of the chart' \
	    '      --paper A3|A4' >path/$name
	chmod +x path/$name
done
PATH=$PATH:$PWD/path

# LINE|WORDS: the words are among what can follow, those with a "!" are not; with
# a "=" in front there are no others
cat >table <<'TABLE'
proctrace rec|= record
proctrace |run record ingest sort render stat why tree open ps help diff version third !capture
proctrace help so|= sort
proctrace --v|= --version
proctrace sort --|= --buffer-size --check --help --input --merge --output --temporary-directory --version
proctrace why --t|= --timeout --tracer
proctrace run --tracer |= auto bpftrace strace
proctrace tree --w|= --width
proctrace -- mytool |= alpha beta
proctrace run -o x mytool |= alpha beta
proctrace record --tracer |= auto bpftrace strace
proctrace record --until=r|= --until=root
proctrace import --from p|= proctrace
proctrace stat -i bu|= build.pt
proctrace stat -n |=
proctrace render -d mermaid --no|= --no-limit
proctrace render --no|= --no-exec-args
proctrace render --display=tree --w|= --width
proctrace render -dtree --w|= --width
proctrace render -d third --|--title --paper --input !--no-exec-args
proctrace render-third --paper |= A3 A4
pt-render-third --ti|= --title
pt-render-jsonl -d b|= by-process
pt-capture --until |= look root tree
pt-capture --until root --t|= --timeout --tracer --tree
pt-import --from |= jsonl proctrace strace
pt-render-folded --time |= critical cpu own
pt-sort bu|= build.pt
pt-sort -o bu|= build.pt
pt-sort -mo bu|= build.pt
pt-sort -T di|= dir
pt-sort a:b.pt c=d.pt --me|= --merge
pt-stat -- --|=
pt-capture myto|= mytool
pt-capture -- myto|= mytool
pt-capture -to a:b.pt mytool a|= alpha
pt-capture -o x --until=root -- mytool |= alpha beta
proctrace record --until root -- mytool |= alpha beta
proctrace record mytool --t|!--timeout
proctrace why -p 1 --env --timeout 5 mytool |= alpha beta
proctrace stat -- mytool |= alpha beta
proctrace tree -w 60 -- mytool |= alpha beta
proctrace record proctrace render -d pe|= perfetto
pt-capture pt-capture -o x pt-sort --me|= --merge
TABLE
echo "pt-capture -p |$$ !build.pt" >>table
formats=$(for program in "$BIN"/pt-render-*; do
	printf '%s ' "${program##*/pt-render-}"
done)
echo "proctrace render -d |= by-process sequential multiplexed ${formats}third" >>table
for program in "$BIN"/pt-*; do
	echo "${program##*/} --vers|= --version"
done >>table

# type_lines SHELL [ARG ...]: on a terminal, each line and $keys, which must add a
# line to "typed"
type_lines() {
	rm -f typed
	{
		echo 'expect ready>'
		n=0
		while IFS='|' read -r line _; do
			n=$((n + 1))
			echo "send $line$keys"
			echo "expect shown $n."
		done <table
		printf '%s\n' 'send exit\n'
	} >script
	"$HELPERS/onpty" -t 300 "$@" <script >screen 2>&1 ||
	    tail -n 5 screen >&2
}

bash_rc() {
	cat <<'RC'
PS1='ready> '
shown=0
show() {
	printf '%s\n' "$READLINE_LINE" >>typed
	READLINE_LINE='' READLINE_POINT=0 shown=$((shown + 1))
	echo "shown $shown."
}
bind 'set enable-bracketed-paste off'
bind '"\C-xa": insert-completions'
bind -x '"\C-g": show'
_mytool() {
	[[ ${COMP_LINE# } == mytool* && $COMP_POINT -eq ${#COMP_LINE} ]] || return
	COMPREPLY=($(compgen -W 'alpha beta' -- "$2"))
}
RC
}

# all candidates, then the line
keys='\x18a\x07'

lines_bash() {
	{
		bash_rc
		echo "complete -F _mytool mytool"
		echo ". '$ROOT/share/completions/proctrace.bash'"
	} >rc
	type_lines bash --rcfile rc -i
}

# a completion that is no function
lines_bash_words() {
	{
		bash_rc
		echo "complete -W 'alpha beta' mytool"
		echo ". '$ROOT/share/completions/proctrace.bash'"
	} >rc
	type_lines bash --rcfile rc -i
}

# the files have the names of what they complete, and are found when they are
# needed
lines_bash_completion() {
	mkdir -p lib/completions
	cp "$ROOT/share/completions/proctrace.bash" lib/completions/proctrace
	for program in "$BIN"/pt-*; do
		ln -sf proctrace "lib/completions/${program##*/}"
	done
	ln -sf proctrace lib/completions/pt-render-third
	{
		bash_rc
		echo "complete -F _mytool mytool"
		echo "BASH_COMPLETION_USER_DIR=$PWD/lib"
		echo ". $library"
	} >rc
	type_lines bash --rcfile rc -i
}

lines_zsh() {
	{
		echo "fpath=('$ROOT/share/completions' \$fpath)"
		cat <<'RC'
PS1='ready> '
autoload -Uz compinit
compinit -D -u
zstyle ':completion:all-matches::::' completer _all_matches _complete
zstyle ':completion:all-matches:*' insert yes
zle -C all-matches complete-word _generic
bindkey '^Xa' all-matches
shown=0
show() {
	print -r -- "$BUFFER" >>typed
	BUFFER='' shown=$((shown + 1))
	zle -M "shown $shown."
}
zle -N show
bindkey '^G' show
_mytool() { compadd alpha beta }
compdef _mytool mytool
RC
	} >.zshrc
	type_lines env "ZDOTDIR=$PWD" zsh -i
}

# the last word of each line, instead of it: the candidates
lines_fish() {
	mkdir -p fish
	for program in "$BIN"/* path/pt-render-third; do
		ln -sf "$ROOT/share/completions/proctrace.fish" \
		    "fish/${program##*/}.fish"
	done
	cat >ask.fish <<'ASK'
set -p fish_complete_path $PWD/fish
complete -c mytool -f -a 'alpha beta'
while read -d '|' line words
	echo (string replace -r '\S*$' '' -- "$line")(
	    complete -C "$line" | string replace -r '\t.*' '' | string join ' ')
end
ASK
	fish ask.fish <table >typed
}

# found LINE RESULT: what has taken the place of the last word; without a "/" or
# "=" that invites to go on
found() {
	[ "$1" = "$2" ] && return
	echo "${2#"${1% *} "}" | tr ' ' '\n' | sed 's/[/=]$//; /^$/d' | sort -u
}

# offers LINE WORDS RESULT
offers() {
	found "$1" "$3" >candidates
	bad=0
	# shellcheck disable=SC2086 # words
	set -- $2
	if [ "${1-}" = = ]; then
		shift
		printf '%s\n' "$@" | sed '/^$/d' | sort | diff -u - candidates
		return
	fi
	for word; do
		case $word in
		!*) ! grep -Fxe "${word#!}" candidates || bad=1 ;;
		*) grep -qFxe "$word" candidates || { echo "no $word"; bad=1; } ;;
		esac
	done
	[ "$bad" -eq 0 ] || { cat candidates; return 1; }
}

for shell in bash bash_words bash_completion zsh fish; do
	t_case "$shell" 0 '' '' lines_$shell
	exec 3<typed
	while IFS='|' read -r line words; do
		IFS= read -r result <&3 || result='nothing was shown'
		t_ok "$shell: $line" offers "$line" "$words" "$result"
	done <table
done

# the key that is pressed
keys='\t\x07'
cat >table <<'TABLE'
proctrace rec|proctrace record 
pt-capture --until r|pt-capture --until root 
pt-stat tw|pt-stat two\ words.pt 
pt-capture -o x -- mytool al|pt-capture -o x -- mytool alpha 
TABLE
cut -d '|' -f 2 table >want
for shell in bash bash_completion zsh; do
	lines_$shell
	t_ok "$shell: TAB" diff -u want typed
done
t_done
