/* Draws the charts with the real Mermaid and leaves what is to be seen in the
 * page: in <pre id="seen">, as base64 of lines whose fields are separated by
 * TABs, and whose texts are percent-encoded:
 *	chart NAME text|html
 *	role ROLE
 *	title TEXT
 *	section Y TEXT
 *	tick TEXT
 *	task X Y WIDTH HEIGHT LEFT RIGHT CLASSES TEXT
 *	error TEXT
 * LEFT and RIGHT are the ends of the text; the picture is 800 wide.
 * charts is [[NAME, base64 of the chart], ...]. */
"use strict";

function decode(base64) {
	const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));

	return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function encode(text) {
	let binary = "";

	for (const byte of new TextEncoder().encode(text))
		binary += String.fromCharCode(byte);
	return btoa(binary);
}

function attributes(el, ...names) {
	return names.map(name => el.getAttribute(name));
}

function look(svg, lines) {
	const all = selector => [...svg.querySelectorAll(selector)];
	const text = el => encodeURIComponent(el.textContent);
	const labels = new Map(all("text.taskText, text.taskTextOutsideLeft, " +
	    "text.taskTextOutsideRight").map(el => [el.id, el]));
	const bars = all("rect.task");

	lines.push(["role", svg.getAttribute("aria-roledescription")]);
	for (const el of all("text.titleText"))
		lines.push(["title", text(el)]);
	for (const el of all("text.sectionTitle"))
		lines.push(["section", el.getAttribute("y"), text(el)]);
	for (const el of all(".tick text"))
		lines.push(["tick", text(el)]);
	for (const el of bars) {
		const label = labels.get(el.id + "-text");
		const box = label.getBBox();

		lines.push(["task", ...attributes(el, "x", "y", "width", "height"),
		    box.x, box.x + box.width, el.getAttribute("class"),
		    text(label)]);
	}
	if (labels.size !== bars.length)
		lines.push(["error", "there are labels without bars"]);
}

const ways = {
	/* the text as it is */
	text: async (box, chart, n) => {
		box.innerHTML = (await mermaid.render("chart" + n, chart, box)).svg;
	},
	/* in the HTML of a page, nothing in it escaped */
	html: async (box, chart) => {
		box.innerHTML = "<pre>" + chart + "</pre>";
		await mermaid.run({ nodes: [box.firstChild] });
	},
};

async function draw(charts) {
	const seen = document.createElement("pre");
	const lines = [];

	mermaid.initialize({ startOnLoad: false });
	for (const [name, source] of charts)
	for (const way of Object.keys(ways)) {
		const box = document.createElement("div");

		box.style.width = "800px";
		document.body.append(box);
		lines.push(["chart", name, way]);
		try {
			await ways[way](box, decode(source), lines.length);
			look(box.querySelector("svg"), lines);
		} catch (e) {
			lines.push(["error", encodeURIComponent(e.message || e.str)]);
		}
		box.remove();
	}
	seen.id = "seen";
	seen.textContent = encode(lines.map(l => l.join("\t") + "\n").join(""));
	document.body.replaceChildren(seen);
}
