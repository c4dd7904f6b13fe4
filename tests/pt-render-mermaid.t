#!/bin/sh
# pt-render-mermaid: what its options and its input do. golden/*.mmd are whole
# charts, and mermaid.t shows that Mermaid draws them.
. "${0%/*}/lib.sh"
unset PROCTRACE_LONG_NIX_PATHS

# events on stdin, a kind and its time in us first, then pid and ppid
events() {
	awk -v OFS='\t' '{
		rest = ""
		for (i = 5; i <= NF; i++)
			rest = rest OFS $i
		print $1, "ts=" $2 * 1000, "pid=" $3, "ppid=" $4, "pgid=1", "sid=1" rest
	}'
}

# bars: of the chart on stdin only its sections and bars
bars() {
	sed -n '/^    section/p; /^    \[/p'
}

render() {
	pt-render-mermaid "$@" >chart || return
	bars <chart
}

events >rec <<'EOT'
fork 0 10 1
exec 10 10 1 argv=make
fork 100 11 10
exec 110 11 10 argv=cc
fork 200 12 11
exec 210 12 11 argv=cc1
exit 700 12 11 status=1
exit 900 11 10 status=1
fork 1000 13 10
exec 1100 13 10 argv=env
exec 1200 13 10 argv=nice
exec 1300 13 10 argv=long
exit 9000 13 10 status=0
fork 9000 14 10
exit 9100 14 10 status=0
exit 10000 10 1 signal=SIGTERM
EOT

t_case 'all bars' 0 '    section [10] make
    [10] make (10.0 ms, SIGTERM):crit, 0, 10000ms
    [11] cc (800.0 us, exit 1):crit, 100, 800ms
    [12] cc1 (500.0 us, exit 1):crit, 200, 500ms
    section [13] env
    [13] env (200.0 us):done, 1000, 200ms
    [13] nice (100.0 us):done, 1200, 100ms
    [13] long (7.7 ms):done, 1300, 7700ms
    section [10] make (2)
    [14] make (fork, 100.0 us):done, 9000, 100ms' '' render rec

t_case '--min-duration folds processes and execs' 0 '    section [10] make
    [10] make (10.0 ms, SIGTERM, +1 more, 100.0 us):crit, 0, 10000ms
    [11] cc (800.0 us, exit 1, +1 more, 500.0 us, 1 failed):crit, 100, 800ms
    section [13] env
    [13] env (300.0 us, +1 exec):done, 1000, 300ms
    [13] long (7.7 ms):done, 1300, 7700ms' '' render --min-duration 0.6 rec

t_case 'a folded one takes along what is folded into it' 0 '    section [10] make
    [10] make (10.0 ms, SIGTERM, +3 more, 900.0 us, 2 failed):crit, 0, 10000ms
    section [13] env
    [13] env (300.0 us, +1 exec):done, 1000, 300ms
    [13] long (7.7 ms):done, 1300, 7700ms' '' render -m 5 rec

t_case 'the root is never folded' 0 '    section [10] make
    [10] make (10.0 ms, SIGTERM, +4 more, 8.9 ms, 2 failed):crit, 0, 10000ms' \
    '' render -m 1000 rec

t_case 'the title says how many are drawn' 0 \
    '    title Process Trace#58; make (10.0 ms, 3 of 5 processes, 3 failed)' '' \
    sh -c 'pt-render-mermaid -m .6 rec | grep title'

t_case '--min-duration wants a number' 2 '' \
    "pt-render-mermaid: --min-duration: '1 ms' is not a number of milliseconds" \
    pt-render-mermaid --min-duration '1 ms' rec

# the long-lived child of a folded parent keeps its bar
events >daemon <<'EOT'
fork 0 10 1
exec 0 10 1 argv=sh
fork 100 11 10
fork 110 12 11
exit 120 11 10 status=0
exec 200 12 11 argv=daemon
exit 1000 10 1 status=0
exit 9000 12 1 status=0
EOT
t_case 'the child of a folded one' 0 '    section [10] sh
    [10] sh (1.0 ms, +1 more, 20.0 us):done, 0, 1000ms
    [12] daemon (8.9 ms):done, 110, 8890ms' '' render -m 0.5 daemon

