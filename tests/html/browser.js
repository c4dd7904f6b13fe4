/* Chromium, driven through a pipe (--remote-debugging-pipe): JSON messages of
 * the DevTools protocol, a NUL after each, on its descriptors 3 and 4. */
"use strict";

const { spawn } = require("node:child_process");

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--hide-scrollbars", "--remote-debugging-pipe", "about:blank"];

class Browser {
	constructor(program, profile) {
		this.last = 0;
		this.waiting = new Map();
		this.pages = new Map();
		this.child = spawn(program, [`--user-data-dir=${profile}`, ...FLAGS],
		    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
		this.ended = new Promise(resolve => this.child.on("exit", resolve));
		this.ended.then(() => this.waiting.forEach(({ reject }) =>
		    reject(new Error("the browser ended"))));
		let rest = [];

		this.child.stdio[4].on("data", data => {
			for (let end; (end = data.indexOf(0)) >= 0;
			    data = data.subarray(end + 1)) {
				rest.push(data.subarray(0, end));
				this.take(JSON.parse(Buffer.concat(rest)));
				rest = [];
			}
			rest.push(data);
		});
	}

	send(method, params = {}, sessionId) {
		const id = ++this.last;

		this.child.stdio[3].write(JSON.stringify({ id, method, params,
		    sessionId }) + "\0");
		return new Promise((resolve, reject) =>
		    this.waiting.set(id, { resolve, reject, method }));
	}

	take({ id, result, error, method, params, sessionId }) {
		const call = this.waiting.get(id);

		if (!call) {
			this.pages.get(sessionId)?.event(method, params);
			return;
		}
		this.waiting.delete(id);
		if (error)
			call.reject(new Error(`${call.method}: ${error.message}`));
		else
			call.resolve(result);
	}

	async open(width = 1280, height = 800) {
		const { targetId } = await this.send("Target.createTarget",
		    { url: "about:blank" });
		const { sessionId } = await this.send("Target.attachToTarget",
		    { targetId, flatten: true });
		const page = new Page(this, sessionId);

		this.pages.set(sessionId, page);
		await page.start(width, height);
		return page;
	}

	async close() {
		await this.send("Browser.close").catch(() => {});
		await this.ended;
	}
}

/* what a page can do in every browser */
class BasePage {
	constructor(browser) {
		this.browser = browser;
		this.complaints = [];	/* of the console, the policy, and so on */
		this.requests = [];
		/* of what not every driver can: emulate media, forbid scripts, trace, read
		 * the clipboard, tell of files that are read */
		this.can = { media: true, scripts: true, trace: true, clipboard: true,
		    files: true };
	}

	/* what is drawn is what was asked for */
	settle() {
		return this.get("new Promise(done => requestAnimationFrame(() => " +
		    "requestAnimationFrame(() => done())))");
	}

	/* the middle of an element, or of a part of it */
	at(selector, x = 0.5, y = 0.5) {
		return this.get(`(() => {
			const el = document.querySelector(${JSON.stringify(selector)});

			el.scrollIntoView({ block: "nearest" });
			const r = el.getBoundingClientRect();

			return [r.left + r.width * ${x}, r.top + r.height * ${y}]; })()`);
	}

	async clickOn(selector) {
		await this.click(...await this.at(selector));
	}
}

class Page extends BasePage {
	constructor(browser, session) {
		super(browser);
		this.session = session;
		this.until = [];
	}

	send(method, params) {
		return this.browser.send(method, params, this.session);
	}

	async start(width, height) {
		for (const domain of ["Page", "Runtime", "Log", "Network"])
			await this.send(domain + ".enable");
		await this.resize(width, height);
		await this.send("Page.addScriptToEvaluateOnNewDocument", { source:
		    `addEventListener("securitypolicyviolation", e => console.error(
		    "policy", e.effectiveDirective, e.blockedURI));` });
	}

	event(method, params) {
		const text = {
			"Runtime.consoleAPICalled": () => params.args.map(a =>
			    a.value ?? a.description).join(" "),
			"Runtime.exceptionThrown": () => params.exceptionDetails.exception
			    ?.description || params.exceptionDetails.text,
			"Log.entryAdded": () => params.entry.text,
			"Page.javascriptDialogOpening": () => "dialog: " + params.message,
		}[method];

		if (text)
			this.complaints.push(text());
		if (method === "Network.requestWillBeSent")
			this.requests.push(params.request.url);
		/* whoever waits for one of them is done, unless it says true */
		this.until = this.until.filter(([name, resolve]) =>
		    name !== method || resolve(params) === true);
	}

	wait(method) {
		return new Promise(resolve => this.until.push([method, resolve]));
	}

