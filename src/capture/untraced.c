#include "capture/untraced.h"

#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/jobcontrol.h"
#include "capture/outfilter.h"
#include "capture/signals.h"

static struct capture *promised;	/* NULL: nothing is */

/* The exit status of the command, which was run; or as of one that was killed, if
 * that is not waited for. */
static int
status_of(struct capture *c)
{
	struct pollfd fd = { .fd = c->signals, .events = POLLIN };
	int status, sig;

	while (!jobcontrol_has_ended(c->command, &status)) {
		poll(&fd, 1, -1);
		sig = signals_forward(c->signals, c->command, &c->insistence);
		if (sig)
			return COMMAND_SIGNALED + sig;
	}
	return status == JOBCONTROL_GONE ? c->status : command_status(status);
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
