#include "render/shscript.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "render/shquote.h"
#include "tree/process.h"

struct script {
	const struct shscript *s;
	const struct process *p;
	const struct event *exec;
	struct buf out, raw;
};

/* The bytes of an escaped value. */
static struct slice
unescaped(struct script *t, struct slice val)
{
	t->raw.len = 0;
	text_unescape(&t->raw, val.p, val.len);
	return (struct slice){ t->raw.p, t->raw.len };
}

static void
add_word(struct script *t, struct slice val)
{
	struct slice s = unescaped(t, val);

	shquote(&t->out, s.p, s.len);
}

/* "# make all (pid 12)" */
static void
add_named(struct script *t, const char *before, const struct process *p)
{
	buf_adds(&t->out, before);
	process_command(p, NULL, &t->out);
	buf_printf(&t->out, " (pid %" PRId32 ")\n", p->pid);
}

static void
add_chain(struct script *t, const struct process *p)
{
	const struct process **ancestors = NULL, *q;
	size_t n = 0, cap = 0;
	struct slice dir;

	for (q = p->parent; q; q = q->parent) {
		ancestors = grow(ancestors, n, &cap, sizeof *ancestors);
		ancestors[n++] = q;
	}
	while (n) {
		q = ancestors[--n];
		buf_adds(&t->out, "# started by ");
		if (q->exec && event_get(&q->exec->ev, "cwd", &dir)) {
			buf_adds(&t->out, "cd ");
			text_visible_value(&t->out, dir.p, dir.len);
			buf_adds(&t->out, " && ");
		}
		add_named(t, "", q);
	}
	free(ancestors);
}

static bool
is_env(const struct event *ev)
{
	return ev->kind_len == 3 && !memcmp(ev->line.p, "env", 3);
}

/* The environment of an exec of a process, or NULL. */
static const struct event *
find_env(const struct process *p, const struct event *exec)
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
compare_slices(struct slice a, struct slice b)
{
	int c = memcmp(a.p, b.p, a.len < b.len ? a.len : b.len);

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int
compare_names(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	int c = compare_slices(variable_name(*x), variable_name(*y));

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
add_shells_own(struct script *t, const struct variables *own)
{
	static const char *const names[] = { "OLDPWD", "PWD", "SHLVL", "_" };
	size_t i, k;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		for (k = 0; k < own->n; k++)
			if (slice_is(variable_name(own->list[k]), names[i]))
				break;
		if (k == own->n)
			buf_printf(&t->out, " -u %s", names[i]);
	}
}

/* What env(1) must be told to make the environment of the root into its own:
 * the names to be unset first, then those that are set. */
static void
add_difference(struct script *t, const struct variables *root,
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
			c = compare_slices(variable_name(root->list[i]),
			    variable_name(own->list[k]));
		if (c < 0 && !set && !is_of_shell(root->list[i])) {
			buf_adds(&t->out, " -u ");
			add_word(t, variable_name(root->list[i]));
		} else if (set && (c > 0 ||
		    (!c && (compare_slices(root->list[i], own->list[k]) ||
		    is_of_shell(own->list[k]))))) {
			buf_addc(&t->out, ' ');
			add_word(t, own->list[k]);
		}
		i += c <= 0;
		k += c >= 0;
	}
}

static void
add_environment(struct script *t)
{
	const struct process *root = t->s->f->root;
	const struct event *own = find_env(t->p, t->exec), *first;
	struct variables a = { 0 }, b = { 0 };

	if (!own) {
		buf_adds(&t->out, "\t# the environment is not recorded "
		    "(pt-capture --env)\n\texec ");
		return;
	}
	buf_adds(&t->out, "\texec ");
	first = root && root->exec ? find_env(root,
	    &forest_exec(root->events)->ev) : NULL;
	take_variables(&a, first);
	take_variables(&b, own);
	buf_adds(&t->out, first ? "env" : "env -i");
	if (first)
		add_shells_own(t, &b);
	add_difference(t, &a, &b, false);
	add_difference(t, &a, &b, true);
	buf_addc(&t->out, ' ');
	free(a.list);
	free(b.list);
}

/* The program to run: what was executed, unless that is a script, whose
 * interpreter is the first argument already, or the name alone finds it on the
 * PATH that it had. */
