-- Commands that ended well and failed, both, in the last two weeks: the same
-- arguments in the same directory. Looks only at programs that failed at all, and
-- of these counts each process once, which is cheaper than FINAL.
SELECT
	arrayStringConcat(any(argv), ' ') AS command,
	any(cwd) AS directory,
	uniqExactIf((run, id), end = '0') AS passed,
	uniqExactIf((run, id), end NOT IN ('0', 'running', 'unknown')) AS failed
FROM proctrace.processes
PREWHERE toDate(started) >= today() - 14 AND program GLOBAL IN (
	SELECT program
	FROM proctrace.processes
	PREWHERE toDate(started) >= today() - 14
		AND end NOT IN ('0', 'running', 'unknown')
	WHERE execs > 0
)
WHERE execs > 0
GROUP BY cityHash64(argv, ifNull(cwd, ''))
HAVING passed > 0 AND failed > 0
ORDER BY failed / (passed + failed) DESC, command
LIMIT 50
