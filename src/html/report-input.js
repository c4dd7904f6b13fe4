"use strict";

/* Pointer and keys. */
const Input = (() => {
	const { P } = Data;
	const { $ } = Dom;
	const { AXIS, ROW } = Picture;
	const picture = () => Timeline.picture;
	const timeAt = x => State.now.from + x / picture().width * Timeline.span();
	const nsPerPixel = () => Timeline.span() / picture().width;

	function hoverPlot(event) {
		const { offsetX: x, offsetY: y } = event, ns = timeAt(x), near = 6 * nsPerPixel();
		const i = picture().rowAt(x, y);

		$("canvas").classList.toggle("on", i >= 0);
		Tip.show(ns, i, y < AXIS ? [...Strip.lines(ns), ...Tip.lostLines(ns, near / 2)] :
		    [...i >= 0 ? [...Tip.processLines(i), ...Tip.markLines(i, ns, near)] : [],
		    ...Tip.lostLines(ns, near / 2)], event);
	}

	/* --- a mouse drags a range of time, a finger or Shift moves the picture --- */

	const pointers = new Map();	/* those that are down */
	let drag = null, wasMoved = false;

	function startDrag(event) {
		if (event.button !== 0)
			return;
		event.target.setPointerCapture(event.pointerId);
		pointers.set(event.pointerId, event);
		drag = { x: event.offsetX, y: event.offsetY, from: State.now.from,
		    top: State.now.top, moves: event.pointerType === "touch" || event.shiftKey };
		wasMoved = false;
	}

	function pinch(event) {
		const other = [...pointers.values()].find(p => p.pointerId !== event.pointerId);
		const before = pointers.get(event.pointerId);
		const gap = p => Math.max(20, Math.abs(p.offsetX - other.offsetX));

		Timeline.zoom(gap(before) / gap(event), timeAt((event.offsetX + other.offsetX) / 2));
		wasMoved = true;
	}

	function moveDrag(event) {
		if (!drag)
			return hoverPlot(event);
		const dx = event.offsetX - drag.x, dy = event.offsetY - drag.y;

		if (pointers.size > 1) {
			pinch(event);
		} else if (wasMoved || Math.hypot(dx, dy) > 4) {
			wasMoved = true;
			if (drag.moves) {
				const from = drag.from - dx * nsPerPixel();

				State.change({ from, to: from + Timeline.span() });
				if (Timeline.isTree())
					State.change({ top: Math.max(0, drag.top - dy / ROW) });
			} else {
				const ends = [timeAt(drag.x), timeAt(event.offsetX)]
				    .sort((a, b) => a - b);

				State.change({ drag: /** @type {[number, number]} */ (ends),
				    cursor: timeAt(event.offsetX) });
			}
			$("tip").hidden = true;
		}
		pointers.set(event.pointerId, event);
	}

	function endDrag(event) {
		const range = State.now.drag;

		wasMoved ||= event.type !== "pointerup";
		pointers.delete(event.pointerId);
		drag = null;
		State.change({ drag: null });
		if (range && range[1] > range[0]) {
			Address.step();
			State.change({ range });
		}
	}

	/* The first click may open the details, and what was under the pointer moves. */
	let clicked = -1;

	function click(event) {
		if (wasMoved)
			return;
		Address.step();
		if (event.detail < 2) {
			clicked = picture().rowAt(event.offsetX, event.offsetY);
			Timeline.select(clicked);
		} else if (clicked >= 0) {
			Timeline.setRoot(clicked);
		} else {
			Timeline.fitAll();
		}
	}

	/* scrolls; with Ctrl it zooms, with Shift or to the side it moves in time */
	function turnWheel(event) {
		const lines = event.deltaMode === 1 ? ROW : 1;
		const dx = event.deltaX * lines, dy = event.deltaY * lines;
		const overPlot = $("plot").contains(event.target);

		if (overPlot && event.ctrlKey) {
			Timeline.zoom(Math.exp(Math.max(-240, Math.min(240, dy)) * 0.004),
			    timeAt(event.offsetX));
		} else if (overPlot && (event.shiftKey || Math.abs(dx) > Math.abs(dy))) {
			Timeline.pan((dx || dy) * nsPerPixel());
		} else if (Timeline.isTree()) {
			Timeline.scroll(dy / ROW);
		} else {
			return;
		}
		event.preventDefault();
	}

	/* A finger scrolls the tree; it is not a click then. */
	function listenToTouch(tree) {
		let y = null, moved = false;

		tree.onpointerdown = event => {
			y = event.pointerType === "touch" ? event.clientY : null;
			moved = false;
		};
		tree.addEventListener("pointermove", event => {
			if (y === null || !moved && Math.abs(event.clientY - y) < 6)
				return;
			moved = true;
			Timeline.scroll((y - event.clientY) / ROW);
			y = event.clientY;
		});
		tree.addEventListener("pointerup", () => { y = null; });
		tree.addEventListener("click", event => {
			if (moved)
				event.stopImmediatePropagation();
		}, { capture: true });
	}

	function listenToTree() {
		const tree = $("tree");
		const row = event => {
			const el = event.target.closest(".row");

			return el ? Number(el.dataset.row) : -1;
		};

		tree.onpointermove = event => {
			const i = row(event);

			Tip.show(null, i, i < 0 ? [] : Tip.processLines(i), event);
		};
		tree.onpointerleave = () => Tip.hide();
		tree.onclick = event => {
			const i = row(event);

			if (i < 0)
				return;
			Address.step();
			if (event.target.className === "twist" && Rows.canFold(i))
				Rows.fold(i, !State.now.folded.has(i));
			else
				Timeline.select(i);
		};
		tree.ondblclick = event => {
			if (event.target.className !== "twist" && row(event) >= 0)
				Timeline.setRoot(row(event));
		};
		tree.addEventListener("keydown", pressInTree);
		listenToTouch(tree);
	}

	function listenToSplit() {
		const split = $("split");
		const resize = x => {
			const { left, width } = $("timeline").getBoundingClientRect();
			const size = Math.max(120, Math.min(x - left, width - 160));

			$("timeline").style.setProperty("--tree", size + "px");
			split.ariaValueNow = String(Math.round(size / width * 100));
			State.redraw();
		};

		split.onpointerdown = event => split.setPointerCapture(event.pointerId);
		split.onpointermove = event => {
			if (split.hasPointerCapture(event.pointerId))
				resize(event.clientX);
		};
		split.onkeydown = event => {
			const by = { ArrowLeft: -24, ArrowRight: 24 }[event.key];

			if (!by)
				return;
			event.stopPropagation();
			resize(split.getBoundingClientRect().left + 4 + by);
		};
	}

	/* --- keys --- */

	/* of a tree, as people know them who use nothing but keys */
	function pressInTree(event) {
		const i = State.now.selected, { folded } = State.now;
		const keys = {
			ArrowDown: () => Timeline.next(() => true),
			ArrowUp: () => Timeline.next(() => true, -1),
			ArrowRight: () => {
				if (i >= 0 && Rows.canFold(i) && folded.has(i))
					Rows.fold(i, false);
				else if (i >= 0 && P.last[i] > i)
					Timeline.select(i + 1);
			},
			ArrowLeft: () => {
				if (i >= 0 && Rows.canFold(i) && !folded.has(i))
					Rows.fold(i, true);
				else if (P.parent[i] >= 0)
					Timeline.select(P.parent[i]);
			},
			Home: () => Timeline.select(Rows.listed().list[0]),
			End: () => Timeline.select(Rows.listed().list[Rows.listed().n - 1]),
			PageDown: () => Timeline.scroll(Timeline.shownRows() - 2),
			PageUp: () => Timeline.scroll(2 - Timeline.shownRows()),
		};

		if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key))
			return;
		event.preventDefault();
		event.stopPropagation();
		keys[event.key]();
	}

	function nextFailed() {
		for (let k = 1; k <= P.n; k++) {
			const i = (State.now.selected + k) % P.n;

			if (P.end[i] > 0)
				return Timeline.select(i);
		}
	}

	function goBack() {
		const { root } = State.now;

		if (root >= 0)
			Timeline.setRoot(P.parent[root] > 0 ? P.parent[root] : -1);
	}

	/* one thing after another, until all is shown */
	function escape() {
		const { selected, root } = State.now;

		if (selected >= 0)
			State.change({ selected: -1 });
		else if (Filter.chosen() !== null && Object.keys(State.ALL).some(key =>
		    State.now[key] !== State.ALL[key]))
			State.change(State.ALL);
		else if (root >= 0)
			Timeline.setRoot(-1);
	}

	/* where to zoom: the pointer, the selected process if it is in view, or the
	 * middle */
	function middle() {
		const { selected: i, from, to, cursor } = State.now;
		const at = i < 0 ? NaN : (Math.max(P.start[i], from) + Math.min(P.stop[i], to)) / 2;

		return cursor ?? (at >= from && at <= to ? at : (from + to) / 2);
	}

	const child = () => {
		const i = State.now.selected;

		if (i < 0)
			Timeline.select(Math.max(0, State.now.root));
		else if (P.last[i] > i)
			Timeline.select(i + 1);
	};
	const parent = () => {
		const up = P.parent[State.now.selected];

		if (up >= 0)
			Timeline.select(up);
	};
	/* the one that began before, or after it */
	const neighbour = by => {
		const i = State.now.selected + by;

		if (i >= 0 && i < P.n)
			Timeline.select(i);
	};
	const pan = by => () => Timeline.pan(Timeline.span() * by);
	const zoom = by => () => Timeline.zoom(by, middle());

	const KEYS = {
		ArrowUp: parent, ArrowDown: child, p: parent,
		ArrowLeft: pan(-1 / 8), ArrowRight: pan(1 / 8), a: pan(-1 / 8), d: pan(1 / 8),
		w: zoom(1 / 1.5), s: zoom(1.5), "+": zoom(1 / 1.5), "=": zoom(1 / 1.5),
		"-": zoom(1.5), "0": () => Timeline.fitAll(),
		"[": () => neighbour(-1), "]": () => neighbour(1),
		Enter: () => State.now.selected >= 0 && Timeline.zoomToProcess(State.now.selected),
		z: () => State.now.selected >= 0 && Timeline.setRoot(State.now.selected),
		Backspace: goBack,
		" ": () => {
			const i = State.now.selected;

			if (i >= 0 && Timeline.isTree() && Rows.canFold(i))
				Rows.fold(i, !State.now.folded.has(i));
		},
		f: nextFailed,
		c: () => State.change({ critical: !State.now.critical }),
		t: () => State.change({ mode: Timeline.isTree() ? "packed" : "tree" }),
		"?": () => $("keys").showModal(),
		Escape: escape,
	};

	/* the next of those that were found */
	const nextFound = by => Timeline.next(i => !Filter.found() || Filter.found()[i] === 1, by);

	function pressInFind(event) {
		if (event.key === "Enter") {
			nextFound(event.shiftKey ? -1 : 1);
		} else if (event.key === "Escape") {
			State.change({ query: "" });
			$("plot").focus();
		}
	}

	function pressKey(event) {
		if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open)
			return;
		if (event.target === $("find"))
			return pressInFind(event);
		if (event.target.matches("input, select, textarea"))
			return;
		if (event.key === "/") {
			$("find").focus();
			$("find").select();
			event.preventDefault();
			return;
		}
		/* buttons and links have their own */
		if (/^( |Enter)$/.test(event.key) && event.target.closest("button, a, summary"))
			return;
		/* so do tabs, and tables */
		if (/^(Arrow|Home|End|Page)/.test(event.key) &&
		    event.target.closest("[role=tablist], #table, #details"))
			return;
		const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;

		if (!Object.hasOwn(KEYS, key))
			return;
		event.preventDefault();
		KEYS[key]();
	}

	function listen() {
		const canvas = $("canvas");

		document.addEventListener("keydown", pressKey);
		canvas.onpointerdown = startDrag;
		canvas.onpointermove = moveDrag;
		canvas.onpointerup = canvas.onpointercancel = endDrag;
		canvas.onpointerleave = () => drag || Tip.hide();
		canvas.onclick = click;
		$("timeline").addEventListener("wheel", turnWheel, { passive: false });
		listenToTree();
		listenToSplit();
		Strip.listen();
	}

	return { listen, nextFound };
})();
