#!/bin/sh
# Whatever ends a capture, and whenever: two seconds later no process, no probe
# and no file of it is left
#
# KILLS rounds (200 take two minutes), a few at a time. In each, at a random
# moment, one process of a capture is killed with SIGKILL, or a signal ends it,
# or its reader leaves, or the disk is full. KILL_SEED repeats the same moments.
# shellcheck disable=SC2016 # what the inner shell expands
. "${0%/*}/user.sh"
t_need pgrep

KILLS=${KILLS:-60}
WORKERS=4
KILL_SEED=${KILL_SEED:-$(date +%s)}
real=$(command -v bpftrace)
echo "# KILL_SEED=$KILL_SEED KILLS=$KILLS"

# begin ROUND WHO HOW: a capture in the background in a directory of its own;
# its bpftrace has a path of its own, too, by which all its processes are found.
# The last thing before it is executed is that ../pid has its PID.
begin() {
	dir=$WORK/$1
	tracer=$dir/tools/bpftrace
	mkdir -p "$dir/tools" && mkdir -m 777 "$dir/out" &&
	    ln -s "$real" "$tracer" && cd "$dir/out" || return
	set -- "$2" "$3" pt-capture --tracer bpftrace -b "$tracer"
	# pruned, the real script prints too little to notice who reads it
	case $script in
	real) set -- "$@" --tree ;;
	*) set -- "$@" --script "$TOOLS/small.bt" ;;
	esac
	case $2 in
	full-file) mount -t tmpfs -o size=8k,mode=777 none . && cd . ;;
	esac
	how=$2
	case $1 in
	user) as=as_user ;;
	root) as='env' ;;
	esac
	shift 2
	: >../pid
	: >../began
	chmod 666 ../began
	exec 3>../pid
	set -- "$as" env --default-signal=INT,QUIT setsid \
	    sh -c 'echo $$ >&3; exec "$@" 3>&-' - "$@"
	case $how in
	closed-pipe) "$@" -- spawns 50 2 2>err | head -c "$((round * 97 % 9000))" >start & ;;
	full-device) "$@" -- spawns 50 2 >/dev/full 2>err & ;;
	*) "$@" -o rec -- sh -c 'echo >../began; exec spawns 50 2' >out 2>err & ;;
	esac
	exec 3>&-
	n=0
	until [ -s ../pid ]; do
		n=$((n + 1))
		[ "$n" -le 1000 ] || return 1
		sleep 0.01
	done
}

# pids WHAT: of the capture's processes
pids() {
	case $1 in
	pt-capture) cat ../pid ;;
	sudo) pgrep -f "^sudo .*$tracer" ;;
	bpftrace) pgrep -f "^$tracer " ;;
	esac
}

# ended PATTERN SECS: no process is like this any more
ended() {
	n=0
	while pgrep -f "$1" >../left; do
		n=$((n + 1))
		[ $n -le $(($2 * 10)) ] || return 1
		sleep 0.1
	done
}

# gone: the capture has ended, and two seconds later all that belongs to it; but
# a bpftrace that is still compiling when its capture is killed has nobody to
# tell it, and ends with its first line
gone() {
	limit=2
	[ "$how" != kill-pt-capture ] || [ -s ../began ] || limit=10
	ended "pt-capture .*$tracer" 20 && ended "$tracer" "$limit"
}

strike() {
	case $1 in
	kill-*) pids "${1#kill-}" | xargs -r kill -KILL ;;
	INT | TERM | HUP)
		# its group, as a terminal does
		pids pt-capture | sed 's/^/-/' | xargs -r kill -s "$1" -- ;;
	esac 2>/dev/null
}

# what there is in the directory is a complete recording, or nothing
clean() {
	ls -A >../names
	! grep -vxE 'rec|out|err|start' ../names || return
	[ ! -e rec ] || tail -n 1 rec | grep -q '^end	'
}

# one ROUND: says what is wrong with it
one() {
	round=$1 who='' how='' when='' script=''
	# who it is, what happens, and after how many seconds
	eval "$(awk -v "seed=$((KILL_SEED + round))" -v "round=$round" -v "t=$whole" '
	BEGIN {
		srand(seed)
		n = split("kill-pt-capture kill-pt-capture kill-bpftrace kill-sudo " \
		    "INT TERM HUP closed-pipe full-device full-file", how, " ")
		h = how[round % n + 1]
		print "script=" (rand() < (h ~ /capture/ ? 0.5 : 0.1) ? "real" : "small")
		print "who=" (h == "kill-sudo" || rand() < 0.7 ? "user" : "root")
		print "how=" h
		printf "when=%.3f\n", rand() * rand() * 2 * t
	}')"
	begin "$round" "$who" "$how" || echo "$round cannot begin"
	sleep "$when"
	strike "$how"
	gone || {
		echo "$round $who $how after $when: left"
		ps -o pid,ppid,stat,args -p "$(paste -sd, ../left)"
		xargs kill -KILL <../left
	}
	clean || echo "$round $who $how after $when: $(cat ../names; tail -n 1 rec)"
	echo "$who $how" >>"$t_tmp/done.$worker"
	cd "$WORK" || exit
	[ "$how" != full-file ] || umount -l "$dir/out"
	rm -rf "$dir"
}

# programs that were loaded since, and that no process has
orphans() {
	bpfprogs | sort >"$t_tmp/progs"
	cat /proc/[0-9]*/fdinfo/* 2>/dev/null | sed -n 's/^prog_id:[[:space:]]*//p' |
	    sort - "$t_tmp/before" | comm -13 - "$t_tmp/progs"
}

no_orphans() {
	n=0
	while orphans | grep .; do
		n=$((n + 1))
		[ "$n" -le 100 ] || return 1
		sleep 0.1
	done
}

sudoers 'Defaults use_pty' "$USER_NAME ALL=(ALL) NOPASSWD: ALL"
bpfprogs >"$t_tmp/before"
# how long a capture takes
start=$(date +%s%N)
round=1 script=small
begin 0 user whole
gone
t_ok 'one that nobody disturbs' clean
whole=$(awk -v "ns=$(($(date +%s%N) - start))" 'BEGIN { print ns / 1e9 }')
echo "# takes $whole s"

worker=0
while [ $worker -lt $WORKERS ]; do
	i=$worker
	while [ "$i" -lt "$KILLS" ]; do
		one "$((i + 1))"
		i=$((i + WORKERS))
	done >"$t_tmp/wrong.$worker" 2>&1 &
	worker=$((worker + 1))
done
wait
cat "$t_tmp"/done.* | sort | uniq -c | sed 's/^/#/'
t_ok "$KILLS rounds were made" test "$(cat "$t_tmp"/done.* | wc -l)" -eq "$KILLS"
: >none
t_ok 'nothing is left of any' sh -c 'cat "$1"/wrong.* | diff none -' - "$t_tmp"
t_ok 'no program is loaded that nobody has' no_orphans
t_done