static void
add_program(struct script *t, struct slice name)
{
	struct slice file;
	bool on_path = find_env(t->p, t->exec) != NULL;

	if (!event_get(t->exec, "file", &file) || !file.len ||
	    (memchr(name.p, '/', name.len) && compare_slices(file, name)) ||
	    (on_path && !compare_slices(slice_basename(file), name))) {
		add_word(t, name);
		return;
	}
	if (*file.p == '-')
		buf_adds(&t->out, "./");
	add_word(t, file);
}

static void
add_name_comment(struct script *t, struct slice name)
{
	struct slice file;

	if (event_get(t->exec, "file", &file) && file.len &&
	    !memchr(name.p, '/', name.len) &&
	    compare_slices(slice_basename(file), name)) {
		buf_adds(&t->out, "\t# it was called '");
		text_visible_value(&t->out, name.p, name.len);
		buf_adds(&t->out, "'\n");
	}
}

static void
add_directory(struct script *t)
{
	struct slice dir;

	if (!event_get(t->exec, "cwd", &dir)) {
		buf_adds(&t->out, "\t# its directory is not recorded\n");
		return;
	}
	buf_adds(&t->out, "\tcd -- ");
	add_word(t, dir);
	buf_adds(&t->out, " || exit\n");
}

/* Names the others that have the same pipe or socket among 0 to 2. */
static void
add_partners(struct script *t, struct slice what)
{
	static const char *const keys[] = { "fd0", "fd1", "fd2" };
	const struct forest *f = t->s->f;
	const struct process *q;
	struct slice other;
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		q = f->processes[i];
		if (q == t->p || !q->exec)
			continue;
		for (k = 0; k < 3; k++)
			if (event_get(&q->exec->ev, keys[k], &other) &&
			    !compare_slices(other, what))
				break;
		if (k < 3)
			add_named(t, k ? "\t#   written by " : "\t#   read by ", q);
	}
}

static void
add_descriptors(struct script *t)
{
	static const char *const names[] = { "input", "output", "error" };
	char key[] = "fd0";
	struct slice what;
	size_t i;

	for (i = 0; i < 3; i++, key[2]++) {
		if (!event_get(t->exec, key, &what) ||
		    slice_starts(what, "chr:") || slice_is(what, "closed"))
			continue;
		buf_printf(&t->out, "\t# standard %s was ", names[i]);
		text_visible_value(&t->out, what.p, what.len);
		buf_addc(&t->out, '\n');
		if (slice_starts(what, "pipe:"))
			add_partners(t, what);
	}
}

static void
add_redirections(struct script *t)
{
	char key[] = "fd0";
	struct slice what;
	size_t i;

	for (i = 0; i < 3; i++, key[2]++) {
		if (!event_get(t->exec, key, &what))
			continue;
		if (slice_is(what, "closed"))
			buf_printf(&t->out, " %zu>&-", i);
		else if (slice_is(what, "chr:1:3"))
			buf_printf(&t->out, " %zu%c/dev/null", i, i ? '>' : '<');
	}
}

static bool
add_command(struct script *t)
{
	struct slice args, arg, cut;

	if (!event_argv(t->exec, &args) || !event_next_arg(&args, &arg) ||
	    event_get(t->exec, "argvlen", &cut) ||
	    event_get(t->exec, "joined", &cut)) {
		buf_adds(&t->out, "# not all of its arguments are recorded\n");
		return false;
	}
	buf_adds(&t->out, "(\n");
	add_directory(t);
	add_descriptors(t);
	add_name_comment(t, arg);
	add_environment(t);
	add_program(t, arg);
	while (event_next_arg(&args, &arg)) {
		buf_addc(&t->out, ' ');
		add_word(t, arg);
	}
	add_redirections(t);
	buf_adds(&t->out, "\n)\n");
	return true;
}

bool
shscript_write(const struct shscript *s, const struct process *p, FILE *fp)
{
	struct script t = { .s = s, .p = p };
	const struct moment *exec = p->exec ? p->exec : p->inherited;
	bool good = false;

	if (s->chain)
		add_chain(&t, p);
	add_named(&t, "# ", p);
	if (exec) {
		t.exec = &exec->ev;
		good = add_command(&t);
	} else {
		buf_adds(&t.out, "# what it executed is not recorded\n");
	}
	fwrite(t.out.p, 1, t.out.len, fp);
	free(t.out.p);
	free(t.raw.p);
	return good;
}
