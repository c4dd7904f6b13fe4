-- Commands whose newest run took half as long again as the median of the 30 runs
-- before it; there must be five of these.
SELECT
	command,
	round(newest / 1e9, 1) AS newest_s,
	round(arrayReduce('median', before) / 1e9, 1) AS median_s,
	length(before) AS runs
FROM (
	SELECT
		arrayStringConcat(any(argv), ' ') AS command,
		arraySort(groupArray((started, wall_ns))) AS all,
		tupleElement(all[-1], 2) AS newest,
		arrayMap(x -> tupleElement(x, 2),
		    arraySlice(arrayPopBack(all), -30)) AS before
	FROM proctrace.runs FINAL
	WHERE end NOT IN ('running', 'unknown')
	GROUP BY cityHash64(argv)
)
WHERE runs >= 5 AND newest_s > 1.5 * median_s
ORDER BY newest_s / median_s DESC
