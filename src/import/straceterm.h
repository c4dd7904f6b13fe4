/* straceterm - whose the lines are in a log that strace wrote to a terminal
 *
 * There it tells the PID only while it traces several processes, and its own
 * messages come in the middle of lines. */
#ifndef STRACETERM_H
#define STRACETERM_H

#include "import/pidlist.h"
#include "import/straceline.h"

/* all zero has seen nothing */
struct straceterm {
	struct pidlist tasks;	/* processes and threads that live; PID 0: it is
				 * not known */
	bool in_call;		/* the oldest is, while its PID is not known */
	struct buf part;
};

/* Takes a line as it stands in the log. False if there is nothing to do for
 * it: it is a message, or it goes on behind one, in the next line. True, and
 * *line is whole; it is valid until the next call. */
bool straceterm_join(struct straceterm *, struct slice *line);

/* Whose line this is: 0 for the first process until its PID is known. Then
 * *first becomes that PID. */
int32_t straceterm_whose(struct straceterm *, const struct straceline *,
    int32_t *first);

/* There is one more process, or one less. */
void straceterm_add(struct straceterm *, int32_t tid);
void straceterm_end(struct straceterm *, int32_t tid);

void straceterm_free(struct straceterm *);

#endif
