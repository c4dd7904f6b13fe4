#include "capture/script.h"

#include <sys/stat.h>
#include <sys/syscall.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/slice.h"
#include "event/event.h"

enum { NARGS = 6 };

const char *const script_absent_calls[] = {
#ifndef SYS_open
	"open",
#endif
#ifndef SYS_creat
	"creat",
#endif
#ifndef SYS_rename
	"rename",
#endif
#ifndef SYS_link
	"link",
#endif
	NULL,
};

/* whether a line is an attach point of one of them; *more: others follow */
static bool
is_absent(struct slice line, const char *const names[], bool *more)
{
	*more = slice_drop(&line, ",");
	if (!slice_take(&line, "tracepoint:syscalls:sys_enter_") &&
	    !slice_take(&line, "tracepoint:syscalls:sys_exit_"))
		return false;
	for (; *names; names++)
		if (slice_is(line, *names))
			return true;
	return false;
}

static struct slice
take_line(struct slice *text)
{
	const char *nl = memchr(text->p, '\n', text->len);
	struct slice line = { text->p, nl ? (size_t)(nl - text->p) : text->len };

	slice_skip(text, line.len + (nl != NULL));
	return line;
}

void
script_add_without(struct buf *b, struct slice text, const char *const names[])
{
	struct slice line;
	bool more;

	while (text.len) {
		line = take_line(&text);
		if (!is_absent(line, names, &more)) {
			buf_add(b, line.p, line.len);
			buf_addc(b, '\n');
		} else if (!more) {
			while (text.len && !slice_is(take_line(&text), "}"))
				;
		}
	}
}

/* the inode number of the PID namespace of this process; 0: not known, as
 * without /proc */
static uint64_t
namespace_number(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) < 0 ? 0 : st.st_ino;
}

void
script_own(struct script_numbers *n)
{
	n->space = namespace_number();
	n->pid = n->space ? (uint64_t)getpid() : 0;
}

char *
script_built_in(enum script_signals signals, bool env, bool files)
{
	struct buf b = { 0 };

	if (env)
		buf_add(&b, embed_env_bt.p, embed_env_bt.len);
	if (files)
		script_add_without(&b, (struct slice){ embed_files_bt.p,
		    embed_files_bt.len }, script_absent_calls);
	if (signals != SCRIPT_NO_SIGNALS)
		buf_add(&b, embed_signal_bt.p, embed_signal_bt.len);
	buf_add(&b, embed_proctrace_bt.p, embed_proctrace_bt.len);
	buf_addc(&b, '\0');
	return b.p;
}

void
script_write(char *line, const struct script_numbers *n)
{
	snprintf(line, SCRIPT_LINE_MAX, "1 %" PRIu64 " %" PRIu64 " %" PRIu64 " %"
	    PRIu64 " %d\n", n->tree, n->owner, n->pid, n->space, n->signals);
}

/* a blank, and a number */
static bool
take_field(struct slice *line, uint64_t max, uint64_t *n)
{
	return slice_take(line, " ") && slice_take_number(line, max, n);
}

bool
script_read(struct script_numbers *n, const char *line, size_t len)
{
	struct slice rest = { line, len };
	uint64_t signals;

	*n = (struct script_numbers){ 0 };
	if (!slice_take(&rest, "1") ||
	    !take_field(&rest, UINT32_MAX, &n->tree) ||
	    !take_field(&rest, UINT32_MAX, &n->owner) ||
	    !take_field(&rest, EVENT_PID_MAX, &n->pid) ||
	    !take_field(&rest, UINT32_MAX, &n->space) ||
	    !take_field(&rest, SCRIPT_NO_SIGNALS, &signals))
		return false;
	n->signals = (enum script_signals)signals;
	return rest.len == 0 && n->owner;
}

char *
script_fill(const char *text, const struct script_numbers *n)
{
	const uint64_t args[NARGS] = { n->tree, n->owner, n->pid, n->space,
	    n->signals == SCRIPT_ALL_SIGNALS,
	    (uint64_t)sysconf(_SC_PAGESIZE) / 4096 };
	struct buf b = { 0 };
	const char *dollar;

	for (; (dollar = strchr(text, '$')); text = dollar + 2) {
		buf_add(&b, text, (size_t)(dollar - text));
		if (dollar[1] < '1' || dollar[1] > '0' + NARGS ||
		    ascii_is_digit(dollar[2])) {
			buf_addc(&b, '$');
			dollar--;
		} else {
			buf_printf(&b, "%" PRIu64, args[dollar[1] - '1']);
		}
	}
	buf_add(&b, text, strlen(text) + 1);
	return b.p;
}
