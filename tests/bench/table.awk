# table.awk - ratios of medians
#
# usage: awk -f table.awk [-v tsv=FILE] RESULTS ROWS
#
# RESULTS are those of measure. A row has six fields, separated by TABs:
#
#	WHAT	for the reader
#	NAME	whose number it is; of several, the largest counts
#	MEASURE	which number; A-B is A less B of the same run
#	AGAINST	another name, or several; nothing: the number itself counts
#	MEASURE	of that; nothing: the same
#	REACH	the most that the ratio, or the number, may be; nothing: any

BEGIN {
	FS = OFS = "\t"
}

# the i-th number of a name; sets is_missing
function number(name, measure, i,	part) {
	if (split(measure, part, "-") == 2)
		return number(name, part[1], i) - number(name, part[2], i)
	is_missing = !((name, measure, i) in results)
	return is_missing ? 0 : results[name, measure, i]
}

function median(name, measure,	n, i, j, x, sorted) {
	for (n = 0; ; n++) {
		x = number(name, measure, n + 1)
		if (is_missing)
			break
		for (j = n; j > 0 && sorted[j] > x; j--)
			sorted[j + 1] = sorted[j]
		sorted[j + 1] = x
	}
	if (!n) {
		gap = name
		sub(/[.].*/, "", gap)
		return 0
	}
	i = int((n + 1) / 2)
	return n % 2 ? sorted[i] : (sorted[i] + sorted[i + 1]) / 2
}

function largest(names, measure,	n, i, x, most, each) {
	n = split(names, each, " ")
	for (i = 1; i <= n; i++) {
		x = median(each[i], measure)
		if (i == 1 || x > most)
			most = x
	}
	return most
}

function show(x, measure) {
	if (measure == "rss")
		return sprintf("%.1f MiB", x / 1024)
	if (measure == "lost" || measure == "lines")
		return sprintf("%d", x)
	if (x < 1)
		return sprintf("%.1f ms", x * 1000)
	return sprintf("%.2f s", x)
}

function verdict(x, reach) {
	return reach == "" ? "" : x + 0 <= reach + 0 ? "reached" : "MISSED"
}

NR == FNR {
	results[$1, $2, ++count[$1, $2]] = $3
	next
}

FNR == 1 {
	line = "%-56s %-10s %11s %11s %7s %7s %s\n"
	printf line, "what", "measure", "ours", "theirs", "ratio", "reach", ""
	if (tsv)
		print "what", "measure", "ours", "theirs", "ratio", "reach", "" >tsv
}

{
	gap = theirs = ratio = reach = ""
	measure = $3 ~ /-/ ? "wall" : $3
	if (!$5)
		$5 = $3
	ours = x = largest($2, $3)
	ours = show(x, measure)
	reach = $6
	if ($4 == "") {
		said = verdict(x, $6)
		reach = $6 == "" ? "" : show($6, measure)
	} else {
		y = largest($4, $5)
		theirs = show(y, measure)
		ratio = y > 0 ? sprintf("%.2f", x / y) : ""
		said = verdict(ratio, $6)
	}
	if (gap != "") {
		ours = theirs = ratio = "-"
		said = "no " gap " here"
	}
	printf line, $1, measure, ours, theirs, ratio, reach, said
	if (tsv)
		print $1, measure, ours, theirs, ratio, reach, said >tsv
}
