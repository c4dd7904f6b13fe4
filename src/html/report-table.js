"use strict";

/* Tables that can be sorted; only the rows in view are elements. */

const TABLE_ROW = 26, TABLE_MARGIN = 20;

/* tag, class names, text or children */
function element(tag, names, ...content) {
	const el = document.createElement(tag);

	if (names)
		el.className = names;
	el.append(...content);
	return el;
}

class Table {
	/* columns: { name, width, value(row) to sort by, show(row): text or an
	 * element, text: true if it begins at the left, title } */
	constructor(box, columns, act) {
		Object.assign(this, { box, columns, act, sorted: null, down: true });
		this.head = element("tr");
		this.body = element("tbody");
		columns.forEach(column => this.head.append(this.heading(column)));
		this.table = element("table", "",
		    element("colgroup", "", ...columns.map(({ width }) => {
			const col = element("col");

			if (width)
				col.style.width = width + "px";
			return col;
		    })), element("thead", "", this.head), this.body);
		/* what has no width of its own gets the rest, and 280 at least */
		this.table.style.minWidth = columns.reduce((all, { width }) =>
		    all + (width || 280), 0) + "px";
		this.body.onclick = event => {
			const tr = event.target.closest("tr[data-row]");

			if (tr)
				act(Number(tr.dataset.row));
		};
	}

	heading(column) {
		const button = element("button", "", column.name);
		const th = element("th", column.text ? "" : "n", button);

		th.scope = "col";
		th.title = column.title || "";
		button.onclick = () => {
			this.sort(column, this.sorted === column ? !this.down :
			    !column.text);
			this.draw();
		};
		return th;
	}

	show(rows) {
		this.rows = rows;
		this.sort(this.sorted, this.down);
		this.box.replaceChildren(this.table);
		this.box.onscroll = () => this.draw();
		this.draw();
	}

	/* null: as they come */
	sort(column, down) {
		this.sorted = column;
		this.down = down;
		[...this.head.children].forEach((th, k) => {
			if (this.columns[k] === column)
				th.ariaSort = down ? "descending" : "ascending";
			else
				th.removeAttribute("aria-sort");
		});
		if (!column)
			return;
		const key = this.rows.map(column.value), sign = down ? -1 : 1;
		const order = Uint32Array.from(key.keys());

		order.sort((a, b) => key[a] < key[b] ? -sign : key[a] > key[b] ? sign :
		    a - b);
		this.rows = Array.from(order, k => this.rows[k]);
	}

	draw() {
		const n = this.rows.length, { scrollTop, clientHeight } = this.box;
		const from = Math.max(0, Math.floor(scrollTop / TABLE_ROW) - TABLE_MARGIN);
		const to = Math.min(n, Math.ceil((scrollTop + clientHeight) / TABLE_ROW) +
		    TABLE_MARGIN);

		this.body.replaceChildren(this.gap(from),
		    ...this.rows.slice(from, to).map(row => this.line(row)),
		    this.gap(n - to));
	}

	gap(n) {
		const tr = element("tr", "gap", element("td"));

		tr.style.height = n * TABLE_ROW + "px";
		tr.ariaHidden = true;
		return tr;
	}

	line(row) {
		const tr = element("tr");

		tr.dataset.row = row;
		for (const column of this.columns)
			tr.append(element("td", column.text ? "" : "n", column.show(row)));
		if (this.isSelected?.(row))
			tr.ariaSelected = true;
		return tr;
	}
}

/* Runs of programs by name: a process runs the program of its first exec from
 * its start on, then that of the next one, or its parent's if it has none. What
 * only the whole process has counts for its last one. */
function countPrograms(match) {
	const programs = new Map();
	const get = name => {
		if (!programs.has(name))
			programs.set(name, { name, count: 0, total: 0, own: 0, most: 0,
			    failed: 0, cpu: 0 });
		return programs.get(name);
	};

	for (let i = 0; i < P.n; i++) {
		if (match && !match[i])
			continue;
		const first = P.firstExec[i], end = P.firstExec[i + 1];
		let from = 0, run;

		for (let e = first; e < end || e === first; e++) {
			const to = e + 1 < end ? EXEC.at[e + 1] : P.time[i];

			run = get(programOf(e < end ? e : P.inherited[i]));
			run.count++;
			run.total += to - from;
			run.most = Math.max(run.most, to - from);
			from = to;
		}
		run.own += P.own[i];
		run.failed += P.end[i] > 0;
		run.cpu += P.cpu?.[i] || 0;
	}
	return [...programs.values()];
}

