#include "html/datapart.h"

#include "analysis/machineload.h"
#include "base/slice.h"

enum { MOST_CPUS = 1 << 16, THOUSAND = 1000 };

static const struct moment *
first(const struct html_datapart *d)
{
	const struct process *root = d->s->f->root;

	return root ? root->run->machine : NULL;
}

/* of a list as "0-3,6"; 0: unknown */
static uint64_t
count_listed(const struct event *trace)
{
	struct slice list;
	uint64_t from, to, n = 0;

	if (!trace->line.len || !event_get(trace, "cpus", &list))
		return 0;
	do {
		if (!slice_take_number(&list, MOST_CPUS, &from))
			return 0;
		to = from;
		if (slice_take(&list, "-") &&
		    (!slice_take_number(&list, MOST_CPUS, &to) || to < from))
			return 0;
		n += to - from + 1;
	} while (slice_take(&list, ","));
	return n;
}

/* All that CPUs do is a second for each of them a second: over the longest time
 * it is known of, since the kernel counts in ticks. 0: unknown */
static uint64_t
count_ticking(const struct html_datapart *d)
{
	static const char *const keys[] = { "busy", "idle", "iowait", "steal" };
	const struct moment *from = first(d), *to = from;
	uint64_t sum = 0, n;
	size_t i;

	while (to && to->next)
		to = to->next;
	if (!from || from == to)
		return 0;
	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (machineload_rate(from, to, keys[i], &n))
			sum += n;
	return (sum + THOUSAND / 2) / THOUSAND;
}

static void
add_cpus(struct html_datapart *d)
{
	uint64_t n = d->s->f->root ? count_listed(&d->s->f->root->run->trace) : 0;

	json_writer_number(&d->json, "cpus", (int64_t)(n ? n : count_ticking(d)));
}

static void
add_available(struct html_datapart *d, const struct moment *m)
{
	uint64_t n;

	if (event_get_number(&m->ev, "memavail", &n))
		json_writer_count(&d->json, NULL, n);
	else
		json_writer_null(&d->json, NULL);
}

static void
add_rate(struct html_datapart *d, const struct moment *m, const char *key)
{
	uint64_t n;

	if (machineload_rate(m, m->next, key, &n))
		json_writer_count(&d->json, NULL, n);
	else
		json_writer_null(&d->json, NULL);
}

void
html_datapart_machine(struct html_datapart *d)
{
	static const char *const rates[] = { "busy", "psicpu", "psiio", "psimem" };
	const struct moment *m;
	size_t i;

	add_cpus(d);
	json_writer_object(&d->json, "machine");
	json_writer_array(&d->json, "ts");
	for (m = first(d); m; m = m->next)
		json_writer_number(&d->json, NULL, html_datapart_since(d, m->ev.ts));
	json_writer_close(&d->json);
	json_writer_array(&d->json, "memavail");
	for (m = first(d); m; m = m->next)
		add_available(d, m);
	json_writer_close(&d->json);
	for (i = 0; i < sizeof rates / sizeof *rates; i++) {
		json_writer_array(&d->json, rates[i]);
		for (m = first(d); m && m->next; m = m->next)
			add_rate(d, m, rates[i]);
		json_writer_close(&d->json);
	}
	json_writer_close(&d->json);
}
