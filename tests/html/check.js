/* usage: node check.js BROWSER [FILE ...]	BROWSER: a Chromium, or firefox
 *
 * What a person does with the reports in the current directory, done in the
 * browser. Prints a line "ok NAME" or "not ok NAME" for each test, and comments
 * "# ...". ONLY=find does only that one, ONLY=speed what is
 * fast. report.pt is made by pt-render-html.t; what is expected here of its
 * page is what is written there. */
"use strict";

const { createHash } = require("node:crypto");
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { isDeepStrictEqual } = require("node:util");
const { inflateSync } = require("node:zlib");
const { Browser } = /firefox/.test(process.argv[2]) ? require("./firefox.js") :
    require("./browser.js");

const [, , program, ...others] = process.argv;
const only = process.env.ONLY;
const ROW = 22, AXIS = 24;
const MS = 1e6;
let page, name = "";

function ok(good, what, why = "") {
	const lines = why && !good ? String(why).split("\n") : [];

	console.log(`${good ? "ok" : "not ok"} ${name}: ${what}`);
	lines.forEach(line => console.log("# " + line));
}

function is(got, want, what) {
	ok(isDeepStrictEqual(got, want), what,
	    `got  ${JSON.stringify(got)}\nwant ${JSON.stringify(want)}`);
}

const get = expression => page.get(expression.replace(/(?<![.\w])\$\(/g, "Dom.$("));
const text = selector => get(`[...document.querySelectorAll(${
    JSON.stringify(selector)})].map(e => e.innerText.replaceAll("\\u00a0", " "))`);
const one = async selector => (await text(selector))[0];

async function open(file, at = "") {
	page.complaints.length = page.requests.length = 0;
	/* the same address again would only go to its hash */
	await page.load("about:blank");
	await page.load(`file://${process.cwd()}/${file}${at}`);
	await page.settle();
}

/* nothing was fetched, and nothing was wrong */
async function isQuiet(file) {
	is(page.complaints, [], "no complaints");
	is(page.requests.filter(url => url !== "about:blank"),
	    page.can.files ? [`file://${process.cwd()}/${file}`] : [], "no requests");
}

/* a row for each process */
const openTree = (file, at = "") => open(file, "#mode=tree" + at);

/* the rows of the tree that are to be seen: the program */
const tree = () => text(".row:not([hidden]) b");

const rowY = i => get(`document.getElementById("row-${i}")
    .getBoundingClientRect().top + ${ROW / 2}`);

async function view() {
	const { from, to, left, width, top } = await get(`(() => {
	    const c = document.getElementById("canvas"), r = c.getBoundingClientRect();
	    return { from: +c.dataset.from, to: +c.dataset.to, left: r.left,
	        width: r.width, top: r.top }; })()`);

	return { from, to, left, width, top, x: ns =>
	    left + (ns - from) / (to - from) * width, ns: x =>
	    from + (x - left) / width * (to - from) };
}

/* where the bar of a row is at a time */
async function spot(i, ms, dy = 0) {
	return [(await view()).x(ms * MS), await rowY(i) + dy];
}

/* the colour that is drawn there, as the name of one of the page */
function colourAt([x, y]) {
	return get(`(() => {
		const canvas = document.getElementById("canvas");
		const r = canvas.getBoundingClientRect(), ratio = canvas.width / r.width;
		const copy = document.createElement("canvas").getContext("2d");

		copy.drawImage(canvas, Math.round((${x} - r.left) * ratio),
		    Math.round((${y} - r.top) * ratio), 1, 1, 0, 0, 1, 1);
		const [red, green, blue] = copy.getImageData(0, 0, 1, 1).data;
		const probe = document.createElement("i");

		document.body.append(probe);
		const { hues, ...names } = Picture.colours();

		hues.forEach((value, k) => { names["hue" + k] = value; });
		const found = Object.keys(names).find(name => {
			probe.style.color = names[name];
			return getComputedStyle(probe).color ===
			    \`rgb(\${red}, \${green}, \${blue})\`;
		});

		probe.remove();
		return found || [red, green, blue].join();
	})()`);
}

/* --- the page as a file --- */

function sha256(content) {
	return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

function checkFile(file) {
	const html = readFileSync(file, "utf8");
	const inline = tag => [...html.matchAll(RegExp(
	    `<${tag}>(.*?)</${tag}>`, "gs"))].map(m => sha256(m[1])).join(" ");
	const data = /<script type="application\/json" id="data">(.*?)<\/script>/s
	    .exec(html)[1];

	name = file;
	is(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1],
	    "default-src 'none'; base-uri 'none'; form-action 'none'; " +
	    `img-src data:; style-src ${inline("style")}; ` +
	    `script-src ${inline("script")}`, "the policy");
	is(html.split("<script").length, 4, "three scripts");
	ok(!/[<\u0000-\u001f\u2028\u2029]/.test(data), "nothing special in the data");
	ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/
	    .test(html), "no controls");
	ok(Buffer.from(html).equals(readFileSync(file)), "UTF-8");
	JSON.parse(data);
}

/* --- bytes --- */

/* the arguments of all execs of a recording, escaped */
function execs(file) {
	return readFileSync(file, "utf8").split("\n").filter(line =>
	    line.startsWith("exec\t")).map(line => /\targv=(.*)$/s.exec(line)?.[1]
	    .split("\t") || []);
}

function unescapeBytes(escaped) {
	const bytes = [], named = { t: 9, n: 10, r: 13, "\\": 92 };

	for (const [part, letter, hex] of escaped.matchAll(
	    /\\([tnr\\])|\\x([0-9a-f]{2})|[^\\]+|\\/g))
		bytes.push(letter ? Buffer.from([named[letter]]) :
		    hex ? Buffer.from([parseInt(hex, 16)]) : Buffer.from(part));
	return Buffer.concat(bytes);
}

async function checkBytes(recording) {
	const sorted = list => list.map(a => JSON.stringify(a)).sort();
	const all = await get(
	    "Data.EXEC.argv.map((a, e) => [a.map(s => Data.STRINGS[s]), " +
	    "Data.shellCommand(e)])");
	/* no program can be given a NUL, nor can a shell */
	const [got, commands] = [0, 1].map(k => all.filter(([argv]) =>
	    !argv.some(a => a.includes("\\x00"))).map(pair => pair[k]));

	is(sorted(all.map(([argv]) => argv)), sorted(execs(recording)),
	    "all arguments, escaped");
	ok(!commands.some(c => /[^\n -~\u00a0-\uffff]/.test(c.replace(/[^\0-\uffff]/gu, ""))),
	    "commands to copy have no controls but newlines");
	const heard = execFileSync("sh", { maxBuffer: 1e9, input:
	    "p() { printf '%s\\0' \"$#\" \"$@\"; }\n" +
	    commands.map(c => `p ${c}\n`).join("") });
	const said = Buffer.concat(got.flatMap(argv => [String(argv.length),
	    ...argv].map((s, k) => Buffer.concat([k ? unescapeBytes(s) : Buffer.from(s),
	    Buffer.from([0])]))));

	ok(heard.equals(said), "a POSIX shell takes them for the same bytes");
}

/* --- what is to be seen --- */

const ROWS = ["make", "cc", "cc1", "daemon", "logger", "sleep", "make", "lost",
    "true", "tee"];

async function checkHead() {
	await open("report.html");
	is(await one(".facts"), `Wall time
990.0 ms descendants + 10.0 ms
Processes
10
Failed
3
Still running
2
End unknown
1
Execs
11 1 failed
At once
5 3.1 on average
Without a child
3 1.6 on average
CPU time
125.0 ms 0.12 CPUs on average`, "the numbers");
	is(await one("h1"), "make check", "the command");
	is(await one(".when"), "Recorded on 2024-11-20 08:45:45 UTC, host ci-7, " +
	    "with bpftrace v0.17.0", "time and place");
	await isQuiet("report.html");
}

/* how many colours there are in a part of the picture */
const coloursIn = (x, y, width, height) => get(`(() => {
	const { data } = $("canvas").getContext("2d").getImageData(${x}, ${y}, ${width},
	    ${height});
	const seen = new Set();

	for (let i = 0; i < data.length; i += 4)
		seen.add(data.slice(i, i + 3).join());
	return seen.size;
})()`);

