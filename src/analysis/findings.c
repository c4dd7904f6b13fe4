#include "analysis/findings.h"

#include <stdlib.h>

#include "analysis/answers.h"

/* least shares of the wall time, in percent, and others */
enum {
	OUTLIVED = 1, OUTLIVED_NS = 10000000,
	SERIAL = 25, SERIAL_CHILDREN = 3,
	PROGRAM = 20,
	WAITING = 5, WAITING_NS = 50000000,
	REPEATS = 5, REPEATS_RUNS = 10,
	BUSY = 10, BUSY_NS = 100000000,
	ELSEWHERE = 5, ELSEWHERE_NS = 100000000,
	SAME = 80,	/* of one finding that another one tells as well */
	KINDS = FINDING_ELSEWHERE + 1,
};

/* one of each kind at most, in the order of enum finding_kind */
struct search {
	const struct answers *a;
	struct finding found[KINDS];
	bool has[KINDS];
};

static bool
is_share(uint64_t ns, uint64_t of, unsigned percent)
{
	return of && ns >= of / 100 * percent;
}

static struct finding *
add(struct search *s, enum finding_kind kind, uint64_t ns, size_t n,
    const struct process *about)
{
	struct finding *x = &s->found[kind];

	s->has[kind] = true;
	*x = (struct finding){ .kind = kind, .ns = ns, .n = n };
	x->about[x->nabout++] = about;
	return x;
}

static void
find_hung(struct search *s)
{
	const struct hang *h = &s->a->hang;
	struct finding *x;

	if (!h->timed_out)
		return;
	x = add(s, FINDING_HUNG, h->after, h->nleaves, h->waiter);
	if (h->holder)
		x->about[x->nabout++] = h->holder;
}

/* The last one of the chain that is shown. */
static void
find_failed(struct search *s)
{
	const struct failure *x = &s->a->failure;
	size_t i = x->nchain;

	while (i > 1 && !failure_tells(x, i - 1))
		i--;
	if (i)
		add(s, FINDING_FAILED, 0, i - 1, x->chain[i - 1]);
}

static void
find_crashed(struct search *s)
{
	const struct failure *x = &s->a->failure;
	struct finding *found;
	size_t n = 0, i;

	while (n < x->nothers && failure_crashed(x->others[n]))
		n++;
	if (!n)
		return;
	found = add(s, FINDING_CRASHED, 0, n, x->others[0]);
	for (i = 1; i < n && i < FINDING_ABOUT; i++)
		found->about[found->nabout++] = x->others[i];
}

static void
find_outlived(struct search *s)
{
	const struct outlived *o = &s->a->outlived;
	uint64_t wall = s->a->summary.wall;

	if (o->n && o->rows->by >= OUTLIVED_NS &&
	    is_share(o->rows->by, wall, OUTLIVED))
		add(s, FINDING_OUTLIVED, o->rows->by, o->n, o->rows->p);
}

static void
find_serial(struct search *s)
{
	const struct serial *x = &s->a->serial;

	if (x->n && x->rows->nchildren >= SERIAL_CHILDREN &&
	    is_share(x->rows->beside, s->a->summary.wall, SERIAL))
		add(s, FINDING_SERIAL, x->rows->time, x->rows->nchildren,
		    x->rows->p);
}

/* Those that have the same command are told of together. */
static void
add_waiting(struct search *s, struct finding *x, const struct waiting_row *row)
{
	const size_t *command = s->a->commands.of;
	size_t i;

	for (i = 0; i < x->nabout; i++)
		if (row->p == x->about[i] ||
		    (row->p->exec && x->about[i]->exec &&
		    command[row->p->id] == command[x->about[i]->id]))
			break;
	if (i == FINDING_ABOUT)
		return;
	if (i == x->nabout)
		x->about[x->nabout++] = row->p;
	x->same[i].n++;
	x->same[i].idle += row->idle;
	x->same[i].on_path += row->on_path;
}

