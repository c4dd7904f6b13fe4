#include "render/answertext.h"

#include <inttypes.h>

#include "base/text.h"
#include "render/findingtext.h"
#include "tree/process.h"

enum { COMMAND_CHARS = 60, OTHERS = 5 };

/* "`make -j2` (pid 7921) ended with exit 2" */
static void
add_process(struct buf *b, const struct process *p)
{
	findingtext_command(b, p, NULL, COMMAND_CHARS);
	buf_printf(b, " (pid %" PRId32 ") ", p->pid);
	findingtext_ending(b, p);
}

static void
add_directory(struct buf *b, const struct process *p)
{
	struct slice dir;

	if (!p->exec || !event_get(&p->exec->ev, "cwd", &dir))
		return;
	buf_adds(b, " in ");
	text_visible_value(b, dir.p, dir.len);
}

static void
add_chain(struct buf *b, const struct failure *x, const struct toolate *t)
{
	const struct process *last = x->chain[0];
	size_t i;

	for (i = 1; i < x->nchain; i++) {
		if (!failure_tells(x, i))
			continue;
		last = x->chain[i];
		buf_adds(b, ",\n  because ");
		add_process(b, last);
	}
	add_directory(b, last);
	findingtext_execfail(b, x);
	findingtext_toolate(b, t, last);
	buf_adds(b, ".\n");
}

static void
add_others(struct buf *b, const struct failure *x)
{
	size_t i, shown = x->nothers < OTHERS ? x->nothers : OTHERS;

	if (!shown)
		return;
	buf_adds(b, x->nchain ? "Beside these failed:\n" : "These failed:\n");
	for (i = 0; i < shown; i++) {
		buf_adds(b, "  ");
		add_process(b, x->others[i]);
		add_directory(b, x->others[i]);
		if (x->tolerated[x->others[i]->id])
			buf_adds(b, ", which was tolerated");
		buf_addc(b, '\n');
	}
	if (shown < x->nothers)
		buf_printf(b, "  and %zu more\n", x->nothers - shown);
}

void
answertext_end(struct buf *b, const struct answers *a)
{
	const struct failure *x = &a->failure;
	const struct process *root = a->f->root;

	findingtext_command(b, root, NULL, COMMAND_CHARS);
	if (root->has_exit) {
		buf_addc(b, ' ');
		findingtext_ending(b, root);
	} else {
		buf_adds(b, root->lost_end ? " has an end that is unknown" :
		    " still ran");
	}
	buf_adds(b, " after ");
	text_duration(b, a->summary.wall);
	if (x->nchain)
		add_chain(b, x, &a->toolate);
	else
		buf_adds(b, ".\n");
	add_others(b, x);
	if (x->ntolerated)
		buf_printf(b, "%zu %s tolerated: an ancestor ended with "
		    "0.\n", x->ntolerated, x->ntolerated == 1 ?
		    "failure was" : "failures were");
}

void
answertext_time(struct buf *b, const struct answers *a)
{
	const struct summary *s = &a->summary;
	const struct finding *x = a->findings.list;
	const struct finding *end = x + a->findings.n;
	bool any = false;

	for (; x < end; x++) {
		if (x->kind <= FINDING_CRASHED)
			continue;
		buf_adds(b, any ? "  " : "What took the time:\n  ");
		findingtext_add(b, a, x);
		buf_addc(b, '\n');
		any = true;
	}
	if (any)
		return;
	buf_printf(b, "Nothing stands out: %zu %s, at most %zu at a time",
	    s->f->n, s->f->n == 1 ? "process" : "processes", s->load.max_live);
	if (s->has_cpu) {
		buf_adds(b, ", CPU time ");
		text_duration(b, s->cpu);
	}
	buf_adds(b, ".\n");
}
