"use strict";

/** What is shown: one object, which only change() replaces. Whoever draws says of
 * which of its keys, and is called once for each frame in which one changed.
 *
 * @typedef {object} Shown
 * @property {string} view	the table: see views
 * @property {string} mode	"packed", or "tree": a row for each process
 * @property {number} root	the row of the subtree that is shown, -1: all
 * @property {number} from	the part of time that is in view, ns ...
 * @property {number} to
 * @property {number} top	... and the first row, or lane, of the picture
 * @property {?[number, number]} range	of time, ns, that filters
 * @property {number} selected	row, or -1
 * @property {string} query	what is to be found
 * @property {string} status	"all", or that of the processes shown
 * @property {number} least	ns that they lasted
 * @property {?number} node	of the merged tree; only its runs
 * @property {?number} command	by number; only its runs
 * @property {string} sort	column of the table, with "-" before it: upwards
 * @property {string} by	what the critical path is added up by
 * @property {ReadonlySet<number>} folded	rows of the tree
 * @property {ReadonlyMap<number, boolean>} opened	nodes of the merged tree that were
 *	opened, or closed
 * @property {boolean} critical	whether the critical path is drawn
 * @property {number} hovered	row, or -1
 * @property {?number} cursor	ns under the pointer
 * @property {?[number, number]} drag	a range that is being dragged
 */
const State = (() => {
	const { DATA, P, FIRST, FINAL, ROOT_STOP, largest } = Data;
	const LEAST_SPAN = 100;	/* ns */
	const WHOLE = Math.max(FINAL - FIRST, LEAST_SPAN), MARGIN = WHOLE * 0.01;

	const FULL = { from: FIRST - MARGIN, to: FIRST + WHOLE + MARGIN };

	/* At first what ran, but of what outlives the command by far only a little: it
	 * would make all else narrow. */
	const TOOK = ROOT_STOP - FIRST, LAST = DATA.before ? FINAL : largest(P.stop);
	const OPENING = TOOK >= LEAST_SPAN && LAST - FIRST > 2.5 * TOOK ?
	    { from: FIRST - TOOK * 0.01, to: ROOT_STOP + TOOK * 0.2 } :
	    WHOLE > 1.05 * (LAST - FIRST) ? { from: FULL.from, to: LAST + MARGIN } : FULL;

	/** @type {Readonly<Shown>} */
	const INITIAL = Object.freeze({ view: "merged", mode: "packed", root: -1,
	    ...OPENING, top: 0, range: null, selected: -1, query: "", status: "all", least: 0, node: null, command: null,
	    sort: "", by: "program", folded: new Set(), opened: new Map(), critical: true,
	    hovered: -1, cursor: null, drag: null });

	const ALL = { query: "", status: "all", least: 0, range: null, node: null,
	    command: null };

	let now = INITIAL, changed = new Set(), frame = 0;
	/** @type {[string[], (now: Readonly<Shown>, keys: Set<string>) => void][]} */
	const listeners = [];

	/** @param {string[]} keys @param {(now: Readonly<Shown>, keys: Set<string>) => void} run */
	function on(keys, run) {
		listeners.push([keys, run]);
	}

	/* time in view: within the recording, and not too little of it */
	function limit(next) {
		const span = Math.min(Math.max(next.to - next.from, LEAST_SPAN),
		    WHOLE + 2 * MARGIN);

		next.from = Math.min(Math.max(next.from, FIRST - MARGIN),
		    FIRST + WHOLE + MARGIN - span);
		next.to = next.from + span;
		next.top = Math.max(0, next.top);
	}

	const same = (a, b) => a === b || Array.isArray(a) && Array.isArray(b) &&
	    a[0] === b[0] && a[1] === b[1];

	/** @param {Partial<Shown>} patch */
	function change(patch) {
		const next = { ...now, ...patch };

		limit(next);
		for (const key of Object.keys(next))
			if (!same(next[key], now[key]))
				changed.add(key);
		if (!changed.size)
			return;
		now = Object.freeze(next);
		frame ||= requestAnimationFrame(flush);
	}

	/* calls whoever is to know, now; all, if nobody knows anything yet */
	function flush(all) {
		const keys = changed;

		cancelAnimationFrame(frame);
		frame = 0;
		changed = new Set();
		for (const [wanted, run] of listeners)
			if (all === true || wanted.some(key => keys.has(key)))
				run(now, keys);
	}

	/* all is drawn anew, as after a change of colours or sizes */
	function redraw() {
		for (const key of Object.keys(now))
			changed.add(key);
		frame ||= requestAnimationFrame(flush);
	}

	/* a value computed from some keys, and kept as long as they stay */
	function derived(keys, compute) {
		let of, value;

		return () => {
			if (!of || keys.some(key => !same(of[key], now[key]))) {
				value = compute(now);
				of = now;
			}
			return value;
		};
	}

	return { get now() { return now; }, INITIAL, FULL, ALL, LEAST_SPAN, WHOLE, on, change,
	    flush, redraw, derived };
})();
