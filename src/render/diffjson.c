#include "render/diffjson.h"

#include <stdlib.h>

#include "base/text.h"
#include "json/writer.h"
#include "render/processjson.h"
#include "render/table.h"
#include "tree/process.h"

struct diff_json {
	const struct compare *c;
	size_t top;
	struct json_writer json;
};

static void
add_number(struct diff_json *j, const char *key, uint64_t n)
{
	json_writer_count(&j->json, key, n);
}

static void
add_process(struct diff_json *j, const char *key, const struct process *p)
{
	json_writer_object(&j->json, key);
	processjson_add(&j->json, p, NULL);
	add_number(j, "time_ns", p->end - p->start);
	processjson_add_end(&j->json, p);
	json_writer_close(&j->json);
}

static void
add_recording(struct diff_json *j, const char *key, const struct forest *f)
{
	json_writer_object(&j->json, key);
	add_process(j, "root", f->root);
	add_number(j, "processes", f->n);
	add_number(j, "lost_events", f->nlost);
	json_writer_close(&j->json);
}

static size_t
begin(struct diff_json *j, const char *key, const struct compare_list *list)
{
	json_writer_array(&j->json, key);
	return table_rows(j->top, list->n);
}

static void
add_durations(struct diff_json *j, const char *key,
    const struct compare_list *list)
{
	size_t i, n = begin(j, key, list);
	const struct compare_item *item;
	int64_t before, after;

	for (i = 0; i < n; i++) {
		item = &list->items[i];
		before = (int64_t)(item->old->end - item->old->start);
		after = (int64_t)(item->new->end - item->new->start);
		json_writer_object(&j->json, NULL);
		json_writer_number(&j->json, "change_ns", after - before);
		if (before)
			json_writer_decimal(&j->json, "change_percent",
			    100 * (double)(after - before) / (double)before);
		else
			json_writer_null(&j->json, "change_percent");
		add_process(j, "old", item->old);
		add_process(j, "new", item->new);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_endings(struct diff_json *j, const struct compare_list *list)
{
	size_t i, n = begin(j, "ends_differ", list);

	for (i = 0; i < n; i++) {
		json_writer_object(&j->json, NULL);
		add_process(j, "old", list->items[i].old);
		add_process(j, "new", list->items[i].new);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_processes(struct diff_json *j, const char *key,
    const struct compare_list *list, const struct span *spans)
{
	size_t i, n = begin(j, key, list);
	const struct process *p;

	for (i = 0; i < n; i++) {
		p = list->items[i].old ? list->items[i].old : list->items[i].new;
		json_writer_object(&j->json, NULL);
		add_number(j, "subtree_ns", list->items[i].time);
		add_number(j, "descendants", spans[p->id].ndescendants);
		add_process(j, "process", p);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_load(struct diff_json *j, const char *key, const struct concurrency *l,
    uint64_t cpu)
{
	json_writer_object(&j->json, key);
	json_writer_decimal(&j->json, "mean_busy", l->mean_busy);
	add_number(j, "max_busy", l->max_busy);
	if (j->c->has_cpu)
		add_number(j, "cpu_ns", cpu);
	else
		json_writer_null(&j->json, "cpu_ns");
	json_writer_close(&j->json);
}

static void
add_side(struct diff_json *j, const char *key, const struct groups_side *side)
{
	json_writer_object(&j->json, key);
	add_number(j, "runs", side->runs);
	add_number(j, "failed", side->nfailed);
	add_number(j, "own_ns", side->own);
	add_number(j, "cpu_ns", side->cpu);
	json_writer_close(&j->json);
}

static void
add_groups(struct diff_json *j)
{
	const struct groups_row *row = j->c->groups.rows;
	size_t i, n = j->c->ngroups;
	struct slice name;

	json_writer_array(&j->json, "programs");
	for (i = 0; i < n && (!j->top || i < j->top); i++, row++) {
		name = j->c->groups.names.list[row->name];
		json_writer_object(&j->json, NULL);
		json_writer_string(&j->json, "program", name.p, name.len);
		json_writer_number(&j->json, "change_ns", (int64_t)row->new.own -
		    (int64_t)row->old.own);
		add_side(j, "old", &row->old);
		add_side(j, "new", &row->new);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_arguments(struct diff_json *j)
{
	const struct argchanges *a = &j->c->arguments;
	struct slice text;
	size_t i;

	json_writer_array(&j->json, "arguments");
	for (i = 0; i < a->n && (!j->top || i < j->top); i++) {
		text = a->texts.list[a->rows[i].text];
		json_writer_object(&j->json, NULL);
		add_number(j, "runs", a->rows[i].n);
		json_writer_string(&j->json, "change", text.p, text.len);
		add_process(j, "old", a->rows[i].old);
		add_process(j, "new", a->rows[i].new);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

void
diffjson_write(const struct compare *c, const struct forest *old,
    const struct forest *new, size_t top, FILE *fp)
{
	struct diff_json j = {
		.c = c, .top = top,
		.json = { .to = fp, .mode = JSON_WRITER_PRETTY },
	};

	json_writer_object(&j.json, NULL);
	add_recording(&j, "old", old);
	add_recording(&j, "new", new);
	add_number(&j, "same_processes", c->match.n);
	add_number(&j, "explained", c->nexplained);
	add_load(&j, "old_load", &c->old_load, c->old_cpu);
	add_load(&j, "new_load", &c->new_load, c->new_cpu);
	add_groups(&j);
	add_arguments(&j);
	add_endings(&j, &c->lists[COMPARE_ENDING]);
	add_processes(&j, "new_processes", &c->lists[COMPARE_NEW], c->new_spans);
	add_processes(&j, "gone_processes", &c->lists[COMPARE_GONE],
	    c->old_spans);
	add_durations(&j, "slower", &c->lists[COMPARE_SLOWER]);
	add_durations(&j, "faster", &c->lists[COMPARE_FASTER]);
	json_writer_close(&j.json);
	json_writer_finish(&j.json);
}
