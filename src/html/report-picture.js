"use strict";

/** What pictures of processes in time have in common: axis, bars, marks.
 *
 * @typedef {object} Part	of the picture, which is drawn
 * @property {number} from	ns at the left
 * @property {number} to	and at the right
 * @property {number} width	pixels
 * @property {number} height
 */
const Picture = (() => {
	const { P, EXEC, MARK, FEW, LOST, STRINGS, hue, program, programOf,
	    argumentsOf, hostOf, stateOf, isEvent } = Data;
	const { moment, tick } = Words;
	const AXIS = 24, ROW = 22;	/* pixels */
	const BAR = { top: 3, height: 15 };
	const CHARACTER = 6.7;	/* pixels of one in the font of a bar, about */
	const FONT = "11px " + getComputedStyle(document.documentElement)
	    .getPropertyValue("--mono");

	function colours() {
		const style = getComputedStyle(document.documentElement);
		const value = name => style.getPropertyValue("--" + name).trim();
		const names = ["surface", "page", "ink", "muted", "line", "grid", "fork",
		    "failed", "running", "on-bar", "critical", "select", "hover", "lost",
		    "live", "busy", "link", "accent", "late", "mark"];

		return { ...Object.fromEntries(names.map(name => [name, value(name)])),
		    hues: Array.from({ length: Data.HUES + 1 }, (_, k) => value("hue" + k)) };
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

	/* ... which is near lo */
	function gallop(lo, hi, is) {
		let step = 1;

		while (lo + step < hi && !is(lo + step - 1)) {
			lo += step;
			step *= 2;
		}
		return firstThat(lo, Math.min(hi, lo + step), is);
	}

	/* a failed exec after which the process executed nothing else */
	function isFinal(i, mark) {
		return P.firstExec[i + 1] === P.firstExec[i] ||
		    EXEC.at[P.firstExec[i + 1] - 1] < MARK.at[mark];
	}

	class Base {
		/** @param {any} ctx @param {Part} part @param {any} now what State has
		 * @param {any} colour */
		constructor(ctx, part, now, colour) {
			this.ctx = ctx;
			this.now = now;
			this.colour = colour;
			this.from = part.from;
			this.to = part.to;
			this.width = part.width;
			this.height = part.height;
			this.scale = this.width / (this.to - this.from);
			this.bar = BAR.height;
			/** @type {?Uint8Array} */
			this.match = null;
		}

		x(ns) {
			return (ns - this.from) * this.scale;
		}

		fill(style, x, y, w, h) {
			this.ctx.fillStyle = style;
			this.ctx.fillRect(x, y, w, h);
		}

		/* below the axis only */
		clip(draw) {
			this.ctx.save();
			this.ctx.beginPath();
			this.ctx.rect(0, AXIS, this.width, this.height - AXIS);
			this.ctx.clip();
			draw();
			this.ctx.restore();
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
				this.ctx.moveTo(x, AXIS);
				this.ctx.lineTo(x, this.height);
			});
			this.ctx.stroke();
		}

		drawAxis() {
			const { ctx } = this, step = this.step();

			ctx.font = FONT;
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
			ctx.moveTo(0, AXIS - 0.5);
			ctx.lineTo(this.width, AXIS - 0.5);
			ctx.stroke();
		}

		drawLost() {
			for (const [from, to] of LOST) {
				const x = this.x(from), w = Math.max(2, this.x(to) - x);

				if (x + w >= 0 && x <= this.width)
					this.hatch(x, AXIS, w, this.height - AXIS,
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

		/* what is outside the range of time, or of the one being dragged */
		drawRange() {
			const range = this.now.drag || this.now.range;

			if (!range)
				return;
			const [a, b] = range.map(ns => this.x(ns)), h = this.height;

			this.ctx.globalAlpha = 0.62;
			this.fill(this.colour.page, 0, AXIS, Math.min(a, this.width), h);
			this.fill(this.colour.page, Math.max(0, b), AXIS, this.width, h);
			this.ctx.globalAlpha = 1;
			this.fill(this.colour.accent, Math.round(a) - 1, 0, 1, h);
			this.fill(this.colour.accent, Math.round(b), 0, 1, h);
			this.fill(this.colour.accent, a, AXIS - 2, b - a, 2);
		}

		drawCursor() {
			const { ctx } = this;

			if (this.now.cursor === null)
				return;
			const x = Math.round(this.x(this.now.cursor)) + 0.5;
			const text = moment(this.now.cursor, this.step() / 100);

			ctx.strokeStyle = this.colour.muted;
			ctx.lineWidth = 1;
			ctx.setLineDash([2, 3]);
			ctx.beginPath();
			ctx.moveTo(x, AXIS);
			ctx.lineTo(x, this.height);
			ctx.stroke();
			ctx.setLineDash([]);
			ctx.font = FONT;
			const w = ctx.measureText(text).width + 10;
			const left = Math.max(0, Math.min(this.width - w, x - w / 2));

			ctx.fillStyle = this.colour.ink;
			ctx.beginPath();
			ctx.roundRect(left, 3, w, AXIS - 6, 3);
			ctx.fill();
			ctx.fillStyle = this.colour.surface;
			ctx.textAlign = "left";
			ctx.textBaseline = "middle";
			ctx.fillText(text, left + 5, AXIS / 2 + 0.5);
		}

		isDim(i) {
			return this.match !== null && !this.match[i];
		}

		/* a whole bar at this height: execs, end and marks */
		drawProcess(i, y) {
			const { ctx } = this;
			const left = Math.max(-2, this.x(P.start[i]));
			const right = Math.max(Math.min(this.width + 2, this.x(P.stop[i])),
			    left + 1.5);

			ctx.globalAlpha = this.isDim(i) ? 0.25 : 1;
			ctx.save();
			ctx.beginPath();
			ctx.roundRect(left, y, right - left, this.bar, right - left > 6 ? 2.5 : 0);
			ctx.clip();
			this.drawSegments(i, y, right);
			this.drawEnd(i, left, y, right);
			ctx.restore();
			if (this.bar >= BAR.height)
				this.drawMarks(i, y);
			ctx.globalAlpha = 1;
		}

		/* one for the time before the first exec, one for each exec */
		drawSegments(i, y, right) {
			const first = P.firstExec[i], last = P.firstExec[i + 1];
			const style = this.colour.hues[hue[i]];
			const start = k => k < last ? this.x(P.start[i] + EXEC.at[k]) : right;
			/* what is left of the view */
			let k = firstThat(first, last, e => start(e) > 0) - 1;
			let x = k < first ? this.x(P.start[i]) : start(k);

			for (; k < last; k++) {
				const next = k + 1 < last ? start(k + 1) : right;
				const forked = k < first && !FEW.unforked.has(i);

				this.fill(forked ? this.colour.fork : style, x, y,
				    Math.max(next - x, 1), this.bar);
				if (forked)
					this.fill(style, x, y, next - x, 2);
				if (k >= first)
					this.drawLabel(i, hostOf(i) + programOf(k), x, y, next, k);
				else if (first === last)
					this.drawLabel(i, `(${program(i)})`, x, y, next);
				if (k > first)
					this.fill(this.colour.surface, Math.round(x), y, 1,
					    this.bar);
				x = next;
				if (x > this.width)
					break;
				/* many in one pixel are drawn as one */
				if (k + 1 < last)
					k = Math.max(k, firstThat(k + 1, last,
					    e => start(e) > x + 0.5) - 2);
			}
		}

		/* the program, and as much of what is behind it as there is room for;
		 * exec: which one, or -1: it only forked */
		drawLabel(i, name, x, y, end, exec = -1) {
			const failed = stateOf(i) === "failed" ? "\u2717 " : "";
			const left = Math.max(x, 0) + 5;
			const room = Math.floor((Math.min(end, this.width) - left - 4) / CHARACTER);
			let text = failed + name;

			if (this.bar < 11 || room < 2 || room < 3 && !failed)
				return;
			if (exec >= 0 && text.length + 3 < room)
				text += " " + argumentsOf(exec, room);
			this.ctx.fillStyle = this.colour[exec < 0 ? "ink" : "on-bar"];
			this.ctx.textAlign = "left";
			this.ctx.textBaseline = "middle";
			this.ctx.font = FONT;
			this.ctx.fillText(text.length > room ?
			    text.slice(0, room - 1) + "\u2026" : text, left,
			    y + this.bar / 2 + (failed ? 2.5 : 1));
		}

		/* How it ended: failed ones have a stripe, running ones an open end, of
		 * others nobody knows it. */
		drawEnd(i, left, y, right) {
			const { ctx } = this, state = stateOf(i), h = this.bar;

			if (state === "failed") {
				this.fill(this.colour.failed, left, y, right - left, 3);
			} else if (state === "running") {
				const w = Math.min(14, right - left);

				ctx.fillStyle = this.colour.surface;
				ctx.beginPath();
				ctx.moveTo(right - w * 0.4, y);
				ctx.lineTo(right, y + h / 2);
				ctx.lineTo(right - w * 0.4, y + h);
				ctx.lineTo(right + 1, y + h);
				ctx.lineTo(right + 1, y);
				ctx.fill();
			} else if (state === "unknown") {
				this.hatch(left + (right - left) / 2, y, (right - left) / 2, h,
				    this.colour.surface);
			}
		}

		/* Events: a diamond is a new session or group, a cross a failed exec; red,
		 * if nothing else was executed then. Not those that would hide another. */
		drawMarks(i, y) {
			const marks = (MARK.of.get(i) || []).filter(isEvent);
			const x = k => this.x(P.start[i] + MARK.at[marks[k]]);
			let k = firstThat(0, marks.length, j => x(j) > -5);

			while (k < marks.length && x(k) < this.width + 5) {
				const at = x(k);

				this.drawMark(STRINGS[MARK.kind[marks[k]]], at, y + this.bar / 2,
				    isFinal(i, marks[k]));
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
	}

	return { Base, AXIS, ROW, BAR, FONT, colours, firstThat, gallop };
})();
