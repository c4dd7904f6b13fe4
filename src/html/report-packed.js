"use strict";

/* The packed picture: lanes of processes. */
const Packed = (() => {
	const { P, hue } = Data;
	const { AXIS, ROW, BAR, FONT, firstThat, gallop } = Picture;
	const HEAD = 20;	/* pixels above a group of lanes, for what it is called */
	const LEAST_ROW = 3;

	/* the lanes that fit, or as high as they may be */
	const rowHeight = (layout, room) => Math.min(ROW, Math.max(room - AXIS -
	    layout.groups.length * HEAD, 1) / layout.lanes.length);

	/* pixels of all lanes, axis and all */
	const heightOf = (layout, row) => AXIS + 4 + Math.ceil(layout.lanes.length *
	    row) + layout.groups.length * HEAD;

	class LanesPicture extends Picture.Base {
		/** @param {any} ctx @param {Part} part @param {any} now @param {any} colour
		 * @param {Layout} layout @param {?Uint8Array} match */
		constructor(ctx, part, now, colour, layout, match) {
			super(ctx, part, now, colour);
			this.layout = layout;
			this.match = match;
			/* by lane: the headings above it */
			this.heads = new Int32Array(layout.lanes.length + 1);
			for (const { lane } of layout.groups)
				this.heads.fill(this.heads[lane] + 1, lane);
			this.row = rowHeight(layout, this.height - 4);
			this.bar = this.row >= 12 ? Math.round(this.row * BAR.height / ROW) :
			    Math.max(this.row - 1, Math.min(this.row, LEAST_ROW - 1), 1);
		}

		yOf(lane) {
			const y = AXIS + 2 + lane * this.row + (this.row >= 12 ? 2 : 0) +
			    this.heads[lane] * HEAD;

			return this.row >= LEAST_ROW ? Math.round(y) : y;
		}

		place(i) {
			return this.layout.lane[i] < 0 ? NaN : this.yOf(this.layout.lane[i]);
		}

		/** the row at a point, the nearest one if they are narrow; or -1 */
		rowAt(x, y) {
			const { lanes } = this.layout;
			const lane = firstThat(0, lanes.length, l => this.yOf(l) - 2 > y) - 1;
			const rows = lanes[lane];

			if (!rows || y < AXIS || y > this.yOf(lane) + this.row)
				return -1;
			const ns = this.from + x / this.scale, wide = 4 / this.scale;
			const gap = i => Math.max(P.start[i] - ns, ns - P.stop[i], 0);
			let k = firstThat(0, rows.length, j => P.start[rows[j]] > ns - wide);
			let best = -1;

			for (k = Math.max(0, k - 1); k < rows.length &&
			    P.start[rows[k]] <= ns + wide; k++)
				if (gap(rows[k]) <= wide && (best < 0 || gap(rows[k]) < gap(best)))
					best = rows[k];
			return best;
		}

		draw() {
			this.fill(this.colour.surface, 0, 0, this.width, this.height);
			this.clip(() => {
				this.drawGroups();
				this.drawGrid();
				this.drawLost();
				for (let l = 0; l < this.layout.lanes.length; l++)
					this.drawLane(l);
				if (this.now.critical)
					Critical.draw(this, i => this.place(i), this.layout.lanes.length);
				Critical.connect(this, i => this.place(i));
				Links.draw(this, i => this.place(i));
				this.drawOutline(this.now.hovered, this.colour.muted);
				this.drawOutline(this.now.selected, this.colour.ink);
			});
			this.drawRange();
			this.drawAxis();
			this.drawCursor();
		}

		drawGroups() {
			const { groups } = this.layout;

			this.ctx.font = FONT;
			this.ctx.textBaseline = "middle";
			this.ctx.textAlign = "left";
			groups.forEach(({ lane, text, late }, k) => {
				const y = this.yOf(lane) - HEAD;
				const end = k + 1 < groups.length ? this.yOf(groups[k + 1].lane) - HEAD :
				    this.height;

				if (late)
					this.fill(this.colour.late, 0, y, this.width, end - y);
				else
					this.fill(this.colour.line, 0, y - 1, this.width, 1);
				this.ctx.fillStyle = late ? this.colour.muted : this.colour.ink;
				this.ctx.fillText(text, 6, y + HEAD / 2 + 1);
			});
		}

		/* Each at least a pixel wide; of those that are in the same pixel only
		 * the first one. Those that match are above those that do not. */
		drawLane(l) {
			const rows = this.layout.lanes[l], y = this.yOf(l);
			const density = this.row < LEAST_ROW ? Math.max(0.2, this.row / LEAST_ROW) : 1;

			if (y > this.height)
				return;
			this.ctx.globalAlpha = (this.match ? 0.22 : 1) * density;
			this.drawBars(rows, y);
			if (this.match) {
				this.ctx.globalAlpha = density;
				this.drawBars(rows.filter(i => this.match[i]), y);
			}
			this.drawFailures(this.match ? this.layout.failed[l].filter(i =>
			    this.match[i]) : this.layout.failed[l], y);
			this.ctx.globalAlpha = 1;
		}

		/* narrow ones of one colour that touch are drawn as one */
		drawBars(rows, y) {
			const n = rows.length;
			const run = { hue: -1, x: 0, end: 0 };
			let k = firstThat(0, n, j => this.x(P.stop[rows[j]]) >= 0);

			while (k < n) {
				const i = rows[k], x = this.x(P.start[i]);
				const w = this.x(P.stop[i]) - x;

				if (x > this.width)
					break;
				if (w > 4 && this.bar > 4) {
					const alpha = this.ctx.globalAlpha;

					this.drawProcess(i, y);
					this.ctx.globalAlpha = alpha;
					k++;
					continue;
				}
				if (hue[i] !== run.hue || x > run.end) {
					this.drawRun(run, y);
					run.hue = hue[i];
					run.x = x;
				}
				run.end = Math.max(x + w - 0.4, x + 1);
				k = w >= 0.5 ? k + 1 : gallop(k + 1, n,
				    j => this.x(P.stop[rows[j]]) >= Math.floor(x) + 1);
			}
			this.drawRun(run, y);
		}

		drawRun({ hue: k, x, end }, y) {
			if (k >= 0)
				this.fill(this.colour.hues[k], x, y, end - x, this.bar);
		}

		/* a stripe over bars that are too narrow to have one of their own */
		drawFailures(rows, y) {
			let k = firstThat(0, rows.length, j => this.x(P.stop[rows[j]]) >= 0);

			while (k < rows.length) {
				const x = this.x(P.start[rows[k]]);
				const w = Math.max(2, this.x(P.stop[rows[k]]) - x);

				if (x > this.width)
					break;
				this.fill(this.colour.failed, x, y, w,
				    this.bar > 8 ? 3 : Math.max(1, this.bar / 2));
				k = gallop(k + 1, rows.length,
				    j => this.x(P.stop[rows[j]]) >= Math.floor(x) + 1);
			}
		}

		drawOutline(i, style) {
			const y = i < 0 ? NaN : this.place(i);

			if (Number.isNaN(y))
				return;
			const x = Math.max(-4, this.x(P.start[i]));
			const end = Math.min(this.width + 4, this.x(P.stop[i]));

			this.ctx.strokeStyle = style;
			this.ctx.lineWidth = 2;
			this.ctx.strokeRect(x - 1, y - 1, Math.max(end - x, 2) + 2, this.bar + 2);
		}
	}

	return { Picture: LanesPicture, rowHeight, heightOf, LEAST_ROW };
})();
