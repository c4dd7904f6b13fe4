"use strict";

/* The page: who draws what, when something of it changes. */
(() => {
	const { P, MARK, STRINGS, CRITICAL, DATA, LOST, HUES, PROGRAMS, program, idOf, stateOf,
	    largest } = Data;
	const { number, plural, duration, moment, parseTime } = Words;
	const { $, element, button } = Dom;
	/** @type {any[]} */
	const TABS = [...document.querySelectorAll("[role=tab]")];

	const table = new Table.View($("table"), sort => State.change({ sort }));

	function drawTable(now, keys) {
		const isTree = now.mode === "tree";

		if (keys.size === 1 && keys.has("selected"))
			return now.view === "icicle" || table.draw();
		$("tables").hidden = isTree;
		if (isTree)
			return;
		for (const tab of TABS) {
			const isShown = tab.id === "tab-" + now.view;

			tab.ariaSelected = String(isShown);
			tab.tabIndex = isShown ? 0 : -1;
		}
		$("table").setAttribute("aria-labelledby", "tab-" + now.view);
		$("by").hidden = now.view !== "critical";
		$("by").value = now.by;
		$("tsv").hidden = now.view === "icicle";
		if (now.view === "icicle")
			Icicle.show($("table"));
		else
			table.show((Views.VIEWS[now.view] || Views.VIEWS.merged)(), now.sort);
	}

	/* --- filters --- */

	/* the slider's 100 steps are from 1 us to the longest duration */
	const LONGEST = Math.max(1e4, largest(P.time));
	const slider = ns => 1 + Math.round(99 *
	    Math.log(ns / 1e3) / Math.log(LONGEST / 1e3));
	const fromSlider = step => !step ? 0 :
	    Number((1e3 * (LONGEST / 1e3) ** ((step - 1) / 99)).toPrecision(2));

	/* which of those that were found is selected */
	function foundText(now) {
		const found = Filter.found();

		if (!found)
			return "";
		const n = found.reduce((a, b) => a + b, 0);
		const at = now.selected >= 0 && found[now.selected] ?
		    found.subarray(0, now.selected + 1).reduce((a, b) => a + b, 0) : 0;

		return (at ? number(at) + " of " : "") + number(n);
	}

	function drawFilters(now) {
		if ($("find").value !== now.query)
			$("find").value = now.query;
		$("least").value = now.least ? slider(now.least) : 0;
		$("least-text").textContent = duration(now.least);
		$("count").textContent = foundText(now);
		for (const chip of $("states").children)
			chip.ariaPressed = String(chip.dataset.state === now.status);
		$("path").ariaPressed = String(now.critical);
		for (const mode of ["packed", "tree"])
			$("mode-" + mode).ariaPressed = String(now.mode === mode);
		$("fold").hidden = now.mode !== "tree";
	}

	/* --- the range of time, and the subtree that is shown --- */

	function rangeSummary() {
		const rows = Filter.rows(), [from, to] = State.now.range;
		const failed = rows.filter(i => P.end[i] > 0).length;
		const tops = Columns.addUp(Columns.pieces(), program).sort((a, b) => b.ns - a.ns)
		    .slice(0, 3).map(g => `${g.key} ${(g.ns / (to - from) * 100).toFixed(0)}\u00a0%`);
		const cpu = P.cpu ? rows.reduce((sum, i) => sum + (P.cpu[i] || 0) *
		    (P.time[i] ? (Math.min(to, P.stop[i]) - Math.max(from, P.start[i])) /
		    P.time[i] : 1), 0) : 0;

		return [plural(rows.length, "process", "processes"),
			failed ? number(failed) + " failed" : "",
			P.cpu ? "about " + duration(Math.round(cpu)) + " CPU" : "",
			tops.length ? "critical path: " + tops.join(", ") : ""]
		    .filter(Boolean).join(" \u00b7 ");
	}

	const momentText = ns => moment(ns, Math.max(1, State.WHOLE / 1e4));

	function drawRangeChip(chips, range) {
		chips.push(element("span", "chip", element("b", "", momentText(range[0]) +
		    " \u2013 " + momentText(range[1])), " ", rangeSummary(), " ",
		    button("", "Zoom", () => Timeline.zoomTo(...range)),
		    remove("range of time", { range: null })));
	}

	function remove(what, change) {
		const el = button("x", "\u2715", () => {
			Address.step();
			State.change(change);
		});

		el.ariaLabel = "Remove the " + what;
		return el;
	}

	function drawRootChip(chips, root) {
		const chain = [];

		for (let up = root; up >= 0; up = P.parent[up])
			chain.unshift(up);
		chips.push(element("span", "chip", "Only ", ...chain.flatMap((up, k) => [k ?
		    " \u203a " : "", up === root ? element("b", "", program(up) + " " + idOf(up)) :
		    button("", program(up), () => Timeline.setRoot(k ? up : -1))]), " ",
		    button("x", "\u2715", () => Timeline.setRoot(-1))));
		chips.at(-1).lastChild.ariaLabel = "Show all again";
	}

	function drawNodeChip(chips, node) {
		chips.push(element("span", "chip", "Only ", element("b", "",
		    Paths.pathOf(node).join(" \u203a ")), " " + plural(Filter.count(), "run") + " ",
		    button("", "List", () => State.change({ view: "processes" })),
		    remove("command path", { node: null })));
	}

	function drawCommandChip(chips, command) {
		const runs = Filter.rows().filter(i => P.command[i] === command);
		const slowest = runs.reduce((a, b) => P.time[b] > P.time[a] ? b : a, runs[0]);
		const failed = runs.find(i => P.end[i] > 0);
		const go = (text, i) => i === undefined ? [] : [button("", text, () => {
			Address.step();
			Timeline.select(i);
		})];

		chips.push(element("span", "chip", "Only ", element("b", "", runs.length ?
		    Columns.commandText(runs[0]).slice(0, 80) : "a command"), " " +
		    plural(runs.length, "run") + " ", ...go("Slowest", slowest),
		    ...go("Failed", failed),
		    button("", "List", () => State.change({ view: "processes" })),
		    remove("command", { command: null })));
	}

	function drawChips(now) {
		const chips = [];

		if (now.root >= 0)
			drawRootChip(chips, now.root);
		if (now.node !== null && now.node < Paths.OWN)
			drawNodeChip(chips, now.node);
		if (now.command !== null)
			drawCommandChip(chips, now.command);
		if (now.range)
			drawRangeChip(chips, now.range);
		$("chips").replaceChildren(...chips);
		$("chips").hidden = !chips.length;
		if (document.activeElement !== $("range"))
			$("range").value = now.range ? now.range.map(ns => momentText(ns)
			    .replace(/\u00a0s$/, "")).join(" \u2013 ") : "";
	}

	function readRange() {
		const ends = $("range").value.split(/\s*(?:\u2013|\.\.|-|to)\s*/).map(parseTime);

		if (!$("range").value.trim())
			return State.change({ range: null });
		$("range").ariaInvalid = String(!(ends.length === 2 && ends[0] < ends[1]));
		if (ends.length === 2 && ends[0] < ends[1])
			State.change({ range: [ends[0], ends[1]] });
	}

	/* --- what is there once --- */

	function addStates() {
		const count = state => {
			let n = 0;

			for (let i = 0; i < P.n; i++)
				n += stateOf(i) === state ? 1 : 0;
			return n;
		};
		const names = { all: "All", failed: "\u2717 Failed", running: "Running",
		    unknown: "Unknown" };

		for (const [status, name] of Object.entries(names)) {
			const n = status === "all" ? P.n : count(status);

			if (!n)
				continue;
			const chip = button("", name + "\u00a0" + number(n),
			    () => State.change({ status }));

			chip.dataset.state = status;
			$("states").append(chip);
		}
		$("states").hidden = $("states").children.length < 2;
	}

	/* which hue is which program; and what else is drawn */
	function addLegend() {
		const kinds = new Set(MARK.kind.map(k => STRINGS[k]));
		const add = (mark, text, query) => {
			const el = element(query ? "button" : "span", "", mark, element("span", "", text));

			if (query) {
				el.title = text;
				el.onclick = () => State.change({ query });
			}
			$("legend").append(el);
		};
		const dot = (name, style = "") => {
			const el = element("i", "dot " + name);

			if (style)
				el.style.background = style;
			return el;
		};

		PROGRAMS.slice(0, HUES).forEach((name, k) =>
		    add(dot("", `var(--hue${k})`), name, `program:"${name}"`));
		if (PROGRAMS.length > HUES)
			add(dot("", `var(--hue${HUES})`), plural(PROGRAMS.length - HUES, "other"));
		if (P.end.some(end => end > 0))
			add(dot("failed"), "\u2717 failed");
		if (CRITICAL.n)
			add(dot("critical"), "critical path");
		if (kinds.has("setsid") || kinds.has("setpgid"))
			add(element("span", "", "\u25c7"), "new session, group");
		if (kinds.has("execfail"))
			add(element("span", "", "\u00d7"), "failed exec");
		if (LOST.length)
			add(dot("lost"), "events lost");
		if (DATA.machine.busy.length)
			add(dot("machine"), "CPUs at work");
	}

	function listenToTabs() {
		TABS.forEach((tab, k) => {
			tab.onclick = () => {
				Address.step();
				State.change({ view: tab.id.slice("tab-".length), sort: "" });
			};
			tab.onkeydown = event => {
				const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];

				if (!by)
					return;
				const other = TABS[(k + by + TABS.length) % TABS.length];

				other.click();
				other.focus();
			};
		});
	}

	function listenToControls() {
		$("find").oninput = () => State.change({ query: $("find").value });
		$("least").oninput = () => State.change({ least: fromSlider(+$("least").value) });
		$("range").onchange = readRange;
		$("clear").onclick = () => State.change({ ...State.ALL, root: -1 });
		$("fit").onclick = () => Timeline.fitAll();
		$("in").onclick = () => Timeline.zoom(1 / 1.5);
		$("out").onclick = () => Timeline.zoom(1.5);
		$("help").onclick = () => $("keys").showModal();
		$("path").onclick = () => State.change({ critical: !State.now.critical });
		$("fold").onclick = () => Rows.foldAll(!State.now.folded.size);
		$("by").onchange = () => State.change({ by: $("by").value, sort: "" });
		$("tsv").onclick = () => Details.copy(table.tsv(), $("tsv"));
		$("before").onclick = () => Input.nextFound(-1);
		$("after").onclick = () => Input.nextFound(1);
		for (const mode of ["packed", "tree"])
			$("mode-" + mode).onclick = () => State.change({ mode, top: 0 });
		for (const state of ["failed", "running", "unknown"]) {
			const fact = document.querySelector(`.facts .${state} dd`);

			fact?.replaceChildren(button("", element("span", "", ...fact.childNodes),
			    () => State.change({ status: state, view: "processes" })));
		}
	}

	function listenToWindow() {
		/* which also tells at once of the size that there is */
		new ResizeObserver(() => {
			if (!Timeline.isFitting())
				State.redraw();
		}).observe($("plot"));
		matchMedia("(prefers-color-scheme: dark)").onchange = () => {
			Timeline.setColours();
			State.redraw();
		};
		addEventListener("hashchange", Address.follow);
		addEventListener("popstate", Address.follow);
		addEventListener("beforeprint", Timeline.drawForPrint);
		addEventListener("afterprint", () => $("printed").replaceChildren());
		addEventListener("resize", State.redraw);
	}

	const FILTERS = ["query", "status", "least", "range", "node", "command", "root"];
	const PICTURE = [...FILTERS, "mode", "from", "to", "top", "selected", "critical",
	    "hovered", "cursor", "drag", "folded"];

	function start() {
		Input.listen();
		addStates();
		addLegend();
		listenToTabs();
		listenToControls();
		if (!CRITICAL.n)
			$("path").hidden = $("tab-critical").hidden = true;
		State.on([...FILTERS, "mode", "critical", "selected"], drawFilters);
		State.on(FILTERS, drawChips);
		State.on(PICTURE, Timeline.draw);
		State.on([...FILTERS, "from", "to", "cursor", "drag"], (now, keys) =>
		    Strip.draw(now, Timeline.colour, keys.has("view") && keys.has("mode")));
		State.on([...FILTERS, "view", "mode", "sort", "by", "opened", "selected"], drawTable);
		State.on(["selected"], Details.draw);
		State.on(["view", "mode", "root", "from", "to", "top", "range", "selected",
		    "query", "status", "least", "node", "command", "sort", "by", "critical"],
		Address.keep);
		$("app").hidden = false;
		Address.follow();
		State.flush(true);
		listenToWindow();
		onerror = null;
	}

	start();
})();
