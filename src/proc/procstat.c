#include "proc/procstat.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proc/procfs.h"

enum { SKIPPED = 13 };	/* fields, from tty_nr to nice */

/* The name in the file may hold anything, so the fields are counted from its
 * last ')'. */
bool
procstat_read(struct procstat *st, int32_t pid)
{
	struct buf b = { 0 };
	char *p = NULL;
	bool zombie;
	int i;

	if (procfs_read(&b, pid, "stat"))
		p = strrchr(b.p, ')');
	if (!p || p[1] != ' ') {
		free(b.p);
		return false;
	}
	zombie = p[2] == 'Z' || p[2] == 'X';
	p += 3;
	st->pid = pid;
	st->ppid = (int32_t)strtol(p, &p, 10);
	st->pgid = (int32_t)strtol(p, &p, 10);
	st->sid = (int32_t)strtol(p, &p, 10);
	for (i = 0; i < SKIPPED; i++)
		strtoll(p, &p, 10);
	/* its first thread may have ended before the others */
	st->dead = strtoll(p, &p, 10) <= 1 && zombie;
	strtoll(p, &p, 10);
	st->start = strtoull(p, &p, 10);
	free(b.p);
	return true;
}

uint64_t
procstat_ticks(uint64_t ns)
{
	return ns / (1000000000 / (uint64_t)sysconf(_SC_CLK_TCK));
}
