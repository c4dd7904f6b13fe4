"use strict";

/* The recording: arrays with a value for each process (row), in depth-first
 * fork order, so that what is below row i is i + 1 .. last[i]; or for each exec.
 * Times are ns from the start of the root. src/html/data.h tells what is in
 * DATA. */
const Data = (() => {
	const { visible, shownWord, shellWord, command } = Words;

	/** as src/html/data.h tells @type {any} */
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

		for (let i = 0; i < values.length; i++)
			if (values[i] > most)
				most = values[i];
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
			node: process.node,
			command: process.command,
			/* of several recordings in one: which of RUNS */
			run: process.run,
			/* failed ones in 0 .. i - 1 */
			failedBefore: new Uint32Array(n + 1),
			/* undefined: no process has it; null: this one has not */
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
			p.failedBefore[i + 1] = p.failedBefore[i] + (p.end[i] > 0 ? 1 : 0);
			p.last[i] = i;
		}
		for (let i = n - 1; i >= 0; i--)
			if (p.parent[i] >= 0 && p.last[p.parent[i]] < p.last[i])
				p.last[p.parent[i]] = p.last[i];
		return p;
	})();

	/* of a few rows only */
	const { ppid, life, signal, core, unforked, more, called } = Object.fromEntries(
	    Object.entries(DATA.few).map(([name, list]) => [name, few(list)]));
	const FEW = { ppid, life, signal, core, unforked, more, called };

	/* the row of the command itself, or -1; when it ended */
	const ROOT = DATA.root;
	const ROOT_STOP = ROOT >= 0 && P.end[ROOT] !== RUNNING && P.end[ROOT] !== UNKNOWN ?
	    P.stop[ROOT] : Infinity;

	const EXEC = DATA.exec;
	const CUT = few(EXEC.cut), WORDS = few(EXEC.words);
	const steps = load => ({ ts: sum(load["ts+"]), live: sum(load["live+"]),
	    busy: sum(load["busy+"]) });
	const LOAD = steps(DATA.load);
	/* of the recording that it is compared with */
	const LOAD_BEFORE = DATA.before ? steps(DATA.before) : null;

	/* the pieces of the critical path: piece k is of row[k], from[k] .. to[k]; the
	 * first nroot end with the command. of: the pieces of a row */
	const CRITICAL = (() => {
		const { time, root } = DATA.critical, n = time.length;
		const path = { n, nroot: root, row: sum(DATA.critical["row+"]),
		    from: new Float64Array(n), to: new Float64Array(n),
		    /** @type {Map<number, number[]>} */ of: new Map() };

		for (let k = 0; k < n; k++) {
			path.from[k] = k ? path.to[k - 1] : 0;
			path.to[k] = path.from[k] + time[k];
			if (!path.of.has(path.row[k]))
				path.of.set(path.row[k], []);
			path.of.get(path.row[k]).push(k);
		}
		return path;
	})();
	const LOST = DATA.lost;

	/* what is to be seen: from the first start to the last end */
	const FIRST = P.start.reduce((a, b) => Math.min(a, b), 0);
	const FINAL = Math.max(DATA.until, largest(P.stop), DATA.before?.until || 0);

	/* a moment, to the microsecond, or to the ns where all of it was short */
	const exact = ns => Words.moment(ns, FINAL - FIRST < 1e7 ? 1 : 1e3);

	/* ns of its own time without CPU; null: unknown, or it has threads */
	const waited = i => P.cpu && P.cpu[i] !== null && P.cpu[i] <= P.own[i] ?
	    P.own[i] - P.cpu[i] : null;

	/* it ended after the command, or still runs */
	const outlived = i => i > ROOT && i <= P.last[ROOT] && P.stop[i] > ROOT_STOP &&
	    P.end[i] !== UNKNOWN;

	/* events of processes that are no forks, execs or exits: row -> [number, ...] */
	const MARK = { at: DATA.mark.at, kind: DATA.mark.kind, more: DATA.mark.more,
	    row: sum(DATA.mark["row+"]), of: new Map() };
	MARK.row.forEach((row, i) => {
		if (!MARK.of.has(row))
			MARK.of.set(row, []);
		MARK.of.get(row).push(i);
	});

	/* what it did, not what somebody saw who looked at it; files that it has used are
	 * shown elsewhere, but not those that it has missed */
	const isEvent = mark => !/^(fd|wait|write|read)$/.test(STRINGS[MARK.kind[mark]]) ||
	    MARK.more[mark] >= 0 && /(^|\t)errno=/.test(STRINGS[MARK.more[mark]]);

	function children(i) {
		const list = [];

		for (let c = i + 1; c <= P.last[i]; c = P.last[c] + 1)
			list.push(c);
		return list;
	}

	/* --- commands --- */

	/* its arguments are one string, in which nobody knows which is which */
	const joins = [];	/* whether a string says so */

	function isJoined(exec) {
		const string = EXEC.more[exec];

		return string >= 0 &&
		    (joins[string] ??= /(^|\t)joined=1(\t|$)/.test(STRINGS[string]));
	}

	const argvOf = exec => EXEC.argv[exec].map(s => STRINGS[s]);

	/* all of its arguments, by a function for its words */
	const wordsOf = (exec, word) => isJoined(exec) ?
	    visible(argvOf(exec).join(" ")) : command(word, argvOf(exec));

	const shellCommand = exec => wordsOf(exec, shellWord);

	/* paths of the Nix store, short: as label_store() */
	function shortPaths(text) {
		return DATA.longPaths ? text : text.replace(
		    /\/nix\/store\/[0-9a-z]+-([\w+\-.?=]+)(\/bin\/(?=[\w+\-.?=]))?/g,
		    (all, name, bin) => "<store>/" + (bin ? "" : name));
	}

	/* the exec whose command the process ran at its end, or -1 */
	function lastExec(i) {
		return P.firstExec[i + 1] > P.firstExec[i] ? P.firstExec[i + 1] - 1 :
		    P.inherited[i];
	}

	/* the program that an exec ran */
	const programOf = exec => exec < 0 ? "(unknown)" : STRINGS[EXEC.program[exec]];

	function program(i) {
		const exec = lastExec(i);

		return exec < 0 && FEW.called.has(i) ? STRINGS[FEW.called.get(i)] :
		    programOf(exec);
	}

	/* what is behind the program, at most so many characters of it or more */
	function argumentsOf(exec, enough) {
		const words = [];
		let length = 0;

		if (exec < 0)
			return "";
		if (isJoined(exec))
			return visible(STRINGS[EXEC.argv[exec][0]]).replace(/^[^ ]* ?/, "");
		for (const s of EXEC.argv[exec].slice(WORDS.get(exec) ?? 1)) {
			if (length > enough)
				break;
			words.push(shortPaths(shownWord(STRINGS[s])));
			length += words.at(-1).length + 1;
		}
		return words.join(" ") + (CUT.has(exec) ? " \u2026" : "");
	}

	/* all of it */
	function commandOf(exec) {
		if (exec < 0)
			return "(unknown)";
		const argv = argvOf(exec);

		if (argv.length > 1 || argv[0])
			return wordsOf(exec, shownWord);
		return EXEC.file[exec] >= 0 ? shownWord(STRINGS[EXEC.file[exec]]) :
		    "(unknown)";
	}

	/* what the recordings are called, if there are several in one */
	const RUNS = (DATA.runs || []).map(s => STRINGS[s]);

	/* PID, and which life of it: 4242/2; of several hosts alpha:4242/2 */
	const idOf = i => (P.run ? RUNS[P.run[i]] + ":" : "") + P.pid[i] +
	    (FEW.life.has(i) ? "/" + FEW.life.get(i) : "");

	/* The host, of a command that an ssh of another one began: its parent here is that
	 * ssh. */
	const isRemote = i => P.run && P.parent[i] >= 0 && P.run[P.parent[i]] !== P.run[i];
	const hostOf = i => isRemote(i) ? RUNS[P.run[i]] + ": " : "";

	/** the row of a PID, or of a life of it: "4242", "4242/2", "4242@2"; of
	 * several hosts the first one that has it, or "alpha:4242"
	 * @type {(id: string) => number | undefined} */
	const rowOf = (() => {
		let rows;

		return id => {
			if (!rows) {
				rows = new Map();
				for (let i = P.n - 1; i >= 0; i--) {
					rows.set(idOf(i), i);
					rows.set(idOf(i).replace(/^.*:/, ""), i);
				}
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
		    STRINGS[FEW.signal.get(i)] + (FEW.core.has(i) ? ", core dumped" : "");
		}
	}

	/* --- programs, in the order of the time that they themselves took --- */

	/* hues of programs: 0 .. HUES - 1, the others HUES */
	const HUES = 8;
	const hue = new Uint8Array(P.n).fill(HUES);
	const PROGRAMS = (() => {
		const own = new Map();

		for (let i = 0; i < P.n; i++) {
			const name = program(i);

			own.set(name, (own.get(name) || 0) + P.own[i]);
		}
		const list = [...own.keys()].sort((a, b) => own.get(b) - own.get(a));
		const place = new Map(list.slice(0, HUES).map((name, k) => [name, k]));

		for (let i = 0; i < P.n; i++)
			hue[i] = place.get(program(i)) ?? HUES;
		return list;
	})();

	return { DATA, STRINGS, P, FEW, EXEC, CUT, LOAD, LOAD_BEFORE, CRITICAL,
	    LOST, FIRST, FINAL, ROOT, ROOT_STOP, MARK, HUES, PROGRAMS, RUNS, hue, isEvent, largest,
	    children, shellCommand, lastExec, programOf, program, argumentsOf, commandOf,
	    idOf, rowOf, isRemote, hostOf, stateOf, statusOf, outlived, exact, waited };
})();
