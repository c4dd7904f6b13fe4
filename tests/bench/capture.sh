# capture.sh - run.sh's part on tracers: what a traced command feels
# shellcheck shell=sh
# shellcheck disable=SC2016 # what the shell of measure expands

if [ "$QUICK" ]; then
	spawns=50 files=4
else
	spawns=5000 files=200
fi

## the commands

make_dir=make.$files
if ! [ -d "$make_dir" ]; then
	mkdir "$make_dir"
	i=0
	while [ "$i" -lt "$files" ]; do
		echo "int f$i(int x) { return x + $i; }" >"$make_dir/f$i.c"
		i=$((i + 1))
	done
	printf 'all: %s\n%%.o: %%.c\n\t@cc -c -o $@ $<\n' \
	    "\$(patsubst %.c,%.o,\$(wildcard f*.c))" >"$make_dir/Makefile"
fi
make="make -B -C $make_dir -j2 >/dev/null"
pt-capture --print-script >script.bt

# The script without where an exec was, what its descriptors were, who sent
# signals, and what was waited for.
cat >without.awk <<'EOS'
/^tracepoint:signal:|^tracepoint:oom:/ { skip = "probe" }
/^tracepoint:sched:sched_process_exec/ && !execs++ { skip = "probe" }
/curtask->files->fdt->fd;/ { skip = "files" }
skip == "files" && /\$j = / { skip = "" }
skip != "" { if (skip == "probe" && /^}/) skip = ""; next }
/^\tclear\(@(dir|at)\);/ || /^\t    @at\[\$c\],$/ || /^\t    \$w0,/ { next }
/ni?vcsw|maj_flt|run_delay,|nr_threads != 1$|^\t\t    \|\| curtask->signal->sum/ && !/printf/ { next }
{ sub(/\\tdir=.*fd2=%llx,%llx/, ""); sub(/\\tnvcsw=.*threaded=%d/, ""); print }
EOS
awk -f without.awk script.bt >without.bt

# The same probes, empty, but for the one that answers marks (attach.c).
cat >empty.awk <<'EOS'
/^tracepoint:syscalls:sys_enter_setpgid/ {
	print $0 "\n/args->pid == 1886679653 && args->pgid == $1/"
	print "{ printf(\"\\nmark\\t\\n\"); }"
	exit
}
/^(BEGIN|END|tracepoint|profile)/ { print $0 (/,$/ ? "" : " { }") }
EOS
awk -f empty.awk script.bt >empty.bt

# lost NAME KIND=COUNT...: a program that writes how many events of the tree of
# NAME.pt there are less than there should be, and how many are said to be lost
cat >lost.sh <<'EOS'
name=$1
shift
pt-ingest "$name.pt" | awk -F '\t' -v want="$*" '
{ have[$1]++ }
$1 == "exec" && /\targv=cc\t/ { have["cc"]++ }
$1 == "lost" { sub(/.*count=/, ""); lost += $0 }
END {
	n = split(want, each, " ")
	for (i = 1; i <= n; i++) {
		split(each[i], kind, "=")
		if (kind[2] == "exit")
			kind[2] = have["exit"]
		if (have[kind[1]] != kind[2])
			lost += kind[2] > have[kind[1]] ? kind[2] - have[kind[1]] : 1
	}
	print "lost\t" lost + 0
}' >>"$STAMPS"
EOS

## a tracer beside others

# forkstat says nothing when it is ready: it has seen something
cat >forkstat.sh <<'EOS'
forkstat -e fork,exec,exit >forkstat.out &
forkstat=$!
until [ -s forkstat.out ]; do /bin/true; done
eval "$1"
kill -INT "$forkstat"
wait "$forkstat" || [ $? -eq 130 ]
EOS

