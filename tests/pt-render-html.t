#!/bin/sh
# pt-render-html: its page, used in a real browser as a person would; see
# html/check.js for what is done there.
. "${0%/*}/lib.sh"
unset PROCTRACE_LONG_NIX_PATHS

t_need node bash npm sha512sum
for browser in ${BROWSER-chromium chromium-browser google-chrome} none; do
	command -v "$browser" >/dev/null && break
done
[ "$browser" != none ] || t_skip_all "no ${BROWSER-chromium} here"

# npm_package NAME VERSION: exactly that one, kept in build
npm_package() {
	archive=$1-$2.tgz
	cache=$ROOT/build/packages
	mkdir -p "$cache"
	[ -e "$cache/$archive" ] || {
		npm pack --loglevel=error --cache "$PWD/npm" "$1@$2" >&2 &&
		    mv "$archive" "$cache/$$.tgz" && mv "$cache/$$.tgz" "$cache/$archive"
	}
	if (cd "$cache" && grep "  $archive\$" "$TESTS/html/SHA512SUMS" |
	    sha512sum -c --quiet); then
		tar -xzf "$cache/$archive"
	else
		rm -f "$cache/$archive"
	fi
}
# what finds faults of accessibility, and what firefox.js talks with
npm_package axe-core 4.14.1
[ "$browser" = "${browser#firefox}" ] || npm_package ws 8.18.3

# events on stdin: a kind, its time in ms, pid, ppid, pgid, sid; the rest as it is
events() {
	awk -v OFS='\t' '{
		rest = ""
		for (i = 7; i <= NF; i++)
			rest = rest OFS $i
		gsub(/~/, " ", rest)
		print $1, "ts=" $2 * 1000000, "pid=" $3, "ppid=" $4, "pgid=" $5,
		    "sid=" $6 rest
	}'
}

{
	printf 'trace\tversion=1\tstart=1732092345123456789\thost=ci-7\t'
	printf 'tracer=bpftrace v0.17.0\targv=make\tcheck\nroot\tts=0\tpid=100\n'
	events <<'EOT'
fork 0 100 1 100 100
exec 1 100 1 100 100 file=/usr/bin/make argv=make check
fork 100 200 100 100 100
execfail 105 200 100 100 100 errno=ENOENT file=/usr/local/bin/cc
exec 110 200 100 100 100 file=/usr/bin/cc argv=cc -c a~b.c
fork 150 201 200 100 100
exec 160 201 200 100 100 file=/usr/lib/cc1 argv=/usr/lib/cc1 a~b.c -o /tmp/x.s
exit 300 201 200 100 100 status=0 cputime=120000000 utime=100000000 stime=20000000 maxrss=20480
exit 320 200 100 100 100 status=1 cputime=5000000 maxrss=4096
fork 400 300 100 100 100
setsid 410 300 100 300 300
exec 420 300 100 300 300 uid=1000 fds=15 file=/sbin/daemon argv=daemon --x
fork 430 301 300 300 300
exec 440 301 300 300 300 fds=11 argv=logger
fork 450 400 100 100 100
exec 460 400 100 100 100 file=/bin/sh argv=sh -c ./t.py;~true
exec 600 400 100 100 100 file=/usr/bin/python3 argv=python3 t.py
exec 700 400 100 100 100 file=/bin/sleep argv=sleep 1
exit 800 400 100 100 100 signal=SIGSEGV core=1
fork 820 401 100 100 100
execfail 830 401 100 100 100 errno=EACCES file=/none
exit 860 401 100 100 100 status=0
fork 865 600 100 100 100
exec 866 600 100 100 100 argv=lost
EOT
	printf 'lost\tts=900000000\tsince=870000000\tcpu=1\tcount=7\n'
	events <<'EOT'
fork 900 400 100 100 100
exec 905 400 100 100 100 argv=true
exit 910 400 100 100 100 status=0
fork 915 500 100 100 100
setpgid 916 500 100 500 100
exec 920 500 100 500 100 argv=tee log
exit 980 500 100 500 100 status=0
exit 990 100 1 100 100 status=2
fd 995 300 100 300 300 fd=1 mode=w type=pipe ino=77 ref=pipe:[77]
fd 995 300 100 300 300 fd=3 mode=r type=file ino=5 ref=/etc/x
fd 995 301 300 300 300 fd=3 mode=w type=pipe ino=77 ref=pipe:[77]
EOT
	printf 'end\tts=1000000000\n'
} >report.pt

