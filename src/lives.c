#include "lives.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { COMMAND_SHOWN = 100 };

bool
lives_parse(struct lives *l, const char *spec)
{
	size_t len = strcspn(spec, "@");
	uint64_t pid;

	if (!text_number(spec, len, EVENT_PID_MAX, &pid) || !pid)
		return false;
	l->pid = (int32_t)pid;
	l->chosen = spec[len] == '@';
	return !l->chosen || text_number(spec + len + 1, strlen(spec + len + 1),
	    INT64_MAX, &l->since);
}

static void
begin(struct lives *l, uint64_t ts)
{
	l->all = grow(l->all, l->n, &l->cap, sizeof *l->all);
	l->all[l->n++] = (struct life){ .begin = ts };
	l->open = true;
}

/* keeps the command of an exec, as much of it as will be shown */
static void
note_command(struct life *life, const struct event *ev)
{
	struct slice args, arg;
	struct buf plain = { 0 };

	life->command.len = 0;
	if (!event_argv(ev, &args))
		return;
	while (life->command.len < COMMAND_SHOWN && event_next_arg(&args, &arg)) {
		plain.len = 0;
		text_unescape(&plain, arg.p, arg.len);
		if (life->command.len)
			buf_addc(&life->command, ' ');
		text_visible(&life->command, plain.p, plain.len);
	}
	free(plain.p);
}

bool
lives_event(struct lives *l, const struct event *ev)
{
	size_t before = l->n;
	struct life *last;

	if (ev->kind == EVENT_FORK && ev->pid == l->pid) {
		begin(l, ev->ts);
	} else if (ev->pid == l->pid || (ev->kind == EVENT_FORK &&
	    ev->ppid == l->pid)) {
		if (!l->n)
			begin(l, 0);
		if (ev->pid != l->pid)
			;
		else if (ev->kind == EVENT_EXIT)
			l->open = false;
		else if (ev->kind == EVENT_EXEC)
			note_command(&l->all[l->n - 1], ev);
	}
	if (l->n == before)
		return false;
	last = &l->all[l->n - 1];
	/* a life without a fork is the one that a root line means, if it
	 * was not there before */
	return last->begin >= l->since || (l->n == 1 && ev->ts >= l->since);
}

bool
lives_ambiguous(const struct lives *l)
{
	return l->n > 1 && !l->chosen;
}

void
lives_print(const struct lives *l)
{
	const struct life *life;
	size_t i;

	for (i = 0; i < l->n; i++) {
		life = &l->all[i];
		fprintf(stderr, "  %" PRId32 "@%-14" PRIu64 " %10.3f s  %.*s\n",
		    l->pid, life->begin, (double)life->begin / 1e9,
		    life->command.len ? (int)life->command.len : 9,
		    life->command.len ? life->command.p : "(no exec)");
	}
}

void
lives_free(struct lives *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->all[i].command.p);
	free(l->all);
	*l = (struct lives){ 0 };
}
