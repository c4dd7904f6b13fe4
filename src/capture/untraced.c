#include "capture/untraced.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/outfilter.h"

static struct capture *promised;	/* NULL: nothing is */

/* The exit status of the command, which was run. */
static int
status_of(const struct capture *c)
{
	int status;

	while (waitpid(c->command, &status, 0) < 0)
		if (errno != EINTR)
			return c->status;	/* it was waited for before */
	return command_status(status);
}

static void
keep(void)
{
	struct capture *c = promised;
	int status;

	if (!c)
		return;
	promised = NULL;
	if (c->command) {
		if (!c->cut)
			warnx("nothing was recorded");
		status = status_of(c);
		_exit(c->timed_out ? CAPTURE_TIMED_OUT : status);
	}
	warnx("nothing is recorded: the command runs untraced");
	outfilter_close(c->signals);
	_exit(command_exec(c->argv, &c->context));
}

void
untraced_promise(struct capture *c)
{
	promised = c;
	/* until signals_open() keeps what it changes */
	sigprocmask(SIG_BLOCK, NULL, &c->context.mask);
	sigaction(SIGCHLD, NULL, &c->context.sigchld);
	if (atexit(keep))
		err(exit_failure, "atexit");
}

void
untraced_release(void)
{
	promised = NULL;
}
