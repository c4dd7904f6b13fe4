/* traceparent - to which trace and span of others a recording belongs
 *
 * It is the value that Trace Context, a recommendation of the W3C, calls so. */
#ifndef TRACEPARENT_H
#define TRACEPARENT_H

#include <stdbool.h>

#include "base/buf.h"

enum {
	TRACEPARENT_TRACE = 32, TRACEPARENT_SPAN = 16,	/* hexadecimal digits */
	TRACEPARENT_LENGTH = 55,	/* of a value of version 00 */
};

struct traceparent {
	char trace[TRACEPARENT_TRACE + 1];
	char span[TRACEPARENT_SPAN + 1];
};

/* Takes a value apart: false if it is none. */
bool traceparent_parse(struct traceparent *, struct slice);

#endif
