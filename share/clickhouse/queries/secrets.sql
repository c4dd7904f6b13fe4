-- Processes that have something like a secret in their arguments: pt-redact was
-- forgotten.
SELECT
	run,
	id,
	any(program) AS program,
	any(labels) AS labels
FROM proctrace.processes
PREWHERE match(arrayStringConcat(argv, '\n'),
	'gh[pousr]_[A-Za-z0-9]{36}|AKIA[A-Z0-9]{16}|glpat-[A-Za-z0-9_-]{20}|[Bb]earer [A-Za-z0-9._~+/-]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|(?i)(password|passwd|secret|token)=[^ *]{6}')
GROUP BY run, id
ORDER BY run, id
