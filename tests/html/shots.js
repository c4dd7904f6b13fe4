/* usage: node shots.js BROWSER DIR FILE...
 *
 * Pictures of reports as people meet them, to be looked at: DIR/NAME-HOW.png, and
 * DIR/NAME.pdf. HOW is a size, a mode or a view. SHOTS=dark makes only that one. */
"use strict";

const { writeFileSync } = require("node:fs");
const path = require("node:path");
const { Browser } = require("./browser.js");

const [, , program, dir, ...files] = process.argv;
const dark = { "prefers-color-scheme": "dark" };
const light = { "prefers-color-scheme": "light" };

const SHOTS = {
	wide: {},
	readme: { width: 1200, height: 760 },	/* share/doc/report.png, of hello.pt */
	dark: { media: dark },
	tree: { hash: "#mode=tree" },
	critical: { hash: "#view=critical" },
	groups: { hash: "#view=groups" },
	processes: { hash: "#view=processes&status=failed" },
	range: { hash: "#range=4.1-4.5" },
	details: { act: "Timeline.select(Math.min(20, Data.P.n - 1))" },
	narrow: { width: 360, height: 740, full: true },
	zoomed: { width: 700, height: 450 },
	print: { print: true },
};

async function shoot(page, file, how) {
	const { width = 1400, height = 900, media = light, hash = "", act, full, print } =
	    SHOTS[how];
	const base = path.join(dir, path.basename(file, ".html"));

	await page.resize(width, height);
	await page.media(media);
	await page.load("about:blank");
	await page.load(`file://${path.resolve(file)}${hash}`);
	if (act)
		await page.get(act);
	await page.settle();
	if (print) {
		/* of the size of a page, at 96 pixels an inch */
		await page.resize(700, 1000);
		const { data } = await page.send("Page.printToPDF", {});
		const pdf = Buffer.from(data, "base64");

		writeFileSync(`${base}.pdf`, pdf);
		console.log(`${base}.pdf: ${pdf.toString("latin1")
		    .match(/\/Type\s*\/Page\b/g).length} pages`);
		await page.get("dispatchEvent(new Event('beforeprint'))");
		await page.media(light, "print");
	}
	const { data } = await page.send("Page.captureScreenshot",
	    { captureBeyondViewport: Boolean(full || print) });

	writeFileSync(`${base}-${how}.png`, Buffer.from(data, "base64"));
	page.complaints.forEach(text => console.log(`${base}-${how}: ${text}`));
}

async function main() {
	const browser = new Browser(program, path.join(dir, "profile"));
	const page = await browser.open(1400, 900);

	for (const file of files)
		for (const how of Object.keys(SHOTS))
			if (!process.env.SHOTS || process.env.SHOTS.split(" ").includes(how))
				await shoot(page, file, how);
	await browser.close();
}

main();
