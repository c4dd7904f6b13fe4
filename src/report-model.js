"use strict";

/* The recording: arrays with a value for each process (row), in depth-first
 * fork order, so that what is below row i is i + 1 .. last[i]; or for each exec.
 * Times are ns from the start of the root. htmldata.h tells what is in DATA. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const STRINGS = DATA.strings;

const RUNNING = -1, UNKNOWN = -2, EXITED = -3, SIGNALED = 256;

/* the values of which the list has the differences */
function sum(list) {
	const values = new Float64Array(list.length);
	let value = 0;

	for (let i = 0; i < list.length; i++)
		values[i] = value += list[i];
	return values;
}

/* of any number of values, at least 0 */
function largest(values) {
	let most = 0;

	for (const value of values)
		most = Math.max(most, value);
	return most;
}

/* row -> value of a list [row, value, ...] */
function few(list) {
	const map = new Map();

	for (let i = 0; i < list.length; i += 2)
		map.set(list[i], list[i + 1]);
	return map;
}

const P = (() => {
	const process = DATA.process, n = process.up.length;
	const p = {
		n,
		parent: new Int32Array(n),
		depth: new Int32Array(n),
		last: new Int32Array(n),
		pid: sum(process["pid+"]),
		pgid: sum(process["pgid+"]),
		sid: sum(process["sid+"]),
		start: sum(process["start+"]),
		time: Float64Array.from(process.time),
		stop: new Float64Array(n),
		end: Int32Array.from(process.end),
		own: new Float64Array(n),
		subtree: new Float64Array(n),
		/* of the process i: firstExec[i] .. firstExec[i + 1] - 1 */
		firstExec: new Uint32Array(n + 1),
		inherited: process.inherited,
		/* failed ones in 0 .. i - 1 */
		failedBefore: new Uint32Array(n + 1),
		cpu: process.cpu, utime: process.utime, stime: process.stime,
		maxrss: process.maxrss, rbytes: process.rbytes, wbytes: process.wbytes,
	};

	for (let i = 0; i < n; i++) {
		const parent = process.up[i] ? i - process.up[i] : -1;

		p.parent[i] = parent;
		p.depth[i] = parent < 0 ? 0 : p.depth[parent] + 1;
		p.stop[i] = p.start[i] + p.time[i];
		p.own[i] = p.time[i] - process.idle[i];
		p.subtree[i] = p.time[i] + process.below[i];
		p.firstExec[i + 1] = p.firstExec[i] + process.execs[i];
		p.failedBefore[i + 1] = p.failedBefore[i] + (p.end[i] > 0);
		p.last[i] = i;
	}
	for (let i = n - 1; i >= 0; i--)
		if (p.parent[i] >= 0 && p.last[p.parent[i]] < p.last[i])
			p.last[p.parent[i]] = p.last[i];
	for (const name of Object.keys(DATA.few))
		p["_" + name] = few(DATA.few[name]);
	return p;
})();

const EXEC = DATA.exec;
const CUT = few(EXEC.cut);
const LOAD = {
	ts: sum(DATA.load["ts+"]),
	live: sum(DATA.load["live+"]),
	busy: sum(DATA.load["busy+"]),
};

/* [row, from, to], ... */
const CRITICAL = (() => {
	const rows = sum(DATA.critical["row+"]);
	let from, to = 0;

	return DATA.critical.time.map((time, k) => {
		[from, to] = [to, to + time];
		return [rows[k], from, to];
	});
})();
const LOST = DATA.lost;

/* what is to be seen: from the first start to the last end */
const FIRST = P.start.reduce((a, b) => Math.min(a, b), 0);
const FINAL = Math.max(DATA.until, largest(P.stop));

/* events of processes that are no forks, execs or exits: row -> [number, ...] */
const MARK = { at: DATA.mark.at, kind: DATA.mark.kind, more: DATA.mark.more,
    row: sum(DATA.mark["row+"]), of: new Map() };
MARK.row.forEach((row, i) => {
	if (!MARK.of.has(row))
		MARK.of.set(row, []);
	MARK.of.get(row).push(i);
});

/* what somebody saw who looked at the process, not what it did */
const isLook = mark => /^(fd|wait)$/.test(STRINGS[MARK.kind[mark]]);

