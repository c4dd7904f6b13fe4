/* ganttrows - a forest as a Mermaid gantt chart of few rows
 *
 * Processes of the same command path (merged.h) are one row, from the first
 * start to the last end, but for those that explain a failure (failure.h):
 * each of them has a row of its own. Written as gantt.h writes. One module because
 * which rows there are, and what is drawn of each, follow from the same sums. */
#ifndef GANTTROWS_H
#define GANTTROWS_H

#include "base/buf.h"
#include "tree/forest.h"

struct ganttrows {
	size_t rows;		/* at most; the failure first, then what has most of
				 * the critical path inside; > 0 */
	size_t limit;		/* bytes: fewer rows if they take more; 0: none */
};

/* Appends the chart of a forest that has processes. O(n log n) */
void ganttrows_draw(const struct ganttrows *, const struct forest *,
    struct buf *);

#endif
