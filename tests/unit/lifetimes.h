/* lifetimes - forests of a few processes, or of many random ones */
#ifndef LIFETIMES_H
#define LIFETIMES_H

#include <inttypes.h>
#include <stdint.h>

#include "tap.h"
#include "tree/forest.h"

/* end UINT64_MAX: still runs */
struct lifetime {
	unsigned pid, ppid;
	uint64_t start, end;
	char command[64];	/* executed at the start; "": nothing */
	char status[16];	/* exit status, or the name of a signal; "": unknown */
	uint64_t cpu, rundelay;	/* ns */
	char in[12], out[12];	/* the numbers of the pipes that it executes with */
	struct {
		uint64_t ts;
		char name[16];
		bool writes;	/* else it reads it */
	} files[3];
	size_t nfiles;
};

struct lifetime_event {
	uint64_t ts;
	size_t i, file;
	enum { LIFETIME_FORK, LIFETIME_EXEC, LIFETIME_FILE, LIFETIME_EXIT } kind;
};

/* forks before exits */
static inline int
lifetimes_order(const void *a, const void *b)
{
	const struct lifetime_event *x = a, *y = b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	if ((x->kind == LIFETIME_EXIT) != (y->kind == LIFETIME_EXIT))
		return x->kind == LIFETIME_EXIT ? 1 : -1;
	if (x->i != y->i)
		return x->i < y->i ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->file < y->file ? -1 : x->file > y->file;
}

static inline void
lifetimes_add_pipe(struct buf *line, const char *key, const char *number)
{
	char pipe[24];

	snprintf(pipe, sizeof pipe, "pipe:%s", number);
	if (*number)
		event_add(line, key, pipe, strlen(pipe));
}

static inline void
lifetimes_add_exec(struct buf *line, const struct lifetime *l)
{
	const char *command = l->command;
	size_t len;
	bool first = true;

	lifetimes_add_pipe(line, "fd0", l->in);
	lifetimes_add_pipe(line, "fd1", l->out);
	event_add_argv(line);
	for (; *command; command += len + (command[len] == ' ')) {
		len = strcspn(command, " ");
		event_add_arg(line, first, command, len);
		first = false;
	}
}

static inline void
lifetimes_add_end(struct buf *line, const struct lifetime *l)
{
	bool number = *l->status >= '0' && *l->status <= '9';

	if (*l->status)
		event_add(line, number ? "status" : "signal", l->status,
		    strlen(l->status));
	if (l->cpu)
		event_add_number(line, "cputime", l->cpu);
	if (l->rundelay)
		event_add_number(line, "rundelay", l->rundelay);
}

/* The line of an event. */
static inline void
lifetimes_add_event(struct buf *line, const struct lifetime_event *e,
    const struct lifetime *l)
{
	static const char *const kinds[] = { "fork", "exec", "read", "exit" };
	bool writes = e->kind == LIFETIME_FILE && l->files[e->file].writes;

	event_begin(line, writes ? "write" : kinds[e->kind]);
	event_add_number(line, "ts", e->ts);
	event_add_number(line, "pid", l->pid);
	if (e->kind == LIFETIME_FILE) {
		event_add(line, "path", l->files[e->file].name,
		    strlen(l->files[e->file].name));
		return;
	}
	event_add_number(line, "ppid", l->ppid);
	event_add_number(line, "pgid", 1);
	event_add_number(line, "sid", 1);
	if (e->kind == LIFETIME_EXEC)
		lifetimes_add_exec(line, l);
	else if (e->kind == LIFETIME_EXIT)
		lifetimes_add_end(line, l);
}

/* The forest of n lifetimes, whose recording ends at the time of the last
 * event; the first one is the root. */
static inline void
lifetimes_plant(struct forest *f, const struct lifetime *l, size_t n)
{
	struct lifetime_event *events = xreallocarray(NULL, 6 * n, sizeof *events);
	struct buf line = { 0 };
	struct event ev;
	size_t nevents = 0, i, k;
	const char *why;

	for (i = 0; i < n; i++) {
		events[nevents++] = (struct lifetime_event){ l[i].start, i, 0,
		    LIFETIME_FORK };
		if (*l[i].command)
			events[nevents++] = (struct lifetime_event){ l[i].start,
			    i, 0, LIFETIME_EXEC };
		for (k = 0; k < l[i].nfiles; k++)
			events[nevents++] = (struct lifetime_event){
			    l[i].files[k].ts, i, k, LIFETIME_FILE };
		if (l[i].end != UINT64_MAX)
			events[nevents++] = (struct lifetime_event){ l[i].end, i,
			    0, LIFETIME_EXIT };
	}
	qsort(events, nevents, sizeof *events, lifetimes_order);
	for (i = 0; i < nevents; i++) {
		line.len = 0;
		lifetimes_add_event(&line, &events[i], &l[events[i].i]);
		why = event_parse(&ev, line.p, line.len);
		if (why)
			printf("Bail out! %s\n", why);
		forest_add(f, &ev);
	}
	forest_finish(f);
	free(events);
	free(line.p);
}

