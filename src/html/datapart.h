/* datapart - what htmldata's parts have in common */
#ifndef HTML_DATAPART_H
#define HTML_DATAPART_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/summary.h"
#include "base/stringtable.h"
#include "html/datarows.h"
#include "json/stream.h"

enum { HTML_NONE = -1 };	/* in place of a number: there is none */

struct htmlpart {
	const struct summary *s;
	struct jsonout json;
	struct strings strings;
	struct htmlrows rows;
	struct buf scratch;
};

/* Write "process" and "few", or "exec" and "mark", of htmldata.h. */
void htmlpart_processes(struct htmlpart *);
void htmlpart_events(struct htmlpart *);

/* An array of the numbers of arguments, name as for jsonout_begin(). */
void htmlpart_args(struct htmlpart *, const char *name, const struct event *);

/* The number of a string with the fields of an event of this process that are
 * not shown elsewhere, as "key=value" with TABs between; HTML_NONE if there are
 * none. */
int64_t htmlpart_more(struct htmlpart *, const struct process *,
    const struct event *);

/* nanoseconds since the start */
int64_t htmlpart_since(const struct htmlpart *, uint64_t ts);

/* The name of an array with differences: it ends in "+". */
bool htmlpart_is_difference(const char *name);

#endif
