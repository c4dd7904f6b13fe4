#define _GNU_SOURCE
#include "proc/identity.h"

#include <sys/syscall.h>

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "proc/procstat.h"

bool
identity_lives(int32_t pid, uint64_t since)
{
	struct procstat st;

	return procstat_read(&st, pid) && !st.dead && st.start <= since;
}

int
identity_send(int32_t pid, int sig, bool (*is)(int32_t pid, const void *arg),
    const void *arg)
{
	/* first held, then looked at: so what is looked at is what is held, or
	 * came later */
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	int error = fd < 0 && errno != ENOSYS ? errno : 0;

	if (!error && !is(pid, arg))
		error = ESRCH;
	if (!error && (fd < 0 ? kill(pid, sig) :
	    (int)syscall(SYS_pidfd_send_signal, fd, sig, NULL, 0)) < 0)
		error = errno;
	if (fd >= 0)
		close(fd);
	return error;
}

static bool
lives_since(int32_t pid, const void *since)
{
	return identity_lives(pid, *(const uint64_t *)since);
}

int
identity_signal(int32_t pid, uint64_t since, int sig)
{
	return identity_send(pid, sig, lives_since, &since);
}