async function checkPicture() {
	await openTree("report.html");
	is(await tree(), ROWS, "the tree");
	is(await get("[...document.querySelectorAll('.row:not([hidden])')]" +
	    ".map(e => +e.ariaLevel)"), [1, 2, 3, 2, 3, 2, 2, 2, 2, 2], "its levels");
	is(await text(".row:not([hidden]) .status"), ["exit 2", "exit 1", "", "running",
	    "running", "SIGSEGV", "", "end unknown", "", ""], "status");

	const at = async (i, ms, dy) => colourAt(await spot(i, ms, dy));
	const hue = of => get(`"hue" + Math.min(Data.PROGRAMS.indexOf("${of}"), 8)`);

	is(await at(0, 500, -6), "failed", "a failed process has a stripe");
	is(await at(0, 500, 3), await hue("make"), "in the colour of its program");
	is(await at(2, 250, 3), await hue("cc1"), "one that ended well");
	is(await at(2, 140), "surface", "nothing before it");
	is(await at(2, 155), "fork", "before its exec");
	is(await at(3, 700), await hue("daemon"), "a running one");
	is(await at(3, 999, -6), "surface", "with an open end");
	is(await at(7, 880, -5), await hue("lost"), "one whose end is unknown");
	is(await at(6, 840, 5), "fork", "one without an exec");
	is(await at(5, 700, 2), "surface", "a line between execs");
	is(await at(0, 50, 7.5), "critical", "the critical path");
	is(await at(2, 250, 7.5), "critical", "on cc1");
	is(await at(3, 430, 7.5), "surface", "not on the daemon");
	is(await at(3, 410), "surface", "a diamond where its session begins");
	const { x } = await view();
	const lost = await coloursIn(Math.round(x(872 * MS) - (await view()).left),
	    AXIS + 11 * ROW, Math.round(x(898 * MS) - x(872 * MS)), 20);

	ok(lost > 2, "strokes where events were lost", lost);
	await page.clickOn("#path");
	is(await at(2, 250, 7.5), "surface", "no critical path when it is off");
	await isQuiet("report.html");
}

/* where the bar of a process is in the packed picture, at a time */
const packedSpot = async (i, ms, dy = 0) => [(await view()).x(ms * MS),
    await get(`$("canvas").getBoundingClientRect().top + Timeline.picture.place(${i}) +
        Timeline.picture.bar / 2`) + dy];

async function checkPacked() {
	await open("report.html");
	is(await get("[...Lanes.layout().lane]"), [0, 1, 2, 3, 4, 1, 1, 5, 1, 1],
	    "siblings share lanes, children are below, who outlives the root at the bottom");
	is(await get("Lanes.layout().groups"), [{ lane: 3, late: true,
	    text: "outlived make check" }], "who outlives the root");
	const at = async (i, ms, dy) => colourAt(await packedSpot(i, ms, dy));

	ok((await at(2, 295, 3)).startsWith("hue"), "a bar", await at(2, 295, 3));
	is(await at(2, 250, 8.5), "critical", "the critical path");
	is(await at(2, 350), "surface", "nothing behind its end");
	is(await at(3, 230), "late", "the lanes of those that outlive it are marked");
	await page.click(...await packedSpot(1, 200));
	is([await isOpen(), await one("#details h2"), await hash("#pid=200")],
	    [true, "cc", "#pid=200"], "a click selects");
	await page.key("Escape");
	await page.doubleClick(...await packedSpot(5, 460));
	is(await get("[State.now.root, Filter.count()]"), [5, 1],
	    "a double click shows only what is below it");
	ok((await one("#chips")).startsWith("Only make \u203a sleep 400"), "and says so",
	    await one("#chips"));
	await page.key("Backspace");
	is(await get("State.now.root"), -1, "Backspace shows all");
	await page.key("t");
	is(await get("State.now.mode"), "tree", "T: a row for each process");
	await isQuiet("report.html");
}

/* every process has at least a pixel, and lanes are few */
async function checkLanes() {
	await open("big.html");
	is(await get(`(() => {
		const { lanes, lane } = Lanes.layout();
		let bad = 0;

		for (const list of lanes)
			for (let k = 1; k < list.length; k++)
				bad += Data.P.start[list[k]] < Data.P.stop[list[k - 1]] ? 1 : 0;
		for (let i = 0; i < Data.P.n; i++)
			bad += Data.P.parent[i] >= 0 && lane[i] <= lane[Data.P.parent[i]] ? 1 : 0;
		return bad;
	})()`), 0, "no two in one place, none above its parent");
	await open("chain.html");
	const packed = async () => is(await get("Lanes.pack(-1).lanes.length"), 300000,
	    "a chain as long as the recording");

	if (page.can.trace) {
		const cpu = sum(await page.traced(packed));

		ok(cpu > 0 && cpu < 5000, "is packed within 5 s of CPU time", cpu);
	} else {
		await packed();
	}
}

async function checkHover() {
	await openTree("report.html");
	const tip = async (x, y) => {
		await page.move(x, y);
		return await get("document.getElementById('tip').hidden") ? "" :
		    one("#tip");
	};

	for (const [i, ms] of [[0, 950], [1, 200], [2, 170], [3, 700], [4, 700],
	    [5, 750], [6, 840], [7, 999], [8, 907], [9, 940]])
		ok((await tip(...await spot(i, ms))).startsWith(ROWS[i]),
		    `row ${i}`, await one("#tip"));
	is(await tip(...await spot(2, 250)), `cc1 'a b.c' -o /tmp/x.s
150.0 ms from 0.150000 s · PID 201 · exit 0
CPU 120.0 ms · 20.0 MiB · on the critical path`, "all of a tip");
	is(await tip(...await spot(2, 600)), "", "none beside a bar");
	ok(/errno=ENOENT file=\/usr\/local\/bin\/cc$/.test(
	    await tip(...await spot(1, 105))), "a failed exec", await one("#tip"));
	is(await tip(...await page.at("#strip", 0.21)), `3 processes at 0.${
	    Math.round(await get("State.now.cursor / 1e3"))} s, 1 of them without a child`,
	    "the strip");
	is(await tip((await view()).x(885 * MS), (await view()).top + AXIS + 11 * ROW),
	    "7 events lost on CPU 1 between 870.0 ms and 900.0 ms", "lost events");
	await page.move(...await page.at("#row-3 .what"));
	ok((await one("#tip")).startsWith("daemon"), "over the tree");
	await page.move(5, 5);
	ok(await get("document.getElementById('tip').hidden"), "gone");
}

const isOpen = async () => !await get("document.getElementById('details').hidden");
const selected = () => text(".row:not([hidden])[aria-selected=true] b");

/* the address, when it is what it is to be, or what it is after some seconds */
async function hash(want) {
	const end = Date.now() + 5000;
	let now;

	do {
		now = await get("location.hash");
		await page.settle();
	} while (now !== want && Date.now() < end);
	return now;
}

async function facts() {
	const names = await text("#details dt"), values = await text("#details dd");

	return Object.fromEntries(names.map((n, k) =>
	    [n, values[k].replace(/\s+/g, " ")]));
}

async function checkDetails() {
	await openTree("report.html");
	await page.click(...await spot(1, 200));
	is([await isOpen(), await selected(), await hash("#mode=tree&pid=200")],
	    [true, ["cc"], "#mode=tree&pid=200"],
	    "a click on a bar");
	is(await one("#details .argv"), "cc -c 'a b.c'", "its command");
	is(await facts(), { PID: "200", Parent: "100 make check",
	    "Group, session": "100, 100", Began: "0.100000 s", Ended: "0.320000 s", Duration: "220.0 ms",
	    "Own time": "70.0 ms", Subtree: "220.0 ms, 1 process",
	    "CPU time": "5.0 ms", Waited: "65.0 ms, without a child and CPU", Memory: "4.0 MiB at most", File: "/usr/bin/cc",
	    "On critical path": "70.0 ms" }, "what is known of it");
	is(await text("#details h3"), ["Why it matters", "Command\nCopy\nChain", "Process\nOnly this subtree", "Events", "1 child"],
	    "the parts");
	await page.clickOn("#details li button.go");
	is(await selected(), ["cc1"], "to a child");
	is((await facts())["CPU time"], "120.0 ms (user 100.0 ms, system 20.0 ms)",
	    "user and system time");
	await page.clickOn("#details dd button.go");
	is(await selected(), ["cc"], "to the parent");
	await page.click(...await spot(5, 650));
	is(await selected(), ["sleep"], "to another");
	await page.click(...await spot(2, 500));
	is([await isOpen(), await hash("#mode=tree")], [false, "#mode=tree"], "a click beside the bars closes");
	await page.clickOn("#row-3");
	is(await facts(), { PID: "300", Parent: "100 make check",
	    "Group, session": "300, 300", Began: "0.400000 s", Outlived: "the command by 10.0 ms", Duration: "600.0 ms",
	    "Own time": "30.0 ms", Subtree: "600.0 ms, 1 process",
	    Inherited: "0 stdin, 1 stdout, 2 stderr, 3", File: "/sbin/daemon",
	    User: "1000" }, "a daemon, and what it inherited");
	is((await text("#details li.wrap")).slice(0, 2).map(t => t.replace(/\s+/g, " ")),
	    ["1 w pipe:[77] also in 301 logger", "3 r /etc/x"], "what it has open");
	await page.clickOn("#row-5");
	is((await text("#details ul:not(.said) li")).map(t => t.replace(/\s+/g, " ")),
	    ["0.460000 s sh -c './t.py; true'", "0.600000 s python3 t.py",
	    "0.700000 s sleep 1"],
	    "all its execs");
	await page.clickOn("#row-6");
	is(await one("#details .state"), "exit 0, forked and executed nothing",
	    "without an exec");
	await page.clickOn("#details .close");
	is([await isOpen(), await hash("#mode=tree")], [false, "#mode=tree"], "closed");
	await isQuiet("report.html");
}

