/* Firefox, driven through WebDriver BiDi: messages of JSON through a WebSocket,
 * which is that of the package "ws" in the current directory. */
"use strict";

const { mkdirSync, writeFileSync } = require("node:fs");
const { spawn } = require("node:child_process");
const { BasePage } = require("./browser.js");

/* what it would otherwise ask for in the network, or do to what is tested */
const PREFS = { "app.update.enabled": false, "browser.shell.checkDefaultBrowser": false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"toolkit.telemetry.enabled": false, "network.captive-portal-service.enabled": false,
	"network.connectivity-service.enabled": false, "extensions.update.enabled": false,
	"services.settings.server": "data:,", "browser.startup.page": 0,
	"widget.gtk.overlay-scrollbars.enabled": true, "ui.systemUsesDarkTheme": 0 };

/* keys that are no characters, as WebDriver has them */
const KEYS = { Backspace: "\ue003", Tab: "\ue004", Enter: "\ue007", Shift: "\ue008",
	Control: "\ue009", Escape: "\ue00c", PageUp: "\ue00e", PageDown: "\ue00f",
	End: "\ue010", Home: "\ue011", ArrowLeft: "\ue012", ArrowUp: "\ue013",
	ArrowRight: "\ue014", ArrowDown: "\ue015" };
const PATIENCE = 120;	/* seconds for an answer */
const MODIFIERS = { 2: "Control", 8: "Shift" };

/* a value of the page as one of ours */
function plain({ type, value }) {
	switch (type) {
	case "array": return value.map(plain);
	case "object": return Object.fromEntries(value.map(([k, v]) => [k, plain(v)]));
	case "number": return Number(value);
	case "null": return null;
	default: return value;
	}
}

class Firefox {
	constructor(program, profile) {
		this.last = 0;
		this.waiting = new Map();
		this.pages = new Map();
		mkdirSync(profile, { recursive: true });
		writeFileSync(profile + "/user.js", Object.entries(PREFS).map(([name, value]) =>
		    `user_pref("${name}", ${JSON.stringify(value)});\n`).join(""));
		this.child = spawn(program, ["--headless", "--no-remote",
		    "--remote-debugging-port=0", "--profile", profile, "about:blank"],
		{ stdio: ["ignore", "ignore", "pipe"] });
		this.ended = new Promise(resolve => this.child.on("exit", resolve));
		this.ready = this.connect();
	}

	/* it says itself where it listens */
	address() {
		let said = "";

		return new Promise((resolve, reject) => {
			this.child.stderr.on("data", data => {
				const m = /WebDriver BiDi listening on (ws:\S+)/.exec(said += data);

				if (m)
					resolve(m[1] + "/session");
			});
			this.ended.then(() => reject(new Error("the browser ended: " + said)));
		});
	}

	async connect() {
		const WebSocket = require(process.cwd() + "/package/index.js");
		const socket = this.socket = new WebSocket(await this.address(),
		    { perMessageDeflate: false, maxPayload: 1e9 });

		await new Promise((resolve, reject) => socket.on("open", resolve)
		    .on("error", reject));
		socket.on("message", data => this.take(JSON.parse(data)));
		socket.on("close", () => this.waiting.forEach(({ reject }) =>
		    reject(new Error("the browser ended"))));
		await this.ask("session.new", { capabilities: {} });
		await this.ask("session.subscribe", { events: ["log.entryAdded",
		    "network.beforeRequestSent", "browsingContext.userPromptOpened"] });
	}

	ask(method, params) {
		const id = ++this.last;

		this.socket.send(JSON.stringify({ id, method, params }));
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`${method}: no answer ` +
			    `in ${PATIENCE} s: ${JSON.stringify(params).slice(0, 300)}`)),
			1000 * PATIENCE);

			this.waiting.set(id, { resolve, reject, method, late });
		});
	}

	async send(method, params) {
		await this.ready;
		return this.ask(method, params);
	}

	take({ id, type, result, error, message, method, params }) {
		const call = this.waiting.get(id);

		if (!call) {
			const page = this.pages.get(params?.context ?? params?.source?.context);

			return page?.event(method, params);
		}
		this.waiting.delete(id);
		clearTimeout(call.late);
		if (type === "error")
			call.reject(new Error(`${call.method}: ${error}: ${message}`));
		else
			call.resolve(result);
	}

	async open(width = 1280, height = 800) {
		const { context } = await this.send("browsingContext.create", { type: "tab" });
		const page = new FirefoxPage(this, context);

		this.pages.set(context, page);
		await page.resize(width, height);
		return page;
	}

	async close() {
		await this.send("browser.close", {}).catch(() => this.child.kill());
		await this.ended;
	}
}