# processes without a parent have no label to be folded into
events >roots <<'EOT'
fork 0 10 1
exec 0 10 1 argv=sh
fork 100 20 2
exec 100 20 2 argv=other
exit 200 20 2 status=0
fork 300 30 3
exec 300 30 3 argv=third
exit 9000 30 3 status=0
exit 9000 10 1 status=0
EOT
t_case 'several roots' 0 '    section [10] sh
    [10] sh (9.0 ms):done, 0, 9000ms
    section [30] third
    [30] third (8.7 ms):done, 300, 8700ms' '' render -m 1 roots

# times count from the first process, whoever the root is
{
	printf 'root\tts=0\tpid=30\n'
	cat roots
} >named
t_case 'the root that is named' 0 \
    '    title Process Trace#58; third (8.7 ms, 3 processes)' '' \
    sh -c 'pt-render-mermaid named | grep title'

events >ends <<'EOT'
fork 0 10 1
exec 0 10 1 argv=sh
fork 100 11 10
exec 200 11 10 argv=lives
fork 300 12 10
exec 400 12 10 argv=twice
fork 500 12 10
exec 600 12 10 argv=again
exit 700 12 10 signal=SIGSEGV core=1
EOT
printf 'end\tts=900000\n' >>ends
t_case 'running, failed, or who knows' 0 '    section [10] sh
    [10] sh (running):active, 0, 900ms
    [11] lives (running):active, 100, 800ms
    [12] twice (200.0 us, end unknown):300, 200ms
    [12/2] again (200.0 us, SIGSEGV):crit, 500, 200ms' '' render ends

{
	sed 8q ends
	printf 'lost\tts=650000\tcpu=1\tcount=3\n'
	printf 'end\tts=900000\n'
} >lossy
t_case 'lost events are told' 0 \
    '~*title Process Trace#58; sh (900.0 us, 4 processes, 3 events lost)*' \
    'pt-render-mermaid: 3 events were lost: processes, execs and ends may be missing' \
    pt-render-mermaid lossy
t_case 'who was not heard of since may have ended' 0 '    section [10] sh
    [10] sh (900.0 us, end unknown):0, 900ms
    [11] lives (800.0 us, end unknown):100, 800ms
    [12] twice (200.0 us, end unknown):300, 200ms
    [12/2] again (400.0 us, end unknown):500, 400ms' '~*3 events*' render lossy

store=/nix/store/lm10ywzflq9qfhr4fl0zqxrhiksf28ks-bash-5.2
events >nix <<EOT
fork 0 10 1
exec 0 10 1 argv=PATH=$store/bin:$store/sbin:$store
exit 9000 10 1 status=0
fork 9000 11 1
exec 9000 11 1 argv=$store/bin/bash:$store/bin/
exit 9999 11 1 status=0
fork 9999 12 1
exec 9999 12 1 argv=/nix/store/x:/nix/store/-x/bin/y:/nix/store/
EOT
t_case 'paths of the Nix store' 0 '    section [10] bash-5.2
    [10] '\''PATH=#60;store>/bash-5.2/bin…re>/bash-5.2'\'' (9.0 ms):done, 0, 9000ms
    section [11] bin
    [11] #60;store>/bash#58;#60;store>/bash-5.2/bin/ (999.0 us):done, 9000, 999ms
    section [12] store
    [12] /nix/store/x#58;/nix/store/-x…#58;/nix/store/ (running):active, 9999, 20ms' \
    '' render nix
long_paths() {
	PROCTRACE_LONG_NIX_PATHS=$1 pt-render-mermaid nix | grep -F '    [11]'
}
t_case 'in full' 0 \
    '    [11] /nix/store/lm10ywzflq9qfhr4fl…-bash-5.2/bin/ (999.0 us):done, 9000, 999ms' \
    '' long_paths 1
t_case 'or not' 0 '~*#60;store>/bash#58;*' '' long_paths 0