async function checkCopy() {
	const copied = () => get("navigator.clipboard.readText()");

	if (!page.can.clipboard)
		return console.log("# this driver cannot read the clipboard");
	await page.allowClipboard();
	await openTree("report.html", "&pid=200");
	await page.clickOn("#details .copy");
	is([await copied(), await one("#details .copy")], ["cc -c 'a b.c'", "Copied"],
	    "a command");
	await get("navigator.clipboard.writeText('before')");
	await get(`navigator.clipboard.writeText = () => Promise.reject(new Error("no"))`);
	await page.clickOn("#row-5 .what");
	await page.clickOn("#details .copy");
	is(await copied(), "sleep 1", "without the clipboard of the page");
	await isQuiet("report.html");
}

async function checkAddress() {
	await openTree("report.html", "&pid=400@2");
	is([await selected(), await isOpen()], [["true"], true], "a life of a PID");
	await get("location.hash = '#mode=tree&pid=400'");
	await page.settle();
	is(await selected(), ["sleep"], "its first life");
	await page.clickOn("#row-9");
	is(await hash("#mode=tree&pid=500"), "#mode=tree&pid=500", "is kept");
	await get("history.back()");
	is(await hash("#mode=tree&pid=400"), "#mode=tree&pid=400", "goes back");
	await page.settle();
	is(await selected(), ["sleep"], "to what was selected");
	for (const bad of ["#pid=4242", "#pid=400@3", "#pid=x", "#<b>", "#q=%", "#node=99",
	    "#view=none&mode=none", "#range=3-1", "#time=x-y", "#group=-1", "#top=-9"]) {
		await open("report.html", bad);
		is([await get("State.now.selected"), page.complaints], [-1, []],
		    `not there: ${bad}`);
	}
	await isQuietReload();
}

/* what is shown comes back when the page is loaded again, and keys leave no trace
 * in the history */
async function isQuietReload() {
	await open("report.html", "#pid=200");
	const steps = await get("history.length");

	for (let k = 0; k < 20; k++)
		await page.key(k % 2 ? "]" : "[");
	await get("State.change({ view: 'processes', sort: '-Duration', range: [1e8, 8e8], " +
	    "query: 'a', status: 'failed', least: 1e6, from: 5e7, to: 9e8, critical: false })");
	await get("new Promise(done => setTimeout(done, 400))");
	is(await get("history.length"), steps, "20 keys are no steps of the history");
	const shown = () => get("JSON.stringify({ ...State.now, cursor: 0, folded: 0, " +
	    "opened: 0, top: 0 })");
	const picture = () => get("[$('canvas').toDataURL(), $('strip').toDataURL(), " +
	    "document.body.innerText]");
	const was = await shown(), before = await picture();

	await page.reload();
	await page.settle();
	is(await shown(), was, "the same is shown again");
	is(await picture(), before, "in the same picture");
}

async function checkFind() {
	await openTree("report.html");
	const count = () => one("#count");

	await page.key("/");
	await page.type("/TMP cc1");
	is([await tree(), await count()], [["make", "cc", "cc1"], "1"],
	    "two terms, in any order");
	await get("document.getElementById('find').select()");
	await page.type('"a b"');
	is([await tree(), await count(), await text(".row.context b")],
	    [["make", "cc", "cc1"], "2", ["make"]], "a term with a space");
	await page.key("Enter");
	is(await selected(), ["cc"], "the first one");
	await page.key("Enter");
	is(await selected(), ["cc1"], "the next one");
	await page.key("Enter");
	is(await selected(), ["cc"], "round the end");
	await page.key("Enter", 8);
	is(await selected(), ["cc1"], "and back");
	await page.key("Escape");
	is([(await tree()).length, await get("document.activeElement.id")],
	    [10, "plot"], "Esc shows all");
	for (const [query, want] of [["301", ["make", "daemon", "logger"]],
	    ["400@2", ["make", "true"]], ["400/2", ["make", "true"]],
	    ["/SBIN", ["make", "daemon"]], ["program:cc", ["make", "cc"]],
	    ["python", ["make", "sleep"]], ["check", ["make", "make"]],
	    ["nowhere", []]]) {
		await page.key("Escape");
		await page.key("/");
		await page.type(query);
		is(await tree(), want, query);
	}
	ok((await one("#empty")).startsWith("No process matches."), "nothing is found");
	await page.clickOn("#clear");
	is((await tree()).length, 10, "all again");
	await isQuiet("report.html");
}

async function checkFilter() {
	await openTree("report.html");
	const chip = state => page.clickOn(`#states [data-state=${state}]`);

	is(await text("#states button"), ["All 10", "✗ Failed 3", "Running 2", "Unknown 1"],
	    "states");
	await chip("failed");
	is(await tree(), ["make", "cc", "sleep"], "failed");
	await chip("running");
	is(await tree(), ["make", "daemon", "logger"], "running");
	await page.clickOn("#row-3 .what");
	is((await facts()).Inherited, "0 stdin, 1 stdout, 2 stderr, 3",
	    "and what it holds, with two clicks");
	await page.key("Escape");
	await chip("unknown");
	is(await tree(), ["make", "lost"], "unknown");
	await chip("all");
	await page.clickOn(".facts .running button");
	is(await tree(), ["make", "daemon", "logger"], "by the number in the header");
	await page.key("Escape");
	is((await tree()).length, 10, "Esc shows all");
	await get("document.getElementById('least').focus()");
	for (let k = 0; k < 80; k++)
		await page.key("ArrowRight");
	const least = await get("State.now.least"), rest = await tree();
	const times = [990, 220, 150, 600, 570, 350, 40, 135, 10, 65];

	ok(least > 40 * MS && least < 150 * MS, "a duration", least);
	is(rest, ROWS.filter((r, i) => times[i] * MS >= least), `at least ${least} ns`);
	ok(rest.length < 10, "not all", rest);
	await isQuiet("report.html");
}

async function checkFold() {
	await openTree("report.html");
	await page.clickOn("#row-1 .twist");
	is(await tree(), ROWS.filter(r => r !== "cc1"), "by its mark");
	is([await one("#row-1 .more"), await get("$('row-1').ariaExpanded")],
	    ["+1", "false"], "and says so");
	await page.clickOn("#row-1 .twist");
	is(await tree(), ROWS, "unfolded");
	await page.clickOn("#row-3 .what");
	await page.key(" ");
	is(await tree(), ROWS.filter(r => r !== "logger"), "by a key");
	await page.key(" ");
	await page.clickOn("#row-0 .twist");
	is([await tree(), await one("#row-0 .more")], [["make"], "+9, 2 failed"],
	    "what failed below");
	await get("location.hash = '#mode=tree&pid=201'");
	await page.settle();
	is([(await tree()).slice(0, 3), await selected()], [["make", "cc", "cc1"], ["cc1"]],
	    "an address unfolds");
	await page.key("Escape");
	await page.clickOn("#fold");
	is(await tree(), ROWS.filter(r => r !== "cc1" && r !== "logger"), "all but one level");
	await page.clickOn("#fold");
	is(await tree(), ROWS, "all unfolded");
	await isQuiet("report.html");
}

const close = (a, b, tolerance) => Math.abs(a - b) <= tolerance;

