#include "render/tracecounters.h"

#include <inttypes.h>

#include "analysis/concurrency.h"
#include "analysis/machineload.h"

static void
write_counter(struct traceline *l, const char *name, const char *key, uint64_t ts,
    size_t n)
{
	traceline_begin_at(l, "C", "load", 0, ts);
	buf_printf(&l->text, ",\"name\":\"%s\",\"args\":{\"%s\":%zu}", name, key,
	    n);
	traceline_end(l);
}

void
tracecounters_processes(struct traceline *l, const struct forest *f)
{
	struct concurrency c;
	size_t i;

	concurrency_find(&c, f);
	for (i = 0; i < c.n && !ferror(l->to); i++) {
		if (!i || c.steps[i].live != c.steps[i - 1].live)
			write_counter(l, "processes", "running", c.steps[i].ts,
			    c.steps[i].live);
		if (!i || c.steps[i].busy != c.steps[i - 1].busy)
			write_counter(l, "processes without children", "running",
			    c.steps[i].ts, c.steps[i].busy);
	}
	concurrency_free(&c);
}

/* The rates of some numbers of the machine until its next event, as the series
 * of one counter; per: what a thousandth is shown as, in thousandths. */
static void
write_rates(struct traceline *l, const char *name, const struct moment *m,
    const char *const keys[][2], uint64_t per)
{
	bool any = l->any;
	size_t empty;
	uint64_t n;

	traceline_begin_at(l, "C", "machine", 0, m->ev.ts);
	buf_printf(&l->text, ",\"name\":\"%s\",\"args\":{", name);
	empty = l->text.len;
	for (; (*keys)[0]; keys++) {
		if (!machineload_rate(m, m->next, (*keys)[0], &n))
			continue;
		if (l->text.len > empty)
			buf_addc(&l->text, ',');
		n *= per;
		buf_printf(&l->text, "\"%s\":%" PRIu64 ".%03u", (*keys)[1],
		    n / 1000, (unsigned)(n % 1000));
	}
	if (l->text.len > empty) {
		buf_addc(&l->text, '}');
		traceline_end(l);
	} else {
		traceline_drop(l, any);
	}
}

void
tracecounters_machine(struct traceline *l, const struct forest_run *run)
{
	static const char *const cpus[][2] = {
		{ "busy", "busy" }, { "iowait", "iowait" }, { "steal", "steal" },
		{ NULL, NULL },
	}, *const pressure[][2] = {
		{ "psicpu", "cpu" }, { "psiio", "io" }, { "psimem", "memory" },
		{ NULL, NULL },
	}, *const throttled[][2] = {
		{ "cgthrottled", "throttled" }, { NULL, NULL },
	};
	const struct moment *m;
	uint64_t kib;

	for (m = run->machine; m; m = m->next) {
		if (event_get_number(&m->ev, "memavail", &kib)) {
			traceline_begin_at(l, "C", "machine", 0, m->ev.ts);
			buf_printf(&l->text, ",\"name\":\"available memory (MiB)\","
			    "\"args\":{\"MiB\":%" PRIu64 "}", kib / 1024);
			traceline_end(l);
		}
		if (!m->next)
			break;
		write_rates(l, "CPUs of the machine", m, cpus, 1);
		write_rates(l, "pressure (%)", m, pressure, 100);
		write_rates(l, "cgroup (CPUs)", m, throttled, 1);
	}
}
