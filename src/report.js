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

const FONT = "11px ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

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

function select(i) {
	if (i === undefined) {
		view.selected = undefined;
		if (location.hash)
			history.replaceState(null, "", location.pathname + location.search);
	} else if (view.selected !== i) {
		view.selected = i;
		location.hash = "pid=" + idOf(i).replace("/", "@");
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
const slider = ns => Math.round(Math.log(ns / 1e3) / Math.log(LONGEST / 1e3) * 99) + 1;
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

/* --- the details of a process --- */

async function copy(text, button) {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		const area = element("textarea", "", text);

		/* in the panel: a dialog or focus elsewhere does not matter to it */
		$("details").append(area);
		area.select();
		document.execCommand("copy");
		area.remove();
	}
	button.textContent = "Copied";
	setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

function goTo(i, text = program(i) + " " + argumentsOf(lastExec(i), 60)) {
	const button = element("button", "go", text);

	button.dataset.row = i;
	button.onclick = () => {
		if (tab !== "timeline")
			showTab("timeline");
		select(i);
	};
	return button;
}

function addFacts(panel, facts) {
	const dl = element("dl");

	for (const [name, value] of facts)
		if (value !== undefined && value !== null && value !== "")
			dl.append(element("dt", "", name), element("dd", "", value));
	panel.append(dl);
}

const fields = string => string < 0 ? [] : STRINGS[string].split("\t").map(field => {
	const at = field.indexOf("=");

	return [field.slice(0, at), visible(field.slice(at + 1))];
});

function addCommand(panel, exec) {
	const head = element("h3", "", "Command");

	if (exec < 0)
		return;
	if (EXEC.argv[exec].length) {
		const button = element("button", "copy", "Copy");

		button.title = "As a command of a shell";
		button.onclick = () => copy(shellCommand(exec), button);
		head.append(button);
	}
	panel.append(head, element("pre", "argv", EXEC.argv[exec].length ?
	    shellCommand(exec) : commandOf(exec)));
	if (CUT.has(exec))
		panel.append(element("p", "state", "Cut" + (CUT.get(exec) ?
		    ": there were " + plural(CUT.get(exec), "byte") : "") + "."));
}

const FD_NAMES = ["stdin", "stdout", "stderr"];

function fdText(exec) {
	if (exec < 0 || EXEC.fds[exec] < 0)
		return undefined;
	return descriptors(STRINGS[EXEC.fds[exec]]).map(fd => FD_NAMES[fd] ?
	    `${fd}\u00a0${FD_NAMES[fd]}` : String(fd)).join(", ") || "none";
}

/* what it waited for when it was looked at last */
function waitText(i) {
	const waits = (MARK.of.get(i) || []).filter(k =>
	    STRINGS[MARK.kind[k]] === "wait");

	return waits.filter(k => MARK.at[k] === MARK.at[waits.at(-1)]).map(k => {
		const f = Object.fromEntries(fields(MARK.more[k]));

		return f.call + (f.fd ? " of descriptor " + f.fd : "") +
		    (f.child ? " for " + f.child : "");
	}).join(", ");
}

const KEY_NAMES = { uid: "User", comm: "Name", cwd: "Directory", tty: "Terminal",
    cgroup: "Control group", nspid: "PID in namespace" };

function processFacts(i) {
	const parent = P.parent[i], exec = lastExec(i);

	return [
		["PID", idOf(i)],
		["Parent", parent >= 0 ? element("span", "who", idOf(parent),
		    goTo(parent)) : P._ppid.get(i) + " (not in the recording)"],
		["Group, session", P.pgid[i] + ", " + P.sid[i]],
		["Started", duration(P.start[i]) +
		    (P._unforked.has(i) ? " (first seen)" : "")],
		["Duration", duration(P.time[i])],
		["Own time", P.last[i] > i ? duration(P.own[i]) : ""],
		["Subtree", P.last[i] > i ? duration(P.subtree[i]) + ", " +
		    plural(P.last[i] - i, "process", "processes") : ""],
		["CPU time", P.cpu && P.cpu[i] !== null ? duration(P.cpu[i]) +
		    (P.utime && P.utime[i] !== null ? ` (user ${duration(P.utime[i])}, ` +
		    `system ${duration(P.stime?.[i] ?? 0)})` : "") : ""],
		["Memory", P.maxrss && P.maxrss[i] !== null ?
		    bytes(P.maxrss[i] * 1024) + " at most" : ""],
		["Read, written", P.rbytes && P.rbytes[i] !== null ?
		    bytes(P.rbytes[i]) + ", " + bytes(P.wbytes?.[i] ?? 0) : ""],
		["Inherited", fdText(exec)],
		["Waits in", waitText(i)],
		["File", exec >= 0 && EXEC.file[exec] >= 0 ?
		    element("code", "", visible(STRINGS[EXEC.file[exec]])) : ""],
		["On critical path", CRITICAL_OF.has(i) ? duration(CRITICAL_OF.get(i)
		    .reduce((a, k) => a + CRITICAL[k][2] - CRITICAL[k][1], 0)) : ""],
		...[...fields(exec >= 0 ? EXEC.more[exec] : -1), ...fields(P._more.get(i) ?? -1)]
		    .map(([key, value]) => [KEY_NAMES[key] || key, value]),
	];
}

function list(panel, title, items) {
	if (items.length)
		panel.append(element("h3", "", title), element("ul", "", ...items));
}

function item(ns, names, ...content) {
	return element("li", names, element("span", "at", duration(ns)), ...content);
}

/* which processes have a descriptor of the same pipe or socket: ref -> marks */
let holders;

function findHolders() {
	holders = new Map();
	MARK.row.forEach((row, k) => {
		const { ref } = STRINGS[MARK.kind[k]] === "fd" ?
		    Object.fromEntries(fields(MARK.more[k])) : {};

		if (ref)
			holders.set(ref, (holders.get(ref) || new Set()).add(row));
	});
}

function fdItem(i, k) {
	const f = Object.fromEntries(fields(MARK.more[k]));
	const others = /^(pipe|socket|fifo)/.test(f.ref || f.type || "") ?
	    [...holders.get(f.ref) || []].filter(j => j !== i).slice(0, 8) : [];

	return element("li", "wrap", element("span", "at", f.fd + " " + (f.mode || "")),
	    element("span", "", element("code", "", f.ref || f.type || ""),
	    ...others.flatMap((j, n) => [n ? ", " : " also in ",
	        goTo(j, idOf(j) + " " + program(j))])));
}

function addEvents(panel, i) {
	const marks = MARK.of.get(i) || [];
	const execs = [], first = P.firstExec[i];

	for (let e = first; e < P.firstExec[i + 1] && e < first + 100; e++)
		execs.push(item(P.start[i] + EXEC.at[e], "", element("code", "",
		    programOf(e) + " " + argumentsOf(e, 100))));
	if (execs.length > 1)
		list(panel, plural(P.firstExec[i + 1] - first, "exec"), execs);
	/* as they were when they were looked at last */
	const fds = marks.filter(k => STRINGS[MARK.kind[k]] === "fd");
	const last = fds.filter(k => MARK.at[k] === MARK.at[fds.at(-1)]);

	if (fds.length) {
		findHolders();
		list(panel, "Open descriptors at " + duration(P.start[i] +
		    MARK.at[last[0]]), last.map(k => fdItem(i, k)));
	}
	list(panel, "Events", marks.filter(k => !isLook(k)).slice(0, 100).map(k =>
	    item(P.start[i] + MARK.at[k], "wrap", element("code", "",
	        [visible(STRINGS[MARK.kind[k]]), ...fields(MARK.more[k])
	            .map(([key, value]) => key + "=" + value)].join(" ")))));
}

function showDetails() {
	const panel = $("details"), i = view.selected;

	panel.hidden = i === undefined;
	if (i === undefined)
		return;
	const close = element("button", "close", "\u2715"), exec = lastExec(i);
	const all = children(i);

	close.ariaLabel = "Close";
	close.onclick = () => select(undefined);
	panel.replaceChildren(
	    element("header", "", element("h2", "", program(i)), close),
	    element("p", "state " + stateOf(i) + "-text", statusOf(i) +
	        (P.firstExec[i] === P.firstExec[i + 1] && exec >= 0 ?
	        ", forked and executed nothing" : "")));
	addCommand(panel, exec);
	panel.append(element("h3", "", "Process"));
	addFacts(panel, processFacts(i));
	addEvents(panel, i);
	list(panel, plural(all.length, "child", "children"), all.slice(0, 50).map(c =>
	    item(P.start[c], "", goTo(c), stateOf(c) === "ok" ? "" : stateText(c))));
	if (all.length > 50)
		panel.append(element("p", "state", "\u2026 and " +
		    number(all.length - 50) + " more"));
	panel.scrollTop = 0;
}

/* --- what is under the pointer --- */

function tipLines(i) {
	const lines = [
		element("div", "command", program(i) + " " +
		    argumentsOf(lastExec(i), 400)),
		element("div", "line", element("b", "", duration(P.time[i])),
		    " from " + duration(P.start[i]) + " \u00b7 PID " + idOf(i) + " \u00b7 ",
		    stateText(i)),
	];
	const more = [
		P.last[i] > i && "own " + duration(P.own[i]) + ", " +
		    plural(P.last[i] - i, "process", "processes") + " below",
		P.cpu && P.cpu[i] !== null && "CPU " + duration(P.cpu[i]),
		P.maxrss && P.maxrss[i] !== null && bytes(P.maxrss[i] * 1024),
		view.critical && CRITICAL_OF.has(i) && "on the critical path",
	].filter(Boolean);

	if (more.length)
		lines.push(element("div", "line", more.join(" \u00b7 ")));
	return lines;
}

function loadLines(ns) {
	const k = firstThat(0, LOAD.ts.length, j => LOAD.ts[j] > ns) - 1;
	const live = k < 0 ? 0 : LOAD.live[k], busy = k < 0 ? 0 : LOAD.busy[k];

	return [element("div", "", element("b", "", plural(live, "process", "processes")),
	    ", " + number(busy) + " of them without a child")];
}

/* the event that is drawn at the pointer */
function markLines(i, x) {
	const near = (MARK.of.get(i) || []).find(k => Math.abs(
	    (P.start[i] + MARK.at[k] - view.from) / span() * view.width - x) < 6);

	return near === undefined ? [] : [element("div", "line", element("b", "",
	    [visible(STRINGS[MARK.kind[near]]), ...fields(MARK.more[near])
	        .map(([key, value]) => key + "=" + value)].join(" ")))];
}

function lostLines(ns) {
	const wide = span() / view.width * 3;

	return LOST.filter(([from, to]) => ns >= from - wide && ns <= to + wide)
	    .slice(0, 4).map(([from, to, cpu, count]) => element("div", "line failed-text",
	        plural(count, "event") + " lost" + (cpu >= 0 ? " on CPU " + cpu : "") +
	        " between " + duration(from) + " and " + duration(to)));
}

function showTip(lines, x, y) {
	const tip = $("tip");

	tip.hidden = !lines.length;
	if (tip.hidden)
		return;
	tip.replaceChildren(...lines);
	const { width, height } = tip.getBoundingClientRect();
	const left = Math.min(x + 14, innerWidth - width - 8);
	const top = y + 18 + height > innerHeight ? y - height - 12 : y + 18;

	tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
}

function hover(i, ns, lines, event) {
	view.hovered = i;
	view.cursor = ns;
	showTip(lines, event.clientX, event.clientY);
	redraw();
}

const timeAt = x => view.from + x / view.width * span();

/* the row at a height in the plot, or undefined */
function rowAt(y) {
	const place = Math.floor(view.top + (y - HEAD) / ROW);

	return y >= HEAD && place < rows.n ? rows.list[place] : undefined;
}

/* whether the pointer is on the bar, or as near as a finger needs */
function isOnBar(i, x) {
	const scale = view.width / span();

	return x >= (P.start[i] - view.from) * scale - 5 &&
	    x <= (P.stop[i] - view.from) * scale + 5;
}

function hoverPlot(event) {
	const { offsetX: x, offsetY: y } = event, ns = timeAt(x);
	const i = rowAt(y), on = i !== undefined && isOnBar(i, x);

	$("canvas").classList.toggle("axis", y < HEAD);
	hover(i, ns, y < HEAD ? [...loadLines(ns), ...lostLines(ns)] :
	    [...on ? [...tipLines(i), ...markLines(i, x)] : [], ...lostLines(ns)], event);
}

function leave() {
	view.hovered = view.cursor = undefined;
	$("tip").hidden = true;
	redraw();
}

/* --- pointer --- */

const pointers = new Map();	/* those that are down */
let drag = null, wasMoved = false, clicked;

function startDrag(event) {
	if (event.button !== 0)
		return;
	event.target.setPointerCapture(event.pointerId);
	pointers.set(event.pointerId, event);
	drag = { x: event.offsetX, y: event.offsetY, from: view.from, top: view.top,
	    axis: event.offsetY < HEAD, moved: false };
	$("timeline").focus({ preventScroll: true });
	event.preventDefault();
}

function pinch(event) {
	const other = [...pointers.values()].find(p => p.pointerId !== event.pointerId);
	const before = pointers.get(event.pointerId);
	const gap = p => Math.max(20, Math.abs(p.offsetX - other.offsetX));

	zoom(gap(before) / gap(event), timeAt((event.offsetX + other.offsetX) / 2));
	drag.moved = true;
}

function moveDrag(event) {
	if (!drag)
		return hoverPlot(event);
	const dx = event.offsetX - drag.x, dy = event.offsetY - drag.y;

	if (pointers.size > 1) {
		pinch(event);
	} else if (drag.moved || Math.hypot(dx, dy) > 4) {
		drag.moved = true;
		if (drag.axis) {
			view.range = [timeAt(drag.x), timeAt(event.offsetX)];
			view.cursor = timeAt(event.offsetX);
		} else {
			const width = span();

			view.from = drag.from - dx / view.width * width;
			view.to = view.from + width;
			view.top = drag.top - dy / ROW;
			$("canvas").classList.add("dragging");
		}
		$("tip").hidden = true;
		redraw();
	}
	pointers.set(event.pointerId, event);
}

function endDrag(event) {
	wasMoved = drag?.moved || drag?.axis || event.type !== "pointerup";
	pointers.delete(event.pointerId);
	$("canvas").classList.remove("dragging");
	drag = null;
	if (view.range) {
		const [a, b] = view.range.sort((p, q) => p - q);

		view.range = undefined;
		[view.from, view.to] = [a, Math.max(b, a + LEAST_SPAN)];
		redraw();
	}
}

/* The first click may open the details, and what was under the pointer moves. */
function click(event) {
	const i = rowAt(event.offsetY);

	if (wasMoved)
		return;
	if (event.detail < 2) {
		clicked = i !== undefined && isOnBar(i, event.offsetX) ? i : undefined;
		select(clicked);
	} else if (clicked !== undefined) {
		zoomToProcess(clicked);
	} else {
		fitAll();
	}
}

/* over the tree it scrolls; a wheel that turns sideways moves in time */
function turnWheel(event) {
	const lines = event.deltaMode === 1 ? ROW : 1;
	const dx = event.deltaX * lines, dy = event.deltaY * lines;
	const overPlot = $("plot").contains(event.target);

	event.preventDefault();
	if (overPlot && Math.abs(dx) > Math.abs(dy) && !event.shiftKey) {
		pan(dx / view.width * span());
	} else if (overPlot && !event.shiftKey) {
		zoom(Math.exp(Math.max(-240, Math.min(240, dy)) *
		    (event.ctrlKey ? 0.01 : 0.002)), timeAt(event.offsetX));
	} else {
		view.top += (dy || dx) / ROW;
	}
	redraw();
}

/* A finger scrolls the tree; it is not a click then. */
function listenToTouch(tree) {
	let y = null, moved = false;

	tree.onpointerdown = event => {
		y = event.pointerType === "touch" ? event.clientY : null;
		moved = false;
	};
	tree.addEventListener("pointermove", event => {
		if (y === null || !moved && Math.abs(event.clientY - y) < 6)
			return;
		moved = true;
		view.top -= (event.clientY - y) / ROW;
		y = event.clientY;
		$("tip").hidden = true;
		redraw();
	});
	tree.addEventListener("pointerup", () => { y = null; });
	tree.addEventListener("click", event => {
		if (moved)
			event.stopImmediatePropagation();
	}, { capture: true });
}

function listenToPointer() {
	const canvas = $("canvas"), tree = $("tree"), split = $("split");
	const row = event => {
		const el = event.target.closest(".row");

		return el ? Number(el.dataset.row) : undefined;
	};

	canvas.onpointerdown = startDrag;
	canvas.onpointermove = moveDrag;
	canvas.onpointerup = canvas.onpointercancel = endDrag;
	canvas.onpointerleave = tree.onpointerleave = leave;
	canvas.onclick = click;
	$("timeline").addEventListener("wheel", turnWheel, { passive: false });
	tree.onpointermove = event => {
		const i = row(event);

		hover(i, undefined, i === undefined ? [] : tipLines(i), event);
	};
	tree.onclick = event => {
		const i = row(event);

		if (event.target.className === "twist" && rows.canFold(i))
			rows.fold(i, !rows.folded.has(i));
		else
			select(i);
		redraw();
	};
	tree.ondblclick = event => {
		if (event.target.className !== "twist" && row(event) !== undefined)
			zoomToProcess(row(event));
	};
	listenToTouch(tree);
	split.onpointerdown = event => split.setPointerCapture(event.pointerId);
	split.onpointermove = event => {
		if (!split.hasPointerCapture(event.pointerId))
			return;
		const left = $("timeline").getBoundingClientRect().left;

		$("timeline").style.setProperty("--tree", Math.max(120,
		    Math.min(event.clientX - left, innerWidth - 200)) + "px");
		redraw();
	};
}

/* --- keys --- */

const KEYS = {
	"ArrowUp": () => next(() => true, -1),
	"ArrowDown": () => next(() => true),
	"ArrowLeft": () => pan(-span() / 8),
	"ArrowRight": () => pan(span() / 8),
	"PageUp": () => { view.top -= shownRows() - 2; },
	"PageDown": () => { view.top += shownRows() - 2; },
	"Home": () => { view.top = 0; },
	"End": () => { view.top = rows.n; },
	"+": () => zoom(1 / 1.5, middle()),
	"=": () => zoom(1 / 1.5, middle()),
	"-": () => zoom(1.5, middle()),
	"0": fitAll,
	"Enter": () => view.selected !== undefined && zoomToProcess(view.selected),
	" ": () => {
		const i = view.selected;

		if (i !== undefined && rows.canFold(i))
			rows.fold(i, !rows.folded.has(i));
	},
	"p": () => P.parent[view.selected] >= 0 && select(P.parent[view.selected]),
	"d": () => {
		const i = view.selected;

		if (P.last[i] > i)
			select(i + 1);
	},
	"f": nextFailed,
	"c": () => $("path").click(),
	"?": () => $("keys").showModal(),
	"Escape": () => {
		if (view.selected !== undefined)
			select(undefined);
		else
			setFilter({ query: "", state: "all", least: 0 });
	},
};

/* where to zoom: the pointer, the selected process if it is in view, or the
 * middle */
function middle() {
	const i = view.selected, at = i === undefined ? NaN :
	    (Math.max(P.start[i], view.from) + Math.min(P.stop[i], view.to)) / 2;

	return view.cursor ?? (at >= view.from && at <= view.to ? at :
	    (view.from + view.to) / 2);
}

function pressKey(event) {
	const typing = event.target === $("find");

	if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open)
		return;
	if (typing && event.key === "Enter")
		return next(i => !rows.match || rows.match[i], event.shiftKey ? -1 : 1);
	if (typing && event.key === "Escape") {
		setFilter({ query: "" });
		$("timeline").focus();
		return;
	}
	if (typing || event.target.matches("input"))
		return;
	if (event.key === "/") {
		$("find").focus();
		$("find").select();
		event.preventDefault();
		return;
	}
	/* buttons and links have their own */
	if (/^( |Enter)$/.test(event.key) && event.target.closest("button, a"))
		return;
	const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;

	if (!Object.hasOwn(KEYS, key) || tab !== "timeline" && !/^(f|\?|Escape)$/.test(key))
		return;
	event.preventDefault();
	KEYS[key]();
	redraw();
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
	$("least").oninput = () => setFilter({ least: fromSlider(Number($("least").value)) });
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