async function checkZoom() {
	await openTree("report.html");
	const whole = await view(), x = whole.x(300 * MS), y = await rowY(2);
	let v;

	await page.wheel(x, y, -240, 0, 2);
	v = await view();
	ok(v.to - v.from < 0.7 * (whole.to - whole.from), "the wheel with Ctrl zooms in");
	ok(close(v.ns(x), 300 * MS, MS / 2), "around the pointer", v.ns(x));
	ok((await colourAt([x - 4, y])).startsWith("hue"), "cc1 is still there");
	await page.wheel(x, y, 0, 50);
	ok((await view()).from > v.from, "a wheel to the side moves");
	await page.key("0");
	is([(await view()).from, (await view()).to], [whole.from, whole.to], "0 shows all");
	for (const [closer, wider] of [["+", "-"], ["w", "s"]]) {
		await page.key(closer);
		v = await view();
		ok(v.to - v.from < whole.to - whole.from, closer + " zooms in");
		await page.key(wider);
		ok(close((await view()).to - (await view()).from, whole.to - whole.from, 1),
		    wider + " zooms out");
	}
	await page.key("+");
	v = await view();
	for (const [right, left] of [["ArrowRight", "ArrowLeft"], ["d", "a"]]) {
		await page.key(right);
		ok((await view()).from > v.from, right + " moves");
		await page.key(left);
		ok(close((await view()).from, v.from, 1), "and back");
	}
	await checkZoomLimits(x, y);
	await page.key("0");
	for (const [button, good] of [["#in", (a, b) => a < b], ["#out", close]]) {
		await page.clickOn(button);
		v = await view();
		ok(good(v.to - v.from, whole.to - whole.from, 1), button);
	}
	await page.clickOn("#row-2 .what");
	await page.key("Enter");
	ok(close((await view()).from, 142.5 * MS, MS), "Enter zooms to the selected one");
	await page.clickOn("#fit");
	is((await view()).from, whole.from, "button: all");
	await isQuiet("report.html");
}

async function checkZoomLimits(x, y) {
	for (let k = 0; k < 60; k++)
		await page.wheel(x, y, -240, 0, 2);
	let v = await view();

	is(Math.round(v.to - v.from), 100, "not beyond 100 ns");
	for (let k = 0; k < 60; k++)
		await page.wheel(x, y, 240, 0, 2);
	v = await view();
	ok(v.from <= 0 && v.to >= 1000 * MS && v.to - v.from < 1100 * MS,
	    "not beyond the recording", [v.from, v.to]);
}

async function checkRange() {
	await open("report.html");
	const { x, top } = await view();
	const range = () => get("State.now.range");
	const shown = async () => {
		await page.clickOn("#tab-processes");
		return text("#table tr[data-row] td:nth-child(1)");
	};

	await page.drag(x(180 * MS), top + 40, x(310 * MS), top + 44);
	const [a, b] = await range();

	ok(close(a, 180 * MS, 3 * MS) && close(b, 310 * MS, 3 * MS), "is dragged", [a, b]);
	is(await shown(), ["100", "200", "201"], "and filters every table");
	ok(/3 processes · 2 failed · about \d+\.\d ms CPU · critical path: cc1 \d+ %/
	    .test((await one("#chips"))), "what was in it", await one("#chips"));
	await page.clickOn("#chips .x");
	is([await range(), (await shown()).length], [null, 10], "and is taken away");
	await page.clickOn("#range");
	await page.type("0.46 - 900 ms");
	await page.key("Enter");
	is(await range(), [460 * MS, 900 * MS], "is typed");
	await page.clickOn("#chips button");
	ok(close((await view()).from, 438 * MS, MS), "and zoomed to", (await view()).from);
	await page.key("0");
	await page.drag(...await page.at("#strip", 0.3), ...await page.at("#strip", 0.6));
	ok(close((await view()).from, 296 * MS, 5 * MS), "a drag on the strip zooms",
	    (await view()).from);
	await page.drag(...await page.at("#strip", 0.4), ...await page.at("#strip", 0.5));
	ok(close((await view()).from, 398 * MS, 8 * MS), "and moves what is in view",
	    (await view()).from);
	await page.clickOn("#strip");
	await isQuiet("report.html");
}

async function checkKeys() {
	await openTree("report.html");
	await page.clickOn("#row-2 .what");
	for (const [key, want] of [["p", "cc"], ["p", "make"], ["p", "make"],
	    ["ArrowDown", "cc"], ["ArrowDown", "cc1"], ["]", "daemon"], ["[", "cc1"],
	    ["f", "sleep"], ["f", "make"], ["f", "cc"]]) {
		await page.key(key);
		is(await selected(), [want], `${key}: ${want}`);
	}
	await page.key("c");
	is(await get("$('path').ariaPressed"), "false", "c");
	await page.key("?");
	ok(await get("$('keys').open"), "? shows the keys");
	await page.key("Escape");
	ok(!await get("$('keys').open"), "and Esc closes them");
	await page.key("Escape");
	is(await isOpen(), false, "Esc closes the details");
	await get("$('tree').querySelector('[tabindex=\"0\"]').focus()");
	for (const [key, want] of [["Home", "make"], ["ArrowDown", "cc"],
	    ["ArrowRight", "cc1"], ["ArrowLeft", "cc"], ["ArrowLeft", "cc"],
	    ["ArrowDown", "daemon"], ["ArrowUp", "cc"], ["End", "tee"]]) {
		await page.key(key);
		is([await selected(), await get("document.activeElement.ariaSelected")],
		    [[want], "true"], `in the tree, ${key}: ${want}`);
	}
	await isQuiet("report.html");
}

async function checkTables() {
	const stat = JSON.parse(readFileSync("report.json"));

	await open("report.html");
	await page.clickOn("#tab-programs");
	const commands = async () => {
		const columns = await Promise.all([1, 2, 3, 4, 5, 6].map(async k =>
		    (await text(`#table tr[data-row] td:nth-child(${k})`))));

		return columns[0].map((_, k) => columns.map(c => c[k]));
	};
	const said = n => get(`Words.duration(${n}).replaceAll("\\u00a0", " ")`);
	const want = await Promise.all(stat.programs.map(async p => [p.program, String(p.runs),
	    p.failed ? "✗ " + p.failed : "", await said(p.total_ns),
	    await said(Math.round(p.total_ns / p.runs)), await said(p.max_ns)]));

	is((await commands()).sort(), want.sort(), "commands are those of pt-stat");
	const totals = await get("Views.countPrograms(Filter.rows()).map(c => c.total)");

	await page.clickOn("#table th:nth-child(4) button");
	await page.clickOn("#table th:nth-child(4) button");
	is((await commands()).map(c => c[3]), await Promise.all(totals.sort((a, b) => a - b)
	    .map(said)), "sorted the other way round");
	is(await get("document.querySelector('#table th:nth-child(4)').ariaSort"),
	    "ascending", "and says so");
	const k = (await commands()).findIndex(c => c[0] === "cc");

	await page.clickOn(`#table tr[data-row]:nth-child(${k + 1})`);
	is([await get("Filter.count()"), await get("$('find').value")], [1, 'program:"cc"'],
	    "a click shows its processes");
	await page.key("Escape");
	is(await get("Filter.count()"), 10, "Esc shows all");

	await isQuiet("report.html");
}

async function checkSorting() {
	const pids = () => text("#table tr[data-row] td:nth-child(1)");

	await open("report.html", "#view=processes");
	is(await pids(), ["100", "200", "201", "300", "301", "400", "401", "600", "400/2",
	    "500"], "processes");
	await page.clickOn("#table th:nth-child(6) button");
	is((await pids()).slice(0, 3), ["100", "300", "301"], "the longest first");
	await page.clickOn("#states [data-state=failed]");
	is(await pids(), ["100", "400", "200"], "filtered, and sorted as before");
	await page.clickOn("#table tr[data-row]:nth-child(2)");
	is([await isOpen(), await hash("#view=processes&pid=400&status=failed&sort=Duration"), await get("document.querySelector(" +
	    "'#table tr[aria-selected=true]').dataset.row")], [true,
	    "#view=processes&pid=400&status=failed&sort=Duration", "5"],
	    "a click selects");
	await page.clickOn("#mode-tree");
	is(await selected(), ["sleep"], "still selected in the tree");
	await isQuiet("report.html");
}

