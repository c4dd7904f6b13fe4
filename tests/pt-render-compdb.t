#!/bin/sh
# pt-render-compdb: which commands compile what
. "${0%/*}/lib.sh"
t_need cc jq

# a recording of commands, a line each: PID PPID FLAGS COMMAND, where "|" is between
# arguments and FLAGS are more fields, with "|" too
recording() {
	awk -F ' ' -v OFS='\t' '
	BEGIN { print "trace", "version=1", "start=1"; ts = 1 }
	{
		rest = $0
		sub(/^[^ ]* [^ ]* [^ ]* /, "", rest)
		gsub(/[|]/, "\t", rest)
		gsub(/[|]/, "\t", $3)
		common = "ppid=" $2 "\tpgid=1\tsid=1"
		if (!($1 in seen))
			print "fork", "ts=" ts++, "pid=" $1, common
		seen[$1] = 1
		print "exec", "ts=" ts++, "pid=" $1, common \
		    ($3 == "-" ? "" : "\t" $3) "\targv=" rest
	}
	END { print "end", "ts=" ts }'
}

# what the database has, a line each: DIRECTORY FILE [OUTPUT]: ARGUMENTS
short() {
	jq -r '.[] | "\(.directory) \(.file) [\(.output // "")]: " +
	    (.arguments | join("|"))'
}

# case NAME WANT: stdin is the recording
compiled() {
	recording | pt-render-compdb >db.json || return
	short <db.json >got
	printf '%s' "${1:+$1
}" | diff -u - got
}

t_ok 'compilers by name, sources by suffix' compiled \
'/w a.c [a.o]: gcc|-c|-o|a.o|a.c
/w b.cc [b.o]: /usr/bin/x86_64-linux-gnu-g++-12.2|-c|b.cc|-ob.o|-o|b.o
/w c.m []: clang-14|-c|c.m
/w d.S []: cc|-c|d.S' <<'R'
1 0 cwd=/w make
2 1 cwd=/w gcc|-c|-o|a.o|a.c
3 1 cwd=/w /usr/bin/x86_64-linux-gnu-g++-12.2|-c|b.cc|-ob.o|-o|b.o
4 1 cwd=/w clang-14|-c|c.m
5 1 cwd=/w cc|-c|d.S
6 1 cwd=/w gcc-ar|rc|a.a|a.c
7 1 cwd=/w notgcc|-c|x.c
8 1 cwd=/w grep|gcc|a.c
R

t_ok 'what compiles nothing' compiled '' <<'R'
2 1 cwd=/w gcc|-E|a.c
3 1 cwd=/w gcc|-MM|a.c
4 1 cwd=/w gcc|--version
5 1 cwd=/w gcc|a.o|b.o|-o|prog
6 1 cwd=/w clang|-cc1|a.c
7 1 cwd=/w gcc|-c|-
8 1 cwd=/w gcc|-include|a.c|x.o
9 1 cwd=/w gcc
R

t_ok 'values of options are no sources; -x' compiled \
'/w a.c []: gcc|-include|pre.c|-I|x.c|-D|y.c|-MF|d.c|-MD|-c|a.c
/w odd []: gcc|-x|c|odd|-x|none|lib.o
/w odd2 []: gcc|-xc|odd2' <<'R'
2 1 cwd=/w gcc|-include|pre.c|-I|x.c|-D|y.c|-MF|d.c|-MD|-c|a.c
3 1 cwd=/w gcc|-x|c|odd|-x|none|lib.o
4 1 cwd=/w gcc|-xc|odd2
R

t_ok 'several sources: each with its own alone' compiled \
'/w a.c []: gcc|-O2|a.c|c.o|-o|prog
/w b.c []: gcc|-O2|b.c|c.o|-o|prog' <<'R'
2 1 cwd=/w gcc|-O2|a.c|b.c|c.o|-o|prog
R

t_ok 'a compilation within one is a part of it' compiled \
'/w a.c [a.o]: gcc|-c|a.c|-o|a.o
/w b.c []: gcc|-c|b.c
/w c.c []: cc|-c|c.c' <<'R'
2 1 cwd=/w ccache|gcc|-c|a.c|-o|a.o
3 2 cwd=/w /usr/bin/gcc|-c|-o|/tmp/x.o|/tmp/x.i
4 1 cwd=/w distcc|gcc|-c|b.c
4 1 cwd=/w /usr/bin/gcc|-c|b.c
5 1 cwd=/w cc|-c|c.c
6 5 cwd=/w /usr/lib/gcc/cc1|-quiet|c.c
7 6 cwd=/w gcc|-c|c.c
R

t_ok 'once, as it was last; other directories and outputs are others' compiled \
'/w/x a.c []: gcc|-c|a.c
/w a.c [b.o]: gcc|-c|a.c|-o|b.o
/w a.c []: gcc|-O2|-c|a.c' <<'R'
2 1 cwd=/w gcc|-c|a.c
3 1 cwd=/w/x gcc|-c|a.c
4 1 cwd=/w gcc|-c|a.c|-o|b.o
5 1 cwd=/w gcc|-O2|-c|a.c
R

t_ok 'response files stay' compiled '/w a.c []: gcc|@flags.rsp|-c|a.c' <<'R'
2 1 cwd=/w gcc|@flags.rsp|-c|a.c
R

printf '2 1 - gcc|-c|a.c\n' | recording >nodir.pt
t_case 'without a directory' 1 '[]' \
    'pt-render-compdb: 1 compilation without a directory left out (see --directory)' \
    pt-render-compdb nodir.pt
t_case 'given one' 0 '[
  {
    "directory": "/a\\b",
    "file": "a.c",
    "arguments": [
      "gcc",
      "-c",
      "a.c"
    ]
  }
]' '' pt-render-compdb -C '/a\b' nodir.pt

printf '2 1 argvlen=99999|cwd=/w gcc|-c|a.c\n' | recording >cut.pt
t_case 'arguments that were cut' 1 '[]' \
    'pt-render-compdb: 1 compilation whose arguments are not all recorded left out' \
    pt-render-compdb cut.pt

printf '%s\n' '2 1 cwd=/w gcc|-DX=\x1b\n\xff"\\|-c|a.c' | recording >bytes.pt
t_case 'bytes that JSON cannot hold' 1 '~*"-DX=\\u001b\\n*\\"\\\\"*' \
    'pt-render-compdb: 1 byte is not UTF-8, which JSON cannot hold: U+FFFD instead' \
    pt-render-compdb bytes.pt

mkdir -p src
: >src/there.c
printf '%s\n' "2 1 cwd=$PWD/src gcc|-c|there.c" "3 1 cwd=$PWD/src gcc|-c|gone.c" \
    "4 1 cwd=/ gcc|-c|$PWD/src/there.c" | recording >files.pt
existing() {
	pt-render-compdb --existing files.pt | jq -r '.[].file' >got &&
	    printf 'there.c\n%s/src/there.c\n' "$PWD" | cmp - got
}
t_ok 'only what exists' existing
t_done