t_case 'says what is lost' 0 '' \
    'pt-render-html: 7 events were lost: processes, execs and ends may be missing' \
    pt-render-html -o report.html report.pt
# the same command 40 times, one after another; each tenth fails
{
	printf 'fork\tts=0\tpid=1\tppid=0\tpgid=1\tsid=1\n'
	printf 'exec\tts=0\tpid=1\tppid=0\tpgid=1\tsid=1\targv=sh\n'
	awk 'BEGIN { for (i = 0; i < 40; i++) {
		print "fork", i * 40 + 4, i + 2, 1, 1, 1
		print "exec", i * 40 + 4, i + 2, 1, 1, 1, "argv=gcc", "-c", "conftest.c"
		print "exit", i * 40 + 40, i + 2, 1, 1, 1, "status=" (i % 10 == 0)
	} }' | events
	printf 'exit\tts=1600000000\tpid=1\tppid=0\tpgid=1\tsid=1\tstatus=0\n'
} >repeats.pt
pt-render-html repeats.pt >repeats.html
# what newer recordings have: directory, pipes, signals, the machine
{
	printf 'trace\tversion=1\targv=sh\nroot\tts=0\tpid=10\n'
	events <<'EOT'
fork 0 10 1 10 10
exec 0 10 1 10 10 cwd=/src/a~b fd0=chr:1:3 fd1=pipe:7 fd2=chr:1:3 argv=sh
fork 100 11 10 10 10
exec 100 11 10 10 10 cwd=/src/a~b fd0=chr:1:3 fd1=pipe:8 fd2=chr:1:3 argv=cat
fork 100 12 10 10 10
exec 110 12 10 10 10 cwd=/src cwdstate=deleted fd0=pipe:8 fd1=pipe:7 fd2=chr:1:3 argv=sort
fork 120 13 10 10 10
exec 120 13 10 10 10 argv=kill 11
exit 150 13 10 10 10 status=0
exit 300 11 10 10 10 signal=SIGTERM cputime=20000000 rundelay=30000000
exit 1900 12 10 10 10 signal=SIGKILL cputime=1790000000
exit 2000 10 1 10 10 status=1 cputime=1000000
EOT
	printf 'signal\tts=140000000\tpid=11\tsig=SIGTERM\tcode=SI_USER\tfrom=13\tcomm=kill\n'
	printf 'signal\tts=1890000000\tpid=12\tsig=SIGKILL\tcode=SI_KERNEL\toom=1\n'
	printf 'machine\tts=%s\tbusy=%s\tidle=%s\tiowait=%s\tsteal=0\tmemavail=%s\n' \
	    0 1000000000 9000000000 0 4194304 \
	    1000000000 4000000000 9000000000 1000000000 2097152 \
	    2000000000 5000000000 12000000000 1000000000 2097152
	printf 'end\tts=2000000000\n'
} | pt-sort >rich.pt
pt-render-html -o rich.html rich.pt
# the same job before: some paths took longer, some are new or gone
sed 's/argv=sort/argv=uniq/; /pid=13	/d; s/ts=2000000000	pid=10/ts=3000000000	pid=10/' \
    rich.pt | pt-sort >before.pt
printf 'end\tts=3000000000\n' >>before.pt
pt-render-html --compare before.pt rich.pt >compared.html
t_case 'nothing to compare with' 1 '' \
    'pt-render-html: /dev/null: no process in the recording' \
    pt-render-html --compare /dev/null rich.pt
# processes of the machine that are no descendants of the command
{
	printf 'trace\tversion=1\targv=sh\nroot\tts=0\tpid=10\n'
	events <<'EOT'
exec 0 5 1 5 5 argv=crond
fork 1 10 1 10 10
exec 2 10 1 10 10 argv=sh -c sleep~1;~echo~what~does~not~fit~into~a~narrow~column
fork 100 11 10 10 10
exec 101 11 10 10 10 argv=sleep 1
exit 500 5 1 5 5 status=0
exec 600 6 1 6 6 argv=sshd
exit 700 11 10 10 10 status=0
exit 800 10 1 10 10 status=0
exit 1000 6 1 6 6 status=0
EOT
	printf 'end\tts=1900000000\n'
} | pt-render-html >strangers.html 2>/dev/null
# two hosts with equal PIDs
for host in alpha beta; do
	printf 'trace\tversion=1\tstart=%d00000000\thost=%s\t' $((start += 3)) "$host"
	printf 'label.commit=4f2c\tlabel.job=a <b>\targv=make\tcheck\nroot\tts=0\tpid=7\n'
	events <<EOT
