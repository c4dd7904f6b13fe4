"use strict";

/* What is under the pointer. */
const Tip = (() => {
	const { P, MARK, STRINGS, LOST, CRITICAL, idOf, program, argumentsOf, lastExec,
	    stateOf, statusOf, exact } = Data;
	const { number, plural, duration, bytes, visible } = Words;
	const { $, element } = Dom;

	/** @param {?number} ns @param {number} row @param {Node[]} lines
	 * @param {PointerEvent} event */
	function show(ns, row, lines, event) {
		const tip = $("tip"), x = event.clientX, y = event.clientY;

		State.change({ cursor: ns, hovered: row });
		tip.hidden = !lines.length || event.pointerType === "touch";
		if (tip.hidden)
			return;
		tip.replaceChildren(...lines);
		const { width, height } = tip.getBoundingClientRect();
		const left = Math.min(x + 14, innerWidth - width - 8);
		const top = y + 18 + height > innerHeight ? y - height - 12 : y + 18;

		tip.style.transform =
		    `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
	}

	function hide() {
		$("tip").hidden = true;
		State.change({ cursor: null, hovered: -1 });
	}

	const stateText = i => element("span", stateOf(i) + "-text",
	    (stateOf(i) === "failed" ? "\u2717 " : "") + statusOf(i));

	function processLines(i) {
		const lines = [
			element("div", "command", program(i) + " " +
			    argumentsOf(lastExec(i), 400)),
			element("div", "line", element("b", "", duration(P.time[i])),
			    ` from ${exact(P.start[i])} \u00b7 PID ${idOf(i)} \u00b7 `,
			    stateText(i)),
		];
		const more = [
			P.last[i] > i && "own " + duration(P.own[i]) + ", " +
			    plural(P.last[i] - i, "process", "processes") + " below",
			P.cpu && P.cpu[i] !== null && "CPU " + duration(P.cpu[i]),
			P.maxrss && P.maxrss[i] !== null && bytes(P.maxrss[i] * 1024),
			CRITICAL.of.has(i) && "on the critical path",
		].filter(Boolean);

		if (more.length)
			lines.push(element("div", "line", more.join(" \u00b7 ")));
		return lines;
	}

	const eventText = k => [visible(STRINGS[MARK.kind[k]]),
	    ...fields(MARK.more[k]).map(([key, value]) => key + "=" + value)].join(" ");

	/* [key, value], ... of a string of such fields */
	const fields = string => string < 0 ? [] : STRINGS[string].split("\t")
	    .map(field => {
		const at = field.indexOf("=");

		return [field.slice(0, at), visible(field.slice(at + 1))];
	});

	/* the event that is drawn within so many ns of a moment */
	function markLines(i, ns, near) {
		const k = (MARK.of.get(i) || []).find(mark =>
		    Math.abs(P.start[i] + MARK.at[mark] - ns) < near);

		return k === undefined ? [] :
		    [element("div", "line", element("b", "", eventText(k)))];
	}

	function lostLines(ns, near) {
		return LOST.filter(([from, to]) => ns >= from - near && ns <= to + near)
		    .slice(0, 4).map(([from, to, cpu, count]) =>
		        element("div", "line failed-text", plural(count, "event") + " lost" +
		            (cpu >= 0 ? " on CPU " + number(cpu) : "") +
		            ` between ${duration(from)} and ${duration(to)}`));
	}

	return { show, hide, processLines, markLines, lostLines, stateText, eventText,
	    fields };
})();
