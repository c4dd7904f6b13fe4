/* datarows - the numbers of processes and execs in the data of the report */
#ifndef HTML_DATAROWS_H
#define HTML_DATAROWS_H

#include "tree/forest.h"

struct html_datarows {
	const struct process **list;	/* in depth-first fork order */

	/* by process id: */
	size_t *of;		/* its place in that list */
	size_t *first_exec;	/* the number of its first exec; all are counted in
				 * the order of the list */
	int64_t *inherited;	/* the exec whose command it runs at first; -1 */
};

/* Of a forest that is finished. O(n) */
void html_datarows_find(struct html_datarows *, const struct forest *);

void html_datarows_free(struct html_datarows *);

#endif
