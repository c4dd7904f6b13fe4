#!/bin/sh
# On another machine: by ssh, with pt-capture there, or with bpftrace alone
#
# The real sshd, on loopback, with keys and a port of its own. On "host" a user
# has sudo and pt-capture.
# shellcheck disable=SC2029 # what is expanded here
. "${0%/*}/user.sh"
PATH=$PATH:/usr/sbin:/sbin
t_need ssh sshd ssh-keygen pgrep jq
mkdir "$t_tmp/ssh"

# found by its path alone
tracer=$TOOLS/bpftrace
ln -s "$(command -v bpftrace)" "$tracer"
# for the programs that this runs, too
cat >"$t_tmp/ssh/ssh" <<EOF
#!/bin/sh
exec $(command -v ssh) -F $t_tmp/ssh_config "\$@"
EOF
chmod 755 "$t_tmp/ssh/ssh"

# try_port PORT: the server runs there, unless the port is taken
try_port() {
	cat >"$t_tmp/ssh_config" <<-EOF
	Host host
	HostName 127.0.0.1
	Port $1
	User $USER_NAME
	IdentityFile $t_tmp/key
	UserKnownHostsFile $t_tmp/known
	BatchMode yes
	LogLevel ERROR
	EOF
	echo "[127.0.0.1]:$1 $(cat "$t_tmp/hostkey.pub")" >"$t_tmp/known"
	setpriv --pdeathsig KILL "$(command -v sshd)" -D -e \
	    -f "$t_tmp/sshd_config" -p "$1" 2>"$t_tmp/sshd.err" &
	sshd=$!
	n=0
	until ssh host true; do
		n=$((n + 1))
		[ "$n" -lt 100 ] || return
		! grep -q 'Cannot bind' "$t_tmp/sshd.err" || return
		sleep 0.1
	done
}

serve() {
	mount -t tmpfs none /run && mkdir /run/sshd /run/sudo || return
	for key in key hostkey; do
		ssh-keygen -q -t ed25519 -N '' -f "$t_tmp/$key" || return
	done
	cat >"$t_tmp/sshd_config" <<-EOF
	ListenAddress 127.0.0.1
	HostKey $t_tmp/hostkey
	AuthorizedKeysFile $t_tmp/key.pub
	StrictModes no
	PidFile none
	SetEnv PATH=$PATH
	EOF
	PATH=$t_tmp/ssh:$PATH
	sudoers "$USER_NAME ALL=(ALL) NOPASSWD: ALL"
	for i in 1 2 3 4 5 6 7 8 9; do
		try_port $((20000 + ($$ * 10 + i) % 30000)) && return
	done
	cat "$t_tmp/sshd.err"
	return 1
}

running() {
	pgrep -af "$TOOLS/" || pgrep -a -P "$sshd"
}

# nothing runs there any more, soon
gone() {
	n=0
	while running >"$t_tmp/left"; do
		n=$((n + 1))
		[ "$n" -le 200 ] || { cat "$t_tmp/left"; return 1; }
		sleep 0.05
	done
}

# await PATTERN FILE: until it is there, while the job runs
await() {
	until grep -q "$1" "$2"; do
		kill -0 "$job" || return
		sleep 0.05
	done
}

if ! serve >"$t_tmp/why" 2>&1; then
	t_comment <"$t_tmp/why"
	t_skip_all 'no sshd can be run'
fi

## pt-capture there

no_end='~*the recording has no end: it was cut, or goes on*'
remote="pt-capture --tracer bpftrace -b $tracer"
in_a_pipe() {
	{ ssh host "$remote -- sh -c 'echo \"a  b\"; /bin/true; exit 3'"
	    echo $? >status; } | pt-ingest | pt-render-tree
}
t_case 'a tree, in one pipe, and the output of the command' 0 '~* exit 3  sh -c ?echo "a  b"; *
*/bin/true' 'a  b' in_a_pipe
t_case 'and its status' 0 3 '' cat status
t_ok 'nothing is left there' gone

# breaks COMMAND [ARGV]: a recording of it in cut.pt, whose connection breaks
# when it runs grep, which reads from there, and what has these arguments
mkfifo input
breaks() {
	ssh host "$remote -- $1" <>input >cut.pt 2>cut.err &
	job=$!
	await "	argv=grep	$TOOLS/\$" cut.pt && await "	argv=${2:-}" cut.pt
	broken=$?
	sessions=$(pgrep -d , -P "$sshd")
	# shellcheck disable=SC2046 # PIDs
	kill -KILL $(pgrep -P "$sessions") $(pgrep -P "$sshd")
	wait "$job"
	[ $? -eq 255 ] && [ "$broken" -eq 0 ]
}

t_ok 'a connection that breaks' breaks "sh -c '/bin/true; grep $TOOLS/'"
t_case 'what has come is a recording, and is said to be cut' 0 '~* running  sh -c *
*/bin/true
* running *grep *' \
    "$no_end" \
    sh -c 'pt-ingest cut.pt | pt-render-tree'
t_ok 'nothing is left there' gone

t_ok 'one that breaks while events come all the time' breaks \
    "sh -c 'spawns 1000000 2 & grep $TOOLS/; kill \$!'" 'spawns	1000000'
t_case 'what has come is a recording, and is said to be cut' 0 '~*spawns*' \
    "$no_end" sh -c 'pt-ingest cut.pt | pt-render-tree'
t_ok 'nothing is left there' gone

# at a terminal there, which goes with the connection
sudoers "$USER_NAME ALL=(ALL) ALL"
cat >script <<'EOF'
expect password for
send secret\r
expect ready
hangup
EOF
t_case 'a password for sudo, at a terminal; the connection breaks' '!0' '~*' '' \
    onpty -t 300 ssh -t host "$remote -o $WORK/terminal.pt -- \
    sh -c 'sh -c \"echo ready; exec sleep 600\"; : $TOOLS/'" <script