class FirefoxPage extends BasePage {
	constructor(browser, context) {
		super(browser);
		this.context = context;
		this.can = { media: false, scripts: false, trace: false, clipboard: false,
		    files: false };
	}

	send(method, params) {
		return this.browser.send(method, { context: this.context, ...params });
	}

	event(method, params) {
		if (method === "log.entryAdded")
			this.complaints.push(params.text);
		else if (method === "browsingContext.userPromptOpened")
			this.complaints.push("dialog: " + params.message);
		else if (!/^(data:|about:)/.test(params.request.url))
			this.requests.push(params.request.url);
	}

	resize(width, height, scale = 1) {
		return this.send("browsingContext.setViewport",
		    { viewport: { width, height }, devicePixelRatio: scale });
	}

	/* it cannot */
	async media() {}

	/* With wait: "complete" the answer fails to come now and then, on a busy machine,
	 * though all is loaded. */
	async load(url) {
		await this.send("browsingContext.navigate", { url, wait: "none" });
		await this.loaded(`location.href.split("#")[0] === ${
		    JSON.stringify(url.split("#")[0])}`);
	}

	async reload() {
		await this.get("window.isOld = true");
		await this.send("browsingContext.reload", { wait: "none" });
		await this.loaded("!window.isOld");
	}

	/* until there is another document, and all of it */
	async loaded(isOther) {
		const end = Date.now() + 1000 * PATIENCE;
		/* a document that is just going cannot say anything */
		const ask = () => this.get(`document.readyState === "complete" && ${isOther}`)
		    .catch(() => false);

		while (!await ask()) {
			if (Date.now() > end)
				throw new Error(`not loaded in ${PATIENCE} s: ${isOther}`);
			await new Promise(done => setTimeout(done, 20));
		}
	}

	async get(expression) {
		const { result, exceptionDetails } = await this.browser.send("script.evaluate",
		    { expression, target: { context: this.context }, awaitPromise: true,
		    userActivation: true });

		if (exceptionDetails)
			throw new Error(`${expression}: ${exceptionDetails.text}`);
		return plain(result);
	}

	/* each list of actions is of one device */
	async act(...devices) {
		await this.send("input.performActions", { actions: devices });
		await this.settle();
	}

	mouse(...actions) {
		return this.act({ type: "pointer", id: "mouse",
		    parameters: { pointerType: "mouse" }, actions });
	}

	move(x, y) {
		return this.mouse(to(x, y));
	}

	click(x, y) {
		return this.mouse(to(x, y), DOWN, UP);
	}

	doubleClick(x, y) {
		return this.mouse(to(x, y), DOWN, UP, DOWN, UP);
	}

	drag(x, y, toX, toY) {
		return this.mouse(to(x, y), DOWN, ...[1, 2, 3, 4, 5].map(k =>
		    to(x + (toX - x) * k / 5, y + (toY - y) * k / 5)), UP);
	}

	async keys(actions) {
		await this.act({ type: "key", id: "keys", actions });
	}

	async wheel(x, y, deltaY, deltaX = 0, modifiers = 0) {
		const held = MODIFIERS[modifiers] && KEYS[MODIFIERS[modifiers]];

		if (held)
			await this.keys([{ type: "keyDown", value: held }]);
		await this.act({ type: "wheel", id: "wheel", actions: [{ type: "scroll",
		    ...whole(x, y), deltaX, deltaY }] });
		if (held)
			await this.keys([{ type: "keyUp", value: held }]);
	}

	key(key, modifiers = 0) {
		const held = MODIFIERS[modifiers] && KEYS[MODIFIERS[modifiers]];
		const value = KEYS[key] || key;

		return this.keys([...held ? [{ type: "keyDown", value: held }] : [],
			{ type: "keyDown", value }, { type: "keyUp", value },
			...held ? [{ type: "keyUp", value: held }] : []]);
	}

	type(text) {
		return this.keys([...text].flatMap(value => [{ type: "keyDown", value },
			{ type: "keyUp", value }]));
	}

	async print() {
		const { data } = await this.send("browsingContext.print", {});

		return Buffer.from(data, "base64");
	}
}

const whole = (x, y) => ({ x: Math.round(x), y: Math.round(y) });
const to = (x, y) => ({ type: "pointerMove", ...whole(x, y) });
const DOWN = { type: "pointerDown", button: 0 }, UP = { type: "pointerUp", button: 0 };

module.exports = { Browser: Firefox };
