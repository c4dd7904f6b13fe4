#include "render/shscript.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/shquote.h"
#include "base/slice.h"
#include "base/text.h"
#include "render/shdescriptors.h"
#include "render/shenviron.h"
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
			shquote_shown(&t->out, dir.p, dir.len);
			buf_adds(&t->out, " && ");
		}
		add_named(t, "", q);
	}
	free(ancestors);
}

static void
add_environment(struct script *t)
{
	const struct process *root = t->s->f->root;
	const struct event *own = shenviron_find(t->p, t->exec), *first;

	if (!own) {
		buf_adds(&t->out, "\t# the environment is not recorded "
		    "(pt-capture --env)\n\texec ");
		return;
	}
	first = root && root->exec ? shenviron_find(root,
	    &forest_exec(root->events)->ev) : NULL;
	buf_adds(&t->out, "\texec ");
	shenviron_add(&t->out, first, own);
	buf_addc(&t->out, ' ');
}

/* The program to run: what was executed, unless that is a script, whose
 * interpreter is the first argument already, or the name alone finds it on the
 * PATH that it had. */
static void
add_program(struct script *t, struct slice name)
{
	struct slice file;
	bool with_env = shenviron_find(t->p, t->exec) != NULL, by_name;

	by_name = !event_get(t->exec, "file", &file) || !file.len ||
	    (memchr(name.p, '/', name.len) && !slice_equal(file, name)) ||
	    (with_env && slice_equal(slice_basename(file), name));
	if (by_name)
		file = name;
	/* which env(1) would take for a variable */
	if (with_env && file.len && memchr(file.p, '=', file.len))
		buf_adds(&t->out, "sh -c 'exec \"$0\" \"$@\"' ");
	if (!by_name && *file.p == '-')
		buf_adds(&t->out, "./");
	add_word(t, file);
}

static void
add_name_comment(struct script *t, struct slice name)
{
	struct slice file;

	if (event_get(t->exec, "file", &file) && file.len &&
	    !memchr(name.p, '/', name.len) &&
	    !slice_equal(slice_basename(file), name)) {
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
	shdescriptors_comment(&t->out, t->s->f, t->p, t->exec);
	add_name_comment(t, arg);
	add_environment(t);
	add_program(t, arg);
	while (event_next_arg(&args, &arg)) {
		buf_addc(&t->out, ' ');
		add_word(t, arg);
	}
	shdescriptors_redirect(&t->out, t->s->f, t->p, t->exec);
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
