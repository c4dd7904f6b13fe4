#include "analysis/machineload.h"

#include "base/slice.h"
#include "tree/spans.h"

enum {
	LONG_ENOUGH = 500000000,	/* ns: 50 of the ticks that are counted */
	THOUSAND = 1000,
};

bool
machineload_growth(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *n)
{
	uint64_t before;

	if (!event_get_number(&from->ev, key, &before) ||
	    !event_get_number(&to->ev, key, n) || *n < before)
		return false;
	*n -= before;
	return true;
}

bool
machineload_rate(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *thousandths)
{
	uint64_t time = to->ev.ts - from->ev.ts, n;

	if (!time || !machineload_growth(from, to, key, &n))
		return false;
	*thousandths = n > UINT64_MAX / 1000 ? n / time * 1000 : n * 1000 / time;
	return true;
}

/* "0-3,6" is 5. */
static size_t
told_cpus(const struct event *trace)
{
	struct slice list;
	uint64_t from, to;
	size_t n = 0;

	if (!trace->line.len || !event_get(trace, "cpus", &list))
		return 0;
	do {
		if (!slice_take_number(&list, EVENT_CPU_MAX, &from))
			return 0;
		to = from;
		if (slice_take(&list, "-") &&
		    !slice_take_number(&list, EVENT_CPU_MAX, &to))
			return 0;
		n += to >= from ? (size_t)(to - from + 1) : 0;
	} while (slice_take(&list, ","));
	return n;
}

/* The machine at the begin and at the end of a run: false if it is not known, or they
 * are too close to each other. */
static bool
find_ends(const struct forest_run *run, const struct moment **from,
    const struct moment **to)
{
	*from = run->machine;
	*to = run->last_machine;
	return *from && (*to)->ev.ts - (*from)->ev.ts >= LONG_ENOUGH;
}

/* All the time that was counted between the two, in thousandths of a CPU. */
static uint64_t
counted(const struct moment *from, const struct moment *to)
{
	static const char *const keys[] = { "busy", "idle", "iowait", "steal" };
	uint64_t sum = 0, n;
	size_t i;

	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (machineload_rate(from, to, keys[i], &n))
			sum += n;
	return sum;
}

size_t
machineload_cpus(const struct forest_run *run)
{
	size_t told = told_cpus(&run->trace);
	const struct moment *from, *to;

	if (told || !find_ends(run, &from, &to))
		return told;
	return (size_t)((counted(from, to) + THOUSAND / 2) / THOUSAND);
}

/* What the processes of the run used of CPUs, in thousandths of a CPU. */
static uint64_t
own_rate(const struct forest *f, const struct forest_run *run, uint64_t time)
{
	uint64_t sum = 0, ns;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->processes[i]->run == run && f->processes[i]->has_fork &&
		    spans_cpu(f->processes[i], &ns))
			sum += ns;
	return sum / (time / THOUSAND);
}

bool
machineload_others(const struct forest *f, const struct forest_run *run,
    uint64_t *thousandths)
{
	const struct moment *from, *to;
	uint64_t busy, own, all;

	if (!find_ends(run, &from, &to) ||
	    !machineload_rate(from, to, "busy", &busy))
		return false;
	all = counted(from, to);
	own = own_rate(f, run, to->ev.ts - from->ev.ts);
	*thousandths = busy > own && all ? (busy - own) * THOUSAND / all : 0;
	return true;
}