async function checkCriticalPath() {
	const stat = JSON.parse(readFileSync("report.json"));
	const said = n => get(`Words.duration(${n}).replaceAll("\\u00a0", " ")`);

	await open("report.html", "#view=critical&by=process");
	const path = new Map();

	for (const { pid, life, from_ns, to_ns } of stat.critical_path) {
		const id = pid + (life > 1 ? "/" + life : "");

		path.set(id, (path.get(id) || 0) + to_ns - from_ns);
	}
	const shares = [...path].sort((a, b) => b[1] - a[1]);

	is(await text("#table tr[data-row] td:nth-child(3)"), shares.map(([id]) => id), "the critical path is that of pt-stat");
	is(await text("#table tr[data-row] td:nth-child(2)"), await Promise.all(
	    shares.map(([, ns]) => said(ns))), "and its times");
	await isQuiet("report.html");
}

async function checkLooks() {
	if (page.can.media)
		await checkDark();
	await checkPrinted();
	await page.resize(360, 700);
	await open("strangers.html");
	is(await get(`[...document.querySelectorAll(".node > code")].filter(e =>
	    e.scrollWidth > e.clientWidth).map(e => e.textContent)`), [],
	    "names in the table are whole");
	for (const [width, height] of [[360, 700], [768, 1024], [1024, 600], [1920, 1200]]) {
		await page.resize(width, height);
		await openTree("report.html", "&pid=300");
		is(await get("document.documentElement.scrollWidth <= innerWidth"), true,
		    `${width}x${height} fits`);
		is([await isOpen(), await selected()], [true, ["daemon"]], "all is there");
	}
	await page.resize(1280, 800, 2);
	await open("report.html");
	ok((await colourAt(await packedSpot(2, 295, 3))).startsWith("hue"), "two pixels for one");
	await page.resize(1280, 800);
	await isQuiet("report.html");
}

async function checkDark() {
	const paint = () => get("getComputedStyle(document.body).backgroundColor");
	const beside = async () => colourAt([(await view()).x(610 * MS),
	    (await packedSpot(2, 610))[1]]);

	await page.media({ "prefers-color-scheme": "light" });
	await open("report.html");
	const light = await paint(), spotLight = await beside();

	await page.media({ "prefers-color-scheme": "dark" });
	await page.settle();
	ok(await paint() !== light, "dark", light);
	is([spotLight, await beside()], ["surface", "surface"], "and so is the picture");
	await page.media({ "prefers-color-scheme": "light" });
}

/* how many pages a PDF has: Firefox compresses what says so */
function countPages(pdf) {
	let all = pdf.toString("latin1");

	for (const { index, 0: head } of all.matchAll(/stream\r?\n/g))
		try {
			all += inflateSync(pdf.subarray(index + head.length)).toString("latin1");
		} catch {
			/* the end of a stream, or a picture */
		}
	return all.match(/\/Type\s*\/Page\b/g).length;
}

async function checkPrinted() {
	await open("report.html");
	await get("dispatchEvent(new Event('beforeprint'))");
	await page.media({}, "print");
	if (page.can.media)
		is(await get("[$('timeline').checkVisibility(), " +
		    "$('text').checkVisibility()]"), [false, true], "on paper, the text");
	ok(await get("$('printed').firstChild.width > 1000"), "and a picture");
	ok((await get("$('text').textContent")).includes("daemon"), "with the tree");
	ok((await page.print()).length > 7500, "it prints");
	await open("hello.html");
	await get("dispatchEvent(new Event('beforeprint'))");
	const pages = countPages(await page.print());

	ok(pages > 1 && pages <= 6, "4,300 processes on six pages", pages);
	await get("dispatchEvent(new Event('afterprint'))");
	await page.media({});
	await open("report.html");
}

async function checkWithoutScripts() {
	if (!page.can.scripts)
		return console.log("# this driver cannot forbid scripts");
	await page.allowScripts(false);
	await page.load(`file://${process.cwd()}/report.html`);
	ok(await page.heightOf("#text") > 300, "the text is shown");
	ok(await page.heightOf("h1") > 10, "and the header");
	is(await page.heightOf("#timeline"), 0, "the timeline is not");
	await page.allowScripts(true);
}

/* each sentence leads to what it is about */
async function checkFindings() {
	await open("report.html");
	const said = await text(".findings li > a");

	is(said.map(s => s.replace(/\s*\u203a$/, "")), [
	    "Failed because sleep 1 was killed by SIGSEGV (1 process down); 1 other failed.",
	    "One at a time: make check ran 7 children, 990.0 ms of 990.0 ms (make -j N " +
	    "runs several).",
	    "sleep: 35 % of the critical path, in 1 run.",
	    "Waiting, without CPU: cc -c 'a b.c' 65.0 ms.",
	    "daemon --x still ran 10.0 ms after the command had ended; started by make " +
	    "check; so did 1 more.",
	], "what stands out");
	for (let k = 0; k < said.length; k++) {
		await open("report.html");
		await page.clickOn(`.findings li:nth-child(${k + 1}) > a`);
		await page.settle();
		ok(await get("State.now.selected >= 0 || Filter.chosen() !== null || " +
		    "State.now.sort !== ''"), said[k], await get("location.hash"));
	}
	await isQuiet("report.html");
}

/* how many clicks, or keys, an answer needs */
async function checkAnswers() {
	await open("report.html");
	const stands = await one(".findings");

	for (const [what, said] of [["why it failed", "Failed because sleep 1"],
	    ["why it was slow", "35 % of the critical path"],
	    ["what ran one at a time", "One at a time: make check"],
	    ["who outlived it", "daemon --x still ran"]])
		ok(stands.includes(said), `${what}: nothing to do`);
	await page.clickOn(".findings li:first-child > a");
	await page.settle();
	is([await one("#details .argv"), (await facts()).PID, await one("#details .state")],
	    ["sleep 1", "400", "\u2717 SIGSEGV, core dumped"], "exactly what: one click");
	await open("report.html");
	await page.key("Tab");
	while (!await get("document.activeElement.closest('.findings')"))
		await page.key("Tab");
	await page.key("Enter");
	await page.settle();
	is(await one("#details .argv"), "sleep 1", "or one key at the first link");
	await open("repeats.html");
	await page.clickOn("#tab-groups");
	ok((await one("#table tr[data-row]")).startsWith("gcc -c conftest.c"),
	    "what is repeated: one click");
	await open("rich.html");
	await page.clickOn(".findings li:first-child > a");
	await page.settle();
	ok(/^in \/src/.test((await text("#details > .state"))[1]), "and where: one click");
}

/* exactly what, and where: by two clicks, or two keys, if it is in a finding or not */
async function checkWhere() {
	const said = async () => [await one("#details .argv"),
	    (await text("#details > .state")).at(-1)];
	const want = ["cat", "in /src/a b"];

	await open("rich.html");
	await page.clickOn("#find");
	await page.type("cat");
	await page.clickOn("#after");
	is(await said(), want, "find it, click on the next one");
	await open("rich.html");
	await page.click(...await packedSpot(1, 200));
	is(await said(), want, "or one click on its bar");
	await open("rich.html");
	await page.key("/");
	await page.type("cat");
	await page.key("Enter");
	is(await said(), want, "by keys: find it, Enter");
	await isQuiet("rich.html");
}

/* Tab, and what Enter does then, is one thing that a person does. */
async function tabTo(selector) {
	for (let k = 0; k < 80; k++) {
		await page.key("Tab");
		if (await get(`document.activeElement.matches(${JSON.stringify(selector)})`))
			return;
	}
	ok(false, `Tab goes to ${selector}`);
}

/* What real recordings are asked; those that need something to be done: by how many
 * clicks, and how many keys. hello: ./configure && make, suite: tests that leave a
 * daemon */
const STANDS = {
	"hello.html": { slow: "Repeated: gcc -c -g -O2 conftest.c ran 199 times, 42 % of",
	    failed: "Failed because missing aclocal-1.14 -I m4 ended with exit 127",
	    "one at a time": "One at a time: ./configure ran" },
	"suite.html": { slow: "sleep: 92 % of the critical path",
	    failed: "Failed because cat /nonexistent ended with exit 1",
	    "one at a time": "One at a time: run.sh ran 8 children",
	    outlived: "sleep 3 outlived the command by 2.72 s; started by t4.sh" },
};
const ASKED = {
	"hello.html": { repeated: "gcc -c -g -O2 conftest.c", exactly: "conftest.c",
	    said: "gcc conftest.c" },
	"suite.html": { repeated: "sleep 0.05", exactly: "t6.sh", said: "sh t6.sh" },
};

