#define _GNU_SOURCE
#include "capture/cpus.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "event/event.h"

struct cpus {
	cpu_set_t *allowed;	/* where this process stays */
	cpu_set_t *reached;	/* where it can be: the command may be there */
	cpu_set_t *awaited;
	size_t size;
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

struct cpus *
cpus_new(void)
{
	struct cpus *c = xcalloc(1, sizeof *c);

	c->size = CPU_ALLOC_SIZE(EVENT_CPU_MAX);
	c->allowed = xcalloc(1, c->size);
	c->reached = xcalloc(1, c->size);
	c->awaited = xcalloc(1, c->size);
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
	sched_setaffinity(0, c->size, c->allowed);
	free(one);
}

void
cpus_free(struct cpus *c)
{
	free(c->allowed);
	free(c->reached);
	free(c->awaited);
	free(c);
}