const stateText = i => element("span", stateOf(i) + "-text", statusOf(i));

function processColumns() {
	const columns = [
		{ name: "PID", width: 84, value: i => P.pid[i], show: idOf },
		{ name: "Command", text: true,
		  value: i => program(i) + " " + argumentsOf(lastExec(i), 80),
		  show: i => element("code", "", program(i) + " " +
		    argumentsOf(lastExec(i), 300)) },
		{ name: "Status", width: 120, text: true, value: i => P.end[i],
		  show: stateText },
		{ name: "Start", width: 104, value: i => P.start[i],
		  show: i => duration(P.start[i]) },
		{ name: "Duration", width: 104, value: i => P.time[i],
		  show: i => duration(P.time[i]) },
		{ name: "Own", width: 104, value: i => P.own[i],
		  show: i => duration(P.own[i]),
		  title: "The time in which no child of it lived" },
		{ name: "Subtree", width: 104, value: i => P.subtree[i],
		  show: i => duration(P.subtree[i]),
		  title: "Until the end of its last descendant" },
	];

	if (P.cpu)
		columns.push({ name: "CPU", width: 96, value: i => P.cpu[i] ?? -1,
		    show: i => P.cpu[i] === null ? "" : duration(P.cpu[i]) });
	if (P.maxrss)
		columns.push({ name: "Memory", width: 96, value: i => P.maxrss[i] ?? -1,
		    show: i => P.maxrss[i] === null ? "" : bytes(P.maxrss[i] * 1024),
		    title: "Resident at most" });
	return columns;
}

function commandColumns(list) {
	const time = (name, key, title) => ({ name, width: 112, title,
	    value: k => list[k][key], show: k => duration(list[k][key]) });
	const columns = [
		{ name: "Command", text: true, value: k => list[k].name,
		  show: k => element("code", "", list[k].name) },
		{ name: "Runs", width: 88, value: k => list[k].count,
		  show: k => number(list[k].count) },
		{ name: "Failed", width: 88, value: k => list[k].failed,
		  show: k => element("span", list[k].failed ? "failed-text" : "",
		    list[k].failed ? number(list[k].failed) : "") },
		time("Total", "total"),
		{ name: "Mean", width: 112, value: k => list[k].total / list[k].count,
		  show: k => duration(Math.round(list[k].total / list[k].count)) },
		time("Max", "most"),
		time("Own", "own", "The time in which no child of them lived"),
	];

	if (P.cpu)
		columns.push(time("CPU", "cpu"));
	return columns;
}

/* How much of the critical path up to the end of the root each process is, those
 * first that are most of it. */
const CRITICAL_TIME = new Map();
for (const [row, from, to] of CRITICAL.slice(0, DATA.critical.root))
	CRITICAL_TIME.set(row, (CRITICAL_TIME.get(row) || 0) + to - from);

function criticalColumns() {
	const whole = DATA.critical.root ? CRITICAL[DATA.critical.root - 1][2] : 1;
	const time = i => CRITICAL_TIME.get(i), most = largest(CRITICAL_TIME.values());
	const share = i => {
		const bar = element("span", "share");

		bar.style.width = time(i) / most * 120 + "px";
		return element("span", "", (time(i) / whole * 100).toFixed(1) + "\u00a0%", bar);
	};

	return [
		{ name: "PID", width: 84, value: i => P.pid[i], show: idOf },
		{ name: "Command", text: true, value: program,
		  show: i => element("code", "", program(i) + " " +
		    argumentsOf(lastExec(i), 300)) },
		{ name: "Start", width: 112, value: i => P.start[i],
		  show: i => duration(P.start[i]) },
		{ name: "Duration", width: 112, value: i => P.time[i],
		  show: i => duration(P.time[i]) },
		{ name: "On the path", width: 112, value: time,
		  show: i => duration(time(i)) },
		{ name: "Of the wall time", width: 220, text: true, value: time, show: share },
	];
}
