"use strict";

/* Which processes are meant: those that match in every respect. */
const Filter = (() => {
	const { P, EXEC, STRINGS, RUNS, idOf, program, stateOf, outlived } = Data;
	const { visible } = Words;

	/* Terms are separated by spaces, "..." keeps them together; all must match. */
	function parseTerms(query) {
		return (query.match(/(?:[^\s"]|"[^"]*"?)+/g) || [])
		    .map(term => term.replaceAll('"', "").toLowerCase()).filter(Boolean);
	}

	let lowerStrings;

	/* strings in which the term is */
	function stringsWith(term) {
		const found = new Uint8Array(STRINGS.length);

		lowerStrings ??= STRINGS.map(s => visible(s).toLowerCase());
		for (let i = 0; i < STRINGS.length; i++)
			found[i] = lowerStrings[i].includes(term) ? 1 : 0;
		return found;
	}

	function execHas(found, exec) {
		if (EXEC.file[exec] >= 0 && found[EXEC.file[exec]])
			return true;
		for (const s of EXEC.argv[exec])
			if (found[s])
				return true;
		return false;
	}

	/* by its PID, or by all of what it is called; in small letters */
	const isCalled = id => i => String(P.pid[i]) === id || idOf(i).toLowerCase() === id;

	/* in one of the arguments, or the file name, of an exec of the process; or
	 * its PID */
	function textMatcher(term) {
		const found = stringsWith(term), id = term.replace("@", "/");
		const isIt = isCalled(id);
		const execs = new Int8Array(EXEC.at.length).fill(-1);
		const has = exec => {
			if (exec < 0)
				return false;
			if (execs[exec] < 0)
				execs[exec] = execHas(found, exec) ? 1 : 0;
			return execs[exec] === 1;
		};

		return i => {
			if (isIt(i))
				return true;
			if (P.firstExec[i] === P.firstExec[i + 1])
				return has(P.inherited[i]);
			for (let e = P.firstExec[i]; e < P.firstExec[i + 1]; e++)
				if (has(e))
					return true;
			return false;
		};
	}

	const KEYS = {
		program: value => i => program(i).toLowerCase() === value,
		pid: value => isCalled(value.replace("@", "/")),
		parent: value => {
			const isIt = isCalled(value.replace("@", "/"));

			return i => P.parent[i] >= 0 && isIt(P.parent[i]);
		},
		host: value => i => (RUNS[P.run?.[i]] || "").toLowerCase() === value,
		status: value => i => Data.statusOf(i).toLowerCase() === value ||
		    stateOf(i) === value || String(P.end[i]) === value,
		outlived: value => i => (outlived(i) ? "yes" : "no") === value,
	};

	/* a function that tells whether a row matches the term */
	function matcher(term) {
		const [, key, value] = /^(\w+):(.+)$/s.exec(term) || [];

		return Object.hasOwn(KEYS, key ?? "") ? KEYS[key](value) : textMatcher(term);
	}

	const KEYS_OF_MATCH = ["query", "status", "least", "node", "command"];

	/** rows that the query finds; null: all
	 * @type {() => ?Uint8Array} */
	const found = State.derived(["query"], ({ query }) => {
		const matchers = parseTerms(query).map(matcher);

		return matchers.length ? Uint8Array.from({ length: P.n }, (_, i) =>
		    matchers.every(matches => matches(i)) ? 1 : 0) : null;
	});

	/* a byte for each row that passes all tests; null: there are none */
	const passing = tests => tests.length ? Uint8Array.from({ length: P.n }, (_, i) =>
	    tests.every(test => test(i)) ? 1 : 0) : null;

	/** a byte for each row, 1: it is meant whenever and wherever it ran; null: all are
	 * @type {() => ?Uint8Array} */
	const match = State.derived(KEYS_OF_MATCH, now => {
		const tests = [];
		const bytes = found(), { status, least, node, command } = now;

		if (bytes)
			tests.push(i => bytes[i]);
		if (status !== "all")
			tests.push(i => stateOf(i) === status);
		if (least)
			tests.push(i => P.time[i] >= least);
		if (node !== null)
			tests.push(i => P.node[i] === node);
		if (command !== null)
			tests.push(i => P.command[i] === command);
		return passing(tests);
	});

	/** ... and in the range of time, and below the root
	 * @type {() => ?Uint8Array} */
	const chosen = State.derived([...KEYS_OF_MATCH, "range", "root"], now => {
		const tests = [];
		const bytes = match(), { range, root } = now;

		if (bytes)
			tests.push(i => bytes[i]);
		if (range)
			tests.push(i => P.start[i] < range[1] && P.stop[i] > range[0]);
		if (root >= 0)
			tests.push(i => i >= root && i <= P.last[root]);
		return passing(tests);
	});

	/** the rows that are meant
	 * @type {() => Int32Array} */
	const rows = () => {
		const bytes = chosen();

		if (!bytes)
			return Int32Array.from({ length: P.n }, (_, i) => i);
		return Int32Array.from({ length: count() }, (next => () => {
			while (!bytes[next])
				next++;
			return next++;
		})(0));
	};

	const count = () => chosen()?.reduce((a, b) => a + b, 0) ?? P.n;

	return { found, match, chosen, rows, count };
})();
