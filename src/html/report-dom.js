"use strict";

/* Elements. */
const Dom = (() => {
	/** @type {(id: string) => any} */
	const $ = id => document.getElementById(id);

	/**
	 * @param {string} tag
	 * @param {string} [names] of its classes
	 * @param {...(string | Node)} content
	 * @returns {any}
	 */
	function element(tag, names, ...content) {
		const el = document.createElement(tag);

		if (names)
			el.className = names;
		el.append(...content);
		return el;
	}

	/** a button that does something
	 * @param {string} names @param {string | Node} content @param {() => void} act
	 * @returns {any} */
	function button(names, content, act) {
		const el = element("button", names, content);

		el.type = "button";
		el.onclick = act;
		return el;
	}

	/** the context of a canvas, one unit for each CSS pixel
	 * @param {any} canvas @param {number} width @param {number} height */
	function fitCanvas(canvas, width, height) {
		const ratio = devicePixelRatio || 1;
		const ctx = canvas.getContext("2d");

		if (canvas.width !== Math.round(width * ratio) ||
		    canvas.height !== Math.round(height * ratio)) {
			canvas.width = Math.round(width * ratio);
			canvas.height = Math.round(height * ratio);
		}
		ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
		return ctx;
	}

	return { $, element, button, fitCanvas };
})();
