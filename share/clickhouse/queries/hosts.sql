-- What ran on which host this week.
SELECT
	host,
	program,
	count() AS runs,
	uniqExact(run) AS jobs
FROM proctrace.processes FINAL
PREWHERE toDate(started) >= today() - 7
GROUP BY host, program
ORDER BY host, runs DESC
LIMIT 10 BY host
