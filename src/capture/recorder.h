/* recorder - what the tracer prints, turned into a recording as it comes
 *
 * It knows the marks (marks.h), waits with them for the CPUs, finds the root of
 * the traced tree and follows which processes of it live. One module because marks,
 * lost CPUs and events all change whether the recording has begun, and what is still
 * waited for. Linux only. */
#ifndef RECORDER_H
#define RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "capture/livetree.h"
#include "capture/samples.h"
#include "capture/origin.h"
#include "event/bare.h"
#include "tree/members.h"

/* all zero but for what recorder_init() sets; the fields are for reading */
struct recorder {
	struct buf *out;	/* where the recording goes */
	char *const *argv;	/* of the command */
	const struct origin *from;	/* for the trace line */
	struct livetree *live;	/* who of the tree lives */
	bool ended;		/* one of it may have: recorder_saw_end() */
	uint64_t nevents, nforks, nlost;
	int32_t root;		/* 0: not seen yet */
	unsigned cookie;	/* of the marks that are waited for; 0: none */

	unsigned owner;		/* the first cookie */
	unsigned nmarks;	/* how often others were waited for */
	struct cpus *cpus;	/* those whose mark is waited for */
	bool executed;		/* the root has, as the tracer saw */
	struct members early;	/* who has before the root was seen */
	bool has_execs;		/* the script prints them */
	uint64_t nexecs, nbad;	/* execs; lines that are none */
	bool came;		/* something, since the last reminder */
	int32_t self;		/* this process, as the tracer sees it; 0: not
				 * seen yet */
	bool open;		/* the command has been started */
	const int32_t *roots;	/* of recorder_attach(); NULL: none */
	size_t nroots;
	bool attached;		/* to what existed already */
	bool attaching;		/* the snapshot has not been written yet */
	struct members forked;	/* since then */
	uint64_t opened;	/* the newest time at recorder_open() */
	struct buf in;		/* a line whose end has not come */
	struct bare bare;
	struct buf held;	/* events from before the recording begins */
	char *start;		/* of the tracer's trace line; NULL: none yet */
	uint64_t newest;
	struct samples samples;
	uint64_t origin;	/* of all these times: livetree_set_origin() */
};

/* argv is the command, for the trace line as is the origin, or has no elements;
 * all stay the caller's. execs: the script prints them. The first marks, with the
 * cookie, are waited for: then all probes are attached. */
void recorder_init(struct recorder *, char *const argv[], bool execs,
    const struct origin *, struct buf *out);

/* Takes bytes that the tracer has printed. */
void recorder_take(struct recorder *, const char *p, size_t len);

/* The next fork of this process is the root. Events are kept from here. */
void recorder_open(struct recorder *);

/* Instead, for processes that exist already: follows them and what descends
 * from them, or everything there is. False after a message: all of them have
 * ended, or this program is in a PID namespace of its own and does not know them.
 * Waits for marks; with these the recording begins, with a snapshot of all that
 * live and were not forked since. */
bool recorder_attach(struct recorder *, const int32_t *pids, size_t n, bool all);

/* Asks for a mark of every CPU, and does not wait for it: when cookie is 0 again,
 * all lines that were printed before this call have been taken. */
void recorder_await(struct recorder *);

/* The marks have not come yet: the probes are not attached, or a mark was
 * lost. Marks again. */
void recorder_remind(struct recorder *);

/* Looks whether CPUs have gone or come: what happens there is lost. */
void recorder_check_cpus(struct recorder *);

/* The first line that was not understood has been shown; how many more. */
void recorder_tell_bad(const struct recorder *);

/* Adds what the live members of the tree have open and wait for. */
void recorder_describe(struct recorder *);

/* The root is there, but has executed nothing, though the tracer tells of execs: it
 * is not right about who is who. */
bool recorder_is_confused(const struct recorder *);

/* There is more than events from before the command. */
bool recorder_has_begun(const struct recorder *);

/* One of the tree has ended, as somebody else knows. */
void recorder_note_end(struct recorder *);
/* One of the tree has ended, or may have, since this was asked for the last time. */
bool recorder_saw_end(struct recorder *);

/* The command runs: the first look at the machine is due. */
void recorder_begin_samples(struct recorder *);

/* When a look at the machine is due, of clock_ns(); 0: not yet. And if it is,
 * adds it. */
uint64_t recorder_sample_due(const struct recorder *);
void recorder_sample(struct recorder *);

/* The recording is complete: its last lines. */
void recorder_end(struct recorder *);

/* The tracer has ended before its time: says that events are missing, and ends
 * the recording. */
void recorder_cut(struct recorder *);
/* Those two lines alone, at this time. */
void recorder_add_cut(struct buf *, uint64_t ts);

void recorder_free(struct recorder *);

#endif
