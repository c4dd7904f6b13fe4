"use strict";

/* What is shown, as the part of the address behind "#": whoever follows it sees
 * the same. */
const Address = (() => {
	const { idOf, rowOf } = Data;
	const { INITIAL } = State;
	const id = i => idOf(i).replace("/", "@");
	const row = text => rowOf(text) ?? -1;
	const seconds = ns => String(Number((ns / 1e9).toFixed(9)));
	const text = { write: v => v, read: v => v };
	const process = { write: id, read: row };
	const count = { write: String, read: v => /^\d+$/.test(v) ? Number(v) : null };
	const time = { write: seconds, read: v => Number(v) * 1e9 || 0 };
	const KEYS = { view: text, mode: text, by: text, root: process, pid: process,
	    q: text, status: text, least: time, node: count, command: count, sort: text };
	const NAMES = { pid: "selected", q: "query" };
	const VIEWS = { view: ["merged", "icicle", "critical", "groups", "programs", "processes"],
	    mode: ["packed", "tree"], by: ["program", "parent", "process", "piece"],
	    status: ["all", "failed", "running", "unknown"] };

	const pair = (a, b) => seconds(a) + "-" + seconds(b);

	/** @param {Readonly<Shown>} now */
	function write(now) {
		const parts = [];

		for (const [name, { write: say }] of Object.entries(KEYS)) {
			const key = NAMES[name] || name;

			if (now[key] !== INITIAL[key])
				parts.push(name + "=" + encodeURIComponent(say(now[key])));
		}
		if (now.range)
			parts.push("range=" + pair(...now.range));
		if (now.from !== INITIAL.from || now.to !== INITIAL.to)
			parts.push("time=" + pair(now.from, now.to));
		if (now.top && now.mode === "tree")
			parts.push("top=" + now.top.toFixed(2));
		if (!now.critical)
			parts.push("critical=0");
		return parts.join("&");
	}

	const readPair = value => {
		const m = /^(-?[\d.]+)-(-?[\d.]+)$/.exec(value);

		return m && Number(m[2]) > Number(m[1]) ?
		    /** @type {[number, number]} */ ([Number(m[1]) * 1e9, Number(m[2]) * 1e9]) :
		    null;
	};

	/** @param {string} hash @returns {Shown} */
	function read(hash) {
		/** @type {any} */
		const shown = { ...INITIAL };

		for (const part of hash.replace(/^#/, "").split("&")) {
			const [, name, value] = /^(\w+)=(.*)$/s.exec(part) || [];
			let plain;

			try {
				plain = decodeURIComponent(value || "");
			} catch {
				continue;
			}
			if (VIEWS[name] && !VIEWS[name].includes(plain))
				continue;
			if (Object.hasOwn(KEYS, name ?? ""))
				shown[NAMES[name] || name] = KEYS[name].read(plain);
			else if (name === "range")
				shown.range = readPair(plain);
			else if (name === "time" && readPair(plain))
				[shown.from, shown.to] = readPair(plain);
			else if (name === "top")
				shown.top = Number(plain) || 0;
			else if (name === "critical")
				shown.critical = plain !== "0";
		}
		return shown;
	}

	let timer = 0, pushes = false;

	/* Not too often: browsers refuse more than a few in a second. What keys
	 * select and what is scrolled is no step in the history. */
	function keep() {
		clearTimeout(timer);
		timer = setTimeout(() => {
			const hash = write(State.now);

			if (hash === location.hash.slice(1))
				return;
			const url = hash ? "#" + hash : location.pathname + location.search;

			history[pushes ? "pushState" : "replaceState"](null, "", url);
			pushes = false;
		}, 250);
	}

	/* the next change is one that "back" takes back */
	const step = () => { pushes = true; };

	/* goes where the address says */
	function follow() {
		const shown = read(location.hash);

		State.change({ ...shown, folded: State.now.folded, opened: State.now.opened });
		if (shown.selected >= 0 && !/[#&]time=/.test(location.hash))
			Timeline.reveal(shown.selected);
	}

	return { write, read, keep, step, follow };
})();
