#!/bin/sh
# pt-redact: no secret stays, nothing else goes. In golden/secrets.pt all that
# is secret has PLANTED in it, and what looks alike and is not, "harmless";
# secrets.redact.pt is what must become of it.
. "${0%/*}/lib.sh"
t_need perl

no_end='pt-redact: the recording has no end: it was cut, or goes on'
planted=$TESTS/golden/secrets.pt

# exec_line ARG...: an exec with these arguments, which need no escapes
exec_line() {
	printf 'exec\tts=1\tpid=2\tppid=1\tpgid=1\tsid=1\tfile=/bin/x\targv=x'
	printf '\t%s' "$@"
	echo
}

# finds_none CMD...: no secret in what CMD prints, which is something
finds_none() {
	"$@" >found 2>found.err
	[ -s found ] && ! grep -a PLANTED found found.err
}

finds_some() {
	"$@" 2>&1 | grep -qa PLANTED
}

pt-redact -o clean.pt "$planted"
t_ok 'harmless text stays' test \
    "$(grep -o harmless clean.pt | wc -l)" -eq \
    "$(grep -o harmless "$planted" | wc -l)"
t_case 'redacted again it is the same' 0 @clean.pt '' pt-redact clean.pt
t_case '... and -n has nothing to list' 0 '' '' pt-redact -n clean.pt
t_ok '-n shows no secret' finds_none pt-redact -n "$planted"

# whatever shows a recording
shows() { # NAME CMD...
	shows_name=$1
	shift
	t_ok "$shows_name would show secrets" finds_some "$@" "$planted"
	t_ok '... and shows none' finds_none "$@" clean.pt
}
for program in "$BIN"/pt-*; do
	case ${program##*/} in
	'pt-*' | pt-capture | pt-import | pt-redact) ;;
	pt-grep) shows pt-grep pt-grep -e . ;;
	pt-diff) shows pt-diff pt-diff "$TESTS/golden/basic.pt" ;;
	pt-why) ;;	# shows processes that still run
	pt-render-compdb | pt-render-folded) ;;	# show no arguments of these
	*) shows "${program##*/}" "${program##*/}" ;;
	esac
done
shows 'jsonl by process' pt-render-jsonl -d by-process
shows 'mermaid without limit' pt-render-mermaid --no-limit

# recordings without secrets
for rec in basic kinds; do
	t_case "golden/$rec.pt stays as it is" 0 "@$TESTS/golden/$rec.pt" '' \
	    pt-redact "$TESTS/golden/$rec.pt"
done
{
	cat "$TESTS/golden/kinds.pt"
	printf '%s\t' odd 'empty=' "x=\\x41\\q\\\\" "argv=\\" ''
	printf '%s\n' '\x41\xff\\n'
} >odd.pt
t_case 'odd escapes stay as they are' 0 @odd.pt '' pt-redact odd.pt

# the bare tracer's lines
cat >bare.pl <<'EOF'
my @args = ("mysql", "-pPLANTED-and-much-more-than-eight-bytes", "harmless");
my $bytes = join '', map "$_\0", @args;
my $n = length $bytes;
my @words = map { sprintf '%x', unpack 'Q<', $_ } $bytes =~ /.{8}/gs;
print "exec\tts=5\tpid=9\tppid=1\tpgid=1\tsid=1\tcpu=0\tseq=1\tflen=0\tf=0",
    "\tfe=0\txlen=$n\tx=", join(',', @words), "\txe=",
    sprintf('%x', unpack 'Q<', substr $bytes, -8), "\n";
EOF
perl bare.pl >bare.pt
printf 'exec\tts=5\tpid=9\tppid=1\tpgid=1\tsid=1\tcpu=0\targv=mysql\t%s\n' \
    '-p[REDACTED]	harmless' >bare.want
t_case "the bare tracer's lines" 0 @bare.want '' pt-redact bare.pt

# rules of one's own
exec_line 'id-1234567 x' id-12 a=x >own.pt
exec_line '[REDACTED] x' id-12 a=x >own.want
t_case '-e' 0 @own.want '' pt-redact -e 'id-[0-9]{7}' own.pt
exec_line 'id-[REDACTED] x' id-12 'a=[REDACTED]' >own.want
t_case '-e with groups' 0 @own.want '' \
    pt-redact -e 'id-([0-9]{7})' --regexp='^a=(.*)$' own.pt
printf '# comment\n\nid-([0-9]{7})\n^a=(.*)$' >rules
t_case '-f' 0 @own.want '' pt-redact -f rules own.pt
t_case '-f -' 0 @own.want '' pt-redact --file=- own.pt <rules
printf '1\trules:%s\n' '3	id-[REDACTED] x' '4	a=[REDACTED]' >own.want
t_case '-n names the rules' 0 @own.want '' pt-redact -n -f rules own.pt
printf 'exec\tts=1\tpid=2\tppid=1\tpgid=1\tsid=1\tcwd=/b/%s/x\targv=make\n' \
    ghp_0123456789abcdefghijABCDEFGHIJ012345 >cwd.pt
t_case 'a directory' 0 "$(sed 's/ghp_[^/]*/[REDACTED]/' cwd.pt)" '' pt-redact cwd.pt
exec_line 'a1 --password' hunter2 xxa2xa3 >own.pt
exec_line '[REDACTED] --password' hunter2 'xx[REDACTED]x[REDACTED]' >own.want
t_case '--own-only, several in one argument' 0 @own.want '' \
    pt-redact --own-only -e 'a[0-9]' own.pt
t_case '--own-only without rules' 2 '' "~pt-redact: --own-only, and no rule*" \
    pt-redact --own-only own.pt
