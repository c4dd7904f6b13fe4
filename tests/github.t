#!/bin/sh
# share/github: the steps of the action, run as GitHub runs them, with real
# commands that succeed, fail, hang, and mean harm.
# shellcheck disable=SC2016 # text of others: Markdown, jq, another shell
. "${0%/*}/lib.sh"
t_trace
t_need bash python3 strace
python3 -c 'import yaml' 2>/dev/null || t_skip_all 'no yaml for python3'

mkdir steps
t_ok 'the action' python3 "$TESTS/action.py" "$ROOT/share/github/action.yml" steps
t_case 'its steps' 0 '1.sh
2.sh' '' ls steps

# job COMMAND [NAME=INPUT ...]: all steps, as GitHub runs them, in a directory of
# its own, that is job/; the exit status is that of the last one
job() {
	rm -rf job
	mkdir -p job/temp
	command=$1
	shift
	for step in steps/*.sh; do
		env "$@" INPUT_COMMAND="$command" GITHUB_SHA=cafe GITHUB_JOB=test \
		    GITHUB_RUN_ID=7 GITHUB_ACTION_PATH="$ROOT/share/github" \
		    GITHUB_STEP_SUMMARY="$PWD/job/summary" \
		    GITHUB_OUTPUT="$PWD/job/output" RUNNER_TEMP="$PWD/job/temp" \
		    timeout 300 sh -e "$step" || return
	done
}

# says PATTERN: what is on the summary
says() {
	grep -e "$1" job/summary || { cat job/summary; return 1; }
}
kept() {
	ls job/temp/proctrace && sed "s|$PWD|DIR|" job/output
}

t_case 'success' 0 '~hello*' '~*' job 'echo hello; true | cat'
t_case '... what is kept' 0 'recording.pt
report.html
status=0
directory=DIR/job/temp/proctrace' '' kept
t_ok '... the summary' says '</code> took '
t_ok '... the labels' grep -q \
    'label.vcs.ref.head.revision=cafe	label.cicd.pipeline.run.id=7	label.cicd.pipeline.task.name=test' \
    job/temp/proctrace/recording.pt

t_case 'failure: the status, an annotation' 3 '~*::error title=*::Failed*exit 3*' \
    '~*' job 'sh -c "exit 3"'
t_ok '... the summary' says 'failed with exit 3'
t_case '... what is kept' 0 'recording.pt
report.html
status=3
directory=DIR/job/temp/proctrace' '' kept
t_case 'failure within a pipeline' 1 '~*' '~*' job 'false | cat'
t_case 'the first failure ends it' 1 '~*' '~*' job 'false
touch not-to-be'
t_ok '... there' [ ! -e not-to-be ]

t_case 'time is up: why it hung' 124 \
    '~*::error title=*::After*were alive:%0A*still open for writing*' '~*' \
    job '(sleep 600 &) | cat' INPUT_TIMEOUT=2
t_ok '... the summary' says 'What was alive, and why'
t_ok '... the report' [ -s job/temp/proctrace/report.html ]

t_case 'with strace' 3 '~*::error*' '~*' job 'sh -c "exit 3"' INPUT_TRACER=strace
t_ok '... the recording' grep -q tracer=strace job/temp/proctrace/recording.pt

t_case 'secrets' 0 '~*' '~*' job 'true --password=hunter2 TOKEN=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB'
t_case '... are not kept' 1 '' '' grep -rE 'hunter2|ghp_0' job

t_case 'nothing could be recorded' 125 '~*::warning title=proctrace::There is no *' \
    "~*'x' is not a number of seconds*" job true INPUT_TIMEOUT=x
t_case '... no artifact' 0 'status=125' '' cat job/output

# What is in the command is of the command alone.
cat >hostile <<'HOSTILE'
: '"$(touch escaped)`touch escaped`' "::error::forged" '##[error]forged' '%0A::x'
: '```' '</code><script>x</script>' '$GITHUB_OUTPUT' '${{ github.token }}' '
::error::forged
directory=/etc
'
sh -c 'exit 5' '::error::forged' '
::error::forged'
HOSTILE
t_case 'hostile' 5 '~*' '~*' job "$(cat hostile)"
cp "$out" log
t_ok '... is data' [ ! -e escaped ]
t_case '... sets no output' 0 'recording.pt
report.html
status=5
directory=DIR/job/temp/proctrace' '' kept
t_case '... forges no workflow command' 1 '' '' grep -E \
    '^[[:space:]]*::[a-z]+ *::|^([^:]|:[^:]).*##\[' log
t_case '... nor on the summary' 1 '' '' grep -E '^[[:space:]]*::|##\[|<script' \
    job/summary
t_case 'usage' 2 '' 'usage: ci.sh install | run' \
    env GITHUB_ACTION_PATH=x sh "$ROOT/share/github/ci.sh"
t_done
