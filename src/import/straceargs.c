#include "import/straceargs.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/text.h"
#include "event/event.h"
#include "import/straceline.h"

/* The byte of the escape whose backslash has been taken. */
static bool
take_escape(struct slice *s, char *c)
{
	static const char names[] = "tnvfr\"\\", bytes[] = "\t\n\v\f\r\"\\",
	    hex[] = "0123456789abcdef";
	const char *at, *high, *low;
	unsigned val = 0;
	size_t n;

	if (!s->len)
		return false;
	if (*s->p == 'x') {
		if (s->len < 3 || !(high = memchr(hex, s->p[1], 16)) ||
		    !(low = memchr(hex, s->p[2], 16)))
			return false;
		*c = (char)((high - hex) << 4 | (low - hex));
		slice_skip(s, 3);
	} else if (*s->p >= '0' && *s->p <= '7') {
		for (n = 0; n < 3 && n < s->len && s->p[n] >= '0' &&
		    s->p[n] <= '7'; n++)
			val = val * 8 + (unsigned)(s->p[n] - '0');
		*c = (char)val;
		slice_skip(s, n);
	} else {
		at = memchr(names, *s->p, sizeof names - 1);
		if (!at)
			return false;
		*c = bytes[at - names];
		slice_skip(s, 1);
	}
	return true;
}

/* Takes a string in quotes off *s: its bytes, and whether "..." behind it says
 * that it was longer. */
static bool
take_string(struct slice *s, struct buf *bytes, bool *cut)
{
	char c;

	bytes->len = 0;
	if (!slice_take(s, "\""))
		return false;
	while (s->len && *s->p != '"') {
		c = *s->p;
		slice_skip(s, 1);
		if (c == '\\' && !take_escape(s, &c))
			return false;
		buf_addc(bytes, c);
	}
	if (!slice_take(s, "\""))
		return false;
	*cut = slice_take(s, "...");
	return true;
}

/* What strace prints instead of a string or a list that it cannot read. */
static bool
take_address(struct slice *s)
{
	if (slice_take(s, "NULL"))
		return true;
	if (!slice_take(s, "0x"))
		return false;
	while (s->len && ascii_is_hex(*s->p))
		slice_skip(s, 1);
	return true;
}

/* Takes the elements of a list off *s, up to its end, and appends them as an
 * event has them, "argv=" in front if there are any; *cut if there are more,
 * or not all of one. */
static bool
take_list(struct slice *s, struct buf *argv, bool *cut)
{
	struct buf bytes = { 0 };
	bool first = true, good = true, part;

	while (good && !slice_take(s, "]")) {
		if ((argv->len || *cut) && !slice_take(s, ", ")) {
			good = false;
		} else if (slice_take(s, "...") || take_address(s)) {
			*cut = true;
		} else if ((good = take_string(s, &bytes, &part))) {
			*cut |= part;
			if (first)
				event_add_argv(argv);
			event_add_arg(argv, first, bytes.p, bytes.len);
			first = false;
		}
	}
	free(bytes.p);
	return good;
}

bool
straceargs_name(struct slice *s, struct buf *bytes, bool *cut)
{
	if (!take_string(s, bytes, cut))
		return false;
	if (slice_take(s, " ["))	/* --secontext: that of the file */
		while (s->len && !slice_take(s, "]"))
			slice_skip(s, 1);
	return true;
}

static bool
add_file(struct slice *s, struct buf *event)
{
	struct buf bytes = { 0 };
	bool cut = false, good = true;

	if (!take_address(s)) {
		good = straceargs_name(s, &bytes, &cut);
		if (good && bytes.len)
			event_add(event, "file", bytes.p, bytes.len);
		if (cut)
			event_add_number(event, "filecut", 1);
	}
	free(bytes.p);
	return good && slice_take(s, ", ");
}

/* The descriptor of execveat; with -y its path follows in angle brackets, and
 * those of the path are escaped. */
static bool
skip_descriptor(struct slice *s)
{
	bool path = false;

	for (; s->len; slice_skip(s, 1))
		if (*s->p == '<')
			path = true;
		else if (*s->p == '>')
			path = false;
		else if (!path && slice_take(s, ", "))
			return true;
	return false;
}

bool
straceargs_exec(struct slice args, bool at, bool with_argv, struct buf *event)
{
	struct buf argv = { 0 };
	bool cut = false, good;

	if ((at && !skip_descriptor(&args)) || !add_file(&args, event))
		return false;
	if (!with_argv)
		return true;
	if (slice_starts(args, "0x"))	/* -e raw */
		cut = good = take_address(&args);
	else
		good = take_address(&args) ||
		    (slice_take(&args, "[") && take_list(&args, &argv, &cut));
	if (cut)
		event_add_number(event, "argvlen", 0);
	buf_add(event, argv.p, argv.len);
	free(argv.p);
	return good;
}

bool
straceargs_shown(struct slice *s, struct buf *path)
{
	char c;

	if (!slice_take(s, "</"))
		return false;
	buf_addc(path, '/');
	while (s->len && *s->p != '>') {
		c = *s->p;
		slice_skip(s, 1);
		if (c == '<' || (c == '\\' && !take_escape(s, &c)))
			return false;
		buf_addc(path, c);
	}
	return slice_take(s, ">");
}

/* "3</a/b>)"; "(deleted)" may stand behind it. */
static bool
take_fd_path(struct slice *s, struct buf *path)
{
	while (s->len && ascii_is_digit(*s->p))
		slice_skip(s, 1);
	return straceargs_shown(s, path) && slice_take(s, ")");
}

bool
straceargs_path(struct slice args, bool of_fd, struct buf *path)
{
	bool cut = false;

	return of_fd ? take_fd_path(&args, path) :
	    take_string(&args, path, &cut) && !cut && path->len;
}

/* Takes one of the flags in "A|B" or "0x1200000 (A|B in a comment)|17" off *s;
 * false behind the last. */
static bool
take_flag(struct slice *s, struct slice *flag)
{
	size_t n = 0;

	for (;;) {
		if (slice_take(s, "/*"))
			while (s->len && !slice_take(s, "*/"))
				slice_skip(s, 1);
		else if (!slice_take(s, "|") && !slice_take(s, " "))
			break;
	}
	while (n < s->len && !memchr("|,}) ", s->p[n], 5))
		n++;
	*flag = (struct slice){ s->p, n };
	slice_skip(s, n);
	return n > 0;
}

bool
straceargs_clone(struct slice args, bool structure,
    struct straceargs_flags *flags)
{
	enum { CLONE_FS = 0x200, CLONE_PARENT = 0x8000,
	    CLONE_THREAD = 0x10000 };	/* sched.h */
	struct slice s = args, flag;
	uint64_t n;
	bool found = false;

	*flags = (struct straceargs_flags){ false, false, false };
	if (!slice_skip_to(&s, "flags=")) {
		if (structure)
			return false;
		s = args;
	}
	while (take_flag(&s, &flag)) {
		if (straceline_integer(&flag, UINT64_MAX, &n)) {
			flags->thread |= (n & CLONE_THREAD) != 0;
			flags->sibling |= (n & CLONE_PARENT) != 0;
			flags->shares_cwd |= (n & CLONE_FS) != 0;
			found = true;
		}
		flags->thread |= slice_is(flag, "CLONE_THREAD");
		flags->sibling |= slice_is(flag, "CLONE_PARENT");
		flags->shares_cwd |= slice_is(flag, "CLONE_FS");
		found |= slice_starts(flag, "CLONE_") || slice_starts(flag, "SIG");
	}
	return found;
}
