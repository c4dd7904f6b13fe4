"use strict";

/* The page: what is selected, found and in view; pointer and keys. */

const $ = id => document.getElementById(id);

const rows = new Rows();
const view = { from: FIRST, to: FINAL, top: 0, width: 0, height: 0,
    critical: true, selected: undefined, hovered: undefined, cursor: undefined };
const filter = { query: "", state: "all", least: 0 };
let tab = "timeline", colour = colours(), tables = {};

/* --- drawing, once for each frame in which something changed --- */

let frame = 0;

function redraw() {
	frame ||= requestAnimationFrame(() => {
		frame = 0;
		draw();
	});
}

function fitCanvas() {
	const { width, height } = $("plot").getBoundingClientRect();
	const ratio = devicePixelRatio || 1, canvas = $("canvas");

	view.width = width;
	view.height = height;
	if (canvas.width !== Math.round(width * ratio) ||
	    canvas.height !== Math.round(height * ratio)) {
		canvas.width = Math.round(width * ratio);
		canvas.height = Math.round(height * ratio);
	}
	canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
}

const FONT = "11px " + getComputedStyle(document.documentElement)
    .getPropertyValue("--mono");

function draw() {
	if (tab !== "timeline")
		return;
	fitCanvas();
	limitView();
	const canvas = $("canvas");

	new Picture(canvas.getContext("2d"), rows, { ...view, font: FONT }, colour).draw();
	/* for those who cannot see it, and for tests */
	canvas.ariaLabel = number(rows.n) + " of " + plural(P.n, "process", "processes") +
	    ", from " + duration(view.from) + " to " + duration(view.to);
	Object.assign(canvas.dataset, { from: view.from, to: view.to, top: view.top,
	    rows: rows.n });
	drawTree();
	$("empty").hidden = rows.n > 0;
}

/* --- the tree at the left --- */

const pool = [];

function drawTree() {
	const from = Math.floor(view.top);
	const n = Math.min(rows.n - from, Math.ceil((view.height - HEAD) / ROW) + 1);

	while (pool.length < n) {
		pool.push(new TreeRow());
		$("tree").append(pool.at(-1).row);
	}
	pool.forEach((item, k) => item.show(k < n ? rows.list[from + k] : -1,
	    (from + k - view.top) * ROW));
	const selected = view.selected !== undefined && $("row-" + view.selected);

	if (selected && !selected.hidden)
		$("timeline").setAttribute("aria-activedescendant", selected.id);
	else
		$("timeline").removeAttribute("aria-activedescendant");
}

/* an element that shows a row, another one when the tree has moved */
class TreeRow {
	constructor() {
		this.indent = element("span", "indent");
		this.twist = element("button", "twist");
		this.twist.tabIndex = -1;
		this.name = element("b");
		this.args = element("span");
		this.more = element("span", "more");
		this.status = element("span", "status");
		this.pid = element("span", "pid");
		this.time = element("span", "time");
		this.row = element("div", "row", this.indent, this.twist,
		    element("span", "what", this.name, " ", this.args), this.more,
		    this.status, this.pid, this.time);
		this.row.role = "treeitem";
		this.shown = "";
	}

	show(i, y) {
		this.row.hidden = i < 0;
		if (i < 0)
			return;
		const folded = rows.folded.has(i), above = rows.match && !rows.match[i];
		const key = [i, folded, !!above, !!rows.match].join();

		this.row.style.transform = `translateY(${y}px)`;
		this.row.ariaSelected = i === view.selected;
		this.row.classList.toggle("hovered", i === view.hovered);
		if (key === this.shown)
			return;
		this.shown = key;
		this.fill(i, folded, above);
	}