# beside W WHAT COMMAND KIND=COUNT...: the command W under all tracers
beside() {
	w=$1 what=$2 command="stamp start stop $3"
	shift 3
	# what was measured before it has left its traces in caches
	run "warm.$w" "$command"
	run "untraced.$w" "$command"
	run "pt-capture.$w" "pt-capture -o $w.pt -- $command"
	run "lost.$w" "sh lost.sh $w $*"
	run "tree.$w" "pt-capture --tree -o tree.$w.pt -- $command"
	run "lost.tree.$w" "sh lost.sh tree.$w $*"
	run "without.$w" "pt-capture --tracer bpftrace --script without.bt \
	    --tree -o without.$w.pt -- $command"
	! have strace || {
		run "strace.$w" \
		    "strace -f -e trace=process -o strace.out $command"
		run "strace-seccomp.$w" "strace -f --seccomp-bpf \
		    -e trace=process -o strace.out $command"
	}
	! have forkstat || run "forkstat.$w" "sh forkstat.sh '$command'"
	! perf record -q -a -o perf.out -e sched:sched_process_exec true \
	    >/dev/null 2>&1 || run "perf.$w" "perf record -q -a -o perf.out \
	    -e 'sched:sched_process_*' -- $command 2>/dev/null"
	row "$what: pt-capture; untraced" "pt-capture.$w" stop-start \
	    "untraced.$w" '' 1.15
	row "$what: pt-capture --tree; untraced" "tree.$w" stop-start \
	    "untraced.$w" '' 1.15
	row "$what: --tree; without where, who and waits" "tree.$w" stop-start \
	    "without.$w" '' 1.03
	for tracer in strace strace-seccomp forkstat perf; do
		row "$what: $tracer; untraced" "$tracer.$w" stop-start \
		    "untraced.$w" '' ''
	done
	row "$what: pt-capture, events lost" "lost.$w" lost '' '' 0
	row "$what: pt-capture --tree, events lost" "lost.tree.$w" lost '' '' 0
}

n=$((spawns + 2))
[ "$QUICK" ] || beside one "$spawns spawns" "spawns $spawns 1" \
    fork=$n exec=$n exit=$n
beside two "$spawns spawns, 2 at once" "spawns $spawns 2" \
    fork=$n exec=$n exit=$n
beside make "make -j2 of $files files" "$make" "cc=$files" fork=exit

## who writes and reads which files

what="make -j2 of $files files" command="stamp start stop $make"
run files.make "pt-capture --files --tree -o files.make.pt -- $command"
run lost.files.make "sh lost.sh files.make cc=$files fork=exit"
! have strace || run strace.files.make "strace -f -y -o strace.out -e \
    trace=process,?open,openat,?creat,?rename,?renameat,?renameat2,?link,?linkat \
    $command"
row "$what: pt-capture --files --tree; untraced" files.make stop-start \
    untraced.make '' 1.06
row "$what: --files --tree; --tree" files.make stop-start tree.make '' ''
row "$what: strace of these calls; untraced" strace.files.make stop-start \
    untraced.make '' ''
row "$what: --files --tree, events lost" lost.files.make lost '' '' 0

## nobody reads for two seconds

run stalled "pt-capture -- spawns $spawns 2 2>/dev/null |
    stall 20000 ${QUICK:-2} >stalled.pt"
n=$((spawns + 1))
run lost.stalled "sh lost.sh stalled fork=$n exec=$n exit=$n"
row "$spawns spawns, 2 s without a reader, events lost" lost.stalled lost \
    '' '' 0

## --tree beside a storm of others

cat >storm.sh <<'EOS'
rm -f ready go
mkfifo ready go
pt-capture --tree -o storm.pt -- sh -c 'echo >ready; read x <go' &
read -r x <ready
stamp start stop spawns "$1" 2
echo >go
wait $!
awk -F '\t' '$1 ~ /^(fork|exec|exit|lost)$/ { n++ }
END { print "lines\t" n - 3 }' storm.pt >>"$STAMPS"
EOS
run storm "sh storm.sh $spawns"
row "a storm of $spawns beside pt-capture --tree; untraced" storm stop-start \
    untraced.two '' 1.05
row "a storm of $spawns beside pt-capture --tree: lines" storm lines '' '' 0

## its start and its end

run pt-capture 'pt-capture -- stamp start stop /bin/true 2>/dev/null |
    { cat >short.pt; stamp last; }'
run bpftrace 'exec attach script.bt'
run empty 'exec attach empty.bt'
run record 'proctrace record -o record.pt -- true'
[ -z "${OLD:-}" ] || run old "'$OLD/proctrace' record -o record.pt -- true"
row 'start until the command runs; bpftrace: compile, attach' pt-capture \
    start-begin bpftrace attach 1.1
row 'end of the command until the last line is written' pt-capture \
    last-stop '' '' 0.15
row 'and until its own end; bpftrace: detach' pt-capture end-stop \
    bpftrace detach ''
row 'pt-capture of nothing' pt-capture rss bpftrace '' ''
row 'proctrace record of true; attaching the same probes, empty' record wall \
    empty attach ''
row 'proctrace record of true; the version in OLD' record wall old '' 0.55