function children(i) {
	const list = [];

	for (let c = i + 1; c <= P.last[i]; c = P.last[c] + 1)
		list.push(c);
	return list;
}

/* --- text --- */

/* characters that change how others are shown, or are not to be seen: those of
 * text_visible() */
const INVISIBLE = /[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}]/gu;

/* an escaped string of the recording as a person can read it */
function visible(escaped) {
	return escaped.replaceAll("\\\\", "\\").replace(INVISIBLE, c => {
		const hex = c.codePointAt(0).toString(16);

		return hex.length > 4 ? "\\U" + hex.padStart(8, "0") :
		    "\\u" + hex.padStart(4, "0");
	});
}

/* ... as a word of a shell: $'' where '' would not show what is in it */
function shellWord(escaped) {
	if (/^[\w@%+=:,./-]+$/.test(escaped))
		return escaped;
	const plain = escaped.replaceAll("\\\\", "");

	if (!plain.includes("\\") && plain.search(INVISIBLE) < 0)
		return "'" + escaped.replaceAll("\\\\", "\\")
		    .replaceAll("'", "'\\''") + "'";
	return "$'" + escaped.replaceAll("'", "\\'").replace(INVISIBLE, c =>
	    Array.from(new TextEncoder().encode(c), byte =>
	        "\\x" + byte.toString(16)).join("")) + "'";
}

/* what a shell would not take for the name of a program */
const RESERVED = /=|^(if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|select|time|coproc)$/;

/* its arguments are one string, in which nobody knows which is which */
const isJoined = exec => EXEC.more[exec] >= 0 &&
    /(^|\t)joined=1(\t|$)/.test(STRINGS[EXEC.more[exec]]);

