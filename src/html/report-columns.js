"use strict";

/* What the tables have in common: cells, columns, and sums over the critical path. */
const Columns = (() => {
	const { P, CRITICAL, program, argumentsOf, lastExec } = Data;
	const { number, duration } = Words;
	const { element } = Dom;
	const isChosen = i => i === State.now.selected;
	const select = i => {
		Address.step();
		Timeline.select(i);
	};

	const code = text => element("code", "", text);
	const failures = n => n ? element("span", "failed-text", "\u2717 " + number(n)) : "";
	const commandText = i => (P.firstExec[i] === P.firstExec[i + 1] ?
	    `(${program(i)})` : program(i)) + " " + argumentsOf(lastExec(i), 300);

	/** a share as a number and a bar
	 * @param {number} part @param {number} [own] of the same whole, darker */
	function share(part, own) {
		const bar = element("span", "share");

		if (own !== undefined)
			bar.append(element("i"));
		bar.style.setProperty("--part", String(part));
		bar.style.setProperty("--own", String(own ?? 0));
		return element("span", "shared", (part * 100).toFixed(1) + "\u00a0%", bar);
	}

	/** @returns {Column} */
	const timeColumn = (name, value, title, width = 104) => ({ name, width, value, title,
	    show: row => duration(Math.round(value(row))) });
	/** @returns {Column} */
	const countColumn = (name, value, title, width = 80) => ({ name, width, value, title,
	    show: row => number(value(row)) });

	/* --- the critical path --- */

	/** pieces of the critical path up to the end of the command, of processes
	 * that are meant, within the range: [row, ns, from] */
	function pieces() {
		const match = Filter.chosen(), [a, b] = State.now.range || [-Infinity, Infinity];
		const list = [];

		for (let k = 0; k < CRITICAL.nroot; k++) {
			const from = Math.max(CRITICAL.from[k], a), row = CRITICAL.row[k];
			const ns = Math.min(CRITICAL.to[k], b) - from;

			if (ns > 0 && (!match || match[row]))
				list.push([row, ns, from]);
		}
		return list;
	}

	const whole = () => State.now.range ? State.now.range[1] - State.now.range[0] :
	    CRITICAL.to[CRITICAL.nroot - 1] || 1;

	/* added up by a key of their rows: { key, row: the first one, rows, ns } */
	function addUp(list, keyOf) {
		const byKey = new Map();

		for (const [row, ns] of list) {
			const key = keyOf(row), sums = byKey.get(key) ||
			    { key, row, rows: new Set(), ns: 0 };

			sums.rows.add(row);
			sums.ns += ns;
			byKey.set(key, sums);
		}
		return [...byKey.values()];
	}

	return { isChosen, select, code, failures, commandText, share, timeColumn, countColumn,
	    pieces, whole, addUp };
})();