fork 0 7 1 7 7
exec 0 7 1 7 7 argv=make check
fork 1 8 7 7 7
exec 2 8 7 7 7 argv=./t.sh $host
fork 3 9 8 7 7
exec 4 9 8 7 7 argv=sleep 1
exit 1000 8 7 7 7 status=1
exit 1200 7 1 7 7 status=2
exit 1400 9 1 7 7 status=0
EOT
	printf 'end\tts=1500000000\n'
done | awk '/^trace/ { file = "host" ++n } { print >file }'
pt-sort -m host1 host2 | pt-render-html >hosts.html
# a host that an ssh of another one led to
{
	printf 'trace\tversion=1\tstart=1000000000\thost=near\targv=ssh\troot\tts=0\tpid=7\n' |
	    sed 's/\troot/\nroot/'
	events <<'EOT'
fork 0 7 1 7 7
exec 0 7 1 7 7 argv=ssh far make
connect 5 7 1 7 7 connection=a~1~b~22
exit 900 7 1 7 7 status=2
EOT
	printf 'end\tts=900000000\n'
} >near
{
	printf 'trace\tversion=1\tstart=1100000000\thost=far\tconnection=a 1 b 22\targv=make\n'
	printf 'root\tts=0\tpid=7\n'
	events <<'EOT'
fork 0 7 3 7 7
exec 0 7 3 7 7 argv=make
fork 100 8 7 7 7
exec 100 8 7 7 7 argv=cc
exit 500 8 7 7 7 status=1
exit 600 7 3 7 7 status=2
EOT
	printf 'end\tts=600000000\n'
} >far
pt-sort -m near far | pt-render-html >ssh.html
# files: cc makes a.o and 30 headers, ld and the other cc read them
{
	printf 'trace\tversion=1\targv=make\nroot\tts=0\tpid=10\n'
	events <<'EOT'
fork 0 10 1 10 10
exec 0 10 1 10 10 argv=make
fork 10 11 10 10 10
exec 11 11 10 10 10 argv=cc a.c
EOT
	for k in $(seq 30); do
		printf 'write\tts=%d000000\tpid=11\tdev=1\tino=%d\tpath=/src/x/%d.h\tsize=0\n' \
		    15 "$k" "$k"
	done
	events <<'EOT'
write 16 11 10 10 10 dev=1 ino=50 path=/src/a.o size=0
write 17 11 10 10 10 dev=1 ino=51 path=/src/a.log size=0
exit 100 11 10 10 10 status=0
EOT
	for k in $(seq 8); do
		events <<EOT
fork $((k + 110)) $((k + 20)) 10 10 10
exec $((k + 110)) $((k + 20)) 10 10 10 argv=as $k
read $((k + 110)) $((k + 20)) 10 10 10 dev=1 ino=1 path=/src/x/1.h
exit $((k + 120)) $((k + 20)) 10 10 10 status=0
EOT
	done
	events <<'EOT'
fork 200 12 10 10 10
exec 201 12 10 10 10 argv=ld a.o
EOT
	for k in $(seq 30); do
		printf 'read\tts=%d000000\tpid=12\tdev=1\tino=%d\tpath=/src/x/%d.h\n' \
		    210 "$k" "$k"
	done
	events <<'EOT'
read 220 12 10 10 10 dev=1 ino=50 path=/src/a.o
exit 300 12 10 10 10 status=0
exit 400 10 1 10 10 status=0
EOT
	printf 'end\tts=400000000\n'
} | pt-sort | pt-render-html >files.html
# programs that an interpreter runs, and a root that executed nothing
{
	printf 'trace\tversion=1\targv=./none\tx\nroot\tts=0\tpid=10\n'
	printf 'fork\tts=0\tpid=10\tppid=1\tpgid=10\tsid=10\n'
	events <<'EOT'
execfail 1 10 1 10 10 errno=ENOENT file=./none
fork 10 11 10 10 10
exec 10 11 10 10 10 argv=/usr/bin/node /usr/bin/npm run build
exit 20 11 10 10 10 status=0
fork 30 12 10 10 10
exec 30 12 10 10 10 argv=python3 -u -m pip list
exit 40 12 10 10 10 status=0
exit 50 10 1 10 10 status=127
EOT
	printf 'end\tts=50000000\n'
} | tee scripts.pt | pt-render-html >scripts.html
pt-stat --json --top 0 scripts.pt >scripts.json
pt-stat --json --top 0 report.pt >report.json
t_case 'no events' 1 '' 'pt-render-html: no process in the recording' pt-render-html
{ cat report.pt; echo 'exec	ts=x'; } >bad
t_case 'a bad line: the rest is shown' 1 '' '~pt-render-html: bad:*' \
    pt-render-html -o bad.html bad
