"use strict";

/* The timeline: which picture it is, how high, and what part of it is in view. */
const Timeline = (() => {
	const { P, idOf } = Data;
	const { number, plural, duration } = Words;
	const { $, fitCanvas } = Dom;
	const { AXIS, ROW } = Picture;
	const { FULL, LEAST_SPAN } = State;

	let colour = Picture.colours();
	/** @type {any} */
	let picture = null;

	const span = () => State.now.to - State.now.from;
	const isTree = () => State.now.mode === "tree";
	const shownRows = () => (picture.height - AXIS) / ROW;
	const mostTop = () => isTree() ? Math.max(0, Rows.listed().n + 1 - shownRows()) : 0;

	/* in packed form all lanes are in view, in less than half of the window */
	function fitHeight() {
		const room = Math.max(160, Math.min(innerHeight * 0.45, 480));
		const layout = Lanes.layout();
		const row = Packed.rowHeight(layout, room);

		const plot = isTree() ? "" :
		    Math.max(80, Math.min(room, Packed.heightOf(layout, row))) + "px";

		if ($("timeline").style.getPropertyValue("--plot") !== plot)
			$("timeline").style.setProperty("--plot", plot);
	}

	function makePicture(ctx, part, now, shades) {
		return now.mode === "tree" ?
		    new Tree.Picture(ctx, part, now, shades, Rows.listed()) :
		    new Packed.Picture(ctx, part, now, shades, Lanes.layout(), Filter.match());
	}

	/** @param {Readonly<Shown>} now */
	function draw(now) {
		$("timeline").classList.toggle("packed", !isTree());
		fitHeight();
		const { width, height } = $("plot").getBoundingClientRect();
		const canvas = $("canvas");

		if (!width)
			return;
		const ctx = fitCanvas(canvas, width, height);

		picture = makePicture(ctx, { from: now.from, to: now.to, width, height }, now,
		    colour);
		if (isTree()) {
			picture.now = now = { ...now, top: Math.min(now.top, mostTop()) };
			Tree.drawList(now, Rows.listed(), height);
			drawScroll(now);
		}
		picture.draw();
		/* for those who cannot see it, and for tests */
		canvas.ariaLabel = `${number(Filter.count())} of ${plural(P.n, "process",
		    "processes")}, from ${duration(now.from)} to ${duration(now.to)}`;
		Object.assign(canvas.dataset, { from: now.from, to: now.to, top: now.top,
		    rows: isTree() ? Rows.listed().n : Lanes.layout().lanes.length });
		$("empty").hidden = Filter.count() > 0;
	}

	/* it has the size that there is for it, as elements are laid out now */
	function isFitting() {
		const { width, height } = $("plot").getBoundingClientRect();

		return picture !== null && picture.width === width && picture.height === height;
	}

	/* The browser makes elements so high only. */
	const SCROLL_LIMIT = 8e6;

	function drawScroll(now) {
		const bar = $("scroll"), height = bar.clientHeight, most = mostTop();
		const total = Math.min(SCROLL_LIMIT, most * ROW);
		const at = most ? now.top / most * total : 0;

		bar.firstElementChild.style.height = height + total + "px";
		if (Math.abs(bar.scrollTop - at) >= 1)
			bar.scrollTop = at;
		bar.onscroll = () => {
			const top = Math.min(State.now.top, most);

			if (Math.abs(bar.scrollTop - (most ? top / most * total : 0)) >= 1.5)
				State.change({ top: bar.scrollTop / total * most });
		};
	}

	const scroll = rows => State.change({ top: Math.min(mostTop(),
	    Math.max(0, Math.min(State.now.top, mostTop()) + rows)) });

	const fitAll = () => State.change({ ...FULL });

	/* around a moment, which stays where it is */
	function zoom(factor, around = (State.now.from + State.now.to) / 2) {
		const width = Math.min(Math.max(span() * factor, LEAST_SPAN),
		    FULL.to - FULL.from);
		const from = around - (around - State.now.from) / span() * width;

		State.change({ from, to: from + width });
	}

	const pan = ns => State.change({ from: State.now.from + ns, to: State.now.to + ns });

	function zoomTo(from, to) {
		const margin = Math.max((to - from) * 0.05, LEAST_SPAN / 2);

		State.change({ from: from - margin, to: to + margin });
	}

	/* the process, and what is below it */
	const zoomToProcess = i => zoomTo(P.start[i], P.start[i] + P.subtree[i]);

	/* what there is of it becomes all that is shown; -1: all */
	function setRoot(i) {
		State.change({ root: i, top: 0 });
		if (i < 0)
			fitAll();
		else
			zoomToProcess(i);
	}

	/* Brings a process into view. */
	function reveal(i) {
		const { root, from, to } = State.now;

		if (root >= 0 && (i < root || i > P.last[root]))
			setRoot(-1);
		if (P.stop[i] < from || P.start[i] > to)
			pan(P.start[i] - from - span() / 5);
		if (!isTree() || !picture)
			return;
		if (Rows.listed().match && !Rows.isShown(i))
			State.change(State.ALL);
		if (!Rows.isShown(i))
			Rows.unfoldAbove(i);
		const place = Rows.listed().place[i], n = shownRows();
		const top = Math.min(State.now.top, mostTop());

		if (place < top + 1 || place > top + n - 2)
			State.change({ top: Math.max(0, Math.floor(place - n / 3)) });
	}

	function select(i) {
		State.change({ selected: i });
		if (i >= 0)
			reveal(i);
	}

	/* the next row in a direction, from the selected one on, round the end */
	function next(is, by = 1) {
		const { list, n } = isTree() ? Rows.listed() : { list: null, n: P.n };
		const at = place => list ? list[place] : place;
		let k = State.now.selected < 0 ? by > 0 ? -1 : n :
		    list ? Rows.listed().place[State.now.selected] : State.now.selected;

		for (let left = n; left > 0; left--) {
			k = (k + by + n) % n;
			if (is(at(k)))
				return select(at(k));
		}
	}

	/* a picture of all that is in view, for paper */
	function drawForPrint() {
		const canvas = document.createElement("canvas"), root = document.documentElement;
		const width = 1000, layout = Lanes.layout();
		const height = Packed.heightOf(layout, Packed.rowHeight(layout, 420));

		root.classList.add("light");
		const light = Picture.colours();

		root.classList.remove("light");
		canvas.width = 2 * width;
		canvas.height = 2 * height;
		const ctx = canvas.getContext("2d");

		ctx.scale(2, 2);
		new Packed.Picture(ctx, { from: State.now.from, to: State.now.to, width, height },
		    { ...State.now, cursor: null, hovered: -1 }, light, layout,
		    Filter.match()).draw();
		$("printed").replaceChildren(canvas);
	}

	const setColours = () => { colour = Picture.colours(); };

	return { draw, isFitting, span, isTree, scroll, shownRows, fitAll, zoom, pan, zoomTo, zoomToProcess,
	    setRoot, reveal, select, next, drawForPrint, setColours, idOf,
	    get picture() { return picture; }, get colour() { return colour; } };
})();
