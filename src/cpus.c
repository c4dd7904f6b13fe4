#define _GNU_SOURCE
#include "cpus.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "event.h"

struct cpus {
	cpu_set_t *allowed, *awaited;
	size_t size;
};

struct cpus *
cpus_new(void)
{
	struct cpus *c = xcalloc(1, sizeof *c);

	c->size = CPU_ALLOC_SIZE(EVENT_CPU_MAX);
	c->allowed = xcalloc(1, c->size);
	c->awaited = xcalloc(1, c->size);
	sched_getaffinity(0, c->size, c->allowed);
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
	long n = sysconf(_SC_NPROCESSORS_CONF);
	size_t cpu;

	/* the command may run where this process may not */
	for (cpu = 0; cpu < (size_t)n && cpu < EVENT_CPU_MAX; cpu++)
		CPU_SET_S(cpu, c->size, c->awaited);
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
		CPU_ZERO_S(c->size, one);
		CPU_SET_S(cpu, c->size, one);
		if (sched_setaffinity(0, c->size, one) < 0)
			/* taken from us: its ticks will do */
			cpus_heard(c, (int)cpu);
		else
			act(arg);
	}
	sched_setaffinity(0, c->size, c->allowed);
	free(one);
}

void
cpus_free(struct cpus *c)
{
	free(c->allowed);
	free(c->awaited);
	free(c);
}
