#include "capture/script.h"

#include <sys/stat.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/buf.h"

enum { NARGS = 6 };

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
