"use strict";

/** The tree, a row for each process: those that match and those above them,
 * unless what is above them is folded.
 *
 * @typedef {object} Listed
 * @property {Int32Array} list	rows in their order
 * @property {number} n	how many
 * @property {Int32Array} place	of every row: where it is in the list, or who is
 *	above it
 * @property {?Uint8Array} match
 */
const Rows = (() => {
	const { P } = Data;

	function withParents(match, root) {
		const keep = new Uint8Array(match);

		for (let i = P.n - 1; i > Math.max(0, root); i--)
			if (keep[i] && P.parent[i] >= 0)
				keep[P.parent[i]] = 1;
		return keep;
	}

	/** @type {() => Listed} */
	const listed = State.derived(["query", "status", "least", "range", "node", "command",
	    "root", "folded"], ({ root, folded, ...now }) => {
		const [from, to] = root < 0 ? [0, P.n - 1] : [root, P.last[root]];
		const filtered = now.query || now.status !== "all" || now.least ||
		    now.range || now.node !== null || now.command !== null;
		const match = filtered ? Filter.chosen() : null;
		const keep = match && withParents(match, root);
		const list = new Int32Array(P.n), place = new Int32Array(P.n).fill(-1);
		let n = 0, until = -1;

		for (let i = from; i <= to; i++) {
			if (i <= until || keep && !keep[i]) {
				place[i] = P.parent[i] < 0 ? -1 : place[P.parent[i]];
				continue;
			}
			place[i] = n;
			list[n++] = i;
			if (!keep && folded.has(i))
				until = P.last[i];
		}
		return { list, n, place, match };
	});

	const isShown = i => {
		const { place, list } = listed();

		return place[i] >= 0 && list[place[i]] === i;
	};

	const canFold = i => !listed().match && P.last[i] > i;

	function fold(i, folds) {
		const folded = new Set(State.now.folded);

		if (folds)
			folded.add(i);
		else
			folded.delete(i);
		State.change({ folded });
	}

	/* all but the first level, or none */
	function foldAll(folds) {
		const folded = new Set();

		for (let i = 0; folds && i < P.n; i++)
			if (P.last[i] > i && P.depth[i] > 0)
				folded.add(i);
		State.change({ folded });
	}

	function unfoldAbove(i) {
		const folded = new Set(State.now.folded);

		for (let up = P.parent[i]; up >= 0; up = P.parent[up])
			folded.delete(up);
		State.change({ folded });
	}

	return { listed, isShown, canFold, fold, foldAll, unfoldAbove };
})();
