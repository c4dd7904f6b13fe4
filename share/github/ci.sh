#!/bin/sh
# ci.sh - what action.yml runs
#
# usage: ci.sh install	builds proctrace, unless it is there already, with what is
#			missing here for that
#	 ci.sh run	runs $PROCTRACE_COMMAND, records it, and reports; the exit
#			status is that of the command
#
# The inputs come in the environment, never in the text of a script, so that
# whatever is in them is data. $PROCTRACE_TIMEOUT and $PROCTRACE_TRACER may be
# empty.
set -u
root=${GITHUB_ACTION_PATH%/share/github}
PATH=$PATH:$root/bin
SUMMARY=1000000	# GitHub shows 1 MiB a step

install() {
	command -v proctrace pt-redact >/dev/null && return
	sh "$root/tests/setup.sh" build run && make -s -C "$root" -j2
}

# record [OPTION ...]: its words, and the command
record() {
	command=$PROCTRACE_COMMAND
	unset PROCTRACE_COMMAND PROCTRACE_TIMEOUT PROCTRACE_TRACER
	if command -v bash >/dev/null; then
		set -- "$@" -- bash -eo pipefail -c "$command"
	else
		set -- "$@" -- sh -ec "$command"
	fi
	proctrace record "$@"
}

# traced FILE: records the command into it, with what tells the job apart
traced() {
	set -- -o "$1" --tracer "${PROCTRACE_TRACER:-auto}" \
	    --label "vcs.ref.head.revision=${GITHUB_SHA:-}" \
	    --label "cicd.pipeline.run.id=${GITHUB_RUN_ID:-}" \
	    --label "cicd.pipeline.task.name=${GITHUB_JOB:-}"
	[ -z "${PROCTRACE_TIMEOUT:-}" ] || set -- "$@" --timeout "$PROCTRACE_TIMEOUT"
	record "$@"
}

# report RECORDING DIRECTORY: what is kept of it has no secrets
report() {
	pt-redact -o "$2/recording.pt" "$1" &&
	    pt-render-html -o "$2/report.html" "$2/recording.pt" &&
	    pt-render-markdown --limit "$SUMMARY" "$2/recording.pt" \
	    >>"$GITHUB_STEP_SUMMARY" &&
	    pt-render-markdown --annotations "$2/recording.pt"
}

run() {
	directory=$RUNNER_TEMP/proctrace
	raw=$(mktemp -d) && mkdir -p "$directory" || exit
	trap 'rm -rf "$raw"' EXIT
	(traced "$raw/recording.pt")
	status=$?
	echo "status=$status" >>"$GITHUB_OUTPUT"
	if [ -s "$raw/recording.pt" ]; then
		echo "directory=$directory" >>"$GITHUB_OUTPUT"
		report "$raw/recording.pt" "$directory" ||
		    echo '::warning title=proctrace::The report is not complete.'
	else
		echo '::warning title=proctrace::There is no recording.'
	fi
	exit "$status"
}

case ${1-} in
install | run) "$1" ;;
*) echo 'usage: ci.sh install | run' >&2; exit 2 ;;
esac
