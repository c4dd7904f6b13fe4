"use strict";

/* Which processes match, and which rows are shown. */

/* Terms are separated by spaces, "..." keeps them together; all must be in one
 * of the arguments or the file name of an exec of the process, or be its PID.
 * program:NAME is the program that it ran last. */
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
		found[i] = lowerStrings[i].includes(term);
	return found;
}

function execHas(found, exec) {
	if (exec < 0)
		return false;
	if (EXEC.file[exec] >= 0 && found[EXEC.file[exec]])
		return true;
	for (const s of EXEC.argv[exec])
		if (found[s])
			return true;
	return false;
}

/* a function that tells whether a row matches the term */
function matcher(term) {
	if (term.startsWith("program:")) {
		const name = term.slice("program:".length);

		return i => program(i).toLowerCase() === name;
	}
	const found = stringsWith(term);
	const execs = new Int8Array(EXEC.at.length).fill(-1);
	const has = exec => {
		if (exec < 0)
			return false;
		if (execs[exec] < 0)
			execs[exec] = execHas(found, exec);
		return execs[exec] === 1;
	};

	return i => {
		if (idOf(i) === term.replace("@", "/") || String(P.pid[i]) === term)
			return true;
		if (P.firstExec[i] === P.firstExec[i + 1])
			return has(P.inherited[i]);
		for (let e = P.firstExec[i]; e < P.firstExec[i + 1]; e++)
			if (has(e))
				return true;
		return false;
	};
}

/* a byte for each row, 1: it matches; or null if all do */
function findRows({ query, state, least }) {
	const matchers = parseTerms(query).map(matcher);

	if (!matchers.length && state === "all" && !least)
		return null;
	const match = new Uint8Array(P.n);

	for (let i = 0; i < P.n; i++)
		match[i] = P.time[i] >= least &&
		    (state === "all" || stateOf(i) === state) &&
		    matchers.every(matches => matches(i));
	return match;
}

/* Which rows are shown: those that match and those above them, unless what is
 * above them is folded. */
class Rows {
	constructor() {
		this.folded = new Set();
		this.match = null;
		this.list = new Int32Array(P.n);
		/* of every row: where it is in the list, or who is above it */
		this.place = new Int32Array(P.n);
		this.update();
	}

	update() {
		const keep = this.match && new Uint8Array(this.match);
		let until = -1;

		this.n = 0;
		if (keep)
			for (let i = P.n - 1; i >= 0; i--)
				if (keep[i] && P.parent[i] >= 0)
					keep[P.parent[i]] = 1;
		for (let i = 0; i < P.n; i++) {
			if (i <= until || keep && !keep[i]) {
				this.place[i] = P.parent[i] < 0 ? -1 :
				    this.place[P.parent[i]];
				continue;
			}
			this.place[i] = this.n;
			this.list[this.n++] = i;
			if (!keep && this.folded.has(i))
				until = P.last[i];
		}
	}

	isShown(i) {
		return this.place[i] >= 0 && this.list[this.place[i]] === i;
	}

	canFold(i) {
		return !this.match && P.last[i] > i;
	}

	fold(i, folded) {
		if (folded)
			this.folded.add(i);
		else
			this.folded.delete(i);
		this.update();
	}

	foldAll(folded) {
		this.folded.clear();
		for (let i = 0; folded && i < P.n; i++)
			if (P.last[i] > i && P.depth[i] > 0)
				this.folded.add(i);
		this.update();
	}

	unfoldAbove(i) {
		for (let up = P.parent[i]; up >= 0; up = P.parent[up])
			this.folded.delete(up);
		this.update();
	}
}
