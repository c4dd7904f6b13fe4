"use strict";

/* What the tables show. */
const Views = (() => {
	const { P, idOf, program, argumentsOf, lastExec, outlived, exact } = Data;
	const { duration, bytes } = Words;
	const { element } = Dom;
	const { stateText } = Tip;
	const { isChosen, select, code, failures, commandText, share, timeColumn, countColumn,
	    pieces, whole, addUp } = Columns;

	/* --- processes --- */

	/** @type {Column[]} */
	const PID = [{ name: "PID", width: P.run ? 150 : 84, value: i => P.pid[i], show: idOf }];
	/** @type {Column} */
	const COMMAND = { name: "Command", text: true,
	    value: i => program(i) + " " + argumentsOf(lastExec(i), 80),
	    show: i => code(commandText(i)) };

	/** @returns {Listing} */
	function processes() {
		const moments = (name, of) => ({ name, width: 104, value: of,
		    show: i => exact(of(i)) });
		const columns = [...PID, COMMAND,
			{ name: "Status", width: 110, text: true, value: i => -P.end[i],
			  show: stateText },
			moments("Start", i => P.start[i]), moments("End", i => P.stop[i]),
			timeColumn("Duration", i => P.time[i]),
			timeColumn("Own", i => P.own[i], "The time in which no child of it lived"),
			{ name: "Parent", width: P.run ? 150 : 84, value: i => P.pid[P.parent[i]] ?? 0,
			  show: i => P.parent[i] < 0 ? "" : idOf(P.parent[i]) },
		];

		if (P.cpu)
			columns.push({ name: "CPU", width: 96, value: i => P.cpu[i] ?? -1,
			    show: i => P.cpu[i] === null ? "" : duration(P.cpu[i]) },
			{ name: "Waited", width: 96, value: i => Data.waited(i) ?? -1,
			  title: "Own time without CPU",
			  show: i => Data.waited(i) === null ? "" : duration(Data.waited(i)) });
		if (P.maxrss)
			columns.push({ name: "Memory", width: 96, value: i => P.maxrss[i] ?? -1,
			    show: i => P.maxrss[i] === null ? "" : bytes(P.maxrss[i] * 1024),
			    title: "Resident at most" });
		if (P.n && Array.from(P.pid, (_, i) => i).some(outlived))
			columns.push({ name: "Outlived", width: 96, title: "How long it lived " +
			    "on after the command", value: i => outlived(i) ?
			        P.stop[i] - Data.ROOT_STOP : -1,
			    show: i => outlived(i) ? duration(P.stop[i] - Data.ROOT_STOP) : "" });
		return { label: "Processes", columns, rows: [...Filter.rows()], sort: "",
		    act: select, isSelected: isChosen };
	}

	/* --- programs --- */

	/* What the processes of each program took: a process counts for the program
	 * that it ran last. */
	function countPrograms(rows) {
		const runs = new Map();

		for (const i of rows) {
			const name = program(i);

			if (!runs.has(name))
				runs.set(name, { name, count: 0, total: 0, own: 0, most: 0,
				    failed: 0, cpu: 0 });
			const run = runs.get(name);

			run.count++;
			run.total += P.time[i];
			run.most = Math.max(run.most, P.time[i]);
			run.own += P.own[i];
			run.failed += P.end[i] > 0 ? 1 : 0;
			run.cpu += P.cpu?.[i] || 0;
		}
		return [...runs.values()];
	}

	/** @returns {Listing} */
	function programs() {
		const list = countPrograms(Filter.rows());
		const columns = [
			{ name: "Program", text: true, value: k => list[k].name,
			  show: k => code(list[k].name) },
			countColumn("Runs", k => list[k].count),
			{ name: "Failed", width: 80, value: k => list[k].failed,
			  show: k => failures(list[k].failed) },
			timeColumn("Total", k => list[k].total),
			timeColumn("Mean", k => list[k].total / list[k].count),
			timeColumn("Max", k => list[k].most),
			timeColumn("Own", k => list[k].own, "The time in which no child of them lived"),
		];

		if (P.cpu)
			columns.push(timeColumn("CPU", k => list[k].cpu));
		return { label: "Programs", columns, rows: [...list.keys()], sort: "Own",
		    act: k => State.change({ query: `program:"${list[k].name}"` }) };
	}

	/* --- commands that ran more than once --- */

	const BARS = 16;

	/* how many runs lasted how long: bars from the shortest to the longest, on a
	 * scale of times */
	function histogram(rows) {
		const times = rows.map(i => Math.max(1, P.time[i]));
		const low = Math.log(Math.min(...times.slice(0, 50000)));
		const wide = Math.log(Data.largest(times)) - low;
		const counts = new Array(BARS).fill(0);

		for (const ns of times)
			counts[wide > 0.01 ? Math.min(BARS - 1, Math.floor(BARS *
			    (Math.log(ns) - low) / wide)) : 0]++;
		const most = Data.largest(counts), box = element("span", "histogram");

		for (const n of counts) {
			const bar = element("i");

			bar.style.height = n ? Math.max(10, n / most * 100) + "%" : "0";
			box.append(bar);
		}
		box.ariaHidden = "true";
		return box;
	}

	/* the runs that are meant, by command */
	function groupRuns() {
		const byCommand = new Map();

		for (const i of Filter.rows()) {
			if (P.command[i] < 0)
				continue;
			if (!byCommand.has(P.command[i]))
				byCommand.set(P.command[i], { command: P.command[i], rows: [],
				    total: 0, most: 0, failed: 0, critical: 0 });
			const group = byCommand.get(P.command[i]);

			group.rows.push(i);
			group.total += P.time[i];
			group.most = Math.max(group.most, P.time[i]);
			group.failed += P.end[i] > 0 ? 1 : 0;
		}
		for (const [row, ns] of pieces())
			if (byCommand.has(P.command[row]))
				byCommand.get(P.command[row]).critical += ns;
		return [...byCommand.values()].filter(g => g.rows.length > 1 ||
		    State.now.command !== null);
	}

	/** @returns {Listing} */
	function groups() {
		const list = groupRuns(), all = whole();

		return { label: "Repeated commands", columns: [
			{ name: "Command", text: true, value: k => commandText(list[k].rows[0]),
			  show: k => code(commandText(list[k].rows[0])) },
			countColumn("Runs", k => list[k].rows.length),
			{ name: "Failed", width: 80, value: k => list[k].failed,
			  show: k => failures(list[k].failed) },
			timeColumn("Total", k => list[k].total),
			timeColumn("Mean", k => list[k].total / list[k].rows.length),
			timeColumn("Max", k => list[k].most),
			{ name: "Shortest to longest", width: 150, value: k => list[k].most,
			  show: k => histogram(list[k].rows) },
			{ name: "On the critical path", width: 200, value: k => list[k].critical,
			  title: "Itself, without its children",
			  show: k => share(list[k].critical / all) },
		], rows: [...list.keys()], sort: "Total",
		act: k => State.change({ command: State.now.command === list[k].command ? null :
		    list[k].command }),
		isSelected: k => list[k].command === State.now.command };
	}

	/* --- critical path --- */

	/** @returns {Listing} */
	function criticalBy(kind) {
		const ways = {
			program: { keyOf: program, name: "Program", text: g => g.key,
			    act: g => State.change({ query: `program:"${g.key}"` }) },
			parent: { keyOf: i => P.parent[i], name: "Children of",
			    text: g => g.key < 0 ? "(the command itself)" :
			        idOf(g.key) + " " + commandText(g.key),
			    act: g => g.key >= 0 && select(g.key) },
			process: { keyOf: i => i, name: "Command", text: g => commandText(g.row),
			    act: g => select(g.row) },
		};
		const { keyOf, name, text, act } = ways[kind], list = addUp(pieces(), keyOf);
		const all = whole();

		return { label: "Critical path by " + kind, columns: [
			{ name: "Share", width: 210, value: k => list[k].ns,
			  show: k => share(list[k].ns / all) },
			timeColumn("Time", k => list[k].ns),
			...kind === "process" ? [{ name: "PID", width: 84,
			    value: k => P.pid[list[k].row], show: k => idOf(list[k].row) }] :
			    [countColumn("Processes", k => list[k].rows.size, "", 96)],
			{ name, text: true, value: k => text(list[k]), show: k => code(text(list[k])) },
		], rows: [...list.keys()], sort: "Share", act: k => act(list[k]),
		isSelected: k => kind === "process" && isChosen(list[k].row) };
	}

	/** @returns {Listing} */
	function criticalPieces() {
		const list = pieces();

		return { label: "Critical path, piece by piece", columns: [
			{ name: "From", width: 112, value: k => -list[k][2], show: k => exact(list[k][2]) },
			timeColumn("Time", k => list[k][1]),
			{ name: "PID", width: 84, value: k => P.pid[list[k][0]],
			  show: k => idOf(list[k][0]) },
			{ name: "Command", text: true, value: k => program(list[k][0]),
			  show: k => code(commandText(list[k][0])) },
		], rows: [...list.keys()], sort: "From", act: k => select(list[k][0]),
		isSelected: k => isChosen(list[k][0]) };
	}

	const critical = () => State.now.by === "piece" ? criticalPieces() :
	    criticalBy(State.now.by);

	const VIEWS = { merged: Paths.merged, critical, groups, programs, processes };

	return { VIEWS, countPrograms };
})();