t_case '... nor in the file' 2 '' "~pt-redact: --own-only, and no rule*" \
    pt-redact --own-only -f /dev/null own.pt
t_case 'no regular expression' 2 '' "~pt-redact: --regexp: '(': ?*" \
    pt-redact -e '(' own.pt
printf 'x\n(\n' >rules
t_case 'none in a file' 2 '' "~pt-redact: rules:2: '(': ?*" \
    pt-redact -f rules own.pt
t_case 'no file of rules' 2 '' 'pt-redact: none: No such file or directory' \
    pt-redact -f none own.pt
t_case 'a directory of rules' 2 '' 'pt-redact: .: Is a directory' \
    pt-redact -f . own.pt
t_case 'rules see the host, too' 0 \
    'trace	version=1	host=[REDACTED]	argv=x' "$no_end" pt-redact -e 'ci-[a-z]+' <<'EOF'
trace	version=1	host=ci-berlin	argv=x
EOF
t_case 'numbers stay' 0 'new	ts=12	pid=12	x=12	y=[REDACTED]a' '' \
    pt-redact -e 12 <<'EOF'
new	ts=12	pid=12	x=12	y=12a
EOF

# as the man page does it
as_they_are() {
	printf '%s\n' "$1" | sed 's/[][\.*^$+?(){}|]/\\&/g' |
	    pt-redact -f - own.pt
}
exec_line 'xa.c[^]/+?(){}|$*x' 'xabc[^]/+?(){}|$*x' >own.pt
exec_line 'x[REDACTED]x' 'xabc[^]/+?(){}|$*x' >own.want
t_case 'secrets as they are' 0 @own.want '' as_they_are 'a.c[^]/+?(){}|$*'

# forms of secrets, each an argument; "harmless" is what must stay
forms() {
	while read -r form; do
		exec_line "$form"
	done <<'EOF'
-----BEGIN RSA PRIVATE KEY-----\nPLANTED\nPLANTED\n-----END harmless
-----BEGIN PGP PRIVATE KEY BLOCK-----PLANTED
-----BEGIN CERTIFICATE-----harmless-----END CERTIFICATE----- password=PLANTED
-----BEGIN harmless password=PLANTED
[client]\npassword = PLANTED\nuser = harmless
connect(password = 'PLANTED', user = 'harmless')
[ "$password" = harmless ]
[ $password = harmless ]
if password == 'harmless'
Bearer PLANTEDPLANTEDPLANTED
npm_PLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTED
https://harmless/?x=sk_live_PLANTEDPLANTEDPLANTED
API_KEY_2=PLANTED
DB_PASS2=PLANTED
SORT_KEY_2=harmless
BEARER=PLANTED
mongodump -u harmless -pPLANTED
mongosh -u harmless -p PLANTED
http -a harmless:PLANTED
curl -E harmless:PLANTED --cert harmless:PLANTED --oauth2-bearer PLANTED
EOF
}
forms >forms.pt
pt-redact forms.pt >forms.clean
t_ok 'forms of secrets' eval '! grep PLANTED forms.clean'
t_ok '... and nothing else' test "$(grep -o harmless forms.clean | wc -l)" -eq \
    "$(grep -o harmless forms.pt | wc -l)"

# bytes: a rule may match half of a character, and what is behind a NUL
t_case 'half a character goes as a whole' 0 \
    'x	y=[REDACTED]a	argv=[REDACTED]\xe9[REDACTED]' '' \
    pt-redact -e "$(printf '\303')" <<'EOF'
x	y=éa	argv=é\xe9\xc3
EOF
t_case 'both halves in one mark' 0 'x	argv=a[REDACTED]b' '' pt-redact \
    -e "$(printf 'a?(\303)')" -e "$(printf '\251')" <<'EOF'
x	argv=aéb
EOF
t_case 'behind a NUL' 0 'x	argv=a\x00[REDACTED]\x00[REDACTED]' '' \
    pt-redact -e '^b$' <<'EOF'
x	argv=a\x00b\x00b
EOF
t_case 'escapes beside it stay' 0 'x	argv=\x41\\[REDACTED]\x41\q' '' \
    pt-redact -e 'b+' <<'EOF'
x	argv=\x41\\bb\x41\q
EOF
t_case 'a backslash is a character' 0 'x	argv=a[REDACTED]n\n' '' \
    pt-redact -e "\\\\" <<'EOF'
x	argv=a\\n\n
EOF

# -n: the most frequent first, the others in the order of the recording
{
	exec_line --password a
	exec_line GH_TOKEN=a
	exec_line --password b
	exec_line 'TOKEN=\x1b[31m' 'https://u:p@h/ TOKEN=x'
} >list.pt
cat >list.want <<'EOF'
2	value of an option	--password [REDACTED]
1	NAME=value or NAME: value	GH_TOKEN=[REDACTED]
1	NAME=value or NAME: value	TOKEN=[REDACTED]
1	password in a URL	https://u:[REDACTED]@h/ TOKEN=[REDACTED]
1	NAME=value or NAME: value	https://u:[REDACTED]@h/ TOKEN=[REDACTED]
EOF
t_case '-n' 0 @list.want '' pt-redact -n list.pt

# 128 KiB, as long as an argument can be, of what rules look for
for text in 'token=' ',token=' "'" '"' ':' 'a:' '://' '://u:' '"token":' eyJ \
    ' -p' '\"' '--password ' 'mysql ' '=' "'x \"y "; do
	perl -e 'my ($t, $n) = @ARGV; $t =~ s/\\/\\\\/g;
	    print "x\targv=mysql\t-c\t", $t x ($n / length $t), " x\n"' -- \
	    "$text" 131072 >long.pt
	t_ok "128 KiB of $text" t_cpu 10 pt-redact -o long.out long.pt
done
t_done
