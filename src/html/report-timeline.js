"use strict";

/* The timeline: rows in a column of elements, the rest on one canvas. Only what
 * is in view is drawn. */

const ROW = 22;		/* pixels */
const BAR = { top: 4, height: 14 };
const AXIS = 24, GRAPH = 52, HEAD = AXIS + GRAPH;
const LEAST_SPAN = 100;	/* ns */
const CHARACTER = 6.7;	/* pixels of one in the font of a bar, about */

function colours() {
	const style = getComputedStyle(document.documentElement);
	const names = ["surface", "ink", "muted", "line", "grid", "ok", "fork",
	    "failed", "running", "unknown", "on-bar", "critical", "select", "hover",
	    "lost", "live", "busy", "link"];

	return Object.fromEntries(names.map(name =>
	    [name, style.getPropertyValue("--" + name).trim()]));
}

/* 1, 2 or 5 times a power of 10: at least n */
function roundUp(n) {
	const power = 10 ** Math.floor(Math.log10(n));

	return [1, 2, 5, 10].map(k => k * power).find(k => k >= n * (1 - 1e-9));
}

/* The first of lo .. hi - 1 for which is(i), which stays true then; or hi. */
function firstThat(lo, hi, is) {
	while (lo < hi) {
		const middle = (lo + hi) >> 1;

		if (is(middle))
			hi = middle;
		else
			lo = middle + 1;
	}
	return lo;
}

/* a failed exec after which the process executed nothing else */
function isFinal(i, mark) {
	return P.firstExec[i + 1] === P.firstExec[i] ||
	    EXEC.at[P.firstExec[i + 1] - 1] < MARK.at[mark];
}

/* the critical path by row: [index in CRITICAL, ...] */
const CRITICAL_OF = new Map();
CRITICAL.forEach(([row], k) => {
	if (!CRITICAL_OF.has(row))
		CRITICAL_OF.set(row, []);
	CRITICAL_OF.get(row).push(k);
});

const MOST_LIVE = Math.max(1, largest(LOAD.live));

/* Draws a part of the picture: the times from .. to on width pixels, from the
 * row at the top (a fraction of rows may be above it). */
class Picture {
	constructor(ctx, rows, view, colour) {
		Object.assign(this, { ctx, rows, colour }, view);
		this.scale = this.width / (this.to - this.from);
	}

	x(ns) {
		return (ns - this.from) * this.scale;
	}

	y(place) {
		return HEAD + (place - this.top) * ROW;
	}

	/* the places in view */
	places() {
		const from = Math.max(0, Math.floor(this.top));

		return [from, Math.min(this.rows.n,
		    Math.ceil(this.top + (this.height - HEAD) / ROW))];
	}

	fill(style, x, y, w, h) {
		this.ctx.fillStyle = style;
		this.ctx.fillRect(x, y, w, h);
	}

	draw() {
		const { ctx } = this;

		this.fill(this.colour.surface, 0, 0, this.width, this.height);
		ctx.save();
		ctx.beginPath();
		ctx.rect(0, HEAD, this.width, this.height - HEAD);
		ctx.clip();
		this.drawBackground();
		this.drawGrid();
		this.drawLost();
		this.drawForks();
		this.drawBars();
		if (this.critical)
			this.drawCritical();
		ctx.restore();
		this.drawGraph();
		this.drawAxis();
		if (this.cursor !== undefined)
			this.drawCursor();
	}

	drawBackground() {
		const [from, to] = this.places();

		for (let k = from; k < to; k++) {
			const i = this.rows.list[k];
			const style = i === this.selected ? this.colour.select :
			    i === this.hovered ? this.colour.hover : null;

			if (style)
				this.fill(style, 0, this.y(k), this.width, ROW);
		}
	}

	step() {
		return roundUp((this.to - this.from) * 110 / this.width);
	}

	/* calls back with each tick's time and x */
	ticks(each) {
		const step = this.step();

		for (let k = Math.ceil(this.from / step); k * step <= this.to; k++)
			each(k * step, Math.round(this.x(k * step)) + 0.5);
	}

	drawGrid() {
		this.ctx.strokeStyle = this.colour.grid;
		this.ctx.lineWidth = 1;
		this.ctx.beginPath();
		this.ticks((ns, x) => {
			this.ctx.moveTo(x, HEAD);
			this.ctx.lineTo(x, this.height);
		});
		this.ctx.stroke();
	}

