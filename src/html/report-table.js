"use strict";

/** Tables that can be sorted; only the rows in view are elements. One row can be
 * reached by Tab, the arrows go on from there.
 *
 * @typedef {object} Column
 * @property {string} name
 * @property {(row: number) => any} value	to sort by
 * @property {(row: number) => string | Node} show
 * @property {number} [width]	pixels; without: the rest
 * @property {boolean} [text]	begins at the left
 * @property {string} [title]
 *
 * @typedef {object} Listing	what a table shows
 * @property {string} label
 * @property {Column[]} columns
 * @property {number[]} rows	in the order that they have unsorted
 * @property {string} sort	the column at first, as Shown.sort
 * @property {(row: number) => void} act	on a click, or Enter
 * @property {(row: number) => boolean} [isSelected]
 * @property {(row: number) => number} [level]	of a tree: it is not sorted then
 * @property {(row: number) => ?boolean} [isOpen]	null: nothing is below it
 * @property {(row: number, open: boolean) => void} [open]
 */
const Table = (() => {
	const { element, button } = Dom;
	const ROW = 26, MARGIN = 20;

	/** by the column of that name; "-" before it: upwards
	 * @param {Listing} listing @param {string} sort @returns {number[]} */
	function sorted({ rows, columns }, sort) {
		const column = columns.find(c => c.name === sort.replace(/^-/, ""));
		const sign = sort.startsWith("-") !== Boolean(column?.text) ? 1 : -1;

		if (!column)
			return rows;
		const key = rows.map(column.value);
		const order = Uint32Array.from(key.keys()).sort((a, b) =>
		    key[a] < key[b] ? -sign : key[a] > key[b] ? sign : a - b);

		return Array.from(order, k => rows[k]);
	}

	class TableView {
		/** @param {any} box @param {(sort: string) => void} setSort */
		constructor(box, setSort) {
			this.box = box;
			this.setSort = setSort;
			this.sort = "";
			this.body = this.table = null;
			this.rows = [];
			this.active = 0;
			/** @type {Listing} */
			this.listing = null;
			box.addEventListener("scroll", () => this.draw());
			box.addEventListener("keydown", event => this.press(event));
			new ResizeObserver(() => this.draw()).observe(box);
		}

		/** @param {Listing} listing @param {string} sort */
		show(listing, sort) {
			const isOther = this.listing?.label !== listing.label;
			const hadFocus = this.body?.contains(document.activeElement);
			const before = this.active;

			this.listing = listing;
			this.sort = listing.level ? "" : sort || listing.sort;
			this.rows = sorted(listing, this.sort);
			this.active = this.rows.findIndex(r => listing.isSelected?.(r));
			if (this.active < 0)
				this.active = isOther ? 0 : Math.min(before, this.rows.length - 1);
			this.active = Math.max(0, this.active);
			this.fill();
			if (isOther)
				this.box.scrollTop = 0;
			this.draw();
			if (hadFocus)
				this.focus();
		}

		fill() {
			const { columns, level, label } = this.listing;

			this.body = element("tbody");
			this.table = element("table", "", element("colgroup", "",
			    ...columns.map(({ width }) => {
				const col = element("col");

				if (width)
					col.style.width = width + "px";
				return col;
			})), element("thead", "", element("tr", "",
			    ...columns.map(column => this.heading(column)))), this.body);
			this.table.setAttribute("role", level ? "treegrid" : "grid");
			this.table.ariaLabel = label;
			this.table.ariaRowCount = String(this.rows.length + 1);
			/* what has no width of its own gets the rest, and 240 at least */
			this.table.style.minWidth = columns.reduce((all, { width }) =>
			    all + (width || 240), 0) + "px";
			this.body.onclick = event => {
				const tr = event.target.closest("tr[data-row]");

				if (!tr)
					return;
				this.active = tr.ariaRowIndex - 2;
				if (event.target.className === "twist")
					this.toggle();
				else
					this.listing.act(Number(tr.dataset.row));
			};
			this.box.replaceChildren(this.table);
		}

		/** @param {Column} column */
		heading(column) {
			const { name, text, title } = column;
			const isSorted = this.sort.replace(/^-/, "") === name;
			const th = element("th", text ? "" : "n", this.listing.level ? name :
			    button("", name, () => this.setSort(isSorted &&
			        !this.sort.startsWith("-") ? "-" + name : name)));

			th.scope = "col";
			th.title = title || "";
			if (isSorted)
				th.ariaSort = this.sort.startsWith("-") === Boolean(text) ?
				    "descending" : "ascending";
			return th;
		}

		draw() {
			const n = this.rows.length, { scrollTop, clientHeight } = this.box;
			const from = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN);
			const to = Math.min(n, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN);

			if (!this.body || this.box.hidden)
				return;
			const hadFocus = this.body.contains(document.activeElement);

			this.body.replaceChildren(...from ? [this.gap(from)] : [],
			    ...this.rows.slice(from, to).map((row, k) => this.line(row, from + k)),
			    ...to < n ? [this.gap(n - to)] : []);
			if (hadFocus)
				this.focus();
		}

		gap(n) {
			const tr = element("tr", "gap", element("td"));

			tr.style.height = n * ROW + "px";
			tr.ariaHidden = "true";
			return tr;
		}

		line(row, place) {
			const { columns, level, isOpen, isSelected } = this.listing;
			const tr = element("tr");

			tr.dataset.row = row;
			tr.ariaRowIndex = String(place + 2);
			tr.tabIndex = place === this.active ? 0 : -1;
			if (level) {
				tr.ariaLevel = String(level(row) + 1);
				if (isOpen(row) !== null)
					tr.ariaExpanded = String(isOpen(row));
			}
			for (const column of columns)
				tr.append(element("td", column.text ? "" : "n", column.show(row)));
			tr.ariaSelected = String(Boolean(isSelected?.(row)));
			return tr;
		}

		/* brings the active row into view and gives it the focus */
		focus() {
			this.body.querySelector(`[aria-rowindex="${this.active + 2}"]`)
			    ?.focus({ preventScroll: true });
		}

		go(place) {
			const { box } = this, head = 34;

			this.active = Math.max(0, Math.min(this.rows.length - 1, place));
			const y = this.active * ROW;

			if (y < box.scrollTop)
				box.scrollTop = y;
			else if (y + ROW + head > box.scrollTop + box.clientHeight)
				box.scrollTop = y + ROW + head - box.clientHeight;
			this.draw();
			this.focus();
		}

		toggle(open) {
			const { isOpen, open: act } = this.listing, row = this.rows[this.active];
			const is = isOpen?.(row) ?? null;

			if (is === null || is === open)
				return false;
			act(row, !is);
			return true;
		}

		press(event) {
			const page = Math.floor(this.box.clientHeight / ROW) - 2;
			const keys = {
				ArrowDown: () => this.go(this.active + 1),
				ArrowUp: () => this.go(this.active - 1),
				PageDown: () => this.go(this.active + page),
				PageUp: () => this.go(this.active - page),
				Home: () => this.go(0),
				End: () => this.go(this.rows.length - 1),
				ArrowRight: () => this.toggle(true),
				ArrowLeft: () => this.toggle(false),
				Enter: () => this.listing.act(this.rows[this.active]),
			};

			if (event.ctrlKey || event.metaKey || event.altKey ||
			    !Object.hasOwn(keys, event.key) || !this.body.contains(event.target))
				return;
			event.preventDefault();
			event.stopPropagation();
			keys[event.key]();
		}

		/* as lines of fields with TABs between */
		tsv() {
			const { columns, level } = this.listing;
			const plain = cell => typeof cell === "string" ? cell : cell.textContent;
			const clean = text => text.replace(/[\t\n]/g, " ").replaceAll("\u00a0", " ");

			return [columns.map(c => c.name), ...this.rows.map(row => columns.map((c, k) =>
			    (level && !k ? "  ".repeat(level(row)) : "") + clean(plain(c.show(row)))))]
			    .map(fields => fields.join("\t") + "\n").join("");
		}
	}

	return { View: TableView };
})();
