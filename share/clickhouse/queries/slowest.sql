-- The programs that took longest this week, by their own time: without a live
-- child.
SELECT
	program,
	count() AS runs,
	countIf(end NOT IN ('0', 'running', 'unknown')) AS failed,
	round(sum(own_ns) / 1e9, 1) AS own_s,
	round(quantileExact(0.95)(own_ns) / 1e6, 1) AS p95_ms
FROM proctrace.processes FINAL
PREWHERE toDate(started) >= today() - 7
GROUP BY program
ORDER BY own_s DESC
LIMIT 20
