"use strict";

/* Pipes between processes: what their standard input and outputs were when they
 * executed their program last, where the recording has it. */
const Pipes = (() => {
	const { P, EXEC, STRINGS, lastExec } = Data;
	const NAMES = ["stdin", "stdout", "stderr"];

	/** what has this descriptor of an exec, or ""
	 * @param {number} exec @param {number} fd */
	function what(exec, fd) {
		const more = exec < 0 || EXEC.more[exec] < 0 ? "" : STRINGS[EXEC.more[exec]];

		return RegExp(`(?:^|\t)fd${fd}=([^\t]*)`).exec(more)?.[1] || "";
	}

	/** @type {?Map<string, [number, number][]>} pipe -> [row, descriptor], ... */
	let users = null;

	function findUsers() {
		const found = new Map();

		for (let i = 0; i < P.n; i++) {
			/* who only forked has what its parent has */
			if (P.firstExec[i] === P.firstExec[i + 1])
				continue;
			for (const fd of NAMES.keys()) {
				const pipe = what(lastExec(i), fd);

				if (/^(pipe|socket|fifo):/.test(pipe))
					found.set(pipe, [...found.get(pipe) || [], [i, fd]]);
			}
		}
		return found;
	}

	/** who is at the other end of this descriptor of a process: [row, descriptor]
	 * @param {number} i @param {number} fd */
	function others(i, fd) {
		const exec = lastExec(i);

		users ??= findUsers();
		return (users.get(what(exec, fd)) || []).filter(([row, other]) =>
		    lastExec(row) !== exec && (fd === 0) !== (other === 0));
	}

	return { NAMES, what, others };
})();