/* "TIME:NAME" of a file */
static inline void
lifetimes_touch(struct lifetime *l, const char *p, size_t len, bool writes)
{
	char *name;

	l->files[l->nfiles].ts = strtoull(p, &name, 10);
	l->files[l->nfiles].writes = writes;
	snprintf(l->files[l->nfiles].name, sizeof l->files[0].name, "/%.*s",
	    (int)(p + len - name) - 1, name + 1);
	l->nfiles++;
}

/* One word behind the times: "=STATUS", "~CPU", "%RUNDELAY", "<PIPE", ">PIPE",
 * "+TIME:FILE" (it writes one), "@TIME:FILE" (it reads one), or else one of the
 * command. */
static inline void
lifetimes_word(struct lifetime *l, const char *p, size_t len)
{
	size_t used = strlen(l->command);

	if (*p == '=')
		snprintf(l->status, sizeof l->status, "%.*s", (int)len - 1, p + 1);
	else if (*p == '~')
		l->cpu = strtoull(p + 1, NULL, 10);
	else if (*p == '%')
		l->rundelay = strtoull(p + 1, NULL, 10);
	else if (*p == '<')
		snprintf(l->in, sizeof l->in, "%.*s", (int)len - 1, p + 1);
	else if (*p == '>')
		snprintf(l->out, sizeof l->out, "%.*s", (int)len - 1, p + 1);
	else if ((*p == '+' || *p == '@') && l->nfiles < 3)
		lifetimes_touch(l, p + 1, len - 1, *p == '+');
	else
		snprintf(l->command + used, sizeof l->command - used, "%s%.*s",
		    used ? " " : "", (int)len, p);
}

/* "PID PPID START-END" each, END "?" if it still runs, then words as
 * lifetimes_word() takes them, separated by ", " */
static inline size_t
lifetimes_parse(const char *s, struct lifetime *l, size_t max)
{
	char *p = xstrdup(s), *free_me = p;
	size_t n = 0, len;

	while (*p && n < max) {
		l[n] = (struct lifetime){ 0 };
		l[n].pid = (unsigned)strtoul(p, &p, 10);
		l[n].ppid = (unsigned)strtoul(p, &p, 10);
		l[n].start = strtoull(p, &p, 10);
		p++;
		if (*p == '?') {
			p++;
			l[n].end = UINT64_MAX;
		} else {
			l[n].end = strtoull(p, &p, 10);
		}
		for (p += *p == ' '; *p && *p != ','; p += len + (p[len] == ' ')) {
			len = strcspn(p, " ,");
			lifetimes_word(&l[n], p, len);
		}
		n++;
		p += strspn(p, ", ");
	}
	free(free_me);
	return n;
}

/* a forest of what lifetimes_parse() takes */
static inline void
lifetimes_forest(struct forest *f, const char *s)
{
	static struct lifetime l[64];
	size_t n = lifetimes_parse(s, l, sizeof l / sizeof *l);

	lifetimes_plant(f, l, n);
}

/* not random enough for anything else */
static inline uint64_t
lifetimes_random(uint64_t *state, uint64_t below)
{
	*state = *state * 6364136223846793005 + 1442695040888963407;
	return (*state >> 33) % below;
}

/* n processes, each forked by one before it while that lives */
static inline void
lifetimes_any(struct forest *f, size_t n, uint64_t seed)
{
	struct lifetime *l = xreallocarray(NULL, n, sizeof *l);
	uint64_t span = 4 * n;
	size_t i, parent;

	l[0] = (struct lifetime){ .pid = 1,
	    .end = lifetimes_random(&seed, span) };
	for (i = 1; i < n; i++) {
		l[i] = (struct lifetime){ 0 };
		parent = lifetimes_random(&seed, i);
		if (lifetimes_random(&seed, 2) && i > 8)
			parent = i - 1 - lifetimes_random(&seed, 8);
		l[i].pid = (unsigned)i + 1;
		l[i].ppid = l[parent].pid;
		l[i].start = l[parent].start;
		if (l[parent].end != UINT64_MAX)
			l[i].start += lifetimes_random(&seed,
			    l[parent].end - l[parent].start + 1);
		l[i].end = l[i].start + lifetimes_random(&seed, span / 3);
		if (!lifetimes_random(&seed, 50))
			l[i].end = UINT64_MAX;
	}
	lifetimes_plant(f, l, n);
	free(l);
}

#endif
