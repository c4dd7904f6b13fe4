#include "analysis/commands.h"

#include <stdlib.h>

#include "analysis/shape.h"
#include "base/stringtable.h"

static void
add_key(struct buf *key, const struct event *exec)
{
	struct slice s;

	if (event_get(exec, "cwd", &s))
		buf_add(key, s.p, s.len);
	buf_addc(key, '\n');	/* no value has one */
	if (event_argv(exec, &s) || event_get(exec, "file", &s))
		shape_add(key, s.p, s.len, false);
}

void
commands_find(struct commands *c, const struct forest *f)
{
	const size_t none = (size_t)-1;
	struct strings keys = { 0 };
	struct buf key = { 0 };
	size_t i;

	*c = (struct commands){ .of = xreallocarray(NULL, f->n, sizeof *c->of) };
	for (i = 0; i < f->n; i++) {
		c->of[i] = none;
		if (!f->processes[i]->exec)
			continue;
		key.len = 0;
		add_key(&key, &f->processes[i]->exec->ev);
		c->of[i] = strings_add(&keys, key.p, key.len);
	}
	c->n = keys.n;
	for (i = 0; i < f->n; i++)
		if (c->of[i] == none)
			c->of[i] = c->n;
	strings_free(&keys);
	free(key.p);
}

void
commands_free(struct commands *c)
{
	free(c->of);
	*c = (struct commands){ 0 };
}
