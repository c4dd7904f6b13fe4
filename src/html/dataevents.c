#include "html/datapart.h"

#include <stdlib.h>

#include "tree/process.h"

struct item {
	const struct process *p;
	const struct moment *m;	/* of its events */
};

struct items {
	struct item *list;
	size_t n, cap;
};

typedef int64_t item_value(struct html_datapart *, const struct item *);

static void
add_item(struct items *items, const struct process *p, const struct moment *m)
{
	items->list = grow(items->list, items->n, &items->cap, sizeof *items->list);
	items->list[items->n++] = (struct item){ p, m };
}

/* forks have a bar, exits end it; both only tell more if they have more keys */
static bool
is_mark(struct html_datapart *d, const struct process *p, const struct moment *m)
{
	switch (m->ev.kind) {
	case EVENT_EXIT: return false;
	case EVENT_FORK: return html_datapart_more(d, p, &m->ev) != HTML_NONE;
	default: return true;
	}
}

static void
find_items(struct html_datapart *d, struct items *execs, struct items *marks)
{
	const struct process *p;
	const struct moment *m;
	size_t i;

	for (i = 0; i < d->s->f->n; i++) {
		p = d->rows.list[i];
		for (m = p->events; m; m = m->next)
			if (m->ev.kind == EVENT_EXEC)
				add_item(execs, p, m);
			else if (is_mark(d, p, m))
				add_item(marks, p, m);
	}
}

static void
add_values(struct html_datapart *d, const char *name, const struct items *items,
    item_value *value)
{
	int64_t before = 0, n;
	size_t i;

	json_writer_array(&d->json, name);
	for (i = 0; i < items->n; i++) {
		n = value(d, &items->list[i]);
		json_writer_number(&d->json, NULL, n - before);
		if (html_datapart_is_difference(name))
			before = n;
	}
	json_writer_close(&d->json);
}

static int64_t
item_row(struct html_datapart *d, const struct item *it)
{
	return (int64_t)d->rows.of[it->p->id];
}

static int64_t
item_at(struct html_datapart *d, const struct item *it)
{
	(void)d;
	return (int64_t)(it->m->ev.ts - it->p->start);
}

static int64_t
item_string(struct html_datapart *d, const struct item *it, const char *key)
{
	struct slice s;

	if (!event_get(&it->m->ev, key, &s))
		return HTML_NONE;
	return (int64_t)strings_add(&d->strings, s.p, s.len);
}

static int64_t
item_program(struct html_datapart *d, const struct item *it)
{
	d->scratch.len = 0;
	process_program(it->p, it->m, &d->scratch);
	return (int64_t)strings_add(&d->strings, d->scratch.p, d->scratch.len);
}

static int64_t
item_file(struct html_datapart *d, const struct item *it)
{
	return item_string(d, it, "file");
}

static int64_t
item_fds(struct html_datapart *d, const struct item *it)
{
	return item_string(d, it, "fds");
}

static int64_t
item_kind(struct html_datapart *d, const struct item *it)
{
	const struct event *ev = &it->m->ev;

	return (int64_t)strings_add(&d->strings, ev->line.p, ev->kind_len);
}

static int64_t
item_more(struct html_datapart *d, const struct item *it)
{
	return html_datapart_more(d, it->p, &it->m->ev);
}

/* [exec, value], ... of a few execs */
static void
add_rare(struct html_datapart *d, size_t exec, uint64_t value)
{
	json_writer_number(&d->json, NULL, (int64_t)exec);
	json_writer_count(&d->json, NULL, value);
}

static void
add_execs(struct html_datapart *d, const struct items *execs)
{
	uint64_t length;
	size_t i, words;

	json_writer_object(&d->json, "exec");
	/* first of all that has strings: what many have shall have small numbers */
	add_values(d, "program", execs, item_program);
	add_values(d, "at", execs, item_at);
	add_values(d, "file", execs, item_file);
	add_values(d, "fds", execs, item_fds);
	add_values(d, "more", execs, item_more);
	json_writer_array(&d->json, "argv");
	for (i = 0; i < execs->n; i++)
		html_datapart_args(d, NULL, &execs->list[i].m->ev);
	json_writer_close(&d->json);
	json_writer_array(&d->json, "cut");
	for (i = 0; i < execs->n; i++)
		if (event_get_number(&execs->list[i].m->ev, "argvlen", &length))
			add_rare(d, i, length);
	json_writer_close(&d->json);
	json_writer_array(&d->json, "words");
	for (i = 0; i < execs->n; i++)
		if ((words = process_program_words(&execs->list[i].m->ev)) != 1)
			add_rare(d, i, words);
	json_writer_close(&d->json);
	json_writer_close(&d->json);
}

static void
add_marks(struct html_datapart *d, const struct items *marks)
{
	json_writer_object(&d->json, "mark");
	add_values(d, "row+", marks, item_row);
	add_values(d, "at", marks, item_at);
	add_values(d, "kind", marks, item_kind);
	add_values(d, "more", marks, item_more);
	json_writer_close(&d->json);
}

void
html_datapart_events(struct html_datapart *d)
{
	struct items execs = { 0 }, marks = { 0 };

	find_items(d, &execs, &marks);
	add_execs(d, &execs);
	add_marks(d, &marks);
	free(execs.list);
	free(marks.list);
}
