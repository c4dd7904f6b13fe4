"use strict";

/* How many processes there were at a time, in the whole recording; and which
 * part of it is in view. */
const Strip = (() => {
	const { P, LOAD, LOAD_BEFORE, DATA, largest } = Data;
	const { number, plural, bytes, duration } = Words;
	const { $, element, fitCanvas } = Dom;
	const { FONT, firstThat } = Picture;
	const MOST_LIVE = Math.max(1, largest(LOAD.live), DATA.cpus || 0,
	    LOAD_BEFORE ? largest(LOAD_BEFORE.live) : 0);
	const { FULL } = State;

	let base = null, width = 0, height = 0;

	const x = ns => (ns - FULL.from) / (FULL.to - FULL.from) * width;
	const timeAt = at => FULL.from + at / width * (FULL.to - FULL.from);

	/* the most processes in each pixel, as steps */
	function drawSteps(ctx, ts, values, style) {
		const n = ts.length, high = height - 8, low = height - 1;
		const y = value => low - value / MOST_LIVE * high;
		let k = 0;

		ctx.fillStyle = style;
		ctx.beginPath();
		ctx.moveTo(x(ts[0]), low);
		while (k < n) {
			const at = Math.floor(x(ts[k]));
			let most = values[k], next = k + 1;

			while (next < n && x(ts[next]) < at + 1)
				most = Math.max(most, values[next++]);
			const end = next < n ? Math.floor(x(ts[next])) : at;

			ctx.lineTo(at, y(most));
			ctx.lineTo(at + 1, y(most));
			if (end > at + 1) {
				ctx.lineTo(at + 1, y(values[next - 1]));
				ctx.lineTo(end, y(values[next - 1]));
			}
			k = next;
		}
		ctx.lineTo(x(ts[n - 1]), low);
		ctx.closePath();
		ctx.fill();
	}

	/* how many CPUs of the machine were at work, whoever had them */
	function drawMachine(ctx, colour) {
		const { ts, busy } = DATA.machine;
		const y = value => height - 1 - value / MOST_LIVE * (height - 8);

		ctx.strokeStyle = colour.ink;
		ctx.lineWidth = 1.25;
		ctx.beginPath();
		busy.forEach((thousandths, k) => {
			if (thousandths === null)
				return;
			ctx.lineTo(x(ts[k]), y(thousandths / 1000));
			ctx.lineTo(x(ts[k + 1]), y(thousandths / 1000));
		});
		ctx.stroke();
	}

	/* what is known of the machine at a moment */
	function machineLines(ns) {
		const { ts, busy, memavail, psicpu, psiio, psimem } = DATA.machine;
		const k = firstThat(0, ts.length, j => ts[j] > ns) - 1;
		const said = (list, say) => k >= 0 && (list[k] ?? null) !== null ?
		    [say(list[k])] : [];
		const parts = [
			...said(busy, n => `${(n / 1000).toFixed(1)} of ${plural(DATA.cpus, "CPU")}` +
			    " at work"),
			...said(memavail, n => bytes(n * 1024) + " of memory available"),
			...[["a CPU", psicpu], ["storage", psiio], ["memory", psimem]].flatMap(
			    ([what, list]) => said(list, n => n < 10 ? "" :
			        `${(n / 10).toFixed(0)}\u00a0% of the time somebody waited for ${what}`)),
		].filter(Boolean);

		return parts.length ? [element("div", "line", "The machine: " +
		    parts.join(", "))] : [];
	}

	function drawLoad(ctx, load, colour) {
		ctx.fillStyle = colour.surface;
		ctx.fillRect(0, 0, width, height);
		if (!load.ts.length)
			return;
		drawSteps(ctx, load.ts, load.live, colour.live);
		drawSteps(ctx, load.ts, load.busy, colour.busy);
	}

	/* words over the picture, and over the lines in it */
	function drawText(ctx, text, at, y, colour) {
		ctx.font = FONT;
		ctx.textBaseline = "middle";
		const wide = ctx.measureText(text).width, left = at < width / 2 ? at : at - wide;

		ctx.globalAlpha = 0.85;
		ctx.fillStyle = colour.surface;
		ctx.fillRect(left - 3, y - 8, wide + 6, 14);
		ctx.globalAlpha = 1;
		ctx.fillStyle = colour.muted;
		ctx.fillText(text, left, y);
	}

	/* of the recording that it is compared with, at the same times */
	function drawBefore(colour) {
		const ctx = fitCanvas($("strip-before"), width, height);

		drawLoad(ctx, LOAD_BEFORE, colour);
		drawText(ctx, `before: ${number(largest(LOAD_BEFORE.live))} at once, ${
		    duration(DATA.before.took)}`, 5, 9, colour);
	}

	/* a line at as many processes as there are CPUs */
	function drawCpus(ctx, colour) {
		const y = Math.round(height - 1 - DATA.cpus / MOST_LIVE * (height - 8)) + 0.5;

		ctx.strokeStyle = colour.muted;
		ctx.lineWidth = 1;
		ctx.setLineDash([4, 3]);
		ctx.beginPath();
		ctx.moveTo(0, y);
		ctx.lineTo(width, y);
		ctx.stroke();
		ctx.setLineDash([]);
		drawText(ctx, plural(DATA.cpus, "CPU"), width - 5, y < 22 ? y + 10 : y - 9, colour);
	}

	/* what does not change with the view */
	function drawBase(colour) {
		const canvas = element("canvas"), ctx = fitCanvas(canvas, width, height);

		drawLoad(ctx, LOAD, colour);
		drawMachine(ctx, colour);
		if (DATA.cpus && DATA.cpus <= MOST_LIVE)
			drawCpus(ctx, colour);
		return canvas;
	}

	/* where what was found is */
	function drawFound(ctx, colour) {
		const found = Filter.found();
		let last = -1;

		ctx.fillStyle = colour.mark;
		for (let i = 0; found && i < P.n; i++) {
			const at = Math.round(x(P.start[i]));

			if (found[i] && at !== last)
				ctx.fillRect(last = at, 0, 1.5, 7);
		}
	}

	function drawWindow(ctx, from, to, colour) {
		const a = x(from), b = x(to);

		ctx.globalAlpha = 0.62;
		ctx.fillStyle = colour.page;
		ctx.fillRect(0, 0, a, height);
		ctx.fillRect(b, 0, width - b, height);
		ctx.globalAlpha = 1;
		ctx.strokeStyle = colour.muted;
		ctx.lineWidth = 1;
		ctx.strokeRect(Math.round(a) + 0.5, 0.5, Math.max(2, Math.round(b - a)) - 1,
		    height - 1);
	}

	/** @param {Readonly<Shown>} now @param {any} colour @param {boolean} anew */
	function draw(now, colour, anew) {
		const box = $("strip").getBoundingClientRect();

		if (!box.width)
			return;
		if (anew || width !== box.width || height !== box.height) {
			({ width, height } = box);
			base = drawBase(colour);
			if (LOAD_BEFORE)
				drawBefore(colour);
		}
		const ctx = fitCanvas($("strip"), width, height);

		ctx.drawImage(base, 0, 0, width, height);
		drawFound(ctx, colour);
		if (now.to - now.from < (FULL.to - FULL.from) * 0.999)
			drawWindow(ctx, now.from, now.to, colour);
		drawText(ctx, `${number(largest(LOAD.live))} at once`, 5, 9, colour);
		const range = now.drag || now.range;

		if (range) {
			ctx.fillStyle = colour.accent;
			ctx.globalAlpha = 0.22;
			ctx.fillRect(x(range[0]), 0, Math.max(1, x(range[1]) - x(range[0])), height);
			ctx.globalAlpha = 1;
		}
		if (now.cursor !== null) {
			ctx.fillStyle = colour.muted;
			ctx.fillRect(Math.round(x(now.cursor)), 0, 1, height);
		}
	}

	/* what there is at a moment, as lines for a tip */
	function lines(ns) {
		const k = firstThat(0, LOAD.ts.length, j => LOAD.ts[j] > ns) - 1;
		const live = k < 0 ? 0 : LOAD.live[k], busy = k < 0 ? 0 : LOAD.busy[k];

		return [element("div", "", element("b", "", plural(live, "process", "processes")),
		    ` at ${Data.exact(ns)}, ${number(busy)} of them without a child`),
		...machineLines(ns)];
	}

	/* --- a window, which is moved, or dragged anew --- */

	function listen() {
		const canvas = $("strip");
		let grip = null;

		canvas.onpointerdown = event => {
			const now = State.now, at = timeAt(event.offsetX);
			const isZoomed = now.to - now.from < (FULL.to - FULL.from) * 0.999;

			if (event.button !== 0)
				return;
			canvas.setPointerCapture(event.pointerId);
			grip = { at, moves: isZoomed && at > now.from && at < now.to,
			    from: now.from, to: now.to };
		};
		canvas.onpointermove = event => {
			const at = timeAt(event.offsetX);

			if (!grip)
				return Tip.show(at, -1, lines(at), event);
			if (grip.moves)
				return State.change({ from: grip.from + at - grip.at,
				    to: grip.to + at - grip.at });
			if (Math.abs(x(at) - x(grip.at)) > 3)
				State.change({ from: Math.min(at, grip.at), to: Math.max(at, grip.at) });
		};
		canvas.onpointerup = canvas.onpointercancel = event => {
			if (grip && !grip.moves &&
			    Math.abs(x(timeAt(event.offsetX)) - x(grip.at)) <= 3)
				State.change({ from: FULL.from, to: FULL.to });
			grip = null;
		};
		canvas.onpointerleave = () => Tip.hide();
		$("strip-before").hidden = !LOAD_BEFORE;
	}

	return { draw, lines, listen };
})();
