"use strict";

/* What is known of a process, a line each, for the details of it. */
const Facts = (() => {
	const { P, FEW, EXEC, MARK, STRINGS, CRITICAL, children, isRemote, lastExec, program,
	    argumentsOf, idOf, rowOf, outlived, exact, waited } = Data;
	const { visible, shownWord, number, plural, duration, bytes, descriptors } = Words;
	const { element, button } = Dom;
	const { fields } = Tip;

	function goTo(i, text = program(i) + " " + argumentsOf(lastExec(i), 60)) {
		const el = button("go", text, () => {
			Address.step();
			Timeline.select(i);
		});

		el.dataset.row = i;
		return el;
	}

	const who = i => element("span", "who", element("span", "nowrap", idOf(i)), goTo(i));

	function fdText(exec) {
		if (exec < 0 || EXEC.fds[exec] < 0)
			return undefined;
		return descriptors(STRINGS[EXEC.fds[exec]]).map(fd => Pipes.NAMES[fd] ?
		    `${fd}\u00a0${Pipes.NAMES[fd]}` : String(fd)).join(", ") || "none";
	}

	/* what it waited for when it was looked at last */
	function waitText(i) {
		const waits = (MARK.of.get(i) || []).filter(k =>
		    STRINGS[MARK.kind[k]] === "wait");

		return waits.filter(k => MARK.at[k] === MARK.at[waits.at(-1)]).map(k => {
			const f = Object.fromEntries(fields(MARK.more[k]));

			return f.call + (f.fd ? " of descriptor " + f.fd : "") +
			    (f.child ? " for " + f.child : "");
		}).join(", ");
	}

	const KEY_NAMES = { uid: "User", comm: "Name", tty: "Terminal",
	    cgroup: "Control group", nspid: "PID in namespace", nvcsw: "Waits",
	    nivcsw: "Interruptions", majflt: "Major page faults", cwdstate: "Directory is" };

	/** [name, value], ...; what is not known has no value
	 * @param {number} i @returns {[string, any][]} */
	function of(i) {
		const parent = P.parent[i], exec = lastExec(i);
		const ended = P.end[i] !== -1 && P.end[i] !== -2;
		const ending = Object.fromEntries(fields(FEW.more.get(i) ?? -1));

		return [
			["PID", element("span", "nowrap", idOf(i))],
			["Parent", parent >= 0 && !isRemote(i) ? who(parent) :
			    FEW.ppid.get(i) + " (not in the recording)"],
			["Begun by", isRemote(i) ? who(parent) : ""],
			...(P.run ? children(i) : []).filter(isRemote).map(c => ["Led to", who(c)]),
			["Group, session", P.pgid[i] + ", " + P.sid[i]],
			["Began", exact(P.start[i]) + (FEW.unforked.has(i) ? " (first seen)" : "")],
			["Ended", ended ? exact(P.stop[i]) : ""],
			["Outlived", outlived(i) ? "the command by " +
			    duration(P.stop[i] - Data.ROOT_STOP) : ""],
			["Duration", duration(P.time[i])],
			...repeatFacts(i),
			["Own time", P.last[i] > i ? duration(P.own[i]) : ""],
			["Subtree", P.last[i] > i ? duration(P.subtree[i]) + ", " +
			    plural(P.last[i] - i, "process", "processes") : ""],
			["CPU time", P.cpu && P.cpu[i] !== null ? duration(P.cpu[i]) +
			    (P.utime && P.utime[i] !== null ? ` (user ${duration(P.utime[i])}, ` +
			    `system ${duration(P.stime?.[i] ?? 0)})` : "") : ""],
			["Waited", waited(i) ? duration(waited(i)) + ", without a child and CPU" +
			    ("rundelay" in ending ? "; ready, but there was none free: " +
			    duration(Number(ending.rundelay)) : "") : ""],
			["Memory", P.maxrss && P.maxrss[i] !== null ?
			    bytes(P.maxrss[i] * 1024) + " at most" : ""],
			["Read, written", P.rbytes && P.rbytes[i] !== null ?
			    bytes(P.rbytes[i]) + ", " + bytes(P.wbytes?.[i] ?? 0) : ""],
			["Signal from", senderText(i)],
			["Inherited", fdText(exec)],
			...pipeFacts(i),
			["Waits in", waitText(i)],
			["File", exec >= 0 && EXEC.file[exec] >= 0 ?
			    element("code", "", visible(STRINGS[EXEC.file[exec]])) : ""],
			["On critical path", CRITICAL.of.has(i) ? duration(CRITICAL.of.get(i)
			    .reduce((a, k) => a + CRITICAL.to[k] - CRITICAL.from[k], 0)) : ""],
			...[...fields(exec >= 0 ? EXEC.more[exec] : -1), ...fields(FEW.more.get(i) ?? -1)]
			    .filter(([key]) => !/^(cwd|fd[012]|rundelay)$/.test(key))
			    .map(([key, value]) => [KEY_NAMES[key] || key, value]),
		];
	}

	/* the runs of the command that the process runs itself */
	let runs;

	function runsOf(i) {
		if (!runs) {
			runs = new Map();
			for (let k = 0; k < P.n; k++) {
				if (!runs.has(P.command[k]))
					runs.set(P.command[k], []);
				runs.get(P.command[k]).push(k);
			}
		}
		return P.command[i] < 0 ? [] : runs.get(P.command[i]);
	}

	/* those of its arguments in which the other runs of its command differ */
	function ownArguments(i, all) {
		const argv = EXEC.argv[lastExec(i)];

		return argv.filter((word, k) => all.some(j => j !== i &&
		    EXEC.argv[lastExec(j)][k] !== word)).map(s => shownWord(STRINGS[s]));
	}

	/* how often its command ran, and what is special about this time */
	function repeatFacts(i) {
		const all = runsOf(i);

		if (all.length < 2)
			return [];
		const longer = all.filter(j => P.time[j] > P.time[i]).length;
		const own = ownArguments(i, all.slice(0, 1000));

		return [
			["Repeated", element("span", "", button("go", plural(all.length, "run"), () => {
				Address.step();
				State.change({ command: P.command[i], view: "groups", sort: "" });
			}), longer ? `, ${number(longer)} of them longer` : ", this one the longest")],
			["Differs in", own.length ? element("code", "", own.slice(0, 6).join(" ")) : ""],
		];
	}

	/* who has sent the signal that killed it */
	function senderText(i) {
		const sent = (MARK.of.get(i) || []).filter(k => STRINGS[MARK.kind[k]] === "signal")
		    .map(k => Object.fromEntries(fields(MARK.more[k])))
		    .filter(f => FEW.signal.has(i) && f.sig === STRINGS[FEW.signal.get(i)]).at(-1);

		if (!sent)
			return "";
		if (sent.oom === "1")
			return "the kernel, as there was no memory left";
		if (!sent.from)
			return "the kernel" + (sent.code ? ", " + sent.code : "");
		const row = rowOf(sent.from);

		return row === undefined ? `${sent.from} ${sent.comm || ""}` : who(row);
	}

	/* the processes at the other end of the pipes that are its standard input and
	 * outputs */
	function pipeFacts(i) {
		const facts = [];

		Pipes.NAMES.forEach((name, fd) => {
			const what = Pipes.what(lastExec(i), fd);
			const others = Pipes.others(i, fd).slice(0, 6).flatMap(([row, other], n) =>
			    [n ? ", " : " \u2013 ", Pipes.NAMES[other] + " of ",
			        goTo(row, idOf(row) + " " + program(row))]);

			if (what)
				facts.push([name, element("span", "", element("code", "", what),
				    ...others)]);
		});
		return facts;
	}

	return { of, goTo };
})();