# above the limit
perl "$TESTS/mermaid/big.pl" 1500 >big
t_case 'folds until it fits' 0 '~*
    title Process Trace#58; make -j2 (* of 3001 processes, 60 failed)*
    \[100] make -j2 (*, +* more, *, * failed):done*' \
    '~pt-render-mermaid: * of 3001 processes are drawn: Mermaid draws 50,000 characters. What lasted * or less is folded into its parent'\''s label; --no-limit draws all' \
    pt-render-mermaid --rows 0 big
cp "$out" folded
fills() {
	size=$(wc -c <folded)
	echo "$size bytes"
	[ "$size" -le 50000 ] && [ "$size" -gt 49000 ]
}
t_ok 'and not more' fills
# who is drawn, and who is folded
adds_up() {
	perl -ne '
		$drawn = $1 if /(\d+) of 3001 processes/;
		$more += $1 if /\+(\d+) more/;
		$bars++ if /^    \[/;
		END { print "$drawn drawn, $bars bars, $more folded\n";
		    exit($drawn != $bars || $drawn + $more != 3001) }' folded
}
t_ok 'none is missing' adds_up
t_case '--no-limit draws all' 0 3001 '' \
    sh -c 'pt-render-mermaid --no-limit big | grep -c "^    \["'
t_case 'as much by hand is no news' 0 '~*of 3001 processes*' '' \
    pt-render-mermaid --min-duration 40 big

## few rows

# configure forks 50 times, each fork runs a compiler; then make fails because of
# the last one of five
awk 'BEGIN {
	OFS = "\t"
	for (i = 0; i < 50; i++) {
		begin(100 + 2 * i, 11, 10000 * i + 1000, "")
		begin(101 + 2 * i, 100 + 2 * i, 10000 * i + 2000, "/usr/bin/cc\t-c")
		stop(101 + 2 * i, 10000 * i + 8000, i % 10 == 3)
		stop(100 + 2 * i, 10000 * i + 9000, i % 10 == 3)
	}
	begin(10, 9, 0, "sh"); begin(11, 10, 500, "configure")
	stop(11, 501000, 0)
	begin(12, 10, 501000, "make")
	for (i = 0; i < 5; i++) {
		begin(300 + i, 12, 502000 + 1000 * i, "sh\tt" i)
		stop(300 + i, 502900 + 1000 * i, i == 4 ? 7 : 0)
	}
	stop(12, 508000, 2); stop(10, 509000, 2)
	print "end", "ts=509000000"
}
function who(pid, ppid) {
	return "pid=" pid OFS "ppid=" ppid OFS "pgid=1" OFS "sid=1"
}
function begin(pid, ppid, us, argv) {
	print "fork", "ts=" us * 1000, who(pid, ppid)
	if (argv != "")
		print "exec", "ts=" us * 1000, who(pid, ppid), "argv=" argv
	parent[pid] = ppid
}
function stop(pid, us, status) {
	print "exit", "ts=" us * 1000, who(pid, parent[pid]), "status=" status
}' | pt-sort >rows.pt
rows() { # OPTION ...: the sections and bars
	pt-render-mermaid "$@" rows.pt | sed -n 's/^ *//; /^section/p; /^\[/p; /^title/p'
}
t_case 'like processes are one row, a failure is not' 0 \
'title Process Trace#58; sh (509.0 ms, 108 processes in 7 rows, 13 failed)
section [10] sh
[10] sh (509.0 ms, exit 2):crit, 0, 509000ms
section [11] configure
[11] configure (500.5 ms):done, 500, 500500ms
[50x] (configure) (400.0 ms in all, 5 failed):1000, 498000ms
[50x] cc (300.0 ms in all, 5 failed):2000, 496000ms
section [12] make
[12] make (7.0 ms, exit 2):crit, 501000, 7000ms
[5x] sh (4.5 ms in all, 1 failed):502000, 4900ms
[304] sh t4 (900.0 us, exit 7):crit, 506000, 1019ms' '' rows
t_case '--rows: the failure first, then the critical path' 0 \
'title Process Trace#58; sh (509.0 ms, 108 processes in 4 rows, 13 failed)
section [10] sh
[10] sh (509.0 ms, exit 2):crit, 0, 509000ms
section [11] configure
[11] configure (500.5 ms, +100 more):done, 500, 500500ms
section [12] make
[12] make (7.0 ms, exit 2, +5 more):crit, 501000, 7000ms
[304] sh t4 (900.0 us, exit 7):crit, 506000, 1019ms' '' rows --rows 4
bars_of() {
	rows "$@" | grep -c '^\['
}
t_case '--rows 1: the reason' 0 1 '' bars_of --rows 1
t_case '--rows 0 has a bar for each' 0 108 '' bars_of --rows 0
t_case 'so has --rows, if there are as many' 0 108 '' bars_of --rows 108
t_case 'so has --min-duration' 0 103 '' bars_of --min-duration 0.95
t_case '--rows goes before it' 0 7 '' bars_of --min-duration 0.95 --rows 40
t_case '--rows x' 2 '' "~*--rows: 'x' is not a number*" \
    pt-render-mermaid --rows x rows.pt