	resize(width, height, scale = 1) {
		return this.send("Emulation.setDeviceMetricsOverride",
		    { width, height, deviceScaleFactor: scale, mobile: false });
	}

	media(features, media = "") {
		return this.send("Emulation.setEmulatedMedia", { media, features:
		    Object.entries(features).map(([name, value]) => ({ name, value })) });
	}

	async load(url) {
		const loaded = this.wait("Page.loadEventFired");

		await this.send("Page.navigate", { url });
		await loaded;
	}

	/* the ms of CPU that each task of the page's main thread used meanwhile: what
	 * others do on a busy machine is not in it */
	async traced(act) {
		const events = [], take = ({ value }) => events.push(...value) > 0;
		const done = this.wait("Tracing.tracingComplete");

		this.until.push(["Tracing.dataCollected", take]);
		await this.send("Tracing.start", { transferMode: "ReportEvents",
		    traceConfig: { includedCategories: ["toplevel"] } });
		await act();
		await this.send("Tracing.end");
		await done;
		this.until = this.until.filter(([, resolve]) => resolve !== take);
		const threads = new Set(events.filter(e => e.name === "thread_name" &&
		    e.args.name === "CrRendererMain").map(e => `${e.pid}/${e.tid}`));

		return events.filter(e => e.ph === "X" && /RunTask$/.test(e.name) &&
		    threads.has(`${e.pid}/${e.tid}`)).map(e => e.tdur / 1e3);
	}

	/* the value of an expression; of a promise what it gives */
	async get(expression) {
		const { result, exceptionDetails } = await this.send("Runtime.evaluate",
		    { expression, returnByValue: true, awaitPromise: true,
		    userGesture: true });

		if (exceptionDetails)
			throw new Error(`${expression}: ` +
			    exceptionDetails.exception.description);
		return result.value;
	}

	async mouse(type, x, y, more = {}) {
		await this.send("Input.dispatchMouseEvent", { type, x, y, ...more });
	}

	async move(x, y) {
		await this.mouse("mouseMoved", x, y);
		await this.settle();
	}

	async click(x, y, clickCount = 1) {
		const button = { button: "left", buttons: 1, clickCount };

		await this.mouse("mouseMoved", x, y);
		await this.mouse("mousePressed", x, y, button);
		await this.mouse("mouseReleased", x, y, button);
		await this.settle();
	}

	async doubleClick(x, y) {
		await this.click(x, y);
		await this.click(x, y, 2);
	}

	async drag(x, y, toX, toY) {
		const button = { button: "left", buttons: 1, clickCount: 1 };

		await this.mouse("mouseMoved", x, y);
		await this.mouse("mousePressed", x, y, button);
		for (let k = 1; k <= 5; k++)
			await this.mouse("mouseMoved", x + (toX - x) * k / 5,
			    y + (toY - y) * k / 5, button);
		await this.mouse("mouseReleased", toX, toY, button);
		await this.settle();
	}

	async wheel(x, y, deltaY, deltaX = 0, modifiers = 0) {
		await this.mouse("mouseWheel", x, y, { deltaX, deltaY, modifiers });
		await this.settle();
	}

	/* a key by its name, or a character; modifiers: 8 is Shift */
	async key(key, modifiers = 0) {
		const text = key.length === 1 ? key : key === "Enter" ? "\r" : undefined;
		const params = { key, modifiers, windowsVirtualKeyCode: { Tab: 9, Enter: 13,
		    Escape: 27, " ": 32, ArrowLeft: 37, ArrowRight: 39 }[key] };

		await this.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...params });
		await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...params });
		await this.settle();
	}

	async type(text) {
		await this.send("Input.insertText", { text });
		await this.settle();
	}

	async screenshot() {
		const { data } = await this.send("Page.captureScreenshot");

		return Buffer.from(data, "base64");
	}

	async reload() {
		const loaded = this.wait("Page.loadEventFired");

		await this.get("location.reload()");
		await loaded;
	}

	/* as it is printed, a PDF */
	async print() {
		const { data } = await this.send("Page.printToPDF", {});

		return Buffer.from(data, "base64");
	}

	allowClipboard() {
		return this.browser.send("Browser.grantPermissions", { permissions:
		    ["clipboardReadWrite", "clipboardSanitizedWrite"] });
	}

	allowScripts(may) {
		return this.send("Emulation.setScriptExecutionDisabled", { value: !may });
	}

	/* of an element, without any script */
	async heightOf(selector) {
		const { root } = await this.send("DOM.getDocument", { depth: 0 });
		const { nodeId } = await this.send("DOM.querySelector",
		    { nodeId: root.nodeId, selector });

		return this.send("DOM.getBoxModel", { nodeId }).then(({ model }) =>
		    model.height, () => 0);
	}
}

module.exports = { Browser, BasePage };