async function checkRecordings() {
	await page.resize(1400, 900);
	for (const [file, questions] of Object.entries(STANDS)) {
		await open(file);
		const seen = (await one(".findings")).replace(/\s+/g, " ");
		const below = await get("document.querySelector('.findings')" +
		    ".getBoundingClientRect().bottom < innerHeight / 2");

		ok(below, `${file}: the findings are in the first screen`);
		for (const [question, said] of Object.entries(questions))
			ok(seen.includes(said), `${file}: ${question}: nothing to do`, seen);
		await checkAsked(file, ASKED[file]);
		await checkPixels(file);
		await isQuiet(file);
	}
	await page.resize(1280, 800);
}

/* command paths as blocks, by their share */
async function checkIcicle() {
	await open("hello.html", "#view=icicle");
	const blocks = await text(".icicle .block");

	is(blocks.slice(0, 2), ["sh 100.0 %", "bash 99.7 %"], "the root, and what is below it");
	ok(blocks.includes("cc1 37.9 %") && blocks.length > 15, "and so on", blocks);
	is(await get(`(() => {
		const all = [...document.querySelectorAll(".icicle .block")].map(e =>
		    [e.getBoundingClientRect(), +e.ariaLevel]);

		return all.filter(([r, level]) => level > 1 && !all.some(([up, above]) =>
		    above === level - 1 && up.left <= r.left + 1 && up.right >= r.right - 1)).length;
	})()`), 0, "each is below one that is as wide or wider");
	await tabTo(".icicle .block");
	for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "Enter"])
		await page.key(key);
	is([await get("Paths.pathOf(State.now.node)"), await get("document.activeElement.ariaSelected")],
	    [["sh", "bash", "(bash)"], "true"], "by keys: down, up, and Enter filters");
	await open("hello.html", "#view=icicle");
	await page.clickOn(".icicle .block:nth-child(2)");
	is(await get("Paths.pathOf(State.now.node)"), ["sh", "bash"], "by a click");
	await isQuiet("hello.html");
}

/* processes that have nothing to do with the command do not outlive it */
async function checkStrangers() {
	await open("strangers.html");
	is(await get("[[...Lanes.layout().lane], Lanes.layout().groups]"), [[2, 0, 1, 3],
	    [{ lane: 2, late: false, text: "beside the command" }]], "they are below it");
	ok((await view()).to < 1020 * MS, "and what is in view ends with the last of them",
	    (await view()).to);
	await isQuiet("strangers.html");
}

/* what outlives the command by far does not make it narrow */
async function checkOpening() {
	await open("suite.html");
	const { from, to, x } = await view();
	const stop = await get("Data.ROOT_STOP");

	ok(to - from < 1.3 * stop && to > stop, "the command is in view", [from, to]);
	const late = await get("Array.from(Data.P.stop.keys()).find(Data.outlived)");

	ok((await colourAt([x(to) - 3, (await packedSpot(late, 0))[1]])).startsWith("hue"),
	    "what outlives it goes on at the edge");
	await page.key("0");
	ok((await view()).to > await get("Data.FINAL"), "0 shows all of it");
	await isQuiet("suite.html");
}

async function checkAsked(file, { repeated, exactly, said }) {
	const commands = () => text("#table tr[data-row] td:first-child");

	await page.clickOn("#tab-groups");
	ok((await commands()).some(c => c.startsWith(repeated)),
	    `${file}: what is repeated: one click`, await commands());
	await open(file);
	await tabTo("#tab-merged");
	for (let k = 0; k < 3; k++)
		await page.key("ArrowRight");
	ok((await commands()).some(c => c.startsWith(repeated)), "and by keys");
	await open(file, "#view=processes");
	await page.clickOn("#find");
	await page.type(exactly);
	await page.clickOn("#table tr[data-row]");
	const { PID, File } = await facts();

	is([await one("#details .argv"), !!PID, !!File], [said, true, true],
	    `${file}: exactly what, and where: find it, click on it`);
	await open(file);
	await page.key("/");
	await page.type(exactly);
	await page.key("Enter");
	is(await one("#details .argv"), said, "and by keys: find it, Enter");
}

/* of each process there is something to see, and the critical path hides little */
async function checkPixels(file) {
	await open(file);
	const { lanes, unseen, critical } = await get(`(() => {
		const canvas = $("canvas"), { width, height } = canvas, p = Timeline.picture;
		const pixels = () => {
			const copy = new OffscreenCanvas(width, height).getContext("2d");

			copy.drawImage(canvas, 0, 0);
			return new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
		};
		const on = pixels();

		State.change({ critical: false });
		State.flush();
		const off = pixels();
		/* nothing is behind the last process; what is there is the background */
		const x = i => Math.floor(p.x(Data.P.start[i]) + 0.01);
		const isBar = (i, at) => {
			const y = Math.round(p.place(i) + p.bar / 2);

			return off[y * width + at] !== off[y * width + width - 1];
		};

		return { lanes: Lanes.layout().lanes.length,
		    critical: on.filter((value, k) => value !== off[k]).length / on.length,
		    unseen: Array.from(Data.P.start.keys()).filter(i =>
		        !isBar(i, x(i)) && !isBar(i, x(i) + 1)) };
	})()`);

	is(unseen, [], `${file}: each process has a pixel`);
	ok(critical > 0.001 && critical < 0.03, "less than 3 % is critical path", critical);
	ok(lanes <= 10, "in ten lanes", lanes);
}

/* what newer recordings tell, and older ones do not */
async function checkRich() {
	await open("rich.html", "#pid=11");
	is(await get("Data.DATA.cpus"), 4, "how many CPUs, from what they did");
	ok((await one("#details .said")).startsWith("Waiting, without CPU: sh 199.0 ms, cat"),
	    "what stands out because of it", await one("#details .said"));
	const [x, y] = await packedSpot(1, 100);

	is([await colourAt([x + 8, y]), await get("Pipes.others(1, 1)")],
	    ["accent", [[2, 0]]], "a line along its pipe");
	is((await text("#details h3 .copy")).slice(0, 3), ["Copy", "cd && …", "Chain"],
	    "what can be copied");
	is((await text("#details > .state")).slice(1), ["in /src/a b"], "its directory");
	is([(await facts())["Signal from"], (await facts()).Waited, (await facts()).stdout],
	    ["13 kill 11", "180.0 ms, without a child and CPU; ready, but there was none " +
	    "free: 30.0 ms", "pipe:8 – stdin of 12 sort"], "who killed it, and so on");
	await get("location.hash = '#pid=12'");
	await page.settle();
	is([(await facts())["Signal from"], (await facts())["Directory is"]],
	    ["the kernel, as there was no memory left", "deleted"], "the OOM killer");
	await page.move(...await page.at("#strip", 0.3));
	is((await one("#tip")).split("\n")[1],
	    "The machine: 3.0 of 4 CPUs at work, 4.0 GiB of memory available",
	    "how busy the machine was");
	await isQuiet("rich.html");
}

/* two recordings in one, with equal PIDs */
async function checkHosts() {
	await open("hosts.html");
	ok((await one(".when")).endsWith(" on 2 hosts: alpha, beta"), "the hosts",
	    await one(".when"));
	is(await text(".labels span"), ["commit 4f2c", "job a <b>"], "labels");
	is(await get("Lanes.layout().groups.map(g => [g.lane, g.text])"), [[0, "alpha"],
	    [2, "outlived make check"], [3, "beta"], [5, "outlived make check"]],
	    "each has lanes of its own");
	is(await get("[...Lanes.layout().lane]"), [0, 1, 2, 3, 4, 5], "one below the other");
	await page.click(...await packedSpot(4, 700, 5));
	is([(await facts()).PID, await hash("#pid=beta%3A8")], ["beta:8", "#pid=beta%3A8"],
	    "a process says where it ran");
	await page.reload();
	is(await one("#details .argv"), "./t.sh beta", "and comes back");
	await open("hosts.html", "#pid=8");
	is((await facts()).PID, "alpha:8", "without a host, the first one");
	await page.clickOn(".findings li:first-child > a");
	await page.settle();
	is((await facts()).PID, "alpha:8", "findings know it");
	await open("hosts.html", "#view=processes&q=host%3Abeta");
	is(await text("#table tr[data-row] td:nth-child(1)"), ["beta:7", "beta:8", "beta:9"],
	    "what ran on one of them");
	is((await get("$('text').textContent")).match(/alpha|beta/g).length > 3, true,
	    "and in the text");
	await isQuiet("hosts.html");
}

