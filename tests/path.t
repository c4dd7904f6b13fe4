#!/bin/sh
# The command is found along PATH as execvp(3) does it, and a recording begins
# with it: what the search has tried is not in it
# shellcheck disable=SC2016 # what other shells, jq and Markdown read
. "${0%/*}/lib.sh"
t_trace

mkdir empty good bad shell
printf '#!/bin/sh\necho good "$0" "$@"\n' >good/cmd
printf '#!/no/such/interpreter\n' >bad/cmd
printf 'echo shell "$0" "$@"\n' >shell/cmd
cp good/cmd here
chmod +x good/cmd bad/cmd shell/cmd here
mkdir -p directory/cmd refused
echo no >refused/cmd
tracer=$(command -v bpftrace)

# with PATH WANT FAILED: "cmd a" along PATH prints WANT; so many execs of the root failed
with() {
	(PATH=$1 && export PATH && exec "$BIN/pt-capture" --tracer bpftrace \
	    -b "$tracer" --tree -o rec.pt -- "${4:-cmd}" a) >out 2>err
	echo $? >>out
	printf '%s\n' "$2" >want
	t_ok "PATH=$1: runs" diff want out
	t_ok "PATH=$1: $3 failed" test "$(grep -c '^execfail' rec.pt)" -eq "$3"
}

long=$PWD/none:$PWD/empty:$PWD/directory:$PWD/refused:/none/1:/none/2
with "$long:$PWD/good:/usr/bin:/bin" "good $PWD/good/cmd a
0" 0
with "$long:shell:/usr/bin:/bin" 'shell shell/cmd a
0' 0
with "$PWD/bad:$PWD/good:/usr/bin:/bin" "good $PWD/good/cmd a
0" 2
with ":$PWD/empty:/usr/bin:/bin" 'good ./here a
0' 0 here
with /usr/bin:/bin "good $PWD/here a
0" 0 "$PWD/here"
with /usr/bin:/bin "shell $PWD/shell/cmd a
0" 0 "$PWD/shell/cmd"
with /usr/bin:/bin 127 1 ./nowhere
t_ok 'what is not executed has its own name' grep -q '^exit.*	comm=nowhere$' rec.pt
t_ok '... and ours is nowhere' sh -c '! grep "comm=pt-capture" rec.pt'
t_done
