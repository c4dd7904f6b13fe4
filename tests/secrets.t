#!/bin/sh
# pt-redact over secrets.table: what it finds and what it leaves alone, one test
# a line, and how many of each.
. "${0%/*}/lib.sh"

# argv_of LINE: as an event has it
argv_of() {
	printf 'exec\tts=1\tpid=2\tppid=1\tpgid=1\tsid=1\targv='
	printf '%s\n' "$1" | sed 's/ | / \\x7c /g' | tr '|' '\t' |
	    sed 's/\\x7c/|/g'
}
# hides: no secret stays, and what is none does
hides() {
	[ "$(grep -o keep clean | wc -l)" -eq "$(grep -o keep line | wc -l)" ] &&
	    ! grep S3cr3t clean
}
found=0 planted=0 alarms=0 harmless=0
grep '^[+-] ' "$TESTS/secrets.table" >table
while IFS= read -r row; do
	argv_of "${row#? }" >line
	pt-redact line >clean
	failed=$t_failed
	case $row in
	+*)
		t_ok "$row" hides
		planted=$((planted + 1))
		[ "$t_failed" -gt "$failed" ] || found=$((found + 1)) ;;
	*)
		t_ok "$row" diff line clean
		harmless=$((harmless + 1))
		[ "$t_failed" -eq "$failed" ] || alarms=$((alarms + 1)) ;;
	esac
done <table
echo "# recall: $found of $planted; false alarms: $alarms of $harmless"
t_ok 'both directions were tried' test "$planted" -ge 65 -a "$harmless" -ge 35
t_done
