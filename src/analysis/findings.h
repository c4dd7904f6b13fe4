/* findings - the few things that stand out in a recording, by what they cost
 *
 * No finding is better than a doubtful one: each kind has a least share of the
 * time below which it is not worth a sentence. render/findingtext.h has the
 * sentences. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "tree/forest.h"

struct answers;

enum finding_kind {
	FINDING_HUNG,		/* the time was up: answers.hang */
	FINDING_FAILED,		/* the root did: answers.failure.chain */
	FINDING_CRASHED,	/* others were killed by a signal; n of them */
	FINDING_OUTLIVED,	/* about[0] did, n processes in all */
	FINDING_SERIAL,		/* about[0] ran n children */
	FINDING_PROGRAM,	/* the program of about[0] has most of the
				 * critical path, in n of its runs */
	FINDING_WAITING,	/* n processes used no CPU for long */
	FINDING_REPEATS,	/* the command of about[0] ran n times */
	FINDING_BUSY,		/* the critical path waited for a CPU that others
				 * used */
	FINDING_ELSEWHERE,	/* n clients of a service; about[0] waited longest */
};

enum { FINDINGS_MAX = 6, FINDING_ABOUT = 3 };

struct finding {
	enum finding_kind kind;
	uint64_t ns;		/* what it took; of the critical path: REPEATS,
				 * PROGRAM; HUNG: when the time was up;
				 * FAILED, CRASHED: 0 */
	uint64_t total;		/* REPEATS: ns of all runs, on the path or not */
	size_t n;
	size_t runs;		/* PROGRAM: all of its processes, on the path or not */
	const struct process *about[FINDING_ABOUT];	/* the most important
							 * first */
	size_t nabout;
	/* WAITING: of all that have the command of about[i] */
	struct {
		size_t n;
		uint64_t idle, on_path;	/* ns */
	} same[FINDING_ABOUT];
};

struct findings {
	struct finding list[FINDINGS_MAX];	/* failures first, then what took
						 * most */
	size_t n;
};

/* From all else in answers. O(n) */
void findings_find(struct findings *, const struct answers *);

/* a word for it in JSON and the like: "failed", "serial", ... */
const char *findings_kind_name(enum finding_kind);

#endif
