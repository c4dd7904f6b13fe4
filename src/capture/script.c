#include "capture/script.h"

#include <sys/stat.h>
#include <sys/syscall.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/slice.h"

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

char *
script_fill(const char *text, const struct script_numbers *n)
{
	uint64_t ns = namespace_number();
	const uint64_t args[NARGS] = { n->tree, n->owner,
	    ns ? (uint64_t)getpid() : 0, ns, n->all_signals,
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