t_ok 'as if it were not there' cmp report.html bad.html
pt-render-html --version | sed 's/.* //' >version

# the long paths of the Nix store
store=/nix/store/lm10ywzflq9qfhr4fl0zqxrhiksf28ks-bash-5.2
printf 'fork\tts=1\tpid=1\tppid=0\tpgid=1\tsid=1\n' >nix
printf 'exec\tts=2\tpid=1\tppid=0\tpgid=1\tsid=1\targv=%s/bin/bash\n' $store >>nix
short() {
	PROCTRACE_LONG_NIX_PATHS=$1 pt-render-html nix >page &&
	    sed -n 's/.*<h1>\(.*\)<\/h1>.*/h1 \1/p; s/.*"longPaths":\(.\).*/\1/p
		s/^<ul>$//; s/^<li><code>\([^ ]*\)<.*/li \1/p' page
}
t_case 'paths of the Nix store' 0 "~*li &lt;store&gt;/bash*0" '' short 0
t_case 'in full' 0 "~*li $store/bin/bash*1" '' short 1

# 300,000 processes, each the child of the one before; one with as many execs
awk -v OFS='\t' 'BEGIN { for (i = 1; i <= 300000; i++)
	print "fork", "ts=" i, "pid=" i, "ppid=" i - 1, "pgid=1", "sid=1" }' >chain.pt
awk -v OFS='\t' 'BEGIN { for (i = 1; i <= 300000; i++)
	print "exec", "ts=" i, "pid=1", "ppid=0", "pgid=1", "sid=1", "argv=x"
    for (; i <= 400000; i++)
	print "fork", "ts=" i, "pid=" i, "ppid=1", "pgid=1", "sid=1" }' >execs.pt
# shows NAME: of a process which ends with this name
shows() {
	{
		printf '%s\tpid=7\tppid=1\tpgid=7\tsid=7\t%s\n' \
		    'exec	ts=1' file=/bin/a-long-program-name 'exit	ts=2' "comm=$1"
	} | pt-render-html | grep -q "comm=$1"
}
t_ok 'the name that a process has given itself' shows worker
t_ok 'not the one that its program has, as long as names may be' \
    eval '! shows a-long-program-'
t_case 'a long chain of forks' 0 '' '' \
    t_cpu 120 pt-render-html -o chain.html chain.pt
t_case 'many execs and children of one process' 0 '' '' \
    t_cpu 120 pt-render-html -o execs.html execs.pt

# one process and one moment
printf 'fork\tts=7\tpid=1\tppid=0\tpgid=1\tsid=1\n' >instant.pt
others='instant.html chain.html execs.html'
pt-render-html instant.pt >instant.html
for name in basic kinds; do
	cp "$TESTS/golden/$name.pt" .
	others="$others $name.html"
	pt-render-html $name.pt >$name.html 2>/dev/null
done
for name in hello suite; do
	gzip -dc "$TESTS/recordings/$name.pt.gz" | pt-render-html >$name.html
done
cp "$TESTS/golden/hostile.pt" .
pt-render-html hostile.pt >hostile.html
perl "$TESTS/mermaid/big.pl" 10000 | pt-render-html >big.html
perl "$TESTS/mermaid/big.pl" 50000 | pt-render-html >huge.html
t_ok 'less than 250 bytes for each of 20,000 processes' \
    test "$(wc -c <big.html)" -lt 5000000

# shellcheck disable=SC2086 # words
timeout 900 node "$TESTS/html/check.js" "$browser" $others >seen 2>&1
while IFS= read -r line; do
	case $line in
	'ok '*) t_report "${line#ok }" 0 ;;
	'not ok '*) t_report "${line#not ok }" 1 ;;
	*) echo "# ${line#\# }" ;;
	esac
done <seen
t_ok 'all of it was done' grep -qx end seen
# a count that JSON readers do not hold is as large as it can be, and not 0
printf 'fork\tts=1\tpid=2\tppid=1\tpgid=1\tsid=1\nlost\tts=2\tcount=9223372036854775808\n' >beyond
t_case 'a count of 2^63' 0 9223372036854775807 '~*were lost*' eval \
    'pt-render-html beyond | grep -o 9223372036854775807 | head -n 1'
t_done