t_ok 'nothing is left there' gone
t_ok 'the recording there is complete' sh -c '
	pt-ingest terminal.pt | grep -c "^exit.*	signal=SIGHUP	" | grep -qx 2'
sudoers "$USER_NAME ALL=(ALL) NOPASSWD: ALL"

## recorded here and there

# both COMMAND: what COMMAND runs, here in here.pt and on "other" in there.pt
both() {
	timeout 300 pt-capture -t -- sh -c "{ $1; } >there.out" >here.out &&
	    pt-sort here.out >here.pt &&
	    sed '/^trace/s/	host=[^	]*/	host=other/' there.out | pt-sort >there.pt
}
merged() {
	pt-sort -m here.pt there.pt >both.pt && pt-render-tree both.pt
}
# spans: NAME and the NAME of its parent, of each span of both
# shellcheck disable=SC2120 # t_case gives it options
spans() {
	pt-sort -m here.pt there.pt | pt-render-otlp "$@" | tee spans.json |
	    jq -rs '[.[].resourceSpans[].scopeSpans[].spans[]] |
	    (map({(.spanId): .name}) | add) as $name | .[] |
	    [.name, $name[.parentSpanId // ""] // "-"] | @tsv'
}
traces() { jq -rs '[.[].resourceSpans[].scopeSpans[].spans[].traceId] | unique | length' "$@"; }

t_ok 'an ssh that is recorded on both sides' \
    both "ssh host '$remote -t -- sh -c \"/bin/true; exit 3\"' || test \$? -eq 3"
t_case 'its connection is recorded' 0 \
    '~connect	ts=*	pid=*	connection=127.0.0.1 * 127.0.0.1 *' '' \
    grep '^connect' here.pt
t_case '... as the other side knows it' 0 \
    "$(sed -n 's/^connect.*\(	connection=[^	]*\).*/\1/p' here.pt)" '' \
    sed -n 's/^trace.*\(	connection=[^	]*\).*/\1/p' there.pt
t_case 'the tree there is below the ssh' 0 "~*  sh -c '{ ssh host *
*- /usr/bin/ssh * host *
*- sh -c '/bin/true; exit 3' on other
*- /bin/true*" '' merged
t_case 'and so are the spans' 0 '~*sh	ssh
true	sh*' '' spans
t_case 'in one trace' 0 1 '' traces spans.json
cp spans.json first.json
spans --batch 512 >/dev/null
t_case 'which has the same bytes again' 0 @first.json '' cat spans.json
t_case 'by program as well' 0 '~*sh	ssh
true	sh*' '' spans --spans program
t_ok 'a clock that is late is said, and nothing joined' sh -c '
	sed "/^trace/s/start=1/start=/" there.pt >early.pt
	pt-sort -m here.pt early.pt | pt-render-tree >tree 2>why &&
	    grep -q "^other" tree && ! grep -q " on other" tree &&
	    grep -q "^pt-render-tree: other began .*: the clocks of these hosts differ" why'

# that ssh does not tell its connection, but passes on a span made for it
parent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
t_ok 'a TRACEPARENT that is passed on' \
    both "ssh host 'unset SSH_CONNECTION; TRACEPARENT=$parent $remote -t -- /bin/true'"
t_case 'joins, too' 0 '~*- /bin/true on other' '' merged
t_case '... the spans' 0 '~*true	ssh*' '' spans
t_ok 'one that two have got does not' \
    both "for i in 1 2; do
	ssh host 'unset SSH_CONNECTION; TRACEPARENT=$parent $remote -t -- /bin/true'
    done | sed '/^end/q'"
t_case '... and its host is on the first level' 0 '~*
other, * later
*/bin/true' '' merged
t_ok 'nothing is left there' gone

## bpftrace alone there

# bare FILE CMD...: what CMD prints in the background is a recording, which has
# a command that is run here, and breaks then
bare() {
	file=$1
	shift
	exec 3<&0
	"$@" <&3 >"$file" &
	job=$!
	until grep -q '^mark' "$file"; do
		kill -0 "$job" || return
		mark 0 true
	done
	sh -c 'sh -c "exit 77"; :' "root of $file"
	await '^exit.*	code=19712	' "$file"
	ended=$?
	kill "$job"
	wait "$job"
	[ "$ended" -eq 0 ] && gone
}

# asked FILE: for the command that it has of this file
asked() {
	root=$(pt-render-jsonl "$1" 2>rendered.err |
	    jq --arg r "root of $1" 'select(.Exec.cmdline[-1]? == $r).Exec.pid')
	pt-ingest -p "$root" "$1" | pt-render-tree
}

bt="sudo BPFTRACE_PERF_RB_PAGES=512 $tracer -q -B line"
command="~* sh -c 'sh -c \"exit 77\"; *
* exit 77 *sh -c 'exit 77'"
for env in '' --env; do
	# shellcheck disable=SC2086 # no option, or one
	pt-capture $env --print-script >script
	# MAX_ARG_STRLEN is 128 KiB; a shell there gets more than this in it
	t_ok "--print-script $env: has room in an argument" \
	    test "$(wc -c <script)" -lt 100000
	t_case '... which can be quoted' 1 '' '' grep "'" script
done
t_ok 'the script as an argument' \
    bare arg.pt ssh host "$bt -e '$(pt-capture --print-script)'"
t_case 'a command in it can be asked for' 0 "$command" "$no_end" asked arg.pt
pt-capture --print-script >script
t_ok 'the script as standard input' bare in.pt ssh host "$bt -" <script
t_case 'a command in it can be asked for' 0 "$command" "$no_end" asked in.pt
t_done
