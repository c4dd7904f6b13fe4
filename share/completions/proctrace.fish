# Completion of proctrace and its pt-* programs in fish 3.4 or newer. It is
# loaded by the name of what is to be completed, so it has all of their names.
#
# What there is to complete, --help says, at each TAB. It has a line
#	  -o, --output FILE  what it does
# for each option. A value is a file (FILE, PATH), a directory (DIR), a live
# process (PID), one of a|b, or one of the "Formats:" below (FORMAT).

# all help on the options that can be given to a subcommand: COMMAND SUBCOMMAND
# ARG ...
function __proctrace_help
    set -l text ($argv[1] help $argv[2] 2>/dev/null)
    string join -- \n $text
    if string match -q 'All options of pt-*' $text
        $argv[1] help pt-$argv[2] 2>/dev/null
    else if test "$argv[2]" = render
        set -l display jsonl (string join -- \n $argv |
            sed -n '/^-d$/{n;p;}; /^--display$/{n;p;}; s/^-d//p; s/^--display=//p')
        $argv[1] help render-$display[-1] 2>/dev/null
        or $argv[1] help render-jsonl 2>/dev/null
    end
end

# of the help: lines of SHORT, LONG, VALUE and what it does
function __proctrace_options
    string join -- \n $argv |
        sed '/^  .* --[a-z-]* [^ ]*$/{N;s/\n  */  /;}' |
        string replace -rf '^  (?:(-\w),|   ) (--[a-z-]+)(?: (\S+))?(?:  +(.*))?$' \
            '$1'\t'$2'\t'$3'\t'$4'
end

# what the value of an option is called: OPTION LINE ...
function __proctrace_value_of
    for line in $argv[2..]
        set -l field (string split \t -- $line)
        if contains -- $argv[1] $field[1..2]
            echo $field[3]
            return
        end
    end
end

# the option in a word whose value is the next one: WORD LINE ...
function __proctrace_awaits
    switch $argv[1]
        case '--*'
            test -z "$(__proctrace_value_of $argv)"
            or echo -- $argv[1]
        case '-*'
            set -l letters (string split '' -- (string sub -s 2 -- $argv[1]))
            for i in (seq (count $letters))
                if test -n "$(__proctrace_value_of -$letters[$i] $argv[2..])"
                    test $i -lt (count $letters)
                    or echo -- -$letters[$i]
                    return
                end
            end
    end
end

# values: NAME WORD HELP ...
function __proctrace_values
    switch $argv[1]
        case '*|*'
            string split '|' -- $argv[1]
        case FILE PATH
            __fish_complete_path $argv[2]
        case DIR
            __fish_complete_directories $argv[2]
        case PID
            __fish_complete_pids
        case FORMAT
            string join ' ' $argv[3..] |
                string replace -r '.*Formats: ' '' |
                string replace -r ' usage: .*' '' | string split ' '
    end
end

function __proctrace_subcommands
    string replace -rf '^  ([a-z]+)  +(.*)' '$1'\t'$2' -- $argv
    string join ' ' $argv | string replace -r '.*Others: ' '' | string split ' '
end

function __proctrace
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' $HOME/ -- $words[1])
    set -l next 2
    set -l help
    type -q $program
    or return
    if not string match -q '*/proctrace' /$program
        set help ($program --help)
    else if test (count $words) -gt 1 -a "$words[2]" != help
        set help (__proctrace_help $program $words[2..])
        set next 3
    else
        set help ($program --help)
        if not string match -q -- '-*' $current
            __proctrace_subcommands $help
            return
        end
    end
    set -l options (__proctrace_options $help)
    set -l is_command (string match -- '*COMMAND [ARG ...]*' $help)
    set -l awaits
    set -l ended

    while test $next -le (count $words)
        set -l word $words[$next]
        set next (math $next + 1)
        switch $word
            case --
                set ended yes
                break
            case - '--*=*'
            case '-*'
                set awaits (__proctrace_awaits $word $options)
                test -z "$awaits"
                or set next (math $next + 1)
            case '*'
                if test -n "$is_command"
                    set next (math $next - 1)
                    break
                end
        end
    end

    if test -n "$ended"; and string match -q '*-- COMMAND ...*' $help
        set is_command yes
    end
    if test $next -gt (math (count $words) + 1)
        __proctrace_values (__proctrace_value_of $awaits $options) $current $help
    else if test -n "$is_command" -a $next -le (count $words)
        complete -C (string join ' ' -- (string escape -- $words[$next..]) $current)
    else if string match -q -- '--*=*' $current; and test -z "$ended"
        set -l part (string split -m 1 = -- $current)
        __proctrace_values (__proctrace_value_of $part[1] $options) $part[2] $help |
            string replace -r '^' -- $part[1]=
    else if string match -q -- '-*' $current; and test -z "$ended"
        for line in $options
            set -l field (string split \t -- $line)
            printf '%s\t%s\n' $field[2] $field[4]
            test -z "$field[1]"
            or printf '%s\t%s\n' $field[1] $field[4]
        end
    else if test -n "$is_command"
        complete -C "$current"
    else
        __fish_complete_path $current
    end
end

# once, whichever of the names has loaded it
if not set -q __proctrace_loaded
    set -g __proctrace_loaded
    for program in proctrace pt-{capture,diff,grep,import,ingest,ps,redact,sort,stat,why} \
            (complete -C pt-render- | string replace -r '\t.*' '')
        complete -c $program -f -a '(__proctrace)'
    end
end
