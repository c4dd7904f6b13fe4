#include "import/import.h"

#include "event/event.h"

const char *
import_check(struct buf *events, size_t start)
{
	struct event ev;
	const char *why;

	why = event_parse(&ev, events->p + start, events->len - start);
	if (why)
		events->len = start;
	return why;
}

const char *
import_end(struct buf *events, size_t start)
{
	const char *why = import_check(events, start);

	if (!why)
		buf_addc(events, '\n');
	return why;
}
