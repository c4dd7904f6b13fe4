#!/bin/sh
# share/doc/cookbook.md: every recipe, as it stands there (see examples.sh), and
# the jobs for CI (see jobs.py), with the proctrace that the jobs install.
. "${0%/*}/lib.sh"
. "$TESTS/examples.sh"
cookbook=share/doc/cookbook.md
t_trace
t_need bash cc git jq make python3 ssh strace sudo
python3 -c 'import yaml' 2>/dev/null || t_skip_all 'no yaml for python3'

## the recipes

# Each heading is in the list at the top, with a link that GitHub follows.
listed() {
	sed -n 's/^## //p' "$ROOT/$cookbook" | while read -r title; do
		anchor=$(echo "$title" | tr -d '?,' | tr 'A-Z ' 'a-z-')
		grep -qF "[$title](#$anchor)" "$ROOT/$cookbook" ||
		    { echo "$title"; exit 1; }
	done
}

t_ok 'a machine to log in' make_host
document "$cookbook"
t_ok 'every recipe is listed' listed

## the jobs

# proctrace as it is fetched
repository() {
	sources "$t_tmp/proctrace" && cd "$t_tmp/proctrace" &&
	    git init --quiet && git add . &&
	    git -c user.name=test -c user.email=test@example.org \
		commit --quiet -m sources
}

# run_steps SHELL...: each in a shell of its own; fails if one of them did
run_steps() {
	failed=0
	for step in steps/*.sh; do
		case $failed:$step in
		1:*.always.sh | 0:*) ;;
		*) continue ;;
		esac
		[ ! -e added_path ] || PATH=$(cat added_path):$PATH
		timeout 200 "$@" "$step" || failed=1
	done
	return "$failed"
}

# job HEADING SHELL...: runs it in a checkout of the example, one of whose tests
# fails: so must the job, and there is a report nevertheless
job() {
	python3 "$TESTS/jobs.py" "$ROOT/$cookbook" "$1" steps || return
	shift
	export HOME="$PWD/home" CI_PROJECT_DIR="$PWD" PROCTRACE_URL="file://$t_tmp/proctrace" \
	    GITHUB_PATH="$PWD/added_path" GITHUB_STEP_SUMMARY="$PWD/summary" \
	    MAKEFLAGS='-j2 CFLAGS=-O0' PATH="$system_path"
	! run_steps "$@" || { echo 'it did not fail'; return 1; }
	grep -q 'tests/french.sh' report.html && grep -q '^exit' artifact.pt
}

# the summary says what failed, and has a chart
drawn() {
	grep -q '^1. .*bonjour.* ended with exit 1' summary &&
	    grep -q '^```mermaid' summary
}

checkout() {
	t_dir
	cp -R "$ROOT/share/doc/example/." .
	mkdir steps
}

t_ok 'a repository' repository
checkout
cp -R "$t_tmp/proctrace" .
t_ok 'GitHub Actions' job 'GitHub Actions' bash -e
t_ok 'the chart is in the summary' drawn
checkout
t_ok 'GitLab CI' job 'GitLab CI' bash -e -o pipefail
t_done
