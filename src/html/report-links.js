"use strict";

/* Lines from the bar of the selected process to those that it has to do with: at the
 * other ends of its pipes, of the files that it read and made, and on another host. */
const Links = (() => {
	const { P } = Data;
	const MOST = 24;	/* of a kind */

	/* from a moment of one process to one of another: [row, ns, row, ns, pixels to
	 * the right] */
	const atOnce = (a, b, shift) => [a, Math.max(P.start[a], P.start[b]), b,
	    Math.max(P.start[a], P.start[b]), shift];
	const after = (a, b) => P.stop[a] <= P.start[b] ? [a, P.stop[a], b, P.start[b], 0] :
	    atOnce(a, b, 0);

	const rowsOf = list => [...new Set(list.flatMap(({ rows }) => rows))].slice(0, MOST);

	function ends(i) {
		const hosts = [i, ...Data.children(i)].filter(Data.isRemote);

		return [
			...Pipes.NAMES.flatMap((name, fd) => Pipes.others(i, fd).slice(0, MOST)
			    .map(([row]) => atOnce(i, row, 4 + 4 * fd))),
			...rowsOf(Files.read(i)).map(row => after(row, i)),
			...rowsOf(Files.made(i)).map(row => after(i, row)),
			...hosts.slice(0, MOST).map(row => atOnce(P.parent[row], row, 2)),
		];
	}

	/** @type {() => number[][]} */
	const links = State.derived(["selected"], now => now.selected < 0 ? [] :
	    ends(now.selected));

	/** place(row) is the height of a bar, or NaN
	 * @param {any} picture @param {(row: number) => number} place */
	function draw(picture, place) {
		const { ctx, bar } = picture;

		ctx.strokeStyle = ctx.fillStyle = picture.colour.accent;
		ctx.lineWidth = 1.5;
		for (const [a, from, b, to, shift] of links()) {
			const [x1, x2] = [from, to].map(ns => picture.x(ns) + shift);
			const [y1, y2] = [a, b].map(row => place(row) + bar / 2);

			if (Number.isNaN(y1 + y2) || Math.max(x1, x2) < 0 ||
			    Math.min(x1, x2) > picture.width)
				continue;
			ctx.beginPath();
			ctx.moveTo(x1, y1);
			ctx.lineTo(x2, y2);
			ctx.stroke();
			for (const [x, y] of [[x1, y1], [x2, y2]]) {
				ctx.beginPath();
				ctx.arc(x, y, 3, 0, 2 * Math.PI);
				ctx.fill();
			}
		}
	}

	return { draw };
})();
