#include "tree/lives.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/shquote.h"
#include "base/text.h"

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

void
lives_name(struct lives *l, const struct event *root)
{
	l->pid = root->pid;
	l->since = root->ts;
	l->chosen = l->named = true;
}

/* Another life begins with the event, because it is the fork, or because one
 * that does something lives. What others tell can be about one that has just
 * ended; but not before all others. */
static bool
begins(const struct lives *l, const struct event *ev)
{
	unsigned rules = event_kind_rules(ev->kind);

	if (rules & EVENT_BEGINS)
		return ev->pid == l->pid || (ev->ppid == l->pid && !l->open);
	return ev->pid == l->pid && ((rules & EVENT_DOES && !l->open) ||
	    (rules & EVENT_TOLD && !l->n));
}

static void
begin(struct lives *l, const struct event *ev)
{
	uint64_t ts = ev->ts;

	if (!l->n && !(event_kind_rules(ev->kind) & EVENT_BEGINS &&
	    ev->pid == l->pid))
		ts = l->named && ts >= l->since ? l->since : 0;
	l->all = grow(l->all, l->n, &l->cap, sizeof *l->all);
	l->all[l->n++] = (struct life){ .begin = ts };
	l->open = true;
}

/* keeps the command of an exec, as much of it as will be shown */
static void
note_command(struct buf *command, const struct event *ev)
{
	struct slice args, arg;
	bool first = true;

	command->len = 0;
	if (!event_argv(ev, &args))
		return;
	for (; command->len <= COMMAND_SHOWN && event_next_arg(&args, &arg);
	    first = false) {
		/* an escape is 4 bytes at most: enough to be cut below */
		if (arg.len > 4 * (COMMAND_SHOWN + 1))
			arg.len = 4 * (COMMAND_SHOWN + 1);
		if (!first)
			buf_addc(command, ' ');
		shquote_shown(command, arg.p, arg.len);
	}
	if (command->len <= COMMAND_SHOWN)
		return;
	command->len = COMMAND_SHOWN;
	while ((command->p[command->len] & 0xc0) == 0x80)
		command->len--;
	buf_adds(command, "...");
}

bool
lives_event(struct lives *l, const struct event *ev)
{
	bool begun = l->pid && begins(l, ev);

	if (begun)
		begin(l, ev);
	if (l->open && ev->pid == l->pid) {
		if (event_kind_rules(ev->kind) & EVENT_ENDS)
			l->open = false;
		else if (ev->kind == EVENT_EXEC)
			note_command(&l->all[l->n - 1].command, ev);
	}
	return begun && l->all[l->n - 1].begin >= l->since;
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