# more rows than Mermaid draws
awk 'BEGIN { OFS = "\t"; for (i = 1; i <= 3000; i++) {
	who = "pid=" i OFS "ppid=" (i > 1) OFS "pgid=1" OFS "sid=1"
	print "fork", "ts=" i * 1000, who
	print "exec", "ts=" i * 1000, who, "argv=program-" i
} }' >wide.pt
within_the_limit() {
	pt-render-mermaid --rows 2999 wide.pt >wide.mmd || return
	size=$(wc -c <wide.mmd)
	echo "$size bytes"
	[ "$size" -le 50000 ] && [ "$size" -gt 30000 ]
}
t_ok 'not more than Mermaid draws' within_the_limit

# 300,000 processes, each the child of the one before; one with as many execs
chain() {
	awk -v OFS='\t' 'BEGIN { for (i = 1; i <= 300000; i++)
		print "fork", "ts=" i, "pid=" i, "ppid=" i - 1, "pgid=1", "sid=1" }'
}
execs() {
	awk -v OFS='\t' 'BEGIN { for (i = 1; i <= 300000; i++)
		print "exec", "ts=" i, "pid=1", "ppid=0", "pgid=1", "sid=1", "argv=x"
	    for (; i <= 400000; i++)
		print "fork", "ts=" i, "pid=" i, "ppid=1", "pgid=1", "sid=1" }'
}
chain >long
execs >many
t_case 'a long chain of forks' 0 '~*of 300000 processes*' '~* are drawn*' \
    t_cpu 120 pt-render-mermaid --rows 0 long
t_case '... as 40 rows' 0 '~*300000 processes in 40 rows*' '' \
    t_cpu 120 pt-render-mermaid long
t_case '... many execs and children' 0 '~*100001 processes in 2 rows*\[100000x]*' '' \
    t_cpu 120 pt-render-mermaid many
t_case 'many execs and children of one process' 0 '~*+* execs*' '~* are drawn*' \
    t_cpu 120 pt-render-mermaid --rows 0 many

# nothing to draw, bad lines
t_case 'no events' 1 '' 'pt-render-mermaid: no process in the recording' \
    pt-render-mermaid
printf 'tick\tts=1\tcpu=0\nend\tts=2\n' >ticks
echo before >chart
t_case 'no process: the old chart stays' 1 '' '~*no process*' \
    pt-render-mermaid -o chart ticks
t_case 'as it was' 0 before '' cat chart
{
	cat rec
	echo 'exec	ts=x'
} >bad
pt-render-mermaid rec >good
t_case 'a bad line: the rest is drawn' 1 @good '~pt-render-mermaid: bad:17: *' \
    pt-render-mermaid bad
printf 'fork 0 1 0\nexit 0 1 0 status=0\n' | events >instant
t_case 'one process that took no time' 0 '~*
    title Process Trace#58; (unknown) (0 ns, 1 process)
*
    \[1] (unknown) (fork, 0 ns):done, 0, 1ms' '' pt-render-mermaid instant
t_done
