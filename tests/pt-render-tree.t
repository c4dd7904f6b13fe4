#!/bin/sh
# pt-render-tree: the lines, in files and on a terminal (that of script(1)).
# golden/*.tree.txt are whole trees.
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
unset PROCTRACE_LONG_NIX_PATHS NO_COLOR COLUMNS

# events KIND TIME[us] PID PPID [KEY=VALUE...] on stdin
events() {
	awk -v OFS='\t' '{
		rest = ""
		for (i = 5; i <= NF; i++)
			rest = rest OFS $i
		print $1, "ts=" $2 * 1000, "pid=" $3, "ppid=" $4, "pgid=9", "sid=7" rest
	}'
}

events >rec <<'EOT'
fork 0 10 1
exec 10 10 1 argv=make
fork 100 11 10
exec 110 11 10 argv=cc -c a.c
fork 200 12 11
execfail 205 12 11 errno=ENOENT file=/usr/local/bin/cc1
exec 210 12 11 argv=cc1
exit 700 12 11 signal=SIGKILL
exit 900 11 10 status=1 cputime=1500
fork 1000 13 10
setsid 1001 13 10
exec 1100 13 10 argv=env
exec 1200 13 10 argv=testd
fork 2000 14 13
exit 10000 10 1 status=0 cputime=12000000
fork 11000 11 13
EOT

t_case 'a tree' 0 ' pid      time      cpu  end      command
  10   10.0 ms  12.0 ms           make
  11  800.0 us   1.5 us  exit 1   |- cc -c a.c
  12  500.0 us           SIGKILL  |  `- cc1
  13   10.0 ms           running  `- testd
  14    9.0 ms           running     |- (testd)
11/2      0 ns           running     `- (testd)' '' pt-render-tree rec
t_case '--all' 0 \
' pid  pgid  sid       time      cpu  end      command
  10     9    7    10.0 ms  12.0 ms           make
  11     9    7   800.0 us   1.5 us  exit 1   |- cc -c a.c
  12     9    7   500.0 us           SIGKILL  |  `- cc1
         9    7    +5.0 us                    |        exec failed ENOENT /usr/local/bin/cc1
  13     9    7    10.0 ms           running  `- testd
         9    7    +1.0 us                       |  setsid
         9    7  +100.0 us                       |  exec env
         9    7  +200.0 us                       |  exec testd
  14     9    7     9.0 ms           running     |- (testd)
11/2     9    7       0 ns           running     `- (testd)' '' \
    pt-render-tree --all rec
t_case '-a is --all' 0 "$(pt-render-tree --all rec)" '' pt-render-tree -a rec

events >short <<'EOT'
fork 0 10 1
exec 0 10 1 argv=true
exit 1 10 1 status=0
EOT
t_case 'only the columns that are needed' 0 'pid    time  command
 10  1.0 us  true' '' pt-render-tree short
t_case 'not one process' 1 '' 'pt-render-tree: no process in the recording' \
    pt-render-tree /dev/null
printf 'lost\tts=5\tcpu=0\tcount=3\n' | cat short - | pt-sort >lost
t_case 'lost events' 0 '~*' \
    'pt-render-tree: 3 events were lost: processes, execs and ends may be missing' \
    pt-render-tree lost

# --- a part of it ---
t_case '--failed' 0 'pid      time      cpu  end      command
 10   10.0 ms  12.0 ms           make
 11  800.0 us   1.5 us  exit 1   `- cc -c a.c
 12  500.0 us           SIGKILL     `- cc1' '' pt-render-tree --failed rec
t_case '--min-duration' 0 'pid     time      cpu  end      command
 10  10.0 ms  12.0 ms           make
 13  10.0 ms           running  `- testd
 14   9.0 ms           running     `- (testd)' '' \
    pt-render-tree --min-duration 5 rec
