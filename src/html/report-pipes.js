"use strict";

/* Pipes between processes: what their standard input and outputs were when they
 * executed their program last, where the recording has it. */
const Pipes = (() => {
	const { P, EXEC, STRINGS, lastExec } = Data;
	const NAMES = ["stdin", "stdout", "stderr"];
	const MOST = 24;	/* others that are drawn */

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

	/* from the bar of the selected process to those of the others; place(row) is
	 * the height of a bar, or NaN */
	function draw(picture, place) {
		const { ctx, now: { selected: i }, bar } = picture, y = i < 0 ? NaN : place(i);

		if (Number.isNaN(y))
			return;
		ctx.strokeStyle = ctx.fillStyle = picture.colour.accent;
		ctx.lineWidth = 1.5;
		for (const fd of NAMES.keys())
			for (const [row] of others(i, fd).slice(0, MOST)) {
				const x = picture.x(Math.max(P.start[i], P.start[row])) + 4 + 4 * fd;
				const ends = [y, place(row)].map(top => top + bar / 2);

				if (Number.isNaN(ends[1]) || x < 0 || x > picture.width)
					continue;
				ctx.beginPath();
				ctx.moveTo(x, ends[0]);
				ctx.lineTo(x, ends[1]);
				ctx.stroke();
				for (const end of ends) {
					ctx.beginPath();
					ctx.arc(x, end, 3, 0, 2 * Math.PI);
					ctx.fill();
				}
			}
	}

	return { NAMES, what, others, draw };
})();
