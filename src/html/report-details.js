"use strict";

/* What is told of the selected process, in the panel at the right. */
const Details = (() => {
	const { DATA, P, EXEC, CUT, MARK, STRINGS, isEvent, children, shellCommand, lastExec,
	    program, commandOf, idOf, stateOf, statusOf, exact } = Data;
	const { shellWord, number, plural, duration } = Words;
	const { $, element, button } = Dom;
	const { goTo } = Facts;
	const { stateText, eventText, fields } = Tip;

	async function copy(text, where) {
		const said = where.textContent;

		try {
			await navigator.clipboard.writeText(text);
		} catch {
			const area = element("textarea", "", text);

			/* in the panel: a dialog or focus elsewhere does not matter to it */
			$("details").append(area);
			area.select();
			document.execCommand("copy");
			area.remove();
		}
		where.textContent = "Copied";
		setTimeout(() => { where.textContent = said; }, 1500);
	}

	function addFacts(panel, facts) {
		const dl = element("dl");

		for (const [name, value] of facts)
			if (value !== undefined && value !== null && value !== "")
				dl.append(element("dt", "", name), element("dd", "", value));
		panel.append(dl);
	}

	/* the directory, if the recording has it */
	const directoryOf = exec => exec < 0 ? "" :
	    Object.fromEntries(fields(EXEC.more[exec])).cwd || "";

	function rawDirectory(exec) {
		const field = exec < 0 || EXEC.more[exec] < 0 ? null :
		    /(?:^|\t)cwd=([^\t]*)/.exec(STRINGS[EXEC.more[exec]]);

		return field && field[1];
	}

	const commandToCopy = exec => shellCommand(exec);
	const inDirectory = exec => "cd " + shellWord(rawDirectory(exec)) + " && " +
	    shellCommand(exec);

	/* its ancestors' commands, from the root down, a line each */
	function chainText(i) {
		const lines = [];

		for (let up = i; up >= 0; up = P.parent[up])
			if (lastExec(up) >= 0 && EXEC.argv[lastExec(up)].length)
				lines.unshift(shellCommand(lastExec(up)));
		return [...new Set(lines)].join("\n") + "\n";
	}

	function addCommand(panel, i, exec) {
		const head = element("h3", "", "Command");

		if (exec < 0)
			return;
		if (EXEC.argv[exec].length) {
			const add = (name, title, text) => {
				const el = button("copy", name, () => copy(text(), el));

				el.title = title;
				head.append(el);
			};

			add("Copy", "As a command of a shell", () => commandToCopy(exec));
			if (rawDirectory(exec))
				add("cd && \u2026", "In its directory", () => inDirectory(exec));
			if (P.parent[i] >= 0)
				add("Chain", "With the commands that it descends from",
				    () => chainText(i));
		}
		panel.append(head, element("pre", "argv", EXEC.argv[exec].length ?
		    shellCommand(exec) : commandOf(exec)));
		if (directoryOf(exec))
			panel.append(element("p", "state", "in ", element("code", "",
			    directoryOf(exec))));
		if (CUT.has(exec))
			panel.append(element("p", "state", "Cut" + (CUT.get(exec) ?
			    ": there were " + plural(CUT.get(exec), "byte") : "") + "."));
	}

	/* what stands out in the recording because of it */
	function addFindings(panel, i) {
		const said = (DATA.findings || []).filter(([row]) => row === i)
		    .map(([, string]) => STRINGS[string]);

		if (said.length)
			panel.append(element("h3", "", "Why it matters"), element("ul", "said",
			    /* what is between backquotes is code */
			    ...said.map(text => element("li", "", ...text.split("`").map(
			        (part, k) => k % 2 ? element("code", "", part) : part)))));
	}

	function list(panel, title, items) {
		if (items.length)
			panel.append(element("h3", "", title), element("ul", "", ...items));
	}

	/** at most so many of a list as elements, and one with a button that shows the
	 * others
	 * @template T @param {T[]} items @param {number} most @param {(item: T) => any} show
	 * @param {string} tag of the last one @returns {any[]} */
	function firstOf(items, most, show, tag) {
		const shown = items.slice(0, items.length > most + 1 ? most : items.length);
		const left = items.slice(shown.length);
		const rest = element(tag, "", button("go rest", "and " + number(left.length) +
		    " more", () => {
			const all = left.map(show);

			rest.replaceWith(...all);
			all.map(el => el.querySelector("button")).find(Boolean)?.focus();
		}));

		return [...shown.map(show), ...left.length ? [rest] : []];
	}

	const FEW_FILES = 8, FEW_OTHERS = 4;

	/* whose files it has read, and who has read its own */
	function addFiles(panel, i) {
		const link = row => element("span", "", goTo(row, program(row) + " " + idOf(row)));
		const show = ({ file, rows }) => {
			const name = element("code", "", Files.pathOf(file).replace(/^.*\//, ""));

			name.title = Files.pathOf(file);
			return element("li", "file", name, element("span", "others",
			    ...rows.length ? firstOf(rows, FEW_OTHERS, link, "span") : ["nobody"]));
		};

		list(panel, "Read files, made by", firstOf(Files.read(i), FEW_FILES, show, "li"));
		list(panel, "Made files, used by", firstOf(Files.made(i), FEW_FILES, show, "li"));
	}

	function item(ns, names, ...content) {
		return element("li", names, element("span", "at", exact(ns)), ...content);
	}

	/* which processes have a descriptor of the same pipe or socket: ref -> marks */
	let holders;

	function findHolders() {
		holders = new Map();
		MARK.row.forEach((row, k) => {
			const { ref } = STRINGS[MARK.kind[k]] === "fd" ?
			    Object.fromEntries(fields(MARK.more[k])) : {};

			if (ref)
				holders.set(ref, (holders.get(ref) || new Set()).add(row));
		});
	}

	function fdItem(i, k) {
		const f = Object.fromEntries(fields(MARK.more[k]));
		const others = /^(pipe|socket|fifo)/.test(f.ref || f.type || "") ?
		    [...holders.get(f.ref) || []].filter(j => j !== i).slice(0, 8) : [];

		return element("li", "wrap", element("span", "at", f.fd + " " + (f.mode || "")),
		    element("span", "", element("code", "", f.ref || f.type || ""),
		    ...others.flatMap((j, n) => [n ? ", " : " also in ",
		        goTo(j, idOf(j) + " " + program(j))])));
	}

	function addEvents(panel, i) {
		const marks = MARK.of.get(i) || [];
		const execs = [], first = P.firstExec[i];

		for (let e = first; e < P.firstExec[i + 1] && e < first + 100; e++)
			execs.push(item(P.start[i] + EXEC.at[e], "", element("code", "",
			    commandOf(e).slice(0, 400))));
		if (execs.length > 1)
			list(panel, plural(P.firstExec[i + 1] - first, "exec"), execs);
		/* as they were when they were looked at last */
		const fds = marks.filter(k => STRINGS[MARK.kind[k]] === "fd");
		const last = fds.filter(k => MARK.at[k] === MARK.at[fds.at(-1)]);

		if (fds.length) {
			findHolders();
			list(panel, "Open descriptors at " + duration(P.start[i] +
			    MARK.at[last[0]]), last.map(k => fdItem(i, k)));
		}
		list(panel, "Events", marks.filter(k => isEvent(k)).slice(0, 100).map(k =>
		    item(P.start[i] + MARK.at[k], "wrap", element("code", "", eventText(k)))));
	}

	/* its ancestors, from the root down */
	function addAncestors(panel, i) {
		const chain = [];

		for (let up = P.parent[i]; up >= 0; up = P.parent[up])
			chain.unshift(up);
		const shown = chain.length > 8 ? [...chain.slice(0, 3), -1, ...chain.slice(-4)] : chain;

		if (!chain.length)
			return;
		const nav = element("nav", "ancestors", ...shown.flatMap(up =>
		    [up < 0 ? "\u2026" : goTo(up, program(up)), " \u203a "]));

		nav.ariaLabel = "Ancestors";
		panel.append(nav);
	}

	function addChildren(panel, i) {
		const all = children(i);

		list(panel, plural(all.length, "child", "children"), all.slice(0, 50).map(c =>
		    item(P.start[c], "", goTo(c), stateOf(c) === "ok" ? "" : stateText(c))));
		if (all.length > 50)
			panel.append(element("p", "state", "\u2026 and " +
			    number(all.length - 50) + " more"));
	}

	/** @param {Readonly<Shown>} now */
	function draw(now) {
		const panel = $("details"), i = now.selected;

		panel.hidden = i < 0;
		if (i < 0)
			return;
		const exec = lastExec(i);
		const close = button("close", "\u2715", () => {
			Address.step();
			State.change({ selected: -1 });
		});
		const only = button("copy", "Only this subtree", () => {
			Address.step();
			Timeline.setRoot(i);
		});

		close.ariaLabel = "Close";
		only.title = "Z";
		panel.replaceChildren(element("header", "", element("h2", "", program(i)), close));
		addAncestors(panel, i);
		panel.append(element("p", "state " + stateOf(i) + "-text",
		    (stateOf(i) === "failed" ? "\u2717 " : "") + statusOf(i) +
		    (P.firstExec[i] === P.firstExec[i + 1] && exec >= 0 ?
		        ", forked and executed nothing" : "")));
		addFindings(panel, i);
		addCommand(panel, i, exec);
		panel.append(P.last[i] > i ? element("h3", "", "Process", only) :
		    element("h3", "", "Process"));
		addFacts(panel, Facts.of(i));
		addFiles(panel, i);
		addEvents(panel, i);
		addChildren(panel, i);
		panel.scrollTop = 0;
	}

	return { draw, copy };
})();
