#include "capture/marks.h"

#include <sys/random.h>

#include <err.h>
#include <unistd.h>

#include "base/buf.h"

enum {
	MARK_PID = 1886679653,	/* as in proctrace.bt; PID_MAX_LIMIT is 2^22 */
	FOLLOW_PID,
	MARK_LINE = 40,		/* the least length of its line */
};

unsigned
marks_cookie(void)
{
	unsigned n;

	if (getrandom(&n, sizeof n, 0) != sizeof n)
		n = (unsigned)getpid() << 10;
	return (n & 0x3fffffff & ~(unsigned)MARKS_IDLE) | 0x20000000;
}

void
marks_add(unsigned cookie)
{
	if (setpgid(MARK_PID, (pid_t)cookie) == 0)
		errx(exit_failure, "there is a process %d", MARK_PID);
}

void
marks_follow(int32_t pid)
{
	(void)!setpgid(FOLLOW_PID, pid);
}

void
marks_flush(unsigned cookie)
{
	int i;

	for (i = 0; i < MARKS_PIPE_SIZE / MARK_LINE; i++)
		marks_add(cookie | MARKS_IDLE);
}