t_case '--depth' 0 'pid      time      cpu  end      command
 10   10.0 ms  12.0 ms           make
 11  800.0 us   1.5 us  exit 1   |- cc -c a.c
 13   10.0 ms           running  `- testd' '' pt-render-tree --depth 1 rec
t_case '--depth 0' 0 'pid     time      cpu  command
 10  10.0 ms  12.0 ms  make' '' pt-render-tree --depth 0 rec
t_case '--depth nonsense' 2 '' '~pt-render-tree: --depth: *' \
    pt-render-tree --depth x rec
t_case '--colour nonsense' 2 '' \
    "pt-render-tree: --colour: 'x' is not auto, always or never" \
    pt-render-tree --colour x rec
red=$(printf '\033[31mexit 1\033[m')
t_case '--color=always' 0 "~*$red*" '' pt-render-tree --color=always rec
t_case '--colour=never' 0 "$(pt-render-tree rec)" '' pt-render-tree --colour=never rec

# --- merged ---
t_case '--merge' 0 '   path      own    runs  failed       total        mean  program
100.0 %   92.0 %       1       0     10.0 ms     10.0 ms  make
  8.0 %    3.0 %       1       1    800.0 us    800.0 us  |- cc
  5.0 %    5.0 %       1       1    500.0 us    500.0 us  |  `- cc1
  0.0 %    0.0 %       1       0     10.0 ms     10.0 ms  `- testd
  0.0 %    0.0 %       2       0      9.0 ms      4.5 ms     `- (testd)

6 processes in 5 command paths; --all shows each process.' '' \
    pt-render-tree --merge rec
t_case '--merge --failed' 0 '   path      own    runs  failed       total        mean  program
100.0 %   92.0 %       1       0     10.0 ms     10.0 ms  make
  8.0 %    3.0 %       1       1    800.0 us    800.0 us  `- cc
  5.0 %    5.0 %       1       1    500.0 us    500.0 us     `- cc1

6 processes in 5 command paths, 2 not shown; --all shows each process.' '' \
    pt-render-tree --merge --failed rec
