"use strict";

/* The critical path in a picture: a line below the bars. place(row) is the height of
 * a bar, or NaN. */
const Critical = (() => {
	const { CRITICAL } = Data;
	const { AXIS, ROW, firstThat } = Picture;

	function drawPiece({ ctx, bar }, [x, end], y) {
		ctx.fillRect(x, y, end - x, bar > 8 ? 2 : 1);
	}

	/* runs: by height, the piece that is not drawn yet, as it may go on */
	function addPiece(picture, runs, y, x, end) {
		const run = runs.get(y);

		if (!(y > AXIS - ROW && y < picture.height))
			return;
		if (run && x <= run[1] + 0.5) {
			run[1] = Math.max(run[1], end);
		} else {
			if (run)
				drawPiece(picture, run, y);
			runs.set(y, [x, Math.max(end, x + 1)]);
		}
	}

	/* Pieces that touch are drawn as one. rows: how many of them there are: of
	 * more pieces in one pixel only those that come first are looked at */
	function draw(picture, place, rows = Infinity) {
		const runs = new Map(), most = 4 * rows;
		let k = firstThat(0, CRITICAL.n, j => CRITICAL.to[j] >= picture.from);
		let pixel = -1, n = 0;

		picture.ctx.fillStyle = picture.colour.critical;
		while (k < CRITICAL.n && CRITICAL.from[k] <= picture.to) {
			const end = picture.x(CRITICAL.to[k]);

			addPiece(picture, runs, place(CRITICAL.row[k]) + picture.bar,
			    picture.x(CRITICAL.from[k]), end);
			n = Math.floor(end) === pixel ? n + 1 : 0;
			pixel = Math.floor(end);
			k = n < most ? k + 1 : firstThat(k + 1, CRITICAL.n,
			    j => picture.x(CRITICAL.to[j]) >= pixel + 1);
		}
		runs.forEach((run, y) => drawPiece(picture, run, y));
	}

	/* from the piece before what is under the pointer, and to the next one */
	function connect(picture, place) {
		const { cursor: ns, hovered } = picture.now;
		const pieces = CRITICAL.of.get(hovered) || [];
		const k = pieces.find(p => ns !== null && CRITICAL.to[p] >= ns) ?? pieces[0];

		if (k === undefined)
			return;
		for (const [a, b] of [[k - 1, k], [k, k + 1]]) {
			if (a < 0 || b >= CRITICAL.n)
				continue;
			const ends = [a, b].map(p => place(CRITICAL.row[p]) + picture.bar);

			picture.fill(picture.colour.critical,
			    picture.x(CRITICAL.from[b]) - 0.5, Math.min(...ends), 1.5,
			    Math.abs(ends[0] - ends[1]) + 2);
		}
	}

	return { draw, connect };
})();
