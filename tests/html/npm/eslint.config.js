"use strict";

/* Each script of the page is a scope that gives one name to those after it. */
const browser = ["document", "window", "location", "history", "navigator", "innerWidth",
    "innerHeight", "devicePixelRatio", "getComputedStyle", "matchMedia", "performance",
    "requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout",
    "addEventListener", "ResizeObserver", "TextEncoder"];
const scripts = ["Words", "Dom", "Data", "State", "Filter", "Lanes", "Rows", "Picture",
    "Critical", "Pipes", "Files", "Links", "Packed", "Tree", "Tip", "Strip", "Timeline", "Address", "Table", "Columns",
    "Paths", "Icicle", "Views", "Facts", "Details", "Input"];
const names = list => Object.fromEntries(list.map(name => [name, "readonly"]));

const rules = {
	"no-undef": "error", "no-unused-vars": ["error", { caughtErrors: "none",
	    varsIgnorePattern: `^(${scripts.join("|")})$` }],
	"prefer-const": ["error", { destructuring: "all" }], "no-var": "error",
	eqeqeq: "error", "no-shadow": ["error", { builtinGlobals: false }],
	"no-redeclare": ["error", { builtinGlobals: false }], "no-implicit-globals": "off",
	"no-eval": "error", "no-implied-eval": "error", "no-new-func": "error",
	"no-unreachable": "error", "no-dupe-keys": "error", "no-self-assign": "error",
	"no-unused-expressions": ["error", { allowShortCircuit: true }],
	"max-lines-per-function": ["error", { max: 60, IIFEs: false }],
	"max-lines": ["error", 420], "max-depth": ["error", 4],
	"no-restricted-properties": ["error", ...["innerHTML", "outerHTML",
	    "insertAdjacentHTML"].map(property => ({ property,
	    message: "text is never markup" }))],
};

module.exports = [
	{ files: ["**/src/html/*.js"], rules, languageOptions: { ecmaVersion: 2023,
	    sourceType: "script", globals: names([...browser, ...scripts, "onerror"]) } },
	{ files: ["**/tests/**/*.js"], rules: { ...rules, "max-lines": "off",
	    "no-restricted-properties": "off" },
	  languageOptions: { ecmaVersion: 2023, sourceType: "commonjs",
	    globals: names(["process", "console", "Buffer", "setTimeout", "clearTimeout",
	        "__dirname"]) } },
];
