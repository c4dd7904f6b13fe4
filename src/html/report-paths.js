"use strict";

/* The processes merged by command path: the programs from the root down. */
const Paths = (() => {
	const { DATA, P, CRITICAL, STRINGS, program, argumentsOf, lastExec } = Data;
	const { number, duration } = Words;
	const { element, button } = Dom;
	const { code, failures, share, timeColumn, countColumn, pieces, whole } = Columns;
	const LEAST_SHARE = 0.01;
	const BEFORE = DATA.before;

	/* The nodes of this recording have the numbers 0 .. OWN - 1; behind them are those
	 * that only the one has that it is compared with. */
	const OWN = DATA.merged.up.length;
	const nodes = DATA.merged.up.map((up, k) => ({ up: up ? k - up : -1,
	    first: DATA.merged.first[k], before: null, name: "" }));

	for (const node of nodes)
		node.name = P.firstExec[node.first] === P.firstExec[node.first + 1] ?
		    `(${program(node.first)})` : program(node.first);

	const RUNS = new Uint32Array(OWN);

	for (let i = 0; i < P.n; i++)
		RUNS[P.node[i]]++;

	/* of each node of the other recording the one that stands for it here */
	const standsFor = [];

	for (let k = 0; BEFORE && k < BEFORE.up.length; k++) {
		let node = BEFORE.same[k];

		if (node < 0) {
			node = nodes.length;
			nodes.push({ up: BEFORE.up[k] ? standsFor[k - BEFORE.up[k]] : -1, first: -1,
			    before: null, name: STRINGS[BEFORE.name[k]] });
		}
		standsFor.push(node);
		nodes[node].before = { runs: BEFORE.runs[k], failed: BEFORE.failed[k],
		    wall: BEFORE.wall[k], own: BEFORE.own[k] };
	}

	/* depth first, as they are shown */
	const ORDER = (() => {
		const children = nodes.map(() => []), order = [], roots = [];

		nodes.forEach(({ up }, k) => (up < 0 ? roots : children[up]).push(k));
		for (const stack = roots.reverse(); stack.length;) {
			const k = stack.pop();

			order.push(k);
			stack.push(...children[k].reverse());
		}
		return order;
	})();
	const DEPTH = new Int32Array(nodes.length);
	const hasChildren = new Uint8Array(nodes.length);

	for (const k of ORDER)
		if (nodes[k].up >= 0) {
			DEPTH[k] = DEPTH[nodes[k].up] + 1;
			hasChildren[nodes[k].up] = 1;
		}

	/* sums over the processes that are meant, by node */
	function sumNodes() {
		const sum = () => new Float64Array(nodes.length);
		const s = { runs: sum(), failed: sum(), wall: sum(), self: sum(), cpu: sum(),
		    own: sum(), inside: sum(), failures: sum() };

		for (const i of Filter.rows()) {
			const k = P.node[i];

			s.runs[k]++;
			s.failed[k] += P.end[i] > 0 ? 1 : 0;
			s.wall[k] += P.time[i];
			s.self[k] += P.own[i];
			s.cpu[k] += P.cpu?.[i] || 0;
		}
		for (const [row, ns] of pieces())
			s.own[P.node[row]] += ns;
		/* whose part of the time is asked for, if no time is on the path */
		const of = CRITICAL.nroot ? s.own : s.wall;

		for (let at = ORDER.length - 1; at >= 0; at--) {
			const k = ORDER[at];

			s.inside[k] += of[k];
			s.failures[k] += s.failed[k];
			if (nodes[k].up >= 0) {
				s.inside[nodes[k].up] += s.inside[k];
				s.failures[nodes[k].up] += s.failures[k];
			}
		}
		return s;
	}

	/* how much it changed, in itself: enough to be shown */
	const isChanged = (s, k) => BEFORE && Math.abs(s.self[k] -
	    (nodes[k].before?.own ?? 0)) >= LEAST_SHARE * BEFORE.took;

	/* those that are shown; and how many children of each are not, with how many
	 * failures in and below them */
	function chooseNodes(s, all) {
		const { opened } = State.now, isAll = Filter.chosen() === null;
		const shown = new Uint8Array(nodes.length), rows = [];
		const hidden = new Map();
		const changed = new Uint8Array(nodes.length);

		for (let at = ORDER.length - 1; isAll && at >= 0; at--) {
			const k = ORDER[at];

			changed[k] ||= isChanged(s, k) ? 1 : 0;
			if (changed[k] && nodes[k].up >= 0)
				changed[nodes[k].up] = 1;
		}
		for (const k of ORDER) {
			const { up } = nodes[k];

			if (up >= 0 && (!shown[up] || opened.get(up) === false))
				continue;
			/* what the filter leaves nothing of, and what is below a hundredth */
			if (!isAll && !s.runs[k] && !s.inside[k])
				continue;
			shown[k] = up < 0 || opened.get(up) || changed[k] ||
			    s.inside[k] >= LEAST_SHARE * all ? 1 : 0;
			if (shown[k])
				rows.push(k);
			else
				hidden.set(up, [(hidden.get(up)?.[0] || 0) + 1,
				    (hidden.get(up)?.[1] || 0) + s.failures[k]]);
		}
		return { rows, hidden };
	}

	/** @returns {Listing} */
	function merged() {
		const s = sumNodes(), all = CRITICAL.nroot ? whole() : s.inside[0] || 1;
		const { rows, hidden } = chooseNodes(s, all);
		const withChildren = new Set(rows.map(k => nodes[k].up));
		const { opened } = State.now;

		return { label: "Processes, merged by command path",
		    columns: columns(s, all, hidden), rows, sort: "",
		    act: k => k < OWN && State.change({ node: State.now.node === k ? null : k }),
		    isSelected: k => k === State.now.node, level: k => DEPTH[k],
		    isOpen: k => hasChildren[k] ? withChildren.has(k) : null,
		    open: (k, open) => State.change({ opened: new Map(opened).set(k, open) }) };
	}

	function nameCell(k, hidden) {
		const cell = element("span", "node");

		cell.style.paddingLeft = Math.min(DEPTH[k], 20) * 14 + "px";
		cell.append(element("span", hasChildren[k] ? "twist" : "twist none"),
		    code(nodes[k].name));
		/* one run has one command */
		if (RUNS[k] === 1)
			cell.append(element("span", "arguments",
			    argumentsOf(lastExec(nodes[k].first), 100)));
		if (k >= OWN)
			cell.append(element("span", "gone", "not any more"));
		else if (BEFORE && !nodes[k].before)
			cell.append(element("span", "gone", "new"));
		if (hidden.has(k)) {
			const [n, failed] = hidden.get(k);

			cell.append(button("more", "+" + number(n) + (failed ? ", \u2717 " +
			    number(failed) : ""), () => State.change({
			    opened: new Map(State.now.opened).set(k, true) })));
		}
		return cell;
	}

	/** @returns {Column[]} */
	function columns(s, all, hidden) {
		const list = [
			{ name: "Command path", text: true, value: k => k,
			  show: k => nameCell(k, hidden) },
			{ name: CRITICAL.nroot ? "Of the critical path" : "Of the time", width: 200,
			  value: k => s.inside[k], title: "With all below it; dark: itself",
			  show: k => share(s.inside[k] / all, s.own[k] / all) },
			{ name: "Itself", width: 80, value: k => s.own[k],
			  show: k => (s.own[k] / all * 100).toFixed(1) + "\u00a0%" },
			countColumn("Runs", k => s.runs[k]),
			{ name: "Failed", width: 80, value: k => s.failed[k],
			  show: k => failures(s.failed[k]) },
			timeColumn("Mean", k => s.runs[k] ? s.wall[k] / s.runs[k] : 0),
			timeColumn("Total", k => s.wall[k]),
		];

		if (BEFORE && Filter.chosen() === null)
			list.push(...changeColumns(s));
		else if (P.cpu)
			list.push(timeColumn("CPU", k => s.cpu[k]));
		return list;
	}

	/* more and less, with a sign */
	function signed(n, say) {
		return element("span", n > 0 ? "more-than" : n < 0 ? "less-than" : "",
		    n ? (n > 0 ? "+" : "\u2212") + say(Math.abs(n)) : "");
	}

	/** what it was before @returns {Column[]} */
	function changeColumns(s) {
		const before = (k, key) => nodes[k].before?.[key] ?? 0;
		const change = (name, key, now, say, title) => ({ name, width: 112, title,
		    value: k => now[k] - before(k, key),
		    show: k => signed(now[k] - before(k, key), say) });

		return [
			timeColumn("Before", k => before(k, "wall"), "Total of the other recording"),
			change("Change", "wall", s.wall, duration, "Of the total"),
			change("Of itself", "own", s.self, duration,
			    "Without the time in which children lived"),
			change("More runs", "runs", s.runs, number),
		];
	}

	/* what a picture of them needs: sums by node, and the children of one; of -1 the
	 * roots */
	function shares() {
		const s = sumNodes(), below = nodes.map(() => []), roots = [];

		for (const k of ORDER)
			(nodes[k].up < 0 ? roots : below[nodes[k].up]).push(k);
		return { ...s, children: node => node < 0 ? roots : below[node],
		    name: node => nodes[node].name,
		    all: CRITICAL.nroot ? whole() : roots.reduce((n, k) => n + s.inside[k], 0) || 1 };
	}

	/* from the root down */
	function pathOf(node) {
		const names = [];

		for (let k = node; k >= 0; k = nodes[k].up)
			names.unshift(nodes[k].name);
		return names;
	}

	return { merged, shares, pathOf, OWN };
})();