function shellCommand(exec) {
	if (isJoined(exec))
		return EXEC.argv[exec].map(s => visible(STRINGS[s])).join(" ");
	const words = EXEC.argv[exec].map(s => shellWord(STRINGS[s]));

	if (RESERVED.test(words[0]) && !/['"]/.test(words[0]))
		words[0] = `'${words[0]}'`;
	return words.join(" ");
}

/* paths of the Nix store, short: as label_store() */
function shortPaths(text) {
	return DATA.longPaths ? text : text.replace(/\/nix\/store\/[0-9a-z]+-([\w+\-.?=]+)(\/bin\/(?=[\w+\-.?=]))?/g,
	    (all, name, bin) => "<store>/" + (bin ? "" : name));
}

const baseName = path => path.replace(/\/+$/, "").replace(/^.*\//, "") || path;

/* the exec whose command the process ran at its end, or -1 */
function lastExec(i) {
	return P.firstExec[i + 1] > P.firstExec[i] ? P.firstExec[i + 1] - 1 :
	    P.inherited[i];
}

const execNames = [];

/* the program that an exec ran */
function programOf(exec) {
	if (exec < 0)
		return "(unknown)";
	if (execNames[exec] === undefined) {
		const argv = EXEC.argv[exec], file = EXEC.file[exec];
		let name = argv.length && STRINGS[argv[0]] ? STRINGS[argv[0]] :
		    file >= 0 ? STRINGS[file] : "";

		if (isJoined(exec))
			name = name.replace(/ .*/s, "");
		execNames[exec] = baseName(visible(name)) || "(unknown)";
	}
	return execNames[exec];
}

const program = i => programOf(lastExec(i));

/* what is behind the program, at most so many characters of it or more */
function argumentsOf(exec, enough) {
	const words = [];
	let length = 0;

	if (exec < 0)
		return "";
	if (isJoined(exec))
		return visible(STRINGS[EXEC.argv[exec][0]]).replace(/^[^ ]* ?/, "");
	for (const s of EXEC.argv[exec].slice(1)) {
		if (length > enough)
			break;
		words.push(shortPaths(visible(STRINGS[s])));
		length += words.at(-1).length + 1;
	}
	return words.join(" ") + (CUT.has(exec) ? " \u2026" : "");
}

/* all of it */
function commandOf(exec) {
	if (exec < 0)
		return "(unknown)";
	const text = EXEC.argv[exec].map(s => visible(STRINGS[s])).join(" ");

	return text || (EXEC.file[exec] >= 0 ? visible(STRINGS[EXEC.file[exec]]) :
	    "(unknown)");
}

/* PID, and which life of it: 4242/2 */
const idOf = i => P.pid[i] + (P._life.has(i) ? "/" + P._life.get(i) : "");

const rowOf = (() => {
	let rows;

	return id => {
		if (!rows) {
			rows = new Map();
			for (let i = 0; i < P.n; i++)
				rows.set(idOf(i), i);
		}
		return rows.get(id.replace("@", "/").replace(/\/1$/, ""));
	};
})();

/* ok, failed, running, unknown */
function stateOf(i) {
	const end = P.end[i];

	return end > 0 ? "failed" : end === RUNNING ? "running" :
	    end === UNKNOWN ? "unknown" : "ok";
}

function statusOf(i) {
	const end = P.end[i];

	switch (end) {
	case RUNNING: return "running";
	case UNKNOWN: return "end unknown";
	case EXITED: return "exited";
	default: return end < SIGNALED ? "exit " + end :
	    STRINGS[P._signal.get(i)] + (P._core.has(i) ? ", core dumped" : "");
	}
}

const GROUPS = new Intl.NumberFormat("en");
const number = n => GROUPS.format(n);

function plural(n, word, many = word + "s") {
	return number(n) + "\u00a0" + (n === 1 ? word : many);
}

/* ns as a person would say it */
function duration(ns) {
	const fixed = (unit, digits, name) =>
	    (ns / unit).toFixed(digits) + "\u00a0" + name;
	const seconds = Math.round(ns / 1e9);

	if (ns < 0)
		return "\u2212" + duration(-ns);
	if (ns < 1000)
		return ns + (ns ? "\u00a0ns" : "\u00a0s");
	if (ns < 999950)
		return fixed(1e3, 1, "\u00b5s");
	if (ns < 999950000)
		return fixed(1e6, 1, "ms");
	if (ns < 59995000000)
		return fixed(1e9, 2, "s");
	if (seconds < 3600)
		return Math.floor(seconds / 60) + "\u00a0min " + seconds % 60 + "\u00a0s";
	return Math.floor(seconds / 3600) + "\u00a0h " +
	    Math.floor(seconds % 3600 / 60) + "\u00a0min";
}

/* a moment, in seconds, as exact as steps of so many ns need */
function moment(ns, step) {
	const digits = Math.max(0, Math.ceil(9 - Math.log10(step) - 1e-9));
	const sign = ns < 0 ? "\u2212" : "", abs = Math.abs(ns);

	if (abs < 60e9)
		return sign + (abs / 1e9).toFixed(digits) + "\u00a0s";
	const minutes = Math.floor(abs / 60e9);
	const rest = ((abs - minutes * 60e9) / 1e9).toFixed(digits);

	return sign + (minutes < 60 ? minutes :
	    Math.floor(minutes / 60) + ":" + String(minutes % 60).padStart(2, "0")) +
	    ":" + rest.padStart(digits ? digits + 3 : 2, "0");
}

/* the label of a tick of the axis, up to a moment: ms or us if all are short */
function tick(ns, step, to) {
	for (const [unit, name] of [[1, "ns"], [1e3, "\u00b5s"], [1e6, "ms"]])
		if (to < unit * 1000)
			return (ns < 0 ? "\u2212" : "") + Number((Math.abs(ns) / unit)
			    .toFixed(3)) + "\u00a0" + name;
	return moment(ns, step);
}

function bytes(n) {
	const units = ["B", "KiB", "MiB", "GiB", "TiB"];
	let u = 0;

	for (; n >= 1024 && u < units.length - 1; u++)
		n /= 1024;
	return (u ? n.toFixed(1) : n) + "\u00a0" + units[u];
}

/* the numbers of the bits in a decimal number of up to 64 bits */
function descriptors(decimal) {
	const list = [];
	let bits = BigInt(/^\d+$/.test(decimal) ? decimal : 0);

	for (let fd = 0; bits; fd++, bits >>= 1n)
		if (bits & 1n)
			list.push(fd);
	return list;
}

/* --- who matches --- */

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
