#include "proc/tracees.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "event/event.h"
#include "proc/identity.h"
#include "proc/procfs.h"

/* /proc has the numbers by which this process knows others */
static bool
is_ours(void)
{
	char self[32];
	ssize_t len = readlink("/proc/self", self, sizeof self - 1);

	if (len <= 0)
		return false;
	self[len] = '\0';
	return strtol(self, NULL, 10) == (long)getpid();
}

bool
tracees_has(int32_t tracer, int32_t pid)
{
	static const char key[] = "\nTracerPid:";
	struct buf b = { 0 };
	const char *p = NULL;
	bool has;

	/* the name before it has no newline: it is escaped there */
	if (procfs_read(&b, pid, "status"))
		p = strstr(b.p, key);
	has = p && strtol(p + strlen(key), NULL, 10) == tracer;
	free(b.p);
	return has;
}

void
tracees_find(struct members *tree, int32_t tracer)
{
	struct dirent *entry;
	char *end;
	long pid;
	DIR *d = is_ours() ? opendir("/proc") : NULL;

	if (!d)
		return;
	while ((entry = readdir(d))) {
		pid = strtol(entry->d_name, &end, 10);
		if (!*end && pid > 0 && pid <= EVENT_PID_MAX &&
		    tracees_has(tracer, (int32_t)pid))
			members_add(tree, (int32_t)pid);
	}
	closedir(d);
}

static bool
is_tracee(int32_t pid, const void *arg)
{
	const int32_t *tracer = arg;

	return tracees_has(*tracer, pid);
}

int
tracees_signal(int32_t tracer, int32_t pid, int sig)
{
	return identity_send(pid, sig, is_tracee, &tracer);
}
