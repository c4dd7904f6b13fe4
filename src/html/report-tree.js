"use strict";

/* The tree: a row for each process, as elements at the left and bars at the
 * right. */
const Tree = (() => {
	const { P, FEW, idOf, hostOf, program, argumentsOf, lastExec, stateOf, statusOf } = Data;
	const { number, duration } = Words;
	const { $, element } = Dom;
	const { AXIS, ROW, BAR } = Picture;

	class TreePicture extends Picture.Base {
		/** @param {any} ctx @param {Part} part @param {any} now @param {any} colour
		 * @param {Listed} rows */
		constructor(ctx, part, now, colour, rows) {
			super(ctx, part, now, colour);
			this.rows = rows;
			this.match = rows.match;
		}

		yOf(place) {
			return AXIS + (place - this.now.top) * ROW;
		}

		place(i) {
			return this.rows.place[i] < 0 ? NaN :
			    this.yOf(this.rows.place[i]) + BAR.top;
		}

		/* the places in view */
		places() {
			const from = Math.max(0, Math.floor(this.now.top));

			return [from, Math.min(this.rows.n,
			    Math.ceil(this.now.top + (this.height - AXIS) / ROW))];
		}

		/** the row at a point, or -1 */
		rowAt(x, y) {
			const i = this.rowNear(y);

			return i >= 0 && x >= this.x(P.start[i]) - 5 && x <= this.x(P.stop[i]) + 5 ?
			    i : -1;
		}

		/** the row at a height, or -1 */
		rowNear(y) {
			const place = Math.floor(this.now.top + (y - AXIS) / ROW);

			return y >= AXIS && place < this.rows.n ? this.rows.list[place] : -1;
		}

		draw() {
			this.fill(this.colour.surface, 0, 0, this.width, this.height);
			this.clip(() => {
				this.drawBackground();
				this.drawGrid();
				this.drawLost();
				this.drawForks();
				const [from, to] = this.places();

				for (let k = from; k < to; k++)
					this.drawRow(this.rows.list[k], this.yOf(k) + BAR.top);
				if (this.now.critical)
					Critical.draw(this, i => this.place(i));
				Critical.connect(this, i => this.place(i));
				Links.draw(this, i => this.place(i));
			});
			this.drawRange();
			this.drawAxis();
			this.drawCursor();
		}

		drawBackground() {
			const [from, to] = this.places();

			for (let k = from; k < to; k++) {
				const i = this.rows.list[k];
				const style = i === this.now.selected ? this.colour.select :
				    i === this.now.hovered ? this.colour.hover : null;

				if (style)
					this.fill(style, 0, this.yOf(k), this.width, ROW);
			}
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
			for (const end of [this.now.hovered, this.now.selected])
				for (let i = end; i >= 0; i = P.parent[i])
					this.addFork(i);
			ctx.stroke();
		}

		addFork(i) {
			const x = Math.round(this.x(P.start[i])) - 0.5;

			if (P.parent[i] < 0 || this.rows.place[P.parent[i]] < 0 || x < -4 ||
			    x > this.width)
				return;
			const y = this.yOf(this.rows.place[i]) + ROW / 2;
			const up = this.place(P.parent[i]) + BAR.height;

			if (y < AXIS || up > this.height)
				return;
			this.ctx.moveTo(x, Math.max(AXIS - 1, up));
			this.ctx.lineTo(x, Math.min(this.height + 1, y));
		}

		drawRow(i, y) {
			const x = this.x(P.start[i]), end = this.x(P.stop[i]);

			if (end < 0 || x > this.width)
				this.drawPointer(end < 0, y + BAR.height / 2);
			else
				this.drawProcess(i, y);
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
	}

	/* an element that shows a row, another one when the tree has moved */
	class TreeRow {
		constructor() {
			this.indent = element("span", "indent");
			this.twist = element("span", "twist");
			this.name = element("b");
			this.args = element("span");
			this.more = element("span", "more");
			this.status = element("span", "status");
			this.pid = element("span", "pid");
			this.time = element("span", "time");
			this.row = element("div", "row", this.indent, this.twist,
			    element("span", "what", this.name, " ", this.args), this.more,
			    this.status, this.pid, this.time);
			this.row.role = "treeitem";
			this.shown = "";
		}

		/** @param {number} i @param {number} y @param {Readonly<Shown>} now */
		show(i, y, now) {
			this.row.hidden = i < 0;
			if (i < 0)
				return;
			const { match } = Rows.listed();
			const folded = now.folded.has(i) && !match, above = match && !match[i];
			const key = [i, folded, !!above, !!match, now.root].join();

			this.row.style.transform = `translateY(${y}px)`;
			this.row.ariaSelected = String(i === now.selected);
			this.row.classList.toggle("hovered", i === now.hovered);
			if (key === this.shown)
				return;
			this.shown = key;
			this.fill(i, folded, above, now);
		}

		fill(i, folded, above, now) {
			const { row } = this, state = stateOf(i), below = P.last[i] - i;
			const depth = P.depth[i] - (now.root < 0 ? 0 : P.depth[now.root]);

			row.id = "row-" + i;
			row.dataset.row = i;
			row.ariaLevel = depth + 1;
			if (Rows.canFold(i))
				row.ariaExpanded = String(!folded);
			else
				row.removeAttribute("aria-expanded");
			row.className = "row " + state + (above ? " context" : "");
			/* the deepest are not indented out of sight */
			this.indent.style.width = Math.min(depth, 14) * 12 + "px";
			this.name.textContent = hostOf(i) + program(i);
			this.args.textContent = argumentsOf(lastExec(i), 120);
			this.status.textContent = state === "ok" ? "" :
			    statusOf(i).replace(/,.*/, "");
			this.pid.textContent = idOf(i);
			this.time.textContent = duration(P.time[i]);
			this.more.hidden = !folded || !below;
			if (folded) {
				const failed = P.failedBefore[P.last[i] + 1] -
				    P.failedBefore[i + 1];

				this.more.textContent = "+" + number(below) +
				    (failed ? ", " + number(failed) + " failed" : "");
				this.more.classList.toggle("failed", failed > 0);
			}
		}
	}

	const pool = [];

	/** the elements of the rows in view; the one that is selected, or else the
	 * first, can be reached by Tab
	 * @param {Readonly<Shown>} now @param {Listed} rows @param {number} height */
	function drawList(now, rows, height) {
		const from = Math.floor(now.top);
		const n = Math.min(rows.n - from, Math.ceil((height - AXIS) / ROW) + 1);
		const hadFocus = $("tree").contains(document.activeElement);
		/** @type {any} */
		let stop = null;

		while (pool.length < n) {
			pool.push(new TreeRow());
			$("tree").append(pool.at(-1).row);
		}
		pool.forEach((item, k) => {
			const i = k < n ? rows.list[from + k] : -1;

			item.show(i, (from + k - now.top) * ROW, now);
			item.row.tabIndex = -1;
			if (i >= 0 && (i === now.selected || !stop))
				stop = item.row;
		});
		if (stop)
			stop.tabIndex = 0;
		if (hadFocus && stop && document.activeElement !== stop)
			stop.focus({ preventScroll: true });
	}

	return { Picture: TreePicture, drawList, unforked: FEW.unforked };
})();