	drawAxis() {
		const { ctx } = this, step = this.step();

		ctx.font = this.font;
		ctx.textBaseline = "middle";
		ctx.textAlign = "left";
		ctx.fillStyle = this.colour.muted;
		ctx.strokeStyle = this.colour.line;
		ctx.beginPath();
		this.ticks((ns, x) => {
			ctx.moveTo(x, AXIS - 7);
			ctx.lineTo(x, AXIS);
			const text = tick(ns, step, this.to);

			if (x + 4 + ctx.measureText(text).width < this.width)
				ctx.fillText(text, x + 4, AXIS / 2 + 1);
		});
		ctx.moveTo(0, HEAD - 0.5);
		ctx.lineTo(this.width, HEAD - 0.5);
		ctx.stroke();
	}

	/* the most processes in each pixel, as steps */
	drawSteps(values, top, style) {
		const { ctx } = this, n = LOAD.ts.length;
		const high = GRAPH - 16, base = HEAD - 1;
		const yOf = value => base - value / top * high;
		let k = Math.max(0, firstThat(0, n, j => LOAD.ts[j] > this.from) - 1);

		ctx.fillStyle = style;
		ctx.beginPath();
		ctx.moveTo(Math.max(0, this.x(LOAD.ts[k])), base);
		while (k < n && LOAD.ts[k] <= this.to) {
			const x = Math.max(0, Math.floor(this.x(LOAD.ts[k])));
			let most = values[k], next = k + 1;

			while (next < n && this.x(LOAD.ts[next]) < x + 1)
				most = Math.max(most, values[next++]);
			const end = next < n ? Math.min(this.width,
			    Math.floor(this.x(LOAD.ts[next]))) : x;

			ctx.lineTo(x, yOf(most));
			if (end > x + 1) {
				ctx.lineTo(x + 1, yOf(most));
				ctx.lineTo(x + 1, yOf(values[next - 1]));
				ctx.lineTo(end, yOf(values[next - 1]));
			} else {
				ctx.lineTo(Math.max(end, x), yOf(most));
			}
			k = next;
		}
		ctx.lineTo(Math.min(this.width, this.x(LOAD.ts[Math.min(k, n - 1)])), base);
		ctx.closePath();
		ctx.fill();
	}

	drawGraph() {
		if (!LOAD.ts.length)
			return;
		this.drawSteps(LOAD.live, MOST_LIVE, this.colour.live);
		this.drawSteps(LOAD.busy, MOST_LIVE, this.colour.busy);
		this.ctx.font = this.font;
		this.ctx.textBaseline = "middle";
		this.ctx.textAlign = "right";
		this.ctx.fillStyle = this.colour.muted;
		this.ctx.fillText(number(MOST_LIVE), this.width - 5, AXIS + 16);
	}

	drawLost() {
		for (const [from, to] of LOST) {
			const x = this.x(from), w = Math.max(2, this.x(to) - x);

			if (x + w >= 0 && x <= this.width)
				this.hatch(x, HEAD, w, this.height - HEAD,
				    this.colour.lost);
		}
	}

	/* strokes from the lower left to the upper right */
	hatch(x, y, w, h, style) {
		const { ctx } = this, left = Math.max(0, x);
		const right = Math.min(this.width, x + w);

		if (right <= left)
			return;
		ctx.save();
		ctx.beginPath();
		ctx.rect(left, y, right - left, h);
		ctx.clip();
		ctx.strokeStyle = style;
		ctx.lineWidth = 1.5;
		ctx.beginPath();
		for (let at = left - h - (left - h) % 6; at < right; at += 6) {
			ctx.moveTo(at, y + h);
			ctx.lineTo(at + h, y);
		}
		ctx.stroke();
		ctx.restore();
	}

	/* from each row in view up to its parent's */
	drawForks() {
		const { ctx } = this, [from, to] = this.places();

		ctx.lineWidth = 1;
		ctx.strokeStyle = this.colour.link;
		ctx.beginPath();
		for (let k = from; k < to; k++)
			this.addFork(this.rows.list[k]);
		ctx.stroke();
		ctx.strokeStyle = this.colour.muted;
		ctx.beginPath();
		for (let i = this.hovered ?? -1; i >= 0; i = P.parent[i])
			this.addFork(i);
		for (let i = this.selected ?? -1; i >= 0; i = P.parent[i])
			this.addFork(i);
		ctx.stroke();
	}

	addFork(i) {
		const x = Math.round(this.x(P.start[i])) - 0.5;

		if (P.parent[i] < 0 || x < -4 || x > this.width)
			return;
		const y = this.y(this.rows.place[i]) + ROW / 2;
		const up = this.y(this.rows.place[P.parent[i]]) + BAR.top + BAR.height;

		if (y < HEAD || up > this.height)
			return;
		this.ctx.moveTo(x, Math.max(HEAD - 1, up));
		this.ctx.lineTo(x, Math.min(this.height + 1, y));
	}

