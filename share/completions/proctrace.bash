# shellcheck shell=bash
# Completion of proctrace and its pt-* programs in bash 4.3 or newer, with
# bash-completion or without.
#
# What there is to complete, --help says, at each TAB. It has a line
#	  -o, --output FILE  what it does
# for each option. A value is a file (FILE, PATH), a directory (DIR), a live
# process (PID), one of a|b, or one of the "Formats:" below (FORMAT).

# _proctrace_split: the arguments of the line up to the cursor, which are cut at
# '=', ':' and others in COMP_WORDS: "words"; where each of them begins in
# COMP_WORDS: "first"; and in the line: "begin"
_proctrace_split()
{
	local word rest=$COMP_LINE i

	for ((i = 0; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if ((i == 0)) || [[ $rest == [[:space:]]* ]]; then
			rest=${rest#"${rest%%[![:space:]]*}"}
			first+=("$i")
			begin+=("$((${#COMP_LINE} - ${#rest}))")
			words+=('')
		fi
		words[-1]+=$word
		rest=${rest#"$word"}
	done
}

# _proctrace_help SUBCOMMAND: all help on the options that can be given to it
_proctrace_help()
{
	local text display=jsonl i

	text=$("$command" help "$1")
	printf '%s\n' "$text"
	if [[ $text == *'All options of pt-'* ]]; then
		"$command" help "pt-$1"
	elif [[ $1 == render ]]; then
		for ((i = 2; i < ${#words[@]} - 1; i++)); do
			case ${words[i]} in
			-d | --display) display=${words[i + 1]} ;;
			-d?*) display=${words[i]#-d} ;;
			--display=*) display=${words[i]#*=} ;;
			esac
		done
		"$command" help "render-$display" ||
		    "$command" help render-jsonl
	fi
}

# _proctrace_options: what their values are called in $help: "value"
_proctrace_options()
{
	local line option='^  (-[[:alpha:]],|   ) (--[a-z-]+)( ([^ ]+))?'

	while IFS= read -r line; do
		[[ $line =~ $option && ! -v value[${BASH_REMATCH[2]}] ]] || continue
		value[${BASH_REMATCH[2]}]=${BASH_REMATCH[4]}
		if [[ ${BASH_REMATCH[1]} == -* ]]; then
			value[${BASH_REMATCH[1]%,}]=${BASH_REMATCH[4]}
		fi
	done <<<"$help"
}

# _proctrace_awaits WORD: the option in it whose value is the next argument
_proctrace_awaits()
{
	local i

	if [[ $1 == --* ]]; then
		printf '%s' "${value[$1]:+$1}"
		return
	fi
	for ((i = 1; i < ${#1}; i++)); do
		if [[ -n ${value[-${1:i:1}]:-} ]]; then
			((i < ${#1} - 1)) || printf '%s' "-${1:i:1}"
			return
		fi
	done
}

# _proctrace_reply WORDLIST WORD [PREFIX]
_proctrace_reply()
{
	mapfile -t COMPREPLY < <(compgen -P "${3:-}" -W "$1" -- "$2")
}

# _proctrace_value NAME WORD [PREFIX]
_proctrace_value()
{
	local formats pids

	case $1 in
	*'|'*) _proctrace_reply "${1//|/ }" "$2" "${3:-}" ;;
	FILE | PATH) compopt -o default ;;
	DIR) compopt -o dirnames ;;
	PID)
		pids=(/proc/[0-9]*)
		_proctrace_reply "${pids[*]#/proc/}" "$2" "${3:-}" ;;
	FORMAT)
		formats=${help#*Formats:}
		_proctrace_reply "${formats%%usage:*}" "$2" "${3:-}" ;;
	esac
}

_proctrace_subcommand()
{
	local others=${help#*Others:} known

	known=$(sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p' <<<"$help")
	_proctrace_reply "$known $others" "$1"
}

# _proctrace_command INDEX: what completes the command that begins there
_proctrace_command()
{
	local name offset=${first[$1]} spec option

	for name in _comp_command_offset _command_offset; do
		if declare -F "$name" >/dev/null; then
			"$name" "$offset"
			return
		fi
	done
	if ((COMP_CWORD == offset)); then
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -c -- "${words[-1]}")
		return
	fi
	if ! spec=$(complete -p -- "${words[$1]##*/}"); then
		compopt -o default
		return
	fi
	for option in filenames nospace nosort default bashdefault; do
		[[ $spec != *" -o $option "* ]] || compopt -o "$option"
	done
	COMP_WORDS=("${COMP_WORDS[@]:offset}")
	((COMP_CWORD -= offset))
	COMP_LINE=${COMP_LINE:begin[$1]}
	((COMP_POINT -= begin[$1]))
	set -- "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" \
	    "${COMP_WORDS[COMP_CWORD - 1]}"
	if [[ $spec =~ ' -F '([^ ]+) ]]; then
		"${BASH_REMATCH[1]}" "$@"
	else
		spec=${spec#complete }
		eval "mapfile -t COMPREPLY < <(compgen ${spec% *} -- \"\$2\")"
	fi
}

_proctrace()
{
	local command=${1/#\~\//$HOME/} piece=$2 help current i awaits='' ended=''
	local IFS=$' \t\n'
	local -a words=() first=() begin=()
	local -A value=()

	_proctrace_split
	current=${words[-1]}
	COMPREPLY=()
	if [[ ${command##*/} != proctrace ]]; then
		help=$("$command" --help)
		i=1
	elif ((${#words[@]} == 2)) || [[ ${words[1]} == help ]]; then
		help=$("$command" --help)
		if [[ $current == -* ]]; then
			_proctrace_options
			_proctrace_reply "${!value[*]}" "$current"
		else
			_proctrace_subcommand "$current"
		fi
		return
	else
		help=$(_proctrace_help "${words[1]}")
		i=2
	fi
	_proctrace_options

	for (( ; i < ${#words[@]} - 1; i++)); do
		case ${words[i]} in
		--) ended=yes; ((i++)); break ;;
		--*=*) ;;
		-?*)
			awaits=$(_proctrace_awaits "${words[i]}")
			[[ -z $awaits ]] || ((i++)) ;;
		*) [[ $help != *'COMMAND [ARG ...]'* ]] || break ;;
		esac
	done
	if ((i == ${#words[@]})); then
		_proctrace_value "${value[$awaits]}" "$current"
	elif [[ $current == -* && -z $ended ]] && ((i == ${#words[@]} - 1)); then
		if [[ $current == --*=* ]]; then
			[[ $piece == --*=* ]] && piece=${piece%%=*}= || piece=
			_proctrace_value "${value[${current%%=*}]:-}" \
			    "${current#*=}" "$piece"
		else
			_proctrace_reply "${!value[*]}" "$current"
		fi
	elif [[ $help == *'COMMAND [ARG ...]'* ||
	    ( -n $ended && $help == *'-- COMMAND ...'* ) ]]; then
		_proctrace_command "$i"
	else
		compopt -o default
	fi
} 2>/dev/null </dev/null

# shellcheck disable=SC2046 # one word for each renderer
complete -F _proctrace proctrace $(compgen -c pt-render-) \
    pt-{capture,diff,grep,import,ingest,ps,redact,sort,stat,why}
