/* data - the recording that report.js reads, as JSON */
#ifndef HTML_DATA_H
#define HTML_DATA_H

#include <stdio.h>

#include "analysis/answers.h"

/* One object of JSON that may stand in a script element: without "<" and
 * without characters that have no look of their own. Processes are rows, in
 * depth-first fork order, in arrays of one value for each row. Times are ns
 * from forest.start. Strings are in one table, escaped as in a recording, but for
 * names of programs and sentences, which are readable. A name with "+" at its end has differences to the row before.
 *
 * process	up: the parent is so many rows before, 0: none. pid+, pgid+,
 *	sid+, start+. time: of its life. end: exit status, 256 + signal, or -1
 *	running, -2 unknown, -3 exited, nobody knows how. idle: of time,
 *	with a live child. below: of time after its end, until its last descendant's.
 *	execs: how many. inherited: the exec whose command it runs
 *	at first, -1: none. Only if one process has it: cpu, utime, stime (ns),
 *	maxrss (KiB), rbytes, wbytes; null: not this one.
 *	node: of the merged tree. command: its number, or -1: it executes none
 *	run: by number, if there are several
 * runs	if there are several recordings in one: what they are called, strings
 * findings	[row, string], ...: sentences, and whom they are about
 * few	of a few rows: ppid, life, signal, core, unforked, more: [row, value, ...];
 *	called: the program of a root that executed nothing, a string
 * exec	in the order of rows: program: what it is called, a string; argv: of
 *	strings, [] none. at: time since the start of the process. file, fds, more:
 *	strings, -1: none. cut: [exec, true length, ...]. words: [exec, how many
 *	of argv the program has taken, ...] unless it is one
 * mark	other events of processes: row+, at, kind, more: strings
 * files	if it has any: path: of each, a string, "" if it is not known. In the order
 *	of time, once for each process and file: row, file: the index of its path,
 *	writes: whether it has written it, or else read
 * lost	[from, to, cpu or -1, count], ...
 * critical	row+, time: without gaps from 0 on; root: so many until its end
 * root	the row of the command, -1: none. cpus: how many, 0: unknown
 * merged	of each node of merged.h: up: its parent is so many before, 0: none;
 *	first: a row
 * machine	of each machine event: ts; memavail (KiB); in thousandths of a CPU, or of
 *	the time, until the next one: busy, psicpu, psiio, psimem; null: unknown
 * load	ts+, live+, busy+
 * before	if it is compared with another recording: took: the time of its command,
 *	until: its end. Of each node of its merged tree: up, as above; same: the
 *	node of merged with the same path, -1: none; name: a string; runs,
 *	failed, wall, own. ts+, live+, busy+ */
void html_data_write(const struct answers *, const struct answers *before, FILE *);

#endif
