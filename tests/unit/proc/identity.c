/* identity: a process, and not who has its PID by now */
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "tap.h"

#include "proc/identity.h"
#include "proc/procstat.h"

int
main(void)
{
	struct procstat st = { 0 };
	int32_t pid = (int32_t)fork();
	int status;

	if (!pid)
		for (;;)
			pause();
	ok(procstat_read(&st, pid), "a child is there");
	ok(identity_lives(pid, st.start), "it lives");
	ok(identity_lives(pid, st.start + 1), "it began at this time or before");
	ok(!identity_lives(pid, st.start - 1),
	    "one that began before it has ended");
	ok(identity_signal(pid, st.start - 1, SIGKILL) == ESRCH,
	    "and gets no signal");
	ok(identity_lives(pid, st.start), "nor does who has its PID");
	ok(identity_signal(pid, st.start, SIGKILL) == 0, "this one gets it");
	waitid(P_PID, (id_t)pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	ok(!identity_lives(pid, st.start), "a zombie does not live");
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status),
	    "it was killed");
	ok(!identity_lives(pid, st.start), "nor does who is gone");
	ok(identity_signal(pid, st.start, SIGKILL) == ESRCH, "no signal for it");
	return done();
}
