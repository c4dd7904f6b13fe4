#include "render/shenviron.h"

#include <stdlib.h>
#include <string.h>

#include "base/shquote.h"
#include "base/slice.h"
#include "base/text.h"

static bool
is_env(const struct event *ev)
{
	return ev->kind_len == 3 && !memcmp(ev->line.p, "env", 3);
}

const struct event *
shenviron_find(const struct process *p, const struct event *exec)
{
	const struct moment *m;
	const struct event *env = NULL;

	for (m = p ? p->events : NULL; m && &m->ev != exec; m = m->next)
		if (is_env(&m->ev))
			env = &m->ev;
		else if (m->ev.kind == EVENT_EXEC)
			env = NULL;
	return env;
}

/* Appends an escaped value as a word. */
static void
add_word(struct buf *b, struct slice val)
{
	struct buf raw = { 0 };

	text_unescape(&raw, val.p, val.len);
	shquote(b, raw.p, raw.len);
	free(raw.p);
}

struct variables {
	struct slice *list;	/* NAME=value, escaped, in the order of names */
	size_t n, cap;
};

static struct slice
variable_name(struct slice var)
{
	const char *is = memchr(var.p, '=', var.len);

	return (struct slice){ var.p, is ? (size_t)(is - var.p) : var.len };
}

static int
compare_names(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	int c = slice_compare(variable_name(*x), variable_name(*y));

	return c ? c : (x->p > y->p) - (x->p < y->p);
}

static void
take_variables(struct variables *v, const struct event *env)
{
	struct slice args, arg;

	if (!env || !event_argv(env, &args))
		return;
	while (event_next_arg(&args, &arg)) {
		v->list = grow(v->list, v->n, &v->cap, sizeof *v->list);
		v->list[v->n++] = arg;
	}
	qsort(v->list, v->n, sizeof *v->list, compare_names);
}

/* Variables that a shell sets by itself when it runs the script. */
static bool
is_of_shell(struct slice var)
{
	struct slice name = variable_name(var);

	return slice_is(name, "OLDPWD") || slice_is(name, "PWD") ||
	    slice_is(name, "SHLVL") || slice_is(name, "_");
}

static void
add_shells_own(struct buf *b, const struct variables *own)
{
	static const char *const names[] = { "OLDPWD", "PWD", "SHLVL", "_" };
	size_t i, k;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		for (k = 0; k < own->n; k++)
			if (slice_is(variable_name(own->list[k]), names[i]))
				break;
		if (k == own->n)
			buf_printf(b, " -u %s", names[i]);
	}
}

/* What env(1) must be told to make the environment of the root into its own:
 * the names to be unset first, then those that are set. */
static void
add_difference(struct buf *b, const struct variables *root,
    const struct variables *own, bool set)
{
	size_t i = 0, k = 0;
	int c;

	while (i < root->n || k < own->n) {
		if (i == root->n)
			c = 1;
		else if (k == own->n)
			c = -1;
		else
			c = slice_compare(variable_name(root->list[i]),
			    variable_name(own->list[k]));
		if (c < 0 && !set && !is_of_shell(root->list[i])) {
			buf_adds(b, " -u ");
			add_word(b, variable_name(root->list[i]));
		} else if (set && (c > 0 ||
		    (!c && (!slice_equal(root->list[i], own->list[k]) ||
		    is_of_shell(own->list[k]))))) {
			buf_addc(b, ' ');
			add_word(b, own->list[k]);
		}
		i += c <= 0;
		k += c >= 0;
	}
}

void
shenviron_add(struct buf *b, const struct event *root, const struct event *env)
{
	struct variables before = { 0 }, own = { 0 };

	take_variables(&before, root);
	take_variables(&own, env);
	buf_adds(b, root ? "env" : "env -i");
	if (root)
		add_shells_own(b, &own);
	add_difference(b, &before, &own, false);
	add_difference(b, &before, &own, true);
	free(before.list);
	free(own.list);
}
