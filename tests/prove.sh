#!/bin/sh
# prove.sh - prove(1), which says at its end what was not run, and why
#
# usage: SKIPPED=FILE prove.sh ARG...	FILE: empty; the tests add lines to it

prove "$@"
status=$?
if [ -s "$SKIPPED" ]; then
	echo 'Not run here:'
	sort "$SKIPPED" | sed 's/^/    /'
	! grep -q ': not root' "$SKIPPED" ||
	    echo 'What needs root is run through sudo once it asks for no password, as after sudo -v'
fi
exit "$status"
