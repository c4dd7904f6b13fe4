"use strict";

/* Pointer and keys. */

function showTip(lines, x, y) {
	const tip = $("tip");

	tip.hidden = !lines.length;
	if (tip.hidden)
		return;
	tip.replaceChildren(...lines);
	const { width, height } = tip.getBoundingClientRect();
	const left = Math.min(x + 14, innerWidth - width - 8);
	const top = y + 18 + height > innerHeight ? y - height - 12 : y + 18;

	tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
}

function hover(i, ns, lines, event) {
	view.hovered = i;
	view.cursor = ns;
	showTip(lines, event.clientX, event.clientY);
	redraw();
}

const timeAt = x => view.from + x / view.width * span();

/* the row at a height in the plot, or undefined */
function rowAt(y) {
	const place = Math.floor(view.top + (y - HEAD) / ROW);

	return y >= HEAD && place < rows.n ? rows.list[place] : undefined;
}

/* whether the pointer is on the bar, or as near as a finger needs */
function isOnBar(i, x) {
	const scale = view.width / span();

	return x >= (P.start[i] - view.from) * scale - 5 &&
	    x <= (P.stop[i] - view.from) * scale + 5;
}

function hoverPlot(event) {
	const { offsetX: x, offsetY: y } = event, ns = timeAt(x);
	const i = rowAt(y), on = i !== undefined && isOnBar(i, x);

	$("canvas").classList.toggle("axis", y < HEAD);
	hover(i, ns, y < HEAD ? [...loadLines(ns), ...lostLines(ns)] :
	    [...on ? [...tipLines(i), ...markLines(i, x)] : [], ...lostLines(ns)], event);
}

function leave() {
	view.hovered = view.cursor = undefined;
	$("tip").hidden = true;
	redraw();
}

/* --- pointer --- */

const pointers = new Map();	/* those that are down */
let drag = null, wasMoved = false, clicked;

function startDrag(event) {
	if (event.button !== 0)
		return;
	event.target.setPointerCapture(event.pointerId);
	pointers.set(event.pointerId, event);
	drag = { x: event.offsetX, y: event.offsetY, from: view.from, top: view.top,
	    axis: event.offsetY < HEAD, moved: false };
	$("timeline").focus({ preventScroll: true });
	event.preventDefault();
}

function pinch(event) {
	const other = [...pointers.values()].find(p => p.pointerId !== event.pointerId);
	const before = pointers.get(event.pointerId);
	const gap = p => Math.max(20, Math.abs(p.offsetX - other.offsetX));

	zoom(gap(before) / gap(event), timeAt((event.offsetX + other.offsetX) / 2));
	drag.moved = true;
}

function moveDrag(event) {
	if (!drag)
		return hoverPlot(event);
	const dx = event.offsetX - drag.x, dy = event.offsetY - drag.y;

	if (pointers.size > 1) {
		pinch(event);
	} else if (drag.moved || Math.hypot(dx, dy) > 4) {
		drag.moved = true;
		if (drag.axis) {
			view.range = [timeAt(drag.x), timeAt(event.offsetX)];
			view.cursor = timeAt(event.offsetX);
		} else {
			const width = span();

			view.from = drag.from - dx / view.width * width;
			view.to = view.from + width;
			view.top = drag.top - dy / ROW;
			$("canvas").classList.add("dragging");
		}
		$("tip").hidden = true;
		redraw();
	}
	pointers.set(event.pointerId, event);
}

function endDrag(event) {
	wasMoved = drag?.moved || drag?.axis || event.type !== "pointerup";
	pointers.delete(event.pointerId);
	$("canvas").classList.remove("dragging");
	drag = null;
	if (view.range) {
		const [a, b] = view.range.sort((p, q) => p - q);

		view.range = undefined;
		[view.from, view.to] = [a, Math.max(b, a + LEAST_SPAN)];
		redraw();
	}
}

/* The first click may open the details, and what was under the pointer moves. */
function click(event) {
	const i = rowAt(event.offsetY);

	if (wasMoved)
		return;
	if (event.detail < 2) {
		clicked = i !== undefined && isOnBar(i, event.offsetX) ? i : undefined;
		select(clicked);
	} else if (clicked !== undefined) {
		zoomToProcess(clicked);
	} else {
		fitAll();
	}
}