/* what an ssh of one host began on another */
async function checkSsh() {
	await open("ssh.html");
	is(await get("[[...Lanes.layout().lane], [...Data.P.depth]]"), [[0, 1, 2], [0, 1, 2]],
	    "is below it");
	await page.click(...await packedSpot(1, 300));
	is([(await facts()).PID, (await facts()).Parent, (await facts())["Begun by"]],
	    ["far:7", "3 (not in the recording)", "near:7 ssh far make"], "says so");
	const [, y] = await packedSpot(0, 300), { x } = await view();

	is(await colourAt([x(100 * MS) + 2, y + 9]), "accent", "with a line to it");
	await page.clickOn("#details dd button.go");
	is([(await facts()).PID, (await facts())["Led to"]], ["near:7", "far:7 make"],
	    "and back");
	ok((await one(".findings")).includes("Failed because cc ended with exit 1"),
	    "why it failed is there", await one(".findings"));
	await page.key("t");
	is(await tree(), ["ssh", "far: make", "cc"], "in the tree, too");
	await isQuiet("ssh.html");
}

/* who made the files that a process has read, and who has read its own */
async function checkFiles() {
	const lists = async () => Object.fromEntries(await get(`[...document.querySelectorAll(
	    "#details h3")].filter(h => /files/.test(h.textContent)).map(h => [h.textContent,
	    [...h.nextSibling.children].map(e => e.innerText.replace(/\\s+/g, " "))])`));

	await open("files.html", "#pid=12");
	let { "Read files, made by": read, ...other } = await lists();

	is([read.length, read[0], read.at(-1), other], [9, "1.h cc 11", "and 23 more", {}],
	    "those that it has read");
	await page.clickOn("#details ul > li > .rest");
	read = (await lists())["Read files, made by"];
	is([read.length, read.at(-1)], [31, "a.o cc 11"], "and all of them");
	is(await get("document.activeElement.textContent"), "cc 11", "focus is where it was");
	await page.key("Enter");
	({ "Made files, used by": read, ...other } = await lists());
	is([(await facts()).PID, read[0], read[1], other], ["11",
	    "1.h as 21 as 22 as 23 as 24 and 5 more", "2.h ld 12", {}],
	    "a click leads to who made it, and there to those who have read it");
	const [, y] = await packedSpot(1, 50), { x } = await view();

	is(await colourAt([x(100 * MS) - 2, y]), "accent", "a line to them");
	await page.clickOn("#details ul > li > .rest");
	is((await lists())["Made files, used by"].slice(-2), ["a.o ld 12", "a.log nobody"],
	    "what nobody has read");
	await page.clickOn("#details .others .rest");
	is((await lists())["Made files, used by"][0].split(" ").length, 1 + 2 * 9,
	    "all that have read one");
	await isQuiet("files.html");
}

/* they are called as in pt-stat */
async function checkNames() {
	const stat = JSON.parse(readFileSync("scripts.json"));

	await open("scripts.html", "#view=programs");
	is((await text("#table tr[data-row] td:first-child")).sort(),
	    stat.programs.map(p => p.program).sort(), "the programs of pt-stat");
	is(await text("#table tr[data-row] td:first-child"), ["none", "npm", "pip"],
	    "scripts, and what was not to be executed");
	await open("scripts.html", "#view=processes&pid=11");
	is((await text("#table tr[data-row] td:nth-child(2)"))[1], "npm run build",
	    "with what is behind them");
	is(await one("#details .argv"), "/usr/bin/node /usr/bin/npm run build", "in full");
	await isQuiet("scripts.html");
}

async function checkCompared() {
	await open("compared.html");
	is(await one(".before"), "It took 2.00 s, and 3.00 s before (-33 %). Themselves, " +
	    "without children: sort +1.80 s, sh \u22121.00 s, kill +30.0 ms.",
	    "what changed most");
	const columns = await Promise.all([1, 8, 9, 10, 11].map(k =>
	    text(`#table tr[data-row] td:nth-child(${k})`)));

	is(columns[0].map((path, k) => [path.replace(/\s+/g, " "),
	    ...columns.slice(1).map(c => c[k])]), [
	    ["sh +1, \u2717 1", "3.00 s", "\u22121.00 s", "\u22121.00 s", ""],
	    ["sort new", "0 s", "+1.80 s", "+1.80 s", "+1"],
	    ["kill 11 new", "0 s", "+30.0 ms", "+30.0 ms", "+1"],
	    ["uniq not any more", "1.80 s", "\u22121.80 s", "\u22121.80 s", "\u22121"],
	], "command paths with what they took before");
	ok(await get("$('strip-before').clientHeight > 30"), "the other one at the same times");
	is(page.complaints, [], "no complaints");
}

async function checkCommands() {
	await open("repeats.html", "#view=groups");
	const row = k => text(`#table tr[data-row]:nth-child(${k}) td`);
	const [command, runs] = await row(1);

	is([command, runs], ["gcc -c conftest.c", "40"], "commands that ran more than once");
	await page.clickOn("#table tr[data-row]:nth-child(1)");
	is(await get("Filter.count()"), 40, "a click leaves its runs");
	ok((await one("#chips")).startsWith(`Only ${command.slice(0, 80).trim()}`),
	    "and says so", await one("#chips"));
	await page.clickOn("#chips button");
	is([await isOpen(), (await facts()).Repeated], [true, "40 runs, this one the longest"],
	    "the slowest one");
	await page.clickOn("#tab-merged");
	is((await text("#table tr[data-row] code")), ["sh", "gcc"], "command paths of these");
	await page.clickOn("#chips .x");
	is((await row(2)).slice(2, 5), ["90.0 %", "40", "\u2717 4"], "and of all");
	await page.clickOn("#table tr[data-row]:nth-child(2)");
	is(await get("State.now.node"), 1, "a click on a path leaves its processes");
	is(page.complaints, [], "no complaints");
}

async function checkText() {
	await open("report.html");
	await get("document.documentElement.className = ''");
	const said = await one("#text");
	const lines = (heading, n) => said.split("\n").slice(said.split("\n")
	    .indexOf(heading) + 1).slice(0, n);

	is(lines("Failed", 4), ["PID\tStart\tDuration\tStatus\tCommand",
	    "100\t0 ns\t990.0 ms\texit 2\tmake check",
	    "200\t100.0 ms\t220.0 ms\texit 1\tcc -c 'a b.c'",
	    "400\t450.0 ms\t350.0 ms\tSIGSEGV\tsleep 1"], "what failed");
	is(lines("Still running", 3).slice(1), [
	    "300\t400.0 ms\t600.0 ms\trunning\tdaemon --x",
	    "301\t430.0 ms\t570.0 ms\trunning\tlogger"], "what runs");
	is(lines("Processes", 10), ["make check 990.0 ms, PID 100 exit 2",
	    "cc -c 'a b.c' 220.0 ms, PID 200 exit 1",
	    "/usr/lib/cc1 'a b.c' -o /tmp/x.s 150.0 ms, PID 201",
	    "daemon --x 600.0 ms, PID 300 running", "logger 570.0 ms, PID 301 running",
	    "sleep 1 350.0 ms, PID 400 SIGSEGV", "make check 40.0 ms, PID 401",
	    "lost 135.0 ms, PID 600 end unknown", "true 10.0 ms, PID 400/2",
	    "tee log 65.0 ms, PID 500"], "the tree");
	is(await one(".notice"), "7 events were lost: processes, execs and ends may be " +
	    "missing.", "what is lost");

	await open("big.html");
	await get("document.documentElement.className = ''");
	is(await get("[document.querySelectorAll('#text li').length, " +
	    "document.querySelectorAll('#text li .failed').length, " +
	    "document.querySelectorAll('#text tr').length]"), [1000, 400, 63],
	    "of many, a part, and all that failed");
	ok((await one("#text")).includes("1,000 of 20,001: what failed"), "and says so");
	is((await one("#text summary")).trim(), "make -j2 7.50 s, PID 100, 19,000 more below",
	    "and what is missing");
}

/* --- for those who cannot see, or have no mouse --- */

const STATES = ["", "#status=failed&q=a&pid=200&range=0.1-0.8", "#mode=tree&pid=200",
    "#view=groups&root=200", "#view=icicle", "#view=processes&q=outlived:yes", "#view=critical&by=piece", "#pid=11"];

