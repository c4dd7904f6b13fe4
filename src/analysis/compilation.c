#include "analysis/compilation.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"

static bool
is_one_of(struct slice s, const char *const *list)
{
	for (; *list; list++)
		if (slice_is(s, *list))
			return true;
	return false;
}

/* "gcc" of "/usr/bin/x86_64-linux-gnu-gcc-12.2" */
static struct slice
tool_name(struct slice path)
{
	struct slice name = slice_basename(path);
	size_t i = name.len;

	while (i && (ascii_is_digit(name.p[i - 1]) || name.p[i - 1] == '.'))
		i--;
	if (i > 1 && i < name.len && name.p[i - 1] == '-')
		name.len = i - 1;
	for (i = name.len; i && name.p[i - 1] != '-'; i--)
		;
	slice_skip(&name, i);
	return name;
}

static bool
is_compiler(struct slice path)
{
	static const char *const names[] = {
		"c++", "c89", "c99", "cc", "clang", "clang++", "em++", "emcc",
		"g++", "gcc", "icc", "icpc", "icpx", "icx", "mpic++", "mpicc",
		"mpicxx", "nvcc", "tcc", NULL,
	};

	return is_one_of(tool_name(path), names);
}

/* programs that run the compiler that follows them */
static bool
is_wrapper(struct slice path)
{
	static const char *const names[] = {
		"ccache", "distcc", "icecc", "sccache", "pump", NULL,
	};

	return is_one_of(slice_basename(path), names);
}

static bool
is_source(struct slice arg)
{
	static const char *const suffixes[] = {
		".c", ".i", ".ii", ".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++",
		".C", ".m", ".mi", ".mm", ".M", ".mii", ".cu", ".s", ".S", ".sx",
		NULL,
	};
	struct slice suffix = slice_basename(arg);
	size_t i = suffix.len;

	while (i && suffix.p[i - 1] != '.')
		i--;
	if (i < 2)
		return false;
	slice_skip(&suffix, i - 1);
	return is_one_of(suffix, suffixes);
}

/* options whose value is the next argument */
static bool
has_value(struct slice arg)
{
	static const char *const options[] = {
		"-o", "-x", "-I", "-D", "-U", "-L", "-l", "-T", "-A", "-u", "-z",
		"-e", "-G", "-MF", "-MT", "-MQ", "-include", "-imacros",
		"-isystem", "-iquote", "-idirafter", "-iprefix", "-isysroot",
		"-iwithprefix", "-iwithprefixbefore", "-imultilib", "-cxx-isystem",
		"-Xlinker", "-Xpreprocessor", "-Xassembler", "-Xclang",
		"-Xcompiler", "-arch", "-target", "-aux-info", "-dumpbase",
		"-dumpdir", "-wrapper", "--param", "--sysroot", "-framework", NULL,
	};

	return is_one_of(arg, options);
}

/* options with which nothing is compiled */
static bool
is_no_compilation(struct slice arg)
{
	static const char *const options[] = {
		"-E", "-M", "-MM", "-cc1", "-cc1as", "-###", "--version",
		"--help", NULL,
	};

	return is_one_of(arg, options);
}

static void
add_source(struct compilation *c, size_t arg)
{
	c->sources = grow(c->sources, c->nsources, &c->sources_cap,
	    sizeof *c->sources);
	c->sources[c->nsources++] = arg;
}

/* Takes the arguments, but for wrappers; false if there is no compiler. */
static bool
take_args(struct compilation *c, const struct event *exec)
{
	struct slice args, arg;

	c->nargs = c->nsources = c->output = 0;
	if (!event_argv(exec, &args))
		return false;
	while (event_next_arg(&args, &arg)) {
		if (!c->nargs && is_wrapper(arg))
			continue;
		if (!c->nargs && !is_compiler(arg))
			return false;
		c->args = grow(c->args, c->nargs, &c->args_cap, sizeof *c->args);
		c->args[c->nargs++] = arg;
	}
	return c->nargs > 1;
}

bool
compilation_find(struct compilation *c, const struct event *exec)
{
	bool language = false;	/* -x says that all are sources from here on */
	size_t i, output = 0;
	struct slice arg;

	if (!take_args(c, exec))
		return false;
	for (i = 1; i < c->nargs; i++) {
		arg = c->args[i];
		if (is_no_compilation(arg))
			return false;
		if (has_value(arg)) {
			i++;
			if (slice_is(arg, "-o"))
				output = i;
			if (slice_is(arg, "-x") && i < c->nargs)
				language = !slice_is(c->args[i], "none");
		} else if (slice_starts(arg, "-x")) {
			language = !slice_is(arg, "-xnone");
		} else if (arg.len && *arg.p != '-' && *arg.p != '@' &&
		    (language || is_source(arg))) {
			add_source(c, i);
		}
	}
	if (c->nsources == 1 && output < c->nargs)
		c->output = output;
	return c->nsources > 0;
}

bool
compilation_is_other(const struct compilation *c, size_t arg, size_t i)
{
	size_t k;

	for (k = 0; k < c->nsources; k++)
		if (c->sources[k] == arg)
			return k != i;
	return false;
}

void
compilation_free(struct compilation *c)
{
	free(c->args);
	free(c->sources);
	*c = (struct compilation){ 0 };
}
