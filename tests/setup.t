#!/bin/sh
# setup.sh: it says what it would install and asks, before sudo is asked for a
# password. apt-get, sudo and what is missing are played by scripts.
. "${0%/*}/lib.sh"
t_need script

mkdir fake
cat >fake/apt-get <<'EOT'
#!/bin/sh
echo "apt-get $*" >>calls
case " $* " in
*' --assume-no '*) echo '0 upgraded, 3 newly installed, 0 to remove.
Need to get 1,234 kB of archives.
After this operation, 5,678 kB of additional disk space will be used.' ;;
esac
EOT
printf '#!/bin/sh\necho "sudo $*" >>calls\nexec "$@"\n' >fake/sudo
printf '#!/bin/sh\necho 1000\n' >fake/id
printf '#!/bin/sh\n' >fake/apt-cache
for program in mawk perf; do
	printf '#!/bin/sh\n' >fake/$program
done
printf '#!/bin/sh\nexit 1\n' >fake/forkstat
chmod +x fake/*

# answer ANSWER: what setup.sh says on a terminal
answer() {
	rm -f calls
	printf '%s\n' "$1" | CI='' PATH="$PWD/fake:$PATH" \
	    script -qec "sh $TESTS/setup.sh bench" /dev/null | tr -d '\r'
	grep -c '^sudo' calls
}
t_case 'no: nothing is done' 0 '~*setup.sh: missing here: forkstat*
    0 upgraded, 3 newly installed*
    Need to get 1,234 kB*
    After this operation, 5,678 kB*
setup.sh: they are installed through sudo
setup.sh: install them? *setup.sh: nothing was installed
0' '' eval 'answer n || :'
t_case 'yes: sudo, and what stays' 0 '~*install them? *setup.sh: installing forkstat*
setup.sh: these stay; apt-get autoremove --purge forkstat takes them away
2' '' answer y
quietly() {
	CI=true PATH="$PWD/fake:$PATH" sh "$TESTS/setup.sh" bench
}
t_case 'no terminal, or CI: no question' 0 '~setup.sh: missing here: forkstat*
*setup.sh: installing forkstat*' '' quietly
printf '#!/bin/sh\n' >fake/forkstat
t_case 'nothing is missing' 0 '' '' quietly
t_done
