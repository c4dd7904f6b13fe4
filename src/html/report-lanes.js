"use strict";

/** The packed picture: each process in a lane, below its parent's; siblings that
 * do not overlap share one.
 *
 * A process and what is below it are a block, which takes the highest place
 * below the parent that is free for all of its time. Who outlives the root has
 * a lane at the bottom: its block would keep the place from all that follow.
 *
 * @typedef {object} Layout
 * @property {Int32Array} lane	of each row; -1: not in this picture
 * @property {Int32Array[]} lanes	the rows in each, in the order of time
 * @property {Int32Array[]} failed	those of them that failed
 * @property {Group[]} groups	that have a heading above them
 *
 * @typedef {object} Group	of lanes, up to the next one's
 * @property {number} lane	the first one
 * @property {string} text	what it is called
 * @property {boolean} late	those that outlive the root
 */
const Lanes = (() => {
	const { P, RUNS, ROOT, ROOT_STOP, program, argumentsOf, lastExec } = Data;

	/* steps that blocks may take: a recording whose tree is as deep as it is
	 * long takes more, and gets the first lane that is free, see inOrder() */
	const MOST_STEPS = 3e7;
	let steps;

	/* Places blocks, which are in the order of time, below each other: sets
	 * offset, from 0 on; how many lanes they need. */
	function placeBlocks(rows, height, stop, offset) {
		const ends = [];

		for (const i of rows) {
			let at = 0;

			for (let k = 0; k < height[i];) {
				steps++;
				if (ends[at + k] > P.start[i]) {
					at += k + 1;
					k = 0;
				} else {
					k++;
				}
			}
			for (let k = 0; k < height[i]; k++)
				ends[at + k] = stop[i];
			offset[i] = at;
		}
		return ends.length;
	}

	/* lanes by blocks of the rows from .. to; how many there are, and which is
	 * the first of who outlives the root, which ends at limit */
	function inBlocks(top, from, to, limit, lane) {
		const height = new Int32Array(P.n), offset = new Int32Array(P.n);
		const stop = new Float64Array(P.n), late = [], tops = [];
		const isLate = i => i !== top && P.stop[i] > limit;

		for (let i = to; i >= from && steps < MOST_STEPS; i--) {
			const below = [];

			stop[i] = P.stop[i];
			for (let c = i + 1; c <= P.last[i]; c = P.last[c] + 1)
				if (!isLate(c) || isLate(i)) {
					below.push(c);
					stop[i] = Math.max(stop[i], stop[c]);
				}
			height[i] = 1 + placeBlocks(below, height, stop, offset);
		}
		for (let i = from; i <= to; i++) {
			const up = P.parent[i];

			if (isLate(i) && !(up >= from && isLate(up)))
				late.push(i);
			else if (i === from || up < from)
				tops.push(i);
		}
		const n = placeBlocks(tops, height, stop, offset);

		placeBlocks(late, height, stop, offset);
		for (let i = from; i <= to; i++) {
			const up = P.parent[i], own = up < from || isLate(i) && !isLate(up);

			lane[i] = offset[i] + (!own ? lane[up] + 1 : isLate(i) ? n : 0);
		}
		return n;
	}

	/* Lanes in the order of time: the first below the parent's that is free. A
	 * tree of the least end in a range of lanes finds it. */
	function inOrder(from, to, lane) {
		const order = Uint32Array.from({ length: to - from + 1 }, (_, k) => from + k)
		    .sort((a, b) => P.start[a] - P.start[b] || a - b);
		const size = 2 ** Math.ceil(Math.log2(order.length + 1));
		const least = new Float64Array(2 * size).fill(-Infinity);
		const firstFree = (at, moment) => {
			let k = at + size;

			/* up while what begins here is taken, then down */
			while (least[k] > moment) {
				while (k & 1)
					k >>= 1;
				k++;
			}
			while (k < size)
				k = 2 * k + (least[2 * k] > moment ? 1 : 0);
			return k - size;
		};
		let n = 0;

		for (const i of order) {
			const up = P.parent[i];
			const at = firstFree(up < from ? 0 : lane[up] + 1, P.start[i]);

			lane[i] = at;
			n = Math.max(n, at + 1);
			for (let k = at + size; k >= 1; k >>= 1)
				least[k] = k >= size ? P.stop[i] :
				    Math.min(least[2 * k], least[2 * k + 1]);
		}
		return n;
	}

	/* the rows of each lane, in the order of time */
	function collect(lane, from, to) {
		const lanes = [], failed = [];

		for (let i = from; i <= to; i++) {
			(lanes[lane[i]] ??= []).push(i);
			if (P.end[i] > 0)
				(failed[lane[i]] ??= []).push(i);
		}
		const sorted = list => Int32Array.from(list || [])
		    .sort((a, b) => P.start[a] - P.start[b] || a - b);

		return [lanes.map(sorted), Array.from(lanes, (_, l) => sorted(failed[l]))];
	}

	const hasEnded = i => P.end[i] !== -1 && P.end[i] !== -2;

	/* the rows from .. to, of which top is the root: their lanes from first on */
	function packPart({ top, from, to, limit, text }, first, lane, groups) {
		let late;

		steps = 0;
		late = inBlocks(top, from, to, limit, lane);
		if (steps >= MOST_STEPS)
			late = inOrder(from, to, lane);
		let n = late;

		for (let i = from; i <= to; i++) {
			n = Math.max(n, lane[i] + 1);
			lane[i] += first;
		}
		if (text)
			groups.push({ lane: first, text, late: false });
		if (late < n)
			groups.push({ lane: first + late, late: true, text: `outlived ${
			    program(top)} ${argumentsOf(lastExec(top), 40)}` });
		return first + n;
	}

	/* The command, and what else there is: processes of the machine that have
	 * nothing to do with it. */
	function besides() {
		const end = P.last[ROOT], other = { limit: Infinity, text: "" };

		return [{ top: ROOT, from: ROOT, to: end, limit: ROOT_STOP, text: "" },
			{ ...other, top: 0, from: 0, to: ROOT - 1 },
			{ ...other, top: end + 1, from: end + 1, to: P.n - 1 }]
		    .filter(part => part.from <= part.to)
		    .map((part, k) => k === 1 ? { ...part, text: "beside the command" } : part);
	}

	/* One for each recording that is in this one, or for all: what is not below
	 * others is in their order. */
	function parts() {
		const list = [];

		if (!P.run && ROOT >= 0 && P.parent[ROOT] < 0)
			return besides();
		if (!P.run)
			return [{ top: Math.max(ROOT, 0), from: 0, to: P.n - 1, limit: ROOT_STOP,
			    text: "" }];
		for (let i = 0; i < P.n; i = P.last[i] + 1) {
			if (list.length && P.run[list.at(-1).top] === P.run[i])
				list.at(-1).to = P.last[i];
			else
				list.push({ top: i, from: i, to: P.last[i], text: RUNS[P.run[i]],
				    limit: hasEnded(i) ? P.stop[i] : Infinity });
		}
		return list;
	}

	/** @param {number} root row, or -1: all @returns {Layout} */
	function pack(root) {
		const all = root < 0 ? parts() : [{ top: root, from: root, to: P.last[root],
		    limit: hasEnded(root) ? P.stop[root] : Infinity, text: "" }];
		const lane = new Int32Array(P.n).fill(-1), groups = [];

		all.reduce((n, part) => packPart(part, n, lane, groups), 0);
		const [lanes, failed] = collect(lane, Math.min(...all.map(part => part.from)),
		    Math.max(...all.map(part => part.to)));

		return { lane, lanes, failed, groups };
	}

	/** @type {() => Layout} */
	const layout = State.derived(["root"], ({ root }) => pack(root));

	return { layout, pack };
})();