	fill(i, folded, above) {
		const { row } = this, state = stateOf(i), below = P.last[i] - i;

		row.id = "row-" + i;
		row.dataset.row = i;
		row.ariaLevel = P.depth[i] + 1;
		if (rows.canFold(i))
			row.ariaExpanded = !folded;
		else
			row.removeAttribute("aria-expanded");
		row.className = "row " + state + (above ? " context" : "");
		this.twist.ariaLabel = folded ? "Unfold" : "Fold";
		/* the deepest are not indented out of sight */
		this.indent.style.width = Math.min(P.depth[i], 14) * 12 + "px";
		this.name.textContent = program(i);
		this.args.textContent = argumentsOf(lastExec(i), 120);
		this.status.textContent = state === "ok" ? "" : statusOf(i).replace(/,.*/, "");
		this.pid.textContent = idOf(i);
		this.time.textContent = duration(P.time[i]);
		this.more.hidden = !folded || !below;
		if (folded) {
			const failed = P.failedBefore[P.last[i] + 1] - P.failedBefore[i + 1];

			this.more.textContent = "+" + number(below) +
			    (failed ? ", " + number(failed) + " failed" : "");
			this.more.classList.toggle("failed", failed > 0);
		}
	}
}

/* --- what is in view --- */

const span = () => view.to - view.from;
const shownRows = () => (view.height - HEAD) / ROW;

const WHOLE = Math.max(FINAL - FIRST, LEAST_SPAN), MARGIN = WHOLE * 0.02;

/* The browser makes elements so high only. */
const SCROLL_LIMIT = 8e6;

const limitSpan = ns => Math.min(Math.max(ns, LEAST_SPAN), WHOLE + 2 * MARGIN);

function limitView() {
	const width = limitSpan(span());
	const most = Math.max(0, rows.n + 1 - shownRows());

	view.from = Math.min(Math.max(view.from, FIRST - MARGIN),
	    FIRST + WHOLE + MARGIN - width);
	view.to = view.from + width;
	view.top = Math.min(Math.max(view.top, 0), most);

	const bar = $("scroll"), height = bar.clientHeight;
	const total = Math.min(SCROLL_LIMIT, most * ROW);

	bar.firstElementChild.style.height = height + total + "px";
	const at = most ? view.top / most * total : 0;

	if (Math.abs(bar.scrollTop - at) >= 1)
		bar.scrollTop = at;
	bar.onscroll = () => {
		if (Math.abs(bar.scrollTop - (most ? view.top / most * total : 0)) >= 1.5) {
			view.top = bar.scrollTop / total * most;
			redraw();
		}
	};
}

function fitAll() {
	view.from = FIRST - MARGIN / 2;
	view.to = FIRST + WHOLE + MARGIN / 2;
	redraw();
}

/* around a moment, which stays where it is */
function zoom(factor, around = (view.from + view.to) / 2) {
	const width = limitSpan(span() * factor);
	const part = (around - view.from) / span();

	view.from = around - part * width;
	view.to = view.from + width;
	redraw();
}

function pan(ns) {
	view.from += ns;
	view.to += ns;
	redraw();
}

function zoomTo(from, to) {
	const margin = Math.max((to - from) * 0.05, LEAST_SPAN / 2);

	view.from = from - margin;
	view.to = to + margin;
	redraw();
}

/* the process, and what is below it */
const zoomToProcess = i => zoomTo(P.start[i], P.start[i] + P.subtree[i]);

/* Moves a row into view. */
function reveal(i) {
	if (rows.match && !rows.isShown(i))
		setFilter({ query: "", state: "all", least: 0 });
	if (!rows.isShown(i))
		rows.unfoldAbove(i);
	fitCanvas();
	const place = rows.place[i], n = shownRows();

	if (place < view.top + 1 || place > view.top + n - 2)
		view.top = Math.floor(place - n / 3);
	if (P.stop[i] < view.from || P.start[i] > view.to)
		pan(P.start[i] - view.from - span() / 5);
	redraw();
}

/* --- which process is selected; the address tells --- */

let writing = 0, written = -Infinity;

/* not too often: browsers refuse more than a few in a second */
function writeAddress() {
	clearTimeout(writing);
	writing = setTimeout(() => {
		const i = view.selected;

		written = performance.now();
		if (i !== undefined)
			location.hash = "pid=" + idOf(i).replace("/", "@");
		else if (location.hash)
			history.replaceState(null, "", location.pathname + location.search);
	}, Math.max(0, written + 400 - performance.now()));
}

function select(i) {
	if (view.selected !== i) {
		view.selected = i;
		writeAddress();
	}
	showDetails();
	if (tab === "timeline" && i !== undefined)
		reveal(i);
	else if (tab !== "timeline")
		tables[tab].draw();
	redraw();
}

