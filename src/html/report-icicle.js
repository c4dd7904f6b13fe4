"use strict";

/* The processes merged by command path, as blocks: each is as wide as its share of the
 * critical path, with what is below it under it, the widest at the left. */
const Icicle = (() => {
	const { PROGRAMS, HUES } = Data;
	const { plural } = Words;
	const { element } = Dom;
	const ROW = 24;	/* pixels */
	const LEAST = 0.002;	/* of the whole: what is narrower is not shown */

	/** @typedef {object} Block
	 * @property {number} node @property {number} level from 0 on
	 * @property {number} left	of the whole, as is its width
	 * @property {number} width */

	/** from the roots down
	 * @param {ReturnType<typeof Paths.shares>} paths @returns {Block[]} */
	function blocks({ children, inside, all }) {
		const list = [];
		const place = (nodes, level, left) => {
			for (const node of [...nodes].sort((a, b) => inside[b] - inside[a])) {
				const width = inside[node] / all;

				if (width >= LEAST)
					list.push({ node, level, left, width });
				left += width;
			}
		};

		place(children(-1), 0, 0);
		for (const { node, level, left } of list)
			place(children(node), level + 1, left);
		return list;
	}

	const percent = part => (part * 100).toFixed(1) + "\u00a0%";

	/** @param {Block} block @param {ReturnType<typeof Paths.shares>} paths */
	function draw({ node, level, left, width }, paths) {
		const name = paths.name(node), plain = name.replace(/^\((.*)\)$/, "$1");
		const hue = PROGRAMS.indexOf(plain);
		const el = element("div", "block", element("b", "", name), " " + percent(width));

		el.role = "treeitem";
		el.ariaLevel = String(level + 1);
		el.ariaSelected = String(State.now.node === node);
		el.dataset.node = node;
		el.tabIndex = -1;
		el.title = `${Paths.pathOf(node).join(" \u203a ")}: ${percent(width)}, itself ${
		    percent(paths.own[node] / paths.all)}, ${plural(paths.runs[node], "run")}`;
		el.style.left = left * 100 + "%";
		el.style.width = width * 100 + "%";
		el.style.top = level * ROW + "px";
		if (name === plain)
			el.style.background = `var(--hue${hue < 0 ? HUES : Math.min(hue, HUES)})`;
		else
			el.classList.add("forked");
		return el;
	}

	/** @param {any} box what it fills */
	function show(box) {
		const paths = Paths.shares(), list = blocks(paths);
		const tree = element("div", "icicle", ...list.map(block => draw(block, paths)));
		const hadFocus = box.contains(document.activeElement);

		tree.role = "tree";
		tree.ariaLabel = "Command paths, as wide as their share";
		tree.style.height = (Math.max(0, ...list.map(block => block.level)) + 1) * ROW + "px";
		tree.onclick = event => choose(event.target.closest(".block"));
		tree.onkeydown = event => press(event, tree, list);
		box.replaceChildren(tree);
		const stop = tree.querySelector("[aria-selected=true]") || tree.firstElementChild;

		if (stop)
			stop.tabIndex = 0;
		if (hadFocus)
			stop?.focus();
	}

	function choose(block) {
		const node = Number(block?.dataset.node);

		if (!block || node >= Paths.OWN)
			return;
		Address.step();
		State.change({ node: State.now.node === node ? null : node });
	}

	/* up to what is above it, down to the widest below, and to the sides */
	function press(event, tree, list) {
		const at = [...tree.children].indexOf(document.activeElement);
		const { level, left, width } = list[at] || {};
		const sides = list.filter(b => b.level === level).sort((a, b) => a.left - b.left);
		const side = sides.indexOf(list[at]);
		const within = (a, b) => a.left <= b.left + 1e-9 &&
		    a.left + a.width >= b.left + b.width - 1e-9;
		const go = {
			ArrowUp: () => list.find(b => b.level === level - 1 && within(b, list[at])),
			ArrowDown: () => list.find(b => b.level === level + 1 && b.left >= left - 1e-9 &&
			    b.left < left + width),
			ArrowLeft: () => sides[side - 1], ArrowRight: () => sides[side + 1],
			Enter: () => choose(tree.children[at]),
		}[event.key];

		if (!go || at < 0 || event.ctrlKey || event.altKey || event.metaKey)
			return;
		event.preventDefault();
		event.stopPropagation();
		const block = go();

		if (!block)
			return;
		tree.children[at].tabIndex = -1;
		const next = tree.children[list.indexOf(block)];

		next.tabIndex = 0;
		next.focus();
	}

	return { show };
})();
