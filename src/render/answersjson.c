#include "render/answersjson.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/findingtext.h"
#include "render/processjson.h"
#include "render/table.h"

struct answers_json {
	const struct answers *a;
	size_t top;
	struct json_writer *json;
	struct buf text;
};

static void
number(struct answers_json *j, const char *key, uint64_t n)
{
	json_writer_count(j->json, key, n);
}

static void
begin_process(struct answers_json *j, const struct process *p)
{
	json_writer_object(j->json, NULL);
	processjson_add(j->json, p, NULL);
}

static void
end_row(struct answers_json *j)
{
	json_writer_close(j->json);
}

static void
add_findings(struct answers_json *j)
{
	const struct finding *x = j->a->findings.list;
	const struct finding *end = x + j->a->findings.n;
	const char *kind;
	size_t i;

	json_writer_array(j->json, "findings");
	for (; x < end; x++) {
		j->text.len = 0;
		findingtext_add(&j->text, j->a, x);
		kind = findings_kind_name(x->kind);
		json_writer_object(j->json, NULL);
		json_writer_string(j->json, "kind", kind, strlen(kind));
		json_writer_string(j->json, "text", j->text.p, j->text.len);
		number(j, "time_ns", x->ns);
		number(j, "n", x->n);
		json_writer_array(j->json, "processes");
		for (i = 0; i < x->nabout; i++) {
			begin_process(j, x->about[i]);
			end_row(j);
		}
		json_writer_close(j->json);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_merged(struct answers_json *j)
{
	const struct merged_node *node = j->a->merged.nodes;
	const struct merged_node *end = node + j->a->merged.n;

	json_writer_array(j->json, "merged");
	for (; node < end; node++) {
		j->text.len = 0;
		programs_name(&j->text, &j->a->programs, node->first);
		json_writer_object(j->json, NULL);
		json_writer_string(j->json, "program", j->text.p, j->text.len);
		number(j, "depth", node->depth);
		number(j, "runs", node->runs);
		number(j, "failed", node->nfailed);
		number(j, "total_ns", node->wall);
		number(j, "own_ns", node->own);
		number(j, "cpu_ns", node->cpu);
		number(j, "critical_ns", node->critical);
		number(j, "critical_inside_ns", node->inside);
		end_row(j);
	}
	json_writer_close(j->json);
}

/* shares of the critical path; p NULL: of roots, that have no parent */
static void
add_shares(struct answers_json *j, const char *key, const struct shares_list *l)
{
	size_t i;

	json_writer_array(j->json, key);
	for (i = 0; i < table_rows(j->top, l->n); i++) {
		if (l->rows[i].p)
			begin_process(j, l->rows[i].p);
		else
			json_writer_object(j->json, NULL);
		number(j, "critical_ns", l->rows[i].time);
		number(j, "processes", l->rows[i].n);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_failed(struct answers_json *j, const char *key,
    const struct process *const *list, size_t n)
{
	size_t i;

	json_writer_array(j->json, key);
	for (i = 0; i < n; i++) {
		begin_process(j, list[i]);
		processjson_add_end(j->json, list[i]);
		json_writer_bool(j->json, "tolerated",
		    j->a->failure.tolerated[list[i]->id]);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_failure(struct answers_json *j)
{
	const struct failure *x = &j->a->failure;

	json_writer_object(j->json, "failure");
	number(j, "failed", x->nfailed);
	number(j, "tolerated", x->ntolerated);
	add_failed(j, "chain", x->chain, x->nchain);
	add_failed(j, "others", x->others, table_rows(j->top, x->nothers));
	json_writer_close(j->json);
}

static void
add_outlived(struct answers_json *j)
{
	const struct outlived *o = &j->a->outlived;
	const struct process *p;
	size_t i;

	json_writer_array(j->json, "outlived");
	for (i = 0; i < table_rows(j->top, o->n); i++) {
		p = o->rows[i].p;
		begin_process(j, p);
		number(j, "by_ns", o->rows[i].by);
		processjson_add_end(j->json, p);
		json_writer_object(j->json, "started_by");
		processjson_add(j->json, p->parent, p->inherited);
		json_writer_close(j->json);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_serial(struct answers_json *j)
{
	const struct serial *x = &j->a->serial;
	size_t i;

	number(j, "serial_ns", x->total);
	json_writer_array(j->json, "serial");
	for (i = 0; i < table_rows(j->top, x->n); i++) {
		begin_process(j, x->rows[i].p);
		number(j, "children", x->rows[i].nchildren);
		number(j, "time_ns", x->rows[i].time);
		number(j, "beside_ns", x->rows[i].beside);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_waiting(struct answers_json *j)
{
	const struct waiting *w = &j->a->waiting;
	size_t i;

	number(j, "critical_idle_ns", w->on_path);
	if (w->has_delay)
		number(j, "rundelay_ns", w->delay);
	else
		json_writer_null(j->json, "rundelay_ns");
	json_writer_array(j->json, "waiting");
	for (i = 0; i < table_rows(j->top, w->n); i++) {
		begin_process(j, w->rows[i].p);
		number(j, "idle_ns", w->rows[i].idle);
		number(j, "critical_idle_ns", w->rows[i].on_path);
		number(j, "rundelay_ns", w->rows[i].delay);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_repeats(struct answers_json *j)
{
	const struct repeats *r = &j->a->repeats;
	size_t i;

	json_writer_array(j->json, "repeats");
	for (i = 0; i < table_rows(j->top, r->n); i++) {
		begin_process(j, r->rows[i].first);
		number(j, "runs", r->rows[i].runs);
		number(j, "failed", r->rows[i].nfailed);
		number(j, "total_ns", r->rows[i].total);
		number(j, "critical_inside_ns", r->rows[i].inside);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_elsewhere(struct answers_json *j)
{
	const struct elsewhere *e = &j->a->elsewhere;
	size_t i;

	json_writer_array(j->json, "elsewhere");
	for (i = 0; i < table_rows(j->top, e->n); i++) {
		begin_process(j, e->rows[i].p);
		json_writer_string(j->json, "service", e->rows[i].service,
		    strlen(e->rows[i].service));
		number(j, "clients", e->rows[i].n);
		number(j, "time_ns", e->rows[i].time);
		number(j, "critical_ns", e->rows[i].critical);
		end_row(j);
	}
	json_writer_close(j->json);
}

static void
add_files(struct answers_json *j)
{
	const struct oddfiles_row *row = j->a->oddfiles.rows;
	const char *kind;
	size_t i;

	number(j, "files_written", j->a->files.n);
	json_writer_array(j->json, "files");
	for (i = 0; i < table_rows(j->top, j->a->oddfiles.n); i++, row++) {
		j->text.len = 0;
		text_unescape(&j->text, row->file->path.p, row->file->path.len);
		kind = oddfiles_kind_name(row->kind);
		begin_process(j, row->file->again ? row->file->again :
		    row->file->maker);
		json_writer_string(j->json, "kind", kind, strlen(kind));
		json_writer_string(j->json, "path", j->text.p, j->text.len);
		end_row(j);
	}
	json_writer_close(j->json);
}

void
answersjson_add(struct json_writer *json, const struct answers *a, size_t top)
{
	struct answers_json j = { .a = a, .top = top, .json = json };

	add_findings(&j);
	add_merged(&j);
	add_shares(&j, "critical_by_parent", &a->shares.by_parent);
	add_shares(&j, "critical_by_command", &a->by_command);
	add_failure(&j);
	add_outlived(&j);
	add_serial(&j);
	add_waiting(&j);
	add_repeats(&j);
	add_elsewhere(&j);
	add_files(&j);
	free(j.text.p);
}
