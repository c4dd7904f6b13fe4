#include "render/label.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "tree/process.h"

static bool
is_hash(char c)
{
	return ascii_is_digit(c) || ascii_is_lower(c);
}

/* what names of store paths are made of */
static bool
is_name(char c)
{
	return ascii_is_alnum(c) || (c && strchr("+-._?=", c));
}

static size_t
run(const char *p, const char *end, bool is(char))
{
	const char *q = p;

	while (q < end && is(*q))
		q++;
	return (size_t)(q - p);
}

static bool
starts(const char *p, const char *end, const char *with)
{
	size_t len = strlen(with);

	return (size_t)(end - p) >= len && !memcmp(p, with, len);
}

/* The part of the store path at p that is to be shown; p if it is none. */
static const char *
skip_store(const char *p, const char *end)
{
	const char *hash = p + strlen("/nix/store/"), *name, *after;

	if (!starts(p, end, "/nix/store/"))
		return p;
	name = hash + run(hash, end, is_hash);
	if (name == hash || name == end || *name != '-')
		return p;
	name++;
	after = name + run(name, end, is_name);
	if (after == name)
		return p;
	if (starts(after, end, "/bin/")) {
		after += strlen("/bin/");
		if (run(after, end, is_name))
			return after;
	}
	return name;
}

void
label_store(struct buf *b, const char *p, size_t n)
{
	const char *end = p + n, *slash, *show;

	while (p < end && (slash = memchr(p, '/', (size_t)(end - p)))) {
		buf_add(b, p, (size_t)(slash - p));
		show = skip_store(slash, end);
		if (show > slash) {
			buf_adds(b, "<store>/");
			p = show;
		} else {
			buf_addc(b, '/');
			p = slash + 1;
		}
	}
	buf_add(b, p, (size_t)(end - p));
}

bool
label_long_paths(void)
{
	const char *paths = getenv("PROCTRACE_LONG_NIX_PATHS");

	return paths && !strcmp(paths, "1");
}

static void
add_text(struct buf *b, const struct process *p, const struct moment *at,
    void (*text)(const struct process *, const struct moment *, struct buf *))
{
	struct buf raw = { 0 };

	if (label_long_paths()) {
		text(p, at, b);
		return;
	}
	text(p, at, &raw);
	label_store(b, raw.p, raw.len);
	free(raw.p);
}

void
label_command(struct buf *b, const struct process *p, const struct moment *at)
{
	add_text(b, p, at, process_command);
}

void
label_title(struct buf *b, const struct process *p, const struct moment *at)
{
	add_text(b, p, at, process_title);
}

void
label_pid(struct buf *b, const struct process *p)
{
	buf_printf(b, "[%d", p->pid);
	if (p->life > 1)
		buf_printf(b, "/%u", p->life);
	buf_adds(b, "] ");
}