gzip -dc "$TESTS/recordings/hello.pt.gz" >hello.pt
first='   path      own    runs  failed       total        mean  program
100.0 %    0.0 %       1       1      9.76 s      9.76 s  sh
 99.7 %    5.5 %       1       0      9.74 s      9.74 s  `- bash
 74.9 %    3.5 %     553      33      7.41 s     13.4 ms     |- (bash)
 56.8 %    8.2 %     260      14      5.61 s     21.6 ms     |  |- gcc
 37.9 %   37.9 %     254      11      3.74 s     14.7 ms     |  |  |- cc1'
t_case 'what is too long is merged' 0 "~$first*
4300 processes in 117 command paths, 98 not shown; *ended with exit 2 after 9.76 s,
*because \`missing aclocal-1.14*" '' pt-render-tree hello.pt
t_case '... but for --all' 0 '4300' '' sh -c '
	pt-render-tree --all hello.pt | grep -c "^[0-9]"'
t_case '... or if less than that is wanted' 0 '51' '' sh -c '
	pt-render-tree --depth 2 --failed hello.pt | wc -l'
t_case '--merge, with all of it' 0 '117' '' sh -c '
	pt-render-tree --merge --min-duration 0 hello.pt | grep -c "^[ 0-9.]* %"'

utf8() { LC_ALL=C.UTF-8 "$@"; }
t_case 'in UTF-8' 0 ' pid      time      cpu  end      command
  10   10.0 ms  12.0 ms           make
  11  800.0 us   1.5 us  exit 1   ├─ cc -c a.c
  12  500.0 us           SIGKILL  │  └─ cc1
  13   10.0 ms           running  └─ testd
  14    9.0 ms           running     ├─ (testd)
11/2      0 ns           running     └─ (testd)' '' utf8 pt-render-tree rec

# --- the width ---
sed 's/argv=true/argv=echo	中文字é	a longer argument/' short >wide
t_case '--width counts columns' 0 'pid    time  command
 10  1.0 us  echo 中文…' '' utf8 pt-render-tree --width 23 wide
t_case 'half of a character is not shown' 0 'pid    time  command
 10  1.0 us  echo 中…' '' utf8 pt-render-tree -w 21 wide
t_case 'no cutting in a file' 0 '~*echo 中文字é '\''a longer argument'\''*' '' \
    utf8 pt-render-tree wide
t_case '-w 0' 0 '~*echo 中文字é '\''a longer argument'\''*' '' \
    utf8 pt-render-tree -w 0 wide
t_case 'not in UTF-8: ASCII' 0 'pid    time  command
 10  1.0 us  echo \xe4\xb8\xad\xe6\x96\x87\xe5\xad\x97\xc3\xa9 '\''a longer argument'\''' \
    '' pt-render-tree wide
t_case '--width nonsense' 2 '' "~pt-render-tree: --width: 'x' is not*" \
    pt-render-tree -w x wide

# widest WIDTH: the longest line of the hostile recording, in columns
widest() {
	LC_ALL=C.UTF-8 pt-render-tree -a -w "$1" "$TESTS/golden/hostile.pt" >lines
	LC_ALL=C.UTF-8 wc -L <lines
}
for width in 120 80 53 41 7 1; do
	t_case "never wider than $width" 0 "$width" '' widest "$width"
done

# --- what no terminal may get ---
# no byte but printable ASCII, or of characters beyond
printable() {
	LC_ALL="$1" pt-render-tree -a "$TESTS/golden/$2.pt" >lines 2>/dev/null
	perl -CSD -ne 'chomp; exit 1 if /[^ -~\x{a0}-\x{10ffff}]|[\x{200b}-\x{200f}]/ ||
	    /[\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}]/' lines &&
	    { [ "$1" != C ] || ! grep -q '[^ -~]' lines; }
}
for name in hostile kinds bare; do
	t_ok "$name: all can be read" printable C.UTF-8 "$name"
	t_ok "$name: in ASCII" printable C "$name"
done

# --- a terminal ---
# on_terminal ENV CMD: what CMD writes to a terminal of 46 columns
on_terminal() {
	# shellcheck disable=SC2016 # for the other shell
	env TERM=xterm LC_ALL=C.UTF-8 "${1:-NO=}" CMD="$2" script -qec \
	    'stty cols 46; eval "$CMD"' /dev/null | tr -d '\r' >seen
	cat -v seen
}
if command -v script >/dev/null; then
	t_case 'a terminal: its width, and colours' 0 \
' pid      time      cpu  end      command
  10   10.0 ms  12.0 ms           make
  11  800.0 us   1.5 us  ^[[31mexit 1^[[m   ^[[2mM-bM-^TM-^\M-bM-^TM-^@ ^[[mcc -c a.c
  12  500.0 us           ^[[31mSIGKILL^[[m  ^[[2mM-bM-^TM-^B  ^[[m^[[2mM-bM-^TM-^TM-bM-^TM-^@ ^[[mcc1
  13   10.0 ms           ^[[33mrunning^[[m  ^[[2mM-bM-^TM-^TM-bM-^TM-^@ ^[[mtestd
  14    9.0 ms           ^[[33mrunning^[[m  ^[[2m   ^[[m^[[2mM-bM-^TM-^\M-bM-^TM-^@ ^[[m(testM-bM-^@M-&
11/2      0 ns           ^[[33mrunning^[[m  ^[[2m   ^[[m^[[2mM-bM-^TM-^TM-bM-^TM-^@ ^[[m(testM-bM-^@M-&' \
	    '' on_terminal '' 'pt-render-tree rec'
	want=$(utf8 pt-render-tree -w 46 rec | cat -v)
	t_case 'NO_COLOR' 0 "$want" '' on_terminal NO_COLOR=1 'pt-render-tree rec'
	t_case 'TERM=dumb' 0 "$want" '' on_terminal TERM=dumb 'pt-render-tree rec'
	t_case 'a pipe: no colours, not cut' 0 \
	    "$(utf8 pt-render-tree rec | cat -v)" '' \
	    on_terminal '' 'pt-render-tree rec | cat'
	t_case '-o: the same' 0 "$(utf8 pt-render-tree rec | cat -v)" '' \
	    on_terminal '' 'pt-render-tree -o new rec; cat new'
	t_case 'COLUMNS, if the terminal does not tell' 0 "$want" '' \
	    on_terminal NO_COLOR=1 'stty cols 0; COLUMNS=46 pt-render-tree rec'
	t_case '--width on a terminal' 0 "$(utf8 pt-render-tree -w 50 rec | cat -v)" \
	    '' on_terminal NO_COLOR=1 'pt-render-tree -w 50 rec'
else
	t_skip 'on a terminal' 'no script(1) here'
fi

# --- who has killed a process, and where it was ---
cat >killed <<'EOT'
fork ts=1000 pid=10 ppid=1 pgid=10 sid=10
exec ts=2000 pid=10 ppid=1 pgid=10 sid=10 fd0=chr:1:3 fd1=pipe:7 cwd=/src argv=sh
fork ts=3000 pid=11 ppid=10 pgid=10 sid=10
exec ts=4000 pid=11 ppid=10 pgid=10 sid=10 fd0=pipe:7 fd1=pipe:7 cwd=/src argv=cc
signal ts=5000 pid=11 sig=SIGTERM code=SI_USER from=10 uid=0 comm=sh
signal ts=6000 pid=11 sig=SIGKILL code=SI_USER from=512 uid=0 comm=oomd\\x1b
exit ts=7000 pid=11 ppid=10 pgid=10 sid=10 signal=SIGKILL
fork ts=8000 pid=12 ppid=10 pgid=10 sid=10
exec ts=9000 pid=12 ppid=10 pgid=10 sid=10 cwd=/tmp/x cwdstate=deleted argv=ld
signal ts=10000 pid=12 sig=SIGKILL code=SI_KERNEL
signal ts=10000 pid=12 sig=SIGKILL oom=1
exit ts=11000 pid=12 ppid=10 pgid=10 sid=10 signal=SIGKILL
fork ts=12000 pid=13 ppid=10 pgid=10 sid=10
signal ts=13000 pid=13 sig=SIGABRT code=SI_TKILL from=13 uid=0 comm=as
exit ts=14000 pid=13 ppid=10 pgid=10 sid=10 signal=SIGABRT
fork ts=15000 pid=14 ppid=10 pgid=10 sid=10
signal ts=16000 pid=14 sig=SIGTERM code=SI_USER from=10 uid=0
exit ts=17000 pid=14 ppid=10 pgid=10 sid=10 signal=SIGTERM
signal ts=18000 pid=10 sig=SIGINT code=SI_KERNEL
exit ts=19000 pid=10 ppid=1 pgid=10 sid=10 signal=SIGINT
end ts=20000
EOT
tr ' ' '\t' <killed | sed 's/\\\\/\\/g' >killed.pt
pt-render-tree -a killed.pt >tree
t_ok 'the killer, in the end of a process' sh -c 'tr -s " " <tree >all
	for line in "10 10 10 18.0 us SIGINT by the terminal sh" \
	    "SIGKILL by oomd.x1b (pid 512) |- cc" "SIGKILL by the OOM killer |- ld" \
	    " SIGABRT |- (sh)" "SIGTERM by pid 10 .- (sh)"; do
		grep -qe "$line" all || { echo "$line:"; cat all; exit 1; }
	done'
t_ok 'with -a: signals, directories, descriptors' sh -c '
	for line in "in /src, fd0 chr:1:3, fd1 pipe:7$" "[^,] fd0 pipe:7$" \
	    "in /tmp/x (deleted)$" "is sent SIGTERM by sh (pid 10) SI_USER$" \
	    "is sent SIGKILL by the OOM killer$" "is sent SIGABRT by itself SI_TKILL$"
	do
		grep -qe "$line" all || { echo "$line:"; cat all; exit 1; }
	done'

# --- long chains of forks ---
chain() {
	awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++)
		print "fork", i, i, i - 1 }' | events
}
chain 40000 >deep
pt-render-tree deep >merged
t_case 'a depth of 40,000, merged: lines stay short' 0 '' '' \
    awk 'length > 250 { print NR ": " length; exit }' merged
pt-render-tree --all deep >lines
t_case 'a depth of 40,000: lines stay short' 0 '' '' \
    awk 'length > 250 { print NR ": " length; exit }' lines
last() { tail -n 1 lines; }
t_case '... and say how deep they are' 0 '~* running *(39999) (unknown)' '' last

bare=$TESTS/golden/bare.pt
pt-sort "$bare" >sorted.pt
t_case 'a recording of the bare tracer' 0 "$(pt-render-tree sorted.pt 2>/dev/null)" \
    '~*lost*' pt-render-tree "$bare"
# --- several hosts ---

start=0
for host in one two; do
	printf 'trace\tversion=1\tstart=%d000000000\thost=%s\\x1b\targv=x\n' \
	    "$((start += 1))" "$host"
	printf 'root\tts=5\tpid=7\nfork\tts=5\tpid=7\tppid=1\tpgid=7\tsid=7\n'
	printf 'exec\tts=6\tpid=7\tppid=1\tpgid=7\tsid=7\targv=%s\n' "$host"
	printf 'exit\tts=2000005\tpid=7\tppid=1\tpgid=7\tsid=7\tstatus=0\nend\tts=2000006\n'
done | awk '/^trace/ { file = "host" ++n } { print >file }'
t_case 'hosts come first' 0 'pid    time  command
one\x1b
  7  2.0 ms  one
two\x1b, 1.00 s later
  7  2.0 ms  two' '' sh -c 'pt-sort -m host1 host2 | pt-render-tree'
t_case 'one alone is not said' 0 'pid    time  command
  7  2.0 ms  one' '' pt-render-tree host1
t_done
