"use strict";

/* What is told of a process, in the panel and at the pointer. */

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