function readAddress() {
	const id = /^#pid=(\d+(?:[@/]\d+)?)$/.exec(location.hash)?.[1];
	const i = id && rowOf(id);

	if (i !== undefined && i !== view.selected)
		select(i);
}

/* --- find and filter --- */

function setFilter(change) {
	Object.assign(filter, change);
	rows.match = findRows(filter);
	rows.update();
	view.top = 0;
	$("find").value = filter.query;
	$("least").value = filter.least ? slider(filter.least) : 0;
	$("least-text").textContent = duration(filter.least);
	for (const chip of $("states").children)
		chip.ariaPressed = chip.dataset.state === filter.state;
	const found = rows.match?.reduce((a, b) => a + b, 0);

	$("count").textContent = filter.query ? number(found) : "";
	if (tab !== "timeline")
		showTab(tab);
	redraw();
}

/* the slider's 100 steps are from 1 us to the longest duration */
const LONGEST = Math.max(1e4, largest(P.time));
const slider = ns => 1 + Math.round(99 *
    Math.log(ns / 1e3) / Math.log(LONGEST / 1e3));
const fromSlider = step => !step ? 0 :
    Number((1e3 * (LONGEST / 1e3) ** ((step - 1) / 99)).toPrecision(2));

/* the next row in a direction, from the selected one on, round the end */
function next(is, by = 1) {
	const n = rows.n;
	let k = view.selected === undefined ? by > 0 ? -1 : n :
	    rows.place[view.selected];

	for (let left = n; left > 0; left--) {
		k = (k + by + n) % n;
		if (is(rows.list[k]))
			return select(rows.list[k]);
	}
}

function nextFailed() {
	for (let k = 1; k <= P.n; k++) {
		const i = ((view.selected ?? -1) + k) % P.n;

		if (P.end[i] > 0)
			return select(i);
	}
}

/* --- tabs, buttons, the rest of the page --- */

function makeTable(name) {
	if (name === "commands") {
		const programs = countPrograms(rows.match), columns = commandColumns(programs);
		const table = new Table($("table"), columns, k => {
			showTab("timeline");
			setFilter({ query: `program:"${programs[k].name}"` });
		});

		table.sorted = columns[3];
		return [table, [...programs.keys()]];
	}
	const critical = name === "critical";
	const columns = critical ? criticalColumns() : processColumns();
	const table = new Table($("table"), columns, select);

	if (critical)
		table.sorted = columns[4];
	table.isSelected = i => i === view.selected;
	return [table, (critical ? [...CRITICAL_TIME.keys()] : [...P.pid.keys()])
	    .filter(i => !rows.match || rows.match[i])];
}

function showTab(name) {
	const isTable = name !== "timeline";

	tab = name;
	for (const button of document.querySelectorAll("[role=tab]"))
		button.ariaSelected = button.id === "tab-" + name;
	$("timeline").hidden = isTable;
	$("table").hidden = !isTable;
	$("zoom").hidden = isTable;
	$("table").setAttribute("aria-labelledby", "tab-" + name);
	if (isTable) {
		const [table, list] = makeTable(name);

		/* sorted as it was */
		const before = tables[name];

		if (before) {
			table.sorted = table.columns[before.columns.indexOf(before.sorted)] || null;
			table.down = before.down;
		}
		tables[name] = table;
		table.show(list);
	} else if (view.selected !== undefined) {
		reveal(view.selected);
	}
	redraw();
}

function addStates() {
	const count = state => {
		let n = 0;

		for (let i = 0; i < P.n; i++)
			n += stateOf(i) === state;
		return n;
	};
	const chips = [["all", "All", 0], ["failed", "Failed", count("failed")],
	    ["running", "Running", count("running")],
	    ["unknown", "Unknown", count("unknown")]];

	for (const [state, name, n] of chips) {
		if (!n && state !== "all")
			continue;
		const chip = element("button", "", ...(n ? [element("span", "dot " + state)] :
		    []), name + (n ? "\u00a0" + number(n) : ""));

		chip.dataset.state = state;
		chip.ariaPressed = state === "all";
		chip.onclick = () => setFilter({ state });
		$("states").append(chip);
		const fact = document.querySelector(`.facts .${state} dd`);

		if (fact) {
			const button = element("button", "", ...fact.childNodes);

			button.onclick = () => {
				showTab("timeline");
				setFilter({ state });
			};
			fact.replaceChildren(button);
		}
	}
	$("states").hidden = $("states").children.length < 2;
}

