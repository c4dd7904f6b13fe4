/* stracelog - what strace prints, turned into a recording as it comes
 *
 * It is for strace what recorder.h is for bpftrace: it follows which processes of
 * the traced tree live, and adds what strace's log does not tell. Linux only. */
#ifndef STRACELOG_H
#define STRACELOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "capture/capture.h"
#include "capture/livetree.h"
#include "capture/samples.h"
#include "capture/stracelaunch.h"

/* all zero but for what stracelog_begin() sets; the fields are for reading */
struct stracelog {
	const struct capture *c;
	struct buf *out;	/* where the recording goes */
	struct livetree *live;	/* who of the tree lives */
	int32_t root;		/* the PID of the command; 0: not seen yet */
	uint64_t nevents, nforks;
	uint64_t newest;	/* time of an event, */
	uint64_t newest_at;	/* and when it was read, of clock_ns() */
	struct samples samples;
	struct stracelaunch how;
	bool foreign;		/* strace does not tell PIDs of our namespace, and
				 * there is another one */
	bool told_rights;	/* that a program runs without its rights */
	struct buf in;		/* a line whose end has not come */
	struct buf events;	/* of the lines so far, to be kept */
	void *log;		/* of import_strace */
};

/* The log of the command of this capture, which stays the caller's, begins. Lines
 * of the recording are appended to *out. */
void stracelog_begin(struct stracelog *, const struct capture *, struct buf *out);

/* strace runs, and how. */
void stracelog_set_tracer(struct stracelog *, int32_t strace,
    const struct stracelaunch *);

/* Takes bytes that strace has printed. */
void stracelog_take(struct stracelog *, const char *p, size_t len);

/* What time it is in the recording. */
uint64_t stracelog_now(const struct stracelog *);

/* The command runs: the first look at the machine is due. */
void stracelog_begin_samples(struct stracelog *);
/* When the next one is due, of clock_ns(); 0: not yet. And if it is, adds it. */
uint64_t stracelog_sample_due(const struct stracelog *);
void stracelog_sample(struct stracelog *);

/* No more will come: appends what waited for it, and the end of the recording if
 * the log tells of everybody's end. */
void stracelog_end(struct stracelog *);

void stracelog_free(struct stracelog *);

#endif