/* over the tree it scrolls; a wheel that turns sideways moves in time */
function turnWheel(event) {
	const lines = event.deltaMode === 1 ? ROW : 1;
	const dx = event.deltaX * lines, dy = event.deltaY * lines;
	const overPlot = $("plot").contains(event.target);

	event.preventDefault();
	if (overPlot && Math.abs(dx) > Math.abs(dy) && !event.shiftKey) {
		pan(dx / view.width * span());
	} else if (overPlot && !event.shiftKey) {
		zoom(Math.exp(Math.max(-240, Math.min(240, dy)) *
		    (event.ctrlKey ? 0.01 : 0.002)), timeAt(event.offsetX));
	} else {
		view.top += (dy || dx) / ROW;
	}
	redraw();
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
		view.top -= (event.clientY - y) / ROW;
		y = event.clientY;
		$("tip").hidden = true;
		redraw();
	});
	tree.addEventListener("pointerup", () => { y = null; });
	tree.addEventListener("click", event => {
		if (moved)
			event.stopImmediatePropagation();
	}, { capture: true });
}

function listenToPointer() {
	const canvas = $("canvas"), tree = $("tree"), split = $("split");
	const row = event => {
		const el = event.target.closest(".row");

		return el ? Number(el.dataset.row) : undefined;
	};

	canvas.onpointerdown = startDrag;
	canvas.onpointermove = moveDrag;
	canvas.onpointerup = canvas.onpointercancel = endDrag;
	canvas.onpointerleave = tree.onpointerleave = leave;
	canvas.onclick = click;
	$("timeline").addEventListener("wheel", turnWheel, { passive: false });
	tree.onpointermove = event => {
		const i = row(event);

		hover(i, undefined, i === undefined ? [] : tipLines(i), event);
	};
	tree.onclick = event => {
		const i = row(event);

		if (event.target.className === "twist" && rows.canFold(i))
			rows.fold(i, !rows.folded.has(i));
		else
			select(i);
		redraw();
	};
	tree.ondblclick = event => {
		if (event.target.className !== "twist" && row(event) !== undefined)
			zoomToProcess(row(event));
	};
	listenToTouch(tree);
	split.onpointerdown = event => split.setPointerCapture(event.pointerId);
	split.onpointermove = event => {
		if (!split.hasPointerCapture(event.pointerId))
			return;
		const left = $("timeline").getBoundingClientRect().left;

		$("timeline").style.setProperty("--tree", Math.max(120,
		    Math.min(event.clientX - left, innerWidth - 200)) + "px");
		redraw();
	};
}

/* --- keys --- */

const KEYS = {
	"ArrowUp": () => next(() => true, -1),
	"ArrowDown": () => next(() => true),
	"ArrowLeft": () => pan(-span() / 8),
	"ArrowRight": () => pan(span() / 8),
	"PageUp": () => { view.top -= shownRows() - 2; },
	"PageDown": () => { view.top += shownRows() - 2; },
	"Home": () => { view.top = 0; },
	"End": () => { view.top = rows.n; },
	"+": () => zoom(1 / 1.5, middle()),
	"=": () => zoom(1 / 1.5, middle()),
	"-": () => zoom(1.5, middle()),
	"0": fitAll,
	"Enter": () => view.selected !== undefined && zoomToProcess(view.selected),
	" ": () => {
		const i = view.selected;

		if (i !== undefined && rows.canFold(i))
			rows.fold(i, !rows.folded.has(i));
	},
	"p": () => P.parent[view.selected] >= 0 && select(P.parent[view.selected]),
	"d": () => {
		const i = view.selected;

		if (P.last[i] > i)
			select(i + 1);
	},
	"f": nextFailed,
	"c": () => $("path").click(),
	"?": () => $("keys").showModal(),
	"Escape": () => {
		if (view.selected !== undefined)
			select(undefined);
		else
			setFilter({ query: "", state: "all", least: 0 });
	},
};

/* where to zoom: the pointer, the selected process if it is in view, or the
 * middle */
function middle() {
	const i = view.selected, at = i === undefined ? NaN :
	    (Math.max(P.start[i], view.from) + Math.min(P.stop[i], view.to)) / 2;

	return view.cursor ?? (at >= view.from && at <= view.to ? at :
	    (view.from + view.to) / 2);
}

function pressKey(event) {
	const typing = event.target === $("find");

	if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open)
		return;
	if (typing && event.key === "Enter")
		return next(i => !rows.match || rows.match[i], event.shiftKey ? -1 : 1);
	if (typing && event.key === "Escape") {
		setFilter({ query: "" });
		$("timeline").focus();
		return;
	}
	if (typing || event.target.matches("input"))
		return;
	if (event.key === "/") {
		$("find").focus();
		$("find").select();
		event.preventDefault();
		return;
	}
	/* buttons and links have their own */
	if (/^( |Enter)$/.test(event.key) && event.target.closest("button, a"))
		return;
	const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;

	if (!Object.hasOwn(KEYS, key) || tab !== "timeline" && !/^(f|\?|Escape)$/.test(key))
		return;
	event.preventDefault();
	KEYS[key]();
	redraw();
}