function addLegend() {
	const has = state => [...$("states").children].some(c => c.dataset.state === state);
	const kinds = new Set(MARK.kind.map(k => STRINGS[k]));
	const entries = [["ok", "ended well", true], ["failed", "failed", has("failed")],
	    ["running", "still running", has("running")],
	    ["unknown", "end unknown", has("unknown")],
	    ["fork", "before its first exec", true],
	    ["critical", "critical path", CRITICAL.length > 0]];

	for (const [state, text, shown] of entries)
		if (shown)
			$("legend").append(element("span", "", element("i", "dot " + state), text));
	if (kinds.has("setsid") || kinds.has("setpgid"))
		$("legend").append(element("span", "", "\u25c7 new session, group"));
	if (kinds.has("execfail"))
		$("legend").append(element("span", "", "\u00d7 failed exec"));
}

/* a picture of what is in view, for paper, with the names at its left */
function drawForPrint() {
	const canvas = element("canvas"), ctx = canvas.getContext("2d");
	const width = 1000, names = 300, n = Math.min(rows.n, 60);
	const height = HEAD + n * ROW + 4;
	const root = document.documentElement;

	if (tab !== "timeline" || !n)
		return;
	canvas.width = 2 * width;
	canvas.height = 2 * height;
	ctx.scale(2, 2);
	root.classList.add("light");
	const light = colours();

	root.classList.remove("light");
	ctx.fillStyle = light.surface;
	ctx.fillRect(0, 0, width, height);
	ctx.save();
	ctx.translate(names, 0);
	new Picture(ctx, rows, { ...view, width: width - names, height, font: FONT,
	    cursor: undefined, hovered: undefined }, light).draw();
	ctx.restore();
	ctx.font = FONT;
	ctx.textBaseline = "middle";
	ctx.fillStyle = light.ink;
	ctx.beginPath();
	ctx.rect(0, HEAD, names - 10, height);
	ctx.clip();
	const top = Math.floor(view.top);

	for (let k = top; k < Math.min(rows.n, top + n + 1); k++) {
		const i = rows.list[k];

		ctx.fillText(program(i) + " " + argumentsOf(lastExec(i), 60),
		    4 + Math.min(P.depth[i], 14) * 10, HEAD + (k - view.top + 0.5) * ROW);
	}
	$("printed").replaceChildren(canvas);
}

function start() {
	const all = { query: "", state: "all", least: 0 };

	document.addEventListener("keydown", pressKey);
	listenToPointer();
	addStates();
	addLegend();
	for (const button of document.querySelectorAll("[role=tab]"))
		button.onclick = () => showTab(button.id.slice("tab-".length));
	$("find").oninput = () => setFilter({ query: $("find").value });
	$("least").oninput = () => setFilter({ least: fromSlider(+$("least").value) });
	$("clear").onclick = () => setFilter(all);
	$("fit").onclick = fitAll;
	$("in").onclick = () => zoom(1 / 1.5);
	$("out").onclick = () => zoom(1.5);
	$("help").onclick = () => $("keys").showModal();
	$("path").onclick = () => {
		view.critical = !view.critical;
		$("path").ariaPressed = view.critical;
		redraw();
	};
	$("fold").onclick = () => {
		rows.foldAll(!rows.folded.size);
		redraw();
	};
	if (!CRITICAL.length)
		$("path").hidden = $("tab-critical").hidden = true;

	$("app").hidden = false;
	new ResizeObserver(redraw).observe($("plot"));
	matchMedia("(prefers-color-scheme: dark)").onchange = () => {
		colour = colours();
		redraw();
	};
	addEventListener("hashchange", readAddress);
	addEventListener("beforeprint", drawForPrint);
	addEventListener("afterprint", () => $("printed").replaceChildren());
	addEventListener("resize", redraw);
	fitAll();
	draw();
	readAddress();
	onerror = null;
}

start();
