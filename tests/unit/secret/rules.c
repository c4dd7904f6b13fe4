/* secret_rules - each row finds what it is for, and nothing that only looks so */
#include "secret/rules.h"

#include <stdlib.h>

#include "secret/args.h"
#include "secret/scan.h"
#include "tap.h"

/* one character of each class, in turns */
static void
add_chars(struct buf *b, unsigned chars, size_t n)
{
	static const char of[] = "Ab1_-./+";
	size_t i, class = 0;

	for (i = 0; i < n; i++) {
		while (!(chars >> class % 8 & 1))
			class++;
		buf_addc(b, of[class++ % 8]);
	}
}

static bool
finds(const struct buf *b)
{
	struct secret_scan found = { 0 };
	struct secret_scan_text text = { 0, 0, { b->p, b->len } };
	bool some;

	secret_scan_find(&found, &text, false);
	some = found.n > 0;
	free(found.found);
	return some;
}

static void
check_shape(const struct secret_rules_shape *shape)
{
	struct buf b = { 0 };
	char name[100];

	snprintf(name, sizeof name, "%s %s", shape->prefix, shape->rule);
	buf_adds(&b, shape->prefix);
	add_chars(&b, shape->chars, shape->min);
	ok(finds(&b), name);
	b.len--;
	snprintf(name, sizeof name, "... but not shorter: %s", shape->prefix);
	ok(!finds(&b), name);
	if (shape->word) {
		b.len = 0;
		buf_addc(&b, 'x');
		buf_adds(&b, shape->prefix);
		add_chars(&b, shape->chars, shape->min);
		snprintf(name, sizeof name, "... not within a word: %s",
		    shape->prefix);
		ok(!finds(&b), name);
	}
	free(b.p);
}

/* whether PROGRAM [COMMAND] ARGS... has a secret */
static bool
command_finds(const char *program, const char *command, const char *option,
    const char *value)
{
	struct secret_args words = { 0 };
	struct secret_scan found = { 0 };
	struct slice args[4];
	const char *const all[] = { program, command, option, value };
	size_t i, n = 0;
	bool some;

	for (i = 0; i < 4; i++)
		if (all[i])
			args[n++] = (struct slice){ all[i], strlen(all[i]) };
	secret_args_find(&words, &found, 0, (struct slice){ "", 0 }, args, n);
	some = found.n > 0;
	free(found.found);
	secret_args_free(&words);
	return some;
}

static void
check_option(const struct secret_rules_option *o)
{
	static const char *const values[] = {
		[SECRET_ALL] = "hunter2", [SECRET_BEHIND_COLON] = "u:hunter2",
		[SECRET_BEHIND_COMMA] = "u,hunter2",
		[SECRET_BEHIND_PERCENT] = "u%hunter2",
		[SECRET_BEHIND_EQUALS] = "u=hunter2",
	};
	const char *option = o->option ? o->option : "password";
	char joined[100], name[200];

	snprintf(joined, sizeof joined, "%s%s", option, values[o->part]);
	if (o->attached) {
		snprintf(name, sizeof name, "%s %s", o->program, joined);
		ok(command_finds(o->program, o->command, joined, NULL), name);
		snprintf(name, sizeof name, "other %s", joined);
		ok(!command_finds("other", o->command, joined, NULL) ||
		    !strncmp(option, "--cookie", 8), name);
	}
	if (o->separate) {
		snprintf(name, sizeof name, "%s %s %s", o->program, option,
		    values[o->part]);
		ok(command_finds(o->program, o->command, option,
		    values[o->part]), name);
		snprintf(name, sizeof name, "other %s %s", option,
		    values[o->part]);
		ok(!command_finds("other", o->command, option,
		    values[o->part]) || !strcmp(option, "--cookie"), name);
	}
	if (o->command) {
		snprintf(name, sizeof name, "%s without %s", o->program,
		    o->command);
		ok(!command_finds(o->program, NULL, option, values[o->part]),
		    name);
	}
	if (o->part != SECRET_ALL && o->separate)
		ok(!command_finds(o->program, o->command, option, "hunter") ||
		    !strcmp(option, "--cookie"), "... a user only");
}

int
main(void)
{
	size_t i;

	ok(secret_rules_nshapes < 256, "a byte numbers the shapes");
	for (i = 0; i < secret_rules_nshapes; i++)
		check_shape(&secret_rules_shapes[i]);
	for (i = 0; i < secret_rules_noptions; i++)
		check_option(&secret_rules_options[i]);
	return done();
}
