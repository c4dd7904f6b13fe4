"use strict";

/* Text that a person reads, or a shell. */
const Words = (() => {
	/* characters that change how others are shown, or are not to be seen: those of
	 * text_visible() */
	const INVISIBLE = RegExp("[\\u0080-\\u009f\\u00ad\\u061c\\u200b-\\u200f" +
	    "\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb" +
	    "\\u{e0000}-\\u{e007f}\\p{Noncharacter_Code_Point}]", "gu");

	const showInvisible = text => text.replace(INVISIBLE, c => {
		const hex = c.codePointAt(0).toString(16);

		return hex.length > 4 ? "\\U" + hex.padStart(8, "0") :
		    "\\u" + hex.padStart(4, "0");
	});

	/* an escaped string of the recording as a person can read it */
	const visible = escaped => showInvisible(escaped.replaceAll("\\\\", "\\"));

	/* a word in which nothing is special; as in shquote.c, whose rules these are */
	const PLAIN = /^(?!=)[\w@%+=:,./-]+$/;

	/* what a shell would not take for the name of a program */
	const RESERVED = RegExp("=|^(if|then|else|elif|fi|do|done|case|esac|while|until|" +
	    "for|in|function|select|time|coproc)$");

	/* the same with letters of any script */
	const PLAIN_SHOWN = /^(?!=)(?:[\w@%+=:,./-]|[^\0-\x7f\s])+$/u;

	/* ... as a word of a shell that a person reads: in $'' where '' would not show
	 * what is in it */
	function shownWord(escaped) {
		if (PLAIN_SHOWN.test(escaped) && escaped.search(INVISIBLE) < 0)
			return escaped;
		const plain = escaped.replaceAll("\\\\", "");

		if (!plain.includes("\\") && plain.search(INVISIBLE) < 0)
			return "'" + visible(escaped).replaceAll("'", "'\\''") + "'";
		return "$'" + showInvisible(escaped.replaceAll("'", "\\'")) + "'";
	}

	/* the bytes of a piece of an escaped string that may not stand in quotes;
	 * undefined if it may */
	function hiddenBytes(piece) {
		const hex = /^\\x(..)$/.exec(piece);

		if (hex)
			return [parseInt(hex[1], 16)];
		if (piece === "\\t" || piece === "\\r")
			return [piece === "\\t" ? 9 : 13];
		return piece.search(INVISIBLE) < 0 ? undefined :
		    Array.from(new TextEncoder().encode(piece));
	}

	/* ... as a word of a POSIX shell, to be run: what cannot be seen is written
	 * by printf */
	function shellWord(escaped) {
		if (PLAIN.test(escaped))
			return escaped;
		const runs = [];	/* of what is quoted, or is not */

		for (const [piece] of escaped.matchAll(/\\(?:[\\tnr]|x..)|./gsu)) {
			const hidden = hiddenBytes(piece);
			const text = hidden ? hidden.map(byte => "\\" +
			    byte.toString(8).padStart(3, "0")).join("") :
			    piece === "\\n" ? "\n" : piece === "\\\\" ? "\\" :
			    piece === "'" ? "'\\''" : piece;

			if (runs.at(-1)?.hidden !== !!hidden)
				runs.push({ hidden: !!hidden, text: "" });
			runs.at(-1).text += text;
		}
		return runs.map(run => run.hidden ? `"$(printf '${run.text}')"` :
		    `'${run.text}'`).join("") || "''";
	}

	/** arguments as a command, by a function for its words
	 * @type {(word: (escaped: string) => string, args: string[]) => string} */
	const command = (word, args) => args.map((arg, k) => k === 0 &&
	    RESERVED.test(arg) && PLAIN.test(arg) ? `'${arg}'` : word(arg)).join(" ");

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
		const units = { ns: 1, "\u00b5s": 1e3, ms: 1e6 };

		for (const [name, unit] of Object.entries(units))
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
		return (u ? n.toFixed(1) : String(n)) + "\u00a0" + units[u];
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

	/* "4.1", "4.1 s", "1:02.5", "250 ms": ns, or NaN */
	function parseTime(text) {
		const m = /^\s*(?:(\d+):)?(\d+(?:\.\d*)?|\.\d+)\s*(ns|us|\u00b5s|ms|s|min|h)?\s*$/
		    .exec(text);
		const units = { ns: 1, us: 1e3, "\u00b5s": 1e3, ms: 1e6, s: 1e9, min: 60e9,
		    h: 3600e9 };

		return m ? Math.round(Number(m[1] || 0) * 60e9 + Number(m[2]) *
		    units[m[3] || "s"]) : NaN;
	}

	return { visible, shownWord, shellWord, command, number, plural, duration, moment,
	    tick, bytes, descriptors, parseTime };
})();
