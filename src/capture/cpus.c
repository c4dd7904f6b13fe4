#define _GNU_SOURCE
#include "capture/cpus.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "event/event.h"

struct cpus {
	cpu_set_t *allowed;	/* where this process stays */
	cpu_set_t *reached;	/* where it can be: the command may be there */
	cpu_set_t *awaited;
	cpu_set_t *online;	/* when it began */
	cpu_set_t *lost;	/* those that went off, came, or do not answer */
	uint64_t since;		/* when the wait began */
	unsigned patience;
	size_t size;
};

enum {
	PATIENCE_S = 5,		/* until one that does not answer is given up, */
	PATIENCE = 3,		/* and others have been heard of so often */
};

static bool
go_to(const struct cpus *c, size_t cpu, cpu_set_t *one)
{
	CPU_ZERO_S(c->size, one);
	CPU_SET_S(cpu, c->size, one);
	return sched_setaffinity(0, c->size, one) == 0;
}

static void
find_reached(struct cpus *c)
{
	cpu_set_t *one = xcalloc(1, c->size);
	long n = sysconf(_SC_NPROCESSORS_CONF);
	size_t cpu;

	memcpy(c->reached, c->allowed, c->size);
	for (cpu = 0; n > 0 && cpu < (size_t)n && cpu < EVENT_CPU_MAX; cpu++)
		if (!CPU_ISSET_S(cpu, c->size, c->allowed) && go_to(c, cpu, one))
			CPU_SET_S(cpu, c->size, c->reached);
	sched_setaffinity(0, c->size, c->allowed);
	free(one);
}

/* a list such as "0-3,5" */
static void
find_online(const struct cpus *c, cpu_set_t *set)
{
	const char *p = cpus_online();
	unsigned long cpu, last;
	char *end;

	CPU_ZERO_S(c->size, set);
	for (; *p; p = *end == ',' ? end + 1 : "") {
		cpu = last = strtoul(p, &end, 10);
		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		for (; cpu <= last && cpu < EVENT_CPU_MAX; cpu++)
			CPU_SET_S(cpu, c->size, set);
	}
}

struct cpus *
cpus_new(void)
{
	struct cpus *c = xcalloc(1, sizeof *c);

	c->size = CPU_ALLOC_SIZE(EVENT_CPU_MAX);
	c->allowed = xcalloc(1, c->size);
	c->reached = xcalloc(1, c->size);
	c->awaited = xcalloc(1, c->size);
	c->online = xcalloc(1, c->size);
	c->lost = xcalloc(1, c->size);
	find_online(c, c->online);
	sched_getaffinity(0, c->size, c->allowed);
	find_reached(c);
	return c;
}

const char *
cpus_online(void)
{
	static char list[1024];
	FILE *fp = fopen("/sys/devices/system/cpu/online", "r");

	if (!fp || !fgets(list, sizeof list, fp))
		list[0] = '\0';
	if (fp)
		fclose(fp);
	list[strcspn(list, "\n")] = '\0';
	return list;
}

void
cpus_await(struct cpus *c)
{
	memcpy(c->awaited, c->reached, c->size);
	c->since = clock_ns();
	c->patience = 0;
}

void
cpus_heard(struct cpus *c, int cpu)
{
	if (cpu >= 0)
		CPU_CLR_S((size_t)cpu, c->size, c->awaited);
}

bool
cpus_all_heard(const struct cpus *c)
{
	return CPU_COUNT_S(c->size, c->awaited) == 0;
}

static void
lose(struct cpus *c, size_t cpu, void (*act)(void *arg, int32_t cpu), void *arg)
{
	if (CPU_ISSET_S(cpu, c->size, c->lost))
		return;
	CPU_SET_S(cpu, c->size, c->lost);
	CPU_CLR_S(cpu, c->size, c->reached);
	CPU_CLR_S(cpu, c->size, c->awaited);
	act(arg, (int32_t)cpu);
}

void
cpus_find_changes(struct cpus *c, void (*act)(void *arg, int32_t cpu), void *arg)
{
	cpu_set_t *now = xcalloc(1, c->size);
	size_t cpu;

	find_online(c, now);
	/* none at all: there is no /sys */
	for (cpu = 0; CPU_COUNT_S(c->size, now) && cpu < EVENT_CPU_MAX; cpu++)
		if (CPU_ISSET_S(cpu, c->size, now) !=
		    CPU_ISSET_S(cpu, c->size, c->online))
			lose(c, cpu, act, arg);
	free(now);
}

void
cpus_give_up(struct cpus *c, void (*act)(void *arg, int32_t cpu), void *arg)
{
	size_t cpu;

	if (++c->patience < PATIENCE ||
	    clock_ns() - c->since < (uint64_t)PATIENCE_S * 1000000000)
		return;
	for (cpu = 0; cpu < EVENT_CPU_MAX; cpu++)
		if (CPU_ISSET_S(cpu, c->size, c->awaited))
			lose(c, cpu, act, arg);
}

static void
visit_heard(const struct cpus *c, void (*act)(unsigned arg), unsigned arg,
    cpu_set_t *one)
{
	size_t cpu;

	for (cpu = 0; cpu < EVENT_CPU_MAX; cpu++)
		if (CPU_ISSET_S(cpu, c->size, c->reached) &&
		    !CPU_ISSET_S(cpu, c->size, c->awaited) &&
		    go_to(c, cpu, one)) {
			act(arg);
			return;
		}
}

void
cpus_visit(struct cpus *c, void (*act)(unsigned arg), unsigned arg)
{
	cpu_set_t *one = xcalloc(1, c->size);
	size_t cpu;

	for (cpu = 0; cpu < EVENT_CPU_MAX; cpu++) {
		if (!CPU_ISSET_S(cpu, c->size, c->awaited))
			continue;
		if (go_to(c, cpu, one))
			act(arg);
		else
			/* taken from us: its ticks will do */
			cpus_heard(c, (int)cpu);
	}
	visit_heard(c, act, arg, one);
	sched_setaffinity(0, c->size, c->allowed);
	free(one);
}

void
cpus_free(struct cpus *c)
{
	free(c->allowed);
	free(c->reached);
	free(c->awaited);
	free(c->online);
	free(c->lost);
	free(c);
}
