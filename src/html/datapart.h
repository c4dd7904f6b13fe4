/* datapart - what the files that write data.h have in common */
#ifndef HTML_DATAPART_H
#define HTML_DATAPART_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/answers.h"
#include "base/stringtable.h"
#include "html/datarows.h"
#include "json/writer.h"

enum { HTML_NONE = -1 };	/* in place of a number: there is none */

struct html_datapart {
	const struct answers *a;
	const struct summary *s;	/* of those */
	struct json_writer json;
	struct strings strings;
	struct html_datarows rows;
	struct buf scratch;
};

/* Write "process" and "few", or "exec" and "mark", or "cpus" and "machine", or
 * "files", of data.h. */
void html_datapart_processes(struct html_datapart *);
void html_datapart_events(struct html_datapart *);
void html_datapart_machine(struct html_datapart *);
void html_datapart_files(struct html_datapart *);

/* An array of the numbers of arguments, name as json_writer_array() takes the key. */
void html_datapart_args(struct html_datapart *, const char *name, const struct event *);

/* The number of a string with the fields of an event of this process that are
 * not shown elsewhere, as "key=value" with TABs between; HTML_NONE if there are
 * none. */
int64_t html_datapart_more(struct html_datapart *, const struct process *,
    const struct event *);

/* nanoseconds since the start */
int64_t html_datapart_since(const struct html_datapart *, uint64_t ts);

/* The name of an array with differences: it ends in "+". */
bool html_datapart_is_difference(const char *name);

#endif
