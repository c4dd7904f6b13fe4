"use strict";

/* Files that processes made and used, where the recording has it. */
const Files = (() => {
	const { DATA, STRINGS } = Data;
	const { visible } = Words;
	/* a process has written or read a file, in the order of time */
	const USES = DATA.files || { path: [], row: [], file: [], writes: [] };

	/* the uses of each value */
	function group(values) {
		/** @type {Map<number, number[]>} */
		const uses = new Map();

		values.forEach((value, use) => {
			if (!uses.has(value))
				uses.set(value, []);
			uses.get(value).push(use);
		});
		return uses;
	}

	const BY_FILE = group(USES.file), BY_ROW = group(USES.row);

	/** The files that a process has read (or made), each with the rows of those that
	 * had made it before, the last one first (or that read it later).
	 * @param {number} i @param {boolean} writes
	 * @returns {{ file: number, rows: number[] }[]} */
	function of(i, writes) {
		const list = [];

		for (const use of BY_ROW.get(i) || []) {
			const file = USES.file[use];

			if (Boolean(USES.writes[use]) !== writes)
				continue;
			const others = BY_FILE.get(file).filter(other => USES.row[other] !== i &&
			    Boolean(USES.writes[other]) !== writes && (other > use) === writes);
			const rows = [...new Set(others.map(other => USES.row[other]))];

			list.push({ file, rows: writes ? rows : rows.reverse() });
		}
		return list;
	}

	const read = i => of(i, false).filter(({ rows }) => rows.length);
	const made = i => of(i, true);
	const pathOf = file => visible(STRINGS[USES.path[file]]);

	return { read, made, pathOf };
})();