	drawBars() {
		const [from, to] = this.places();

		this.ctx.font = this.font;
		this.ctx.textBaseline = "middle";
		for (let k = from; k < to; k++)
			this.drawProcess(this.rows.list[k], this.y(k) + BAR.top);
	}

	drawProcess(i, y) {
		const { ctx } = this;
		const x = this.x(P.start[i]), end = this.x(P.stop[i]);

		if (end < 0 || x > this.width)
			return this.drawPointer(end < 0, y + BAR.height / 2);
		const left = Math.max(-2, x);
		const right = Math.max(Math.min(this.width + 2, end), left + 1.5);

		ctx.globalAlpha = this.rows.match && !this.rows.match[i] ? 0.35 : 1;
		ctx.save();
		ctx.beginPath();
		ctx.roundRect(left, y, right - left, BAR.height,
		    right - left > 6 ? 2.5 : 0);
		ctx.clip();
		this.drawSegments(i, y, right);
		this.drawEnd(i, left, y, right);
		ctx.restore();
		this.drawMarks(i, y);
		ctx.globalAlpha = 1;
	}

	/* where the bar is, if it is not in view */
	drawPointer(atLeft, y) {
		const { ctx } = this, x = atLeft ? 4 : this.width - 4;
		const by = atLeft ? 4 : -4;

		ctx.fillStyle = this.colour.link;
		ctx.beginPath();
		ctx.moveTo(x, y);
		ctx.lineTo(x + by, y - 4);
		ctx.lineTo(x + by, y + 4);
		ctx.fill();
	}

	/* one for the time before the first exec, one for each exec */
	drawSegments(i, y, right) {
		const first = P.firstExec[i], last = P.firstExec[i + 1];
		const shade = stateOf(i);
		const style = shade === "ok" ? this.colour.ok : this.colour[shade];
		const start = k => k < last ? this.x(P.start[i] + EXEC.at[k]) : right;
		/* what is left of the view */
		let k = firstThat(first, last, e => start(e) > 0) - 1;
		let x = k < first ? this.x(P.start[i]) : start(k);

		for (; k < last; k++) {
			const next = k + 1 < last ? start(k + 1) : right;

			if (k < first && !P._unforked.has(i))
				this.fill(this.colour.fork, x, y, next - x, BAR.height);
			else
				this.fill(style, x, y, Math.max(next - x, 1),
				    BAR.height);
			if (k >= first)
				this.drawLabel(programOf(k), x, y, next);
			else if (first === last)
				this.drawLabel("fork of " + program(i), x, y, next,
				    this.colour.ink);
			if (k > first)
				this.fill(this.colour.surface, Math.round(x), y, 1, BAR.height);
			x = next;
			if (x > this.width)
				break;
			/* many in one pixel are drawn as one */
			if (k + 1 < last)
				k = Math.max(k, firstThat(k + 1, last,
				    e => start(e) > x + 0.5) - 2);
		}
	}

	drawLabel(text, x, y, end, style = this.colour["on-bar"]) {
		const left = Math.max(x, 0) + 5;
		const room = Math.floor((Math.min(end, this.width) - left - 4) / CHARACTER);

		if (room < 3)
			return;
		this.ctx.fillStyle = style;
		this.ctx.textAlign = "left";
		this.ctx.fillText(text.length > room ?
		    text.slice(0, room - 1) + "\u2026" : text, left,
		    y + BAR.height / 2 + 0.5);
	}

	/* How it ended: failed ones have a dark end, running ones an open one, of
	 * others nobody knows it. */
	drawEnd(i, left, y, right) {
		const { ctx } = this, state = stateOf(i);

		if (state === "failed" && right - left > 5) {
			ctx.globalAlpha *= 0.35;
			this.fill("#000", right - 3, y, 3, BAR.height);
			ctx.globalAlpha /= 0.35;
		} else if (state === "running") {
			const w = Math.min(14, right - left), h = BAR.height;

			ctx.fillStyle = this.colour.surface;
			ctx.beginPath();
			ctx.moveTo(right - w * 0.4, y);
			ctx.lineTo(right, y + h / 2);
			ctx.lineTo(right - w * 0.4, y + h);
			ctx.lineTo(right + 1, y + h);
			ctx.lineTo(right + 1, y);
			ctx.fill();
		} else if (state === "unknown") {
			this.hatch(left + (right - left) / 2, y, (right - left) / 2,
			    BAR.height, this.colour.surface);
		}
	}

