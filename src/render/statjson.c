#include "render/statjson.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "json/writer.h"
#include "render/answersjson.h"
#include "render/processjson.h"
#include "render/table.h"
#include "tree/process.h"

struct stat_json {
	const struct answers *a;
	const struct summary *s;
	size_t top;
	struct json_writer json;
};

static void
add_time(struct stat_json *j, const char *key, uint64_t ns)
{
	json_writer_count(&j->json, key, ns);
}

static void
add_count(struct stat_json *j, const char *key, size_t n)
{
	json_writer_number(&j->json, key, (int64_t)n);
}

static void
add_slice(struct stat_json *j, const char *key, struct slice s)
{
	json_writer_string(&j->json, key, s.p, s.len);
}

static void
add_process(struct stat_json *j, const struct process *p)
{
	processjson_add(&j->json, p, NULL);
}

static void
add_cpu(struct stat_json *j, const char *key, bool known, uint64_t ns)
{
	if (known)
		add_time(j, key, ns);
	else
		json_writer_null(&j->json, key);
}

static void
add_totals(struct stat_json *j)
{
	const struct summary *s = j->s;

	add_time(j, "wall_ns", s->wall);
	add_time(j, "after_root_ns", s->after);
	add_cpu(j, "cpu_ns", s->has_cpu, s->cpu);
	add_count(j, "processes", s->f->n);
	add_count(j, "execs", s->nexecs);
	add_count(j, "failed_execs", s->nexecfails);
	add_count(j, "failed", s->nfailed);
	add_count(j, "running", s->nrunning);
	add_count(j, "end_unknown", s->nunknown);
	add_time(j, "lost_events", s->f->nlost);
}

static void
add_load(struct stat_json *j)
{
	const struct concurrency *l = &j->s->load;

	json_writer_object(&j->json, "concurrency");
	add_count(j, "max", l->max_live);
	json_writer_decimal(&j->json, "mean", l->mean_live);
	add_count(j, "max_busy", l->max_busy);
	json_writer_decimal(&j->json, "mean_busy", l->mean_busy);
	json_writer_close(&j->json);
}

static void
add_programs(struct stat_json *j)
{
	const struct costs_row *row = j->a->costs.rows;
	size_t i;

	json_writer_array(&j->json, "programs");
	for (i = 0; i < table_rows(j->top, j->a->costs.n); i++, row++) {
		json_writer_object(&j->json, NULL);
		add_slice(j, "program", j->a->programs.names.list[row->program]);
		add_count(j, "runs", row->runs);
		add_count(j, "failed", row->nfailed);
		add_time(j, "own_ns", row->own);
		add_cpu(j, "cpu_ns", j->s->has_cpu, row->cpu);
		add_time(j, "total_ns", row->total);
		add_time(j, "mean_ns", row->total / row->runs);
		add_time(j, "max_ns", row->max);
		add_time(j, "critical_ns", row->critical);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_longest(struct stat_json *j)
{
	const struct process *p;
	uint64_t cpu = 0;
	bool known;
	size_t i;

	json_writer_array(&j->json, "longest");
	for (i = 0; i < table_rows(j->top, j->s->f->n); i++) {
		p = j->s->longest[i];
		json_writer_object(&j->json, NULL);
		add_process(j, p);
		add_time(j, "time_ns", p->end - p->start);
		add_time(j, "own_ns", j->s->spans[p->id].own);
		known = spans_cpu(p, &cpu);
		add_cpu(j, "cpu_ns", known, cpu);
		processjson_add_end(&j->json, p);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

/* What it has made, and who reads that. */
static void
add_read(struct stat_json *j, const struct files_use *read)
{
	struct buf path = { 0 };

	text_unescape(&path, read->path.p, read->path.len);
	json_writer_object(&j->json, "made");
	json_writer_string(&j->json, "path", path.p, path.len);
	json_writer_object(&j->json, "read_by");
	add_process(j, read->p);
	json_writer_close(&j->json);
	json_writer_close(&j->json);
	free(path.p);
}

static void
add_segments(struct stat_json *j, const char *key, size_t from, size_t to)
{
	const struct critical_segment *segment;
	size_t i;

	json_writer_array(&j->json, key);
	for (i = from; i < to; i++) {
		segment = &j->s->critical.segments[i];
		json_writer_object(&j->json, NULL);
		add_process(j, segment->p);
		add_time(j, "from_ns", segment->from);
		add_time(j, "to_ns", segment->to);
		if (segment->to <= j->s->f->root->end)
			json_writer_decimal(&j->json, "share",
			    (double)(segment->to - segment->from) /
			    (double)j->s->wall);
		if (segment->read && segment->read->path.len)
			add_read(j, segment->read);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_running(struct stat_json *j)
{
	size_t i;

	json_writer_array(&j->json, "still_running");
	for (i = 0; i < j->s->nrunning; i++) {
		json_writer_object(&j->json, NULL);
		add_process(j, j->s->running[i]);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

static void
add_execfails(struct stat_json *j)
{
	const struct tally_row *row = j->s->execfails.rows;
	const char *space;
	struct slice file;
	size_t i;

	json_writer_array(&j->json, "exec_failures");
	for (i = 0; i < table_rows(j->top, j->s->execfails.n); i++, row++) {
		space = memchr(row->name.p, ' ', row->name.len);
		file.p = space + 1;
		file.len = (size_t)(row->name.p + row->name.len - file.p);
		json_writer_object(&j->json, NULL);
		add_slice(j, "file", file);
		json_writer_string(&j->json, "errno", row->name.p,
		    (size_t)(space - row->name.p));
		add_count(j, "count", row->n);
		add_count(j, "final", row->nfailed);
		json_writer_close(&j->json);
	}
	json_writer_close(&j->json);
}

void
statjson_write(const struct answers *a, size_t top, FILE *fp)
{
	const struct summary *s = &a->summary;
	struct stat_json j = {
		.a = a, .s = s, .top = top,
		.json = { .to = fp, .mode = JSON_WRITER_PRETTY },
	};

	json_writer_object(&j.json, NULL);
	processjson_add(&j.json, s->f->root, s->first);
	add_totals(&j);
	add_load(&j);
	add_programs(&j);
	add_longest(&j);
	add_segments(&j, "critical_path", 0, s->critical.nroot);
	add_segments(&j, "after_root", s->critical.nroot, s->critical.n);
	add_running(&j);
	add_execfails(&j);
	answersjson_add(&j.json, a, top);
	json_writer_close(&j.json);
	json_writer_finish(&j.json);
}
