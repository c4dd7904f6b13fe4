/* gantt - a forest as a Mermaid gantt chart
 *
 * It is written so that Mermaid 10.7.0 to 12.3.0 draw the same, and exactly the
 * text that is meant. One module because how much fits is found by drawing it. */
#ifndef GANTT_H
#define GANTT_H

#include "base/buf.h"
#include "tree/forest.h"

enum { GANTT_LIMIT = 50000 };	/* Mermaid's default maxTextSize */

struct gantt {
	/* to be set before */
	uint64_t min_duration;	/* ns: what is shorter is folded */
	size_t limit;		/* bytes, enough for some bars; 0: none */

	/* set by gantt_draw() */
	size_t ndrawn;		/* processes that have bars */
	bool over_limit;	/* some have none because of the limit; they
				 * lasted longest_folded ns at most */
	uint64_t longest_folded;
};

/* Appends the chart of a forest that has processes. Those that are folded are
 * counted in the label of the nearest process above that has a bar. The root
 * is never folded. O(n log n) */
void gantt_draw(struct gantt *, const struct forest *, struct buf *);

#endif
