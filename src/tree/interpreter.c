#include "tree/interpreter.h"

#include "base/ascii.h"
#include "event/event.h"

struct interpreter {
	const char *name;
	const char *flags;	/* options of a letter that take no argument, and
				 * leave the next one the script */
	unsigned kind;
};

static const char shell_flags[] = "abefhkmnpuvxBCEHPT";

static const struct interpreter interpreters[] = {
	{ "ash", shell_flags, INTERPRETER_SHELL },
	{ "bash", shell_flags, INTERPRETER_SHELL },
	{ "dash", shell_flags, INTERPRETER_SHELL },
	{ "ksh", shell_flags, INTERPRETER_SHELL },
	{ "lua", "EWi", INTERPRETER_LANGUAGE },
	{ "node", "", INTERPRETER_LANGUAGE },
	{ "nodejs", "", INTERPRETER_LANGUAGE },
	{ "perl", "acflnpstuwSTUWX", INTERPRETER_LANGUAGE },
	{ "php", "nq", INTERPRETER_LANGUAGE },
	{ "pypy", "bBdEiIOPqRsSuvx", INTERPRETER_LANGUAGE },
	{ "python", "bBdEiIOPqRsSuvx", INTERPRETER_LANGUAGE },
	{ "ruby", "acnpsSvwW", INTERPRETER_LANGUAGE },
	{ "sh", shell_flags, INTERPRETER_SHELL },
	{ "tclsh", "", INTERPRETER_LANGUAGE },
	{ "zsh", shell_flags, INTERPRETER_SHELL },
};

/* The version behind a name does not matter: python3.11. */
static const struct interpreter *
find(struct slice name)
{
	size_t i;

	while (name.len && (ascii_is_digit(name.p[name.len - 1]) ||
	    name.p[name.len - 1] == '.'))
		name.len--;
	for (i = 0; i < sizeof interpreters / sizeof *interpreters; i++)
		if (slice_is(name, interpreters[i].name))
			return &interpreters[i];
	return NULL;
}

/* An option that says nothing of where the script is: letters, or --NAME=VALUE. */
static bool
is_flag(const struct interpreter *in, struct slice arg)
{
	if (arg.len < 2 || *arg.p != '-')
		return false;
	if (arg.p[1] == '-')
		return in->kind == INTERPRETER_LANGUAGE &&
		    memchr(arg.p, '=', arg.len);
	for (slice_skip(&arg, 1); arg.len; slice_skip(&arg, 1))
		if (!strchr(in->flags, *arg.p))
			return false;
	return true;
}

static bool
is_python(const struct interpreter *in)
{
	return !strcmp(in->name, "python") || !strcmp(in->name, "pypy");
}

static bool
is_descriptor(struct slice script)
{
	return slice_starts(script, "/dev/fd/") ||
	    slice_starts(script, "/proc/self/fd/");
}

bool
interpreter_take_script(struct slice program, unsigned kinds, struct slice *args,
    struct slice *script)
{
	const struct interpreter *in = find(slice_basename(program));
	struct slice rest = *args, arg;

	if (!in || !(in->kind & kinds))
		return false;
	do {
		if (!event_next_arg(&rest, &arg))
			return false;
	} while (is_flag(in, arg));
	if (is_python(in) && slice_is(arg, "-m") && !event_next_arg(&rest, &arg))
		return false;
	if (!arg.len || *arg.p == '-' || is_descriptor(arg))
		return false;
	*script = arg;
	*args = rest;
	return true;
}