static void
find_waiting(struct search *s)
{
	const struct waiting *w = &s->a->waiting;
	const struct waiting_row *row;
	struct finding *x;
	size_t i;

	for (i = 0; i < w->n; i++) {
		row = &w->rows[i];
		if (row->idle < WAITING_NS ||
		    !is_share(row->idle, s->a->summary.wall, WAITING))
			break;
		x = &s->found[FINDING_WAITING];
		if (i == 0)
			add(s, FINDING_WAITING, 0, 0, row->p);
		x->ns += row->idle;
		x->n++;
		add_waiting(s, x, row);
	}
}

static void
find_repeats(struct search *s)
{
	const struct repeats *r = &s->a->repeats;
	const struct repeats_row *row;

	for (row = r->rows; row < r->rows + r->n; row++) {
		if (!is_share(row->inside, s->a->shares.total, REPEATS))
			break;
		if (row->runs < REPEATS_RUNS)
			continue;
		add(s, FINDING_REPEATS, row->inside, row->runs, row->first)
		    ->total = row->total;
		break;
	}
}

static void
find_busy(struct search *s)
{
	uint64_t delay = s->a->waiting.delay_on_path;

	if (delay >= BUSY_NS && is_share(delay, s->a->summary.wall, BUSY))
		add(s, FINDING_BUSY, delay, 1, s->a->f->root);
}

static void
find_elsewhere(struct search *s)
{
	const struct elsewhere_row *row = s->a->elsewhere.rows;

	if (s->a->elsewhere.n && row->time >= ELSEWHERE_NS &&
	    is_share(row->time, s->a->summary.wall, ELSEWHERE))
		add(s, FINDING_ELSEWHERE, row->time, row->n, row->p);
}

/* whether the processes of another finding are most of these */
static bool
is_told(const struct search *s, enum finding_kind kind, size_t program,
    uint64_t ns)
{
	const struct finding *x = &s->found[kind];

	return s->has[kind] && s->a->programs.of[x->about[0]->id] == program &&
	    is_share(x->ns, ns, SAME);
}

static size_t
runs(const struct costs *c, size_t program)
{
	size_t i = 0;

	while (c->rows[i].program != program)
		i++;
	return c->rows[i].runs;
}

/* After the others, some of which may say the same. */
static void
find_program(struct search *s)
{
	const struct shares_row *row = s->a->shares.by_program.rows;
	size_t program;

	if (s->a->shares.by_program.n < 2 ||
	    !is_share(row->time, s->a->shares.total, PROGRAM))
		return;
	program = s->a->programs.of[row->p->id];
	if (!is_told(s, FINDING_WAITING, program, row->time) &&
	    !is_told(s, FINDING_REPEATS, program, row->time) &&
	    !is_told(s, FINDING_ELSEWHERE, program, row->time))
		add(s, FINDING_PROGRAM, row->time, row->n, row->p)->runs =
		    runs(&s->a->costs, program);
}

static int
by_cost(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	bool cost = x->kind > FINDING_CRASHED && y->kind > FINDING_CRASHED;

	if (cost && x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return x->kind < y->kind ? -1 : x->kind > y->kind;
}

void
findings_find(struct findings *f, const struct answers *a)
{
	struct search s = { .a = a };
	size_t n = 0, i;

	find_hung(&s);
	find_failed(&s);
	find_crashed(&s);
	find_outlived(&s);
	find_serial(&s);
	find_waiting(&s);
	find_repeats(&s);
	find_busy(&s);
	find_elsewhere(&s);
	find_program(&s);
	for (i = 0; i < KINDS; i++)
		if (s.has[i])
			s.found[n++] = s.found[i];
	qsort(s.found, n, sizeof *s.found, by_cost);
	f->n = n < FINDINGS_MAX ? n : FINDINGS_MAX;
	for (i = 0; i < f->n; i++)
		f->list[i] = s.found[i];
}

const char *
findings_kind_name(enum finding_kind kind)
{
	static const char *const names[] = {
		[FINDING_HUNG] = "hung",
		[FINDING_FAILED] = "failed",
		[FINDING_CRASHED] = "crashed",
		[FINDING_OUTLIVED] = "outlived",
		[FINDING_SERIAL] = "serial",
		[FINDING_PROGRAM] = "program",
		[FINDING_WAITING] = "waiting",
		[FINDING_REPEATS] = "repeats",
		[FINDING_BUSY] = "busy",
		[FINDING_ELSEWHERE] = "elsewhere",
	};

	return names[kind];
}