async function checkAccessible() {
	const axe = readFileSync("package/axe.min.js", "utf8");

	for (const theme of page.can.media ? ["light", "dark"] : ["light"])
		for (const state of STATES)
			for (const width of [1280, 360]) {
				await page.resize(width, 800);
				await page.media({ "prefers-color-scheme": theme });
				await open(/pid=11$/.test(state) ? "files.html" : "report.html", state);
				await page.get(axe + "; 0");
				is(await get(`axe.run(document).then(({ violations }) =>
				    violations.flatMap(v => v.nodes.map(n => v.id + ": " +
				    n.html.slice(0, 100) + " " + n.any.map(c => c.message))))`), [],
				    `axe: ${theme}, ${width} px, ${state}`);
			}
	await page.media({});
	await page.resize(1280, 800);
}

/* what is to be clicked has the size of a finger's tip, or space around it */
async function checkTargets() {
	await page.resize(360, 740);
	for (const state of ["", "#status=failed&q=a&pid=200&range=0.1-0.8", "#mode=tree"]) {
		await open("report.html", state);
		is(await get(`[...document.querySelectorAll("button, a, select, input")]
		    .filter(e => e.checkVisibility() && !e.closest("p, .findings, .facts"))
		    .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
		    .filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
		    .map(([html, r]) => html + " " + r.width + "x" + r.height)`), [],
		    `nothing smaller than 24 px: ${state}`);
	}
	await page.resize(1280, 800);
}

/* everything can be reached and done by keys alone */
async function checkKeyboard() {
	await open("report.html");
	const focus = () => get(`((e) => e.id || e.closest("[id]")?.id || e.tagName)(
	    document.activeElement)`);
	const seen = new Set();

	for (let k = 0; k < 60; k++) {
		await page.key("Tab");
		seen.add(await focus());
	}
	for (const id of ["find", "states", "least", "range", "mode-packed", "path", "help",
	    "legend", "plot", "tab-merged", "tsv", "table"])
		ok(seen.has(id), `Tab goes to ${id}`, [...seen]);
	await get("Dom.$('tab-merged').focus()");
	for (let k = 0; k < 5; k++)
		await page.key("ArrowRight");
	is([await focus(), await get("State.now.view")], ["tab-processes", "processes"],
	    "arrows go from tab to tab");
	await get("document.querySelector('#table [tabindex=\"0\"]').focus()");
	await page.key("ArrowDown");
	await page.key("ArrowDown");
	await page.key("Enter");
	is([await one("#details h2"), await get("document.activeElement.dataset.row")],
	    ["cc1", "2"], "and in a table, where Enter selects");
	await get("State.change({ view: 'merged', selected: -1 })");
	await page.settle();
	await get("document.querySelector('#table [tabindex=\"0\"]').focus()");
	await page.key("ArrowLeft");
	is(await get("document.querySelectorAll('#table tr[data-row]').length"), 1,
	    "in a tree, to the left closes");
	await page.key("ArrowRight");
	ok(await get("document.querySelectorAll('#table tr[data-row]').length > 3"),
	    "to the right opens");
	await page.key("ArrowDown");
	await page.key("Enter");
	is(await get("State.now.node"), 1, "Enter chooses");
	await isQuiet("report.html");
}

/* --- bytes that mean harm --- */

async function checkHostile() {
	await open("hostile.html");
	is(await get("document.scripts.length"), 3, "no script but ours");
	is(await get("document.querySelectorAll('#text :not(h2, p, table, tbody, tr, th, " +
	    "td, code, ul, li, details, summary, i, b, section)').length"), 0,
	    "no element but ours in the text");
	is(await get(`(() => {
		let bad = "";

		for (let i = 0; i < Data.P.n; i++) {
			Timeline.select(i);
			State.flush();
			for (const c of $("app").innerText)
				if (/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\ufeff]/.test(c))
					bad += c.codePointAt(0).toString(16) + " ";
		}
		return bad;
	})()`), "", "no character that cannot be seen");
	await page.settle();
	is(await get("document.querySelectorAll('#details :is(script, img, iframe, br, pre " +
	    "*)').length"), 0, "nor in the details");
	for (const tab of ["programs", "processes", "critical", "merged"]) {
		await page.clickOn("#tab-" + tab);
		is(await get("document.querySelectorAll('#table td :not(code, span, i, button)').length"),
		    0, `nor in ${tab}`);
	}
	await page.key("/");
	await page.type("</script>");
	is(await get("Filter.count()") > 0, true, "</script> can be found");
	await checkBytes("hostile.pt");
	await isQuiet("hostile.html");
}

async function checkOther(file) {
	name = file;
	await open(file);
	const n = await get("Data.P.n");

	ok(n > 0 && await get("Lanes.layout().lanes.length") > 0, "has lanes", n);
	await checkBytes(file.replace(".html", ".pt"));
	await page.key("0");
	await page.key("+");
	await page.key("ArrowDown");
	await page.key("t");
	await page.key("t");
	for (const tab of ["programs", "processes", "critical", "merged"])
		if (!await get(`$("tab-${tab}").hidden`))
			await page.clickOn("#tab-" + tab);
	is(page.complaints, [], "no complaints");
}

/* --- large ones --- */

const sum = list => list.reduce((a, b) => a + b, 0);
const quantile = (list, part) => list.sort((a, b) => a - b)[Math.floor(list.length * part)];

/* frames that move in and out, as fast as they are drawn */
const ZOOM = `new Promise(done => {
	let k = 0;

	requestAnimationFrame(function step() {
		if (k % 8)
			Timeline.zoom(k % 2 ? 0.5 : 1.4, State.now.from + Timeline.span() * 0.3);
		else
			Timeline.fitAll();
		State.flush();
		if (k++ < 80)
			requestAnimationFrame(step);
		else
			done();
	});
})`;

/* what the reports promise of 100,000 processes holds of all of them */
async function checkSpeed(file) {
	name = file;
	await open(file);
	const loaded = sum(await page.traced(() => open(file)));
	const frames = (await page.traced(() => get(ZOOM))).filter(ms => ms > 0.3);
	const best = await get(`(run => Math.min(...[1, 2, 3, 4, 5].map(run)))(() => {
		const start = performance.now();

		Lanes.pack(-1);
		return performance.now() - start;
	})`);
	const found = sum(await page.traced(() => get(`State.change({ query: "file777 cc1" });
	    State.flush()`)));
	const n = await get("Data.P.n");

	console.log(`# ${n} processes: CPU to load ${loaded.toFixed(0)} ms, for 5, 50 and ` +
	    `95 % of frames ${[0.05, 0.5, 0.95].map(part =>
	    quantile(frames, part).toFixed(1)).join(", ")} ms; lanes in ${best.toFixed(0)} ` +
	    `ms, found in ${found.toFixed(0)} ms`);
	ok(loaded < 1000, "loads within 1 s", loaded);
	ok(frames.length >= 80 && quantile(frames, 0.95) < 16, "frames within 16 ms", frames);
	ok(best < 300, "lanes within 300 ms", best);
	ok(found < 2000, "finds within 2 s", found);
	is(await get("Filter.count()") > 0, true, "and finds");
	is(page.complaints, [], "no complaints");
}

async function main(browser) {
	const checks = { checkHead, checkFindings, checkAnswers, checkWhere, checkRecordings, checkOpening, checkIcicle, checkStrangers,
	    checkRich, checkHosts, checkSsh, checkFiles, checkNames, checkCompared, checkCommands, checkPicture, checkPacked, checkLanes, checkHover,
	    checkDetails, checkCopy, checkAddress, checkFind, checkFilter, checkFold, checkZoom,
	    checkRange, checkKeys, checkTables, checkSorting,
	    checkCriticalPath, checkLooks, checkWithoutScripts, checkText,
	    checkAccessible, checkTargets, checkKeyboard, checkHostile };

	page = await browser.open(1280, 800);
	for (const file of ["report.html", "hostile.html", "big.html"])
		checkFile(file);
	/* first: a page pays for the garbage of those before it, 1 s after one with
	 * 300,000 processes */
	if (page.can.trace && (!only || only === "speed")) {
		await checkSpeed("big.html");
		await checkSpeed("huge.html");
	}
	for (const [key, check] of Object.entries(checks)) {
		name = key.slice("check".length).toLowerCase();
		if (!only || name === only)
			await check();
	}
	for (const file of only ? [] : others)
		await checkOther(file);
	console.log("end");
}

const browser = new Browser(program, process.cwd() + "/profile");

main(browser).catch(error => {
	console.log("not ok " + name + ": ran to its end");
	console.log("# " + error.stack.replaceAll("\n", "\n# "));
	process.exitCode = 1;
}).finally(() => browser.close());
