#include "analysis/argchanges.h"

#include <stdlib.h>

#include "analysis/shape.h"
#include "base/ascii.h"
#include "base/shquote.h"
#include "base/slice.h"
#include "base/text.h"

enum { NUMBER_DIGITS = 4, ARG_CHARS = 40, ARGS = 6 };

struct change {
	struct strings words;
	long *left;		/* by word: how many more the old process has */
	size_t cap;
	size_t *old, *new;	/* the words of each */
	size_t nold, nnew, old_cap, new_cap;
	struct buf text;
};

static bool
is_long_number(struct slice arg)
{
	size_t i;

	for (i = 0; i < arg.len; i++)
		if (!ascii_is_digit(arg.p[i]))
			return false;
	return arg.len >= NUMBER_DIGITS;
}

static size_t
add_word(struct change *c, struct slice arg, bool program)
{
	size_t word, cap = c->cap;

	c->text.len = 0;
	if (program)
		arg = slice_basename(arg);
	if (is_long_number(arg))
		buf_addc(&c->text, '#');
	else
		shape_add(&c->text, arg.p, arg.len, false);
	word = strings_add(&c->words, c->text.p, c->text.len);
	if (word == c->cap) {
		c->left = grow(c->left, word, &c->cap, sizeof *c->left);
		for (; cap < c->cap; cap++)
			c->left[cap] = 0;
	}
	return word;
}

static size_t
add_words(struct change *c, const struct process *p, size_t **list, size_t *cap,
    int sign)
{
	struct slice args, arg;
	size_t n = 0;

	if (!event_argv(&p->exec->ev, &args))
		return 0;
	while (event_next_arg(&args, &arg)) {
		*list = grow(*list, n, cap, sizeof **list);
		(*list)[n] = add_word(c, arg, n == 0);
		c->left[(*list)[n++]] += sign;
	}
	return n;
}

/* The words of which the list has more than the other one, in their order, and
 * so many are left then: how many they are. */
static size_t
add_more(struct change *c, const size_t *list, size_t n, int sign)
{
	struct slice word;
	struct buf shown = { 0 };
	size_t i, found = 0;

	for (i = 0; i < n; i++) {
		if (c->left[list[i]] * sign <= 0)
			continue;
		c->left[list[i]] -= sign;
		if (found++ < ARGS) {
			word = c->words.list[list[i]];
			buf_addc(&c->text, ' ');
			shown.len = 0;
			shquote_shown(&shown, word.p, word.len);
			text_cut(&c->text, shown.p, shown.len, ARG_CHARS);
		}
	}
	free(shown.p);
	if (found > ARGS)
		buf_printf(&c->text, " and %zu more", found - ARGS);
	return found;
}

/* Most pairs are the same to the letter. */
static bool
are_same(const struct process *old, const struct process *new)
{
	struct slice before, after;

	return event_argv(&old->exec->ev, &before) &&
	    event_argv(&new->exec->ev, &after) && slice_equal(before, after);
}

/* Sets text to what is different; false: nothing is */
static bool
find_change(struct change *c, const struct process *old,
    const struct process *new)
{
	struct slice program = { "", 0 };
	struct buf before = { 0 };
	size_t gone, added;

	if (are_same(old, new))
		return false;
	c->nold = add_words(c, old, &c->old, &c->old_cap, 1);
	c->nnew = add_words(c, new, &c->new, &c->new_cap, -1);
	c->text.len = 0;
	gone = add_more(c, c->old, c->nold, 1);
	buf_add(&before, c->text.p, c->text.len);
	c->text.len = 0;
	if (c->nnew)
		program = c->words.list[c->new[0]];
	shquote_shown(&c->text, program.p, program.len);
	buf_addc(&c->text, ':');
	added = add_more(c, c->new, c->nnew, -1);
	if (gone) {
		buf_adds(&c->text, added ? " in place of" : " without");
		buf_add(&c->text, before.p, before.len);
	} else {
		buf_adds(&c->text, " added");
	}
	free(before.p);
	return gone || added;
}

static int
by_number(const void *a, const void *b)
{
	const struct argchanges_row *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return x->text < y->text ? -1 : x->text > y->text;
}

static void
add_pair(struct argchanges *a, size_t text, const struct process *old,
    const struct process *new)
{
	a->npairs++;
	if (text == a->n) {
		a->rows = grow(a->rows, a->n, &a->cap, sizeof *a->rows);
		a->rows[a->n++] = (struct argchanges_row){ text, 0, old, new };
	}
	a->rows[text].n++;
}

void
argchanges_find(struct argchanges *a, const struct pairing *match,
    const struct forest *f)
{
	struct change c = { 0 };
	const struct process *old, *new;
	size_t i;

	*a = (struct argchanges){ 0 };
	for (i = 0; i < f->n; i++) {
		old = f->processes[i];
		new = match->of_old[i];
		if (!new || !old->exec || !new->exec ||
		    !find_change(&c, old, new))
			continue;
		add_pair(a, strings_add(&a->texts, c.text.p, c.text.len), old, new);
	}
	if (a->n)
		qsort(a->rows, a->n, sizeof *a->rows, by_number);
	strings_free(&c.words);
	free(c.left);
	free(c.old);
	free(c.new);
	free(c.text.p);
}

void
argchanges_free(struct argchanges *a)
{
	free(a->rows);
	strings_free(&a->texts);
	*a = (struct argchanges){ 0 };
}