	/* Events: a diamond is a new session or group, a cross a failed exec; red, if
	 * nothing else was executed then. Not those that would hide another. */
	drawMarks(i, y) {
		const marks = (MARK.of.get(i) || []).filter(k => !isLook(k));
		const x = k => this.x(P.start[i] + MARK.at[marks[k]]);
		let k = firstThat(0, marks.length, j => x(j) > -5);

		while (k < marks.length && x(k) < this.width + 5) {
			const at = x(k);

			this.drawMark(STRINGS[MARK.kind[marks[k]]], at,
			    y + BAR.height / 2, isFinal(i, marks[k]));
			k = firstThat(k + 1, marks.length, j => x(j) >= at + 4);
		}
	}

	drawMark(kind, x, y, final) {
		const { ctx } = this;
		const size = { setsid: 4.5, setpgid: 3.5, execfail: 2.5 }[kind] ?? 1.5;

		ctx.fillStyle = this.colour.surface;
		ctx.strokeStyle = this.colour.ink;
		ctx.lineWidth = 1.25;
		ctx.beginPath();
		if (kind === "execfail") {
			for (const side of [-size, size]) {
				ctx.moveTo(x - size, y - side);
				ctx.lineTo(x + size, y + side);
			}
			ctx.strokeStyle = this.colour.surface;
			ctx.lineWidth = 3.5;
			ctx.stroke();
			ctx.strokeStyle = final ? this.colour.failed : this.colour.muted;
			ctx.lineWidth = 1.75;
		} else {
			ctx.moveTo(x - size, y);
			ctx.lineTo(x, y - size);
			ctx.lineTo(x + size, y);
			ctx.lineTo(x, y + size);
			ctx.closePath();
			ctx.fill();
		}
		ctx.stroke();
	}

	/* Under the bars, and from bar to bar where one takes over from another. Of
	 * those that are in one column of pixels only the longest line is drawn. */
	drawCritical() {
		const { ctx } = this;
		let column = NaN, high = 0, low = 0;
		let k = firstThat(0, CRITICAL.length, j => CRITICAL[j][2] >= this.from);

		ctx.fillStyle = this.colour.critical;
		for (; k < CRITICAL.length && CRITICAL[k][1] <= this.to; k++) {
			const [row, from, to] = CRITICAL[k];
			const y = this.y(this.rows.place[row]) + BAR.top + BAR.height;
			const x = this.x(from);

			if (y > HEAD - ROW && y < this.height)
				ctx.fillRect(x, y, Math.max(this.x(to) - x, 1), 2.5);
			if (Math.round(x) !== column) {
				this.drawConnector(column, high, low);
				column = Math.round(x);
				high = Infinity;
				low = -Infinity;
			}
			const before = k > 0 ? this.y(this.rows.place[CRITICAL[k - 1][0]]) +
			    BAR.top + BAR.height : y;

			high = Math.min(high, y, before);
			low = Math.max(low, y, before);
		}
		this.drawConnector(column, high, low);
	}

	drawConnector(x, high, low) {
		const top = Math.max(HEAD, high), end = Math.min(this.height, low + 2.5);

		/* one that only passes by tells nothing */
		if (!(end > top) || high < HEAD && low > this.height)
			return;
		this.ctx.globalAlpha = 0.6;
		this.ctx.fillRect(x - 0.5, top, 1, end - top);
		this.ctx.globalAlpha = 1;
	}

	drawCursor() {
		const { ctx } = this, x = Math.round(this.x(this.cursor)) + 0.5;
		const text = moment(this.cursor, this.step() / 100);

		ctx.strokeStyle = this.colour.muted;
		ctx.lineWidth = 1;
		ctx.setLineDash([2, 3]);
		ctx.beginPath();
		ctx.moveTo(x, AXIS);
		ctx.lineTo(x, this.height);
		ctx.stroke();
		ctx.setLineDash([]);
		ctx.font = this.font;
		const w = ctx.measureText(text).width + 10;
		const left = Math.max(0, Math.min(this.width - w, x - w / 2));

		ctx.fillStyle = this.colour.ink;
		ctx.beginPath();
		ctx.roundRect(left, 3, w, AXIS - 6, 3);
		ctx.fill();
		ctx.fillStyle = this.colour.surface;
		ctx.textAlign = "left";
		ctx.fillText(text, left + 5, AXIS / 2 + 0.5);
		if (this.range) {
			const [a, b] = this.range.map(ns => this.x(ns)).sort((p, q) => p - q);

			ctx.globalAlpha = 0.18;
			this.fill(this.colour.ink, a, AXIS, b - a, this.height);
			ctx.globalAlpha = 1;
		}
	}
}
