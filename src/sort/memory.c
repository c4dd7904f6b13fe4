#include "sort/memory.h"

#include <sys/resource.h>

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "sort/extsort.h"

#define MEMORY_MIN (256UL << 20)	/* the least and the most by default */
#define MEMORY_MAX (2048UL << 20)

/* at most half of what this process may have */
static size_t
within(int resource, size_t n)
{
	struct rlimit limit;

	return getrlimit(resource, &limit) == 0 && limit.rlim_cur / 2 < n ?
	    (size_t)limit.rlim_cur / 2 : n;
}

size_t
memory_default(void)
{
	long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
	size_t n = pages > 0 && page > 0 ? (size_t)pages / 8 * (size_t)page : 0;

	n = n < MEMORY_MIN ? MEMORY_MIN : n > MEMORY_MAX ? MEMORY_MAX : n;
	n = within(RLIMIT_DATA, within(RLIMIT_AS, n));
	return n < EXTSORT_MEMORY_MIN ? EXTSORT_MEMORY_MIN : n;
}

bool
memory_parse(const char *arg, size_t *size)
{
	static const char units[] = "bKMG";
	size_t len = strlen(arg);
	const char *unit = len > 0 ? strchr(units, arg[len - 1]) : NULL;
	unsigned shift = unit ? 10 * (unsigned)(unit - units) : 10;
	uint64_t n;

	if (!text_number(arg, unit ? len - 1 : len, SIZE_MAX / 2 >> shift, &n))
		return false;
	n <<= shift;
	*size = n < EXTSORT_MEMORY_MIN ? EXTSORT_MEMORY_MIN : (size_t)n;
	return true;
}
