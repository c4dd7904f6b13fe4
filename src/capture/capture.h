/* capture - what is to be recorded, and what became of it
 *
 * pt-capture and its two tracers, bpfsession.h and stracesession.h, tell it each
 * other. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/command.h"
#include "capture/origin.h"
#include "capture/outqueue.h"
#include "capture/script.h"
#include "capture/signals.h"

enum {
	CAPTURE_FAILED = 125,	/* as env(1) and timeout(1) have them */
	CAPTURE_TIMED_OUT = 124,
};

struct capture {
	/* what is to be done */
	char *const *argv;	/* the command; no elements: none is run, and */
	const int32_t *pids;	/* these processes are followed, which exist */
	size_t npids;
	bool all;		/* or everything is */
	struct origin origin;
	bool until_root;	/* not until the last descendant ends */
	bool until_look;	/* nor much longer than the root: until it is
				 * seen who lives on, if the tracer can */
	uint64_t timeout;	/* ns, after which all of it is ended; 0: none */
	int signals;		/* they come through this descriptor: signals.h */
	struct signals_insistence insistence;
	struct command_context context;
	struct outqueue out;	/* takes the recording */
	bool progress;		/* show how far it is */
	enum script_signals signals_kept;
	bool files;		/* and who writes and reads them */

	/* with bpftrace */
	const char *bpftrace;	/* a path, or a name to look for on PATH */
	const char *script;	/* its text */
	bool scripted;		/* it is not the built-in one */
	bool plain;		/* it is, with nothing added, and so is bpftrace */
	bool tree;		/* record the processes of the command only */
	bool debug;		/* pass on what it says */

	/* what became of it */
	int status;		/* the exit status, as env(1) would have it */
	pid_t command;		/* it, or strace that has run it: a child; 0: the
				 * command was not run */
	bool complete;		/* the recording; if not, a message has said why */
	bool cut;		/* but what there is of it is to be kept */
	uint64_t newest;	/* the time of its last event */
	int32_t root;		/* its PID; 0: nothing was run */
	uint64_t nlost;		/* events */
	bool timed_out;
	int ended_by;		/* this signal ends the program: it came before
				 * anything was run, or while nobody took the
				 * recording; 0: none */

	uint64_t began;
	uint64_t progress_at;	/* when to show it; 0: never */
};

/* what there is so far */
struct capture_state {
	uint64_t events, forks, lost;
	size_t running;
};

/* It has begun: the command runs. */
void capture_begin(struct capture *);

/* Shows how far it is, if it is time. */
void capture_tell(struct capture *, const struct capture_state *);

#endif
