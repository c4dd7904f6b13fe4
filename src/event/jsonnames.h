/* jsonnames - what events and their keys are called in lines of JSON */
#ifndef JSONNAMES_H
#define JSONNAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "event/event.h"

enum jsonkeys_type {
	JSONKEYS_NUMBER,
	JSONKEYS_STRING,
	JSONKEYS_ARGV,	/* an array of strings: argv= of the event */
};

struct jsonkeys_key {
	const char *json, *event;	/* its names */
	size_t json_len, event_len;
	enum jsonkeys_type type;
	bool optional;	/* left out if the event has none; else null, or [] */
};

enum { JSONKEYS_MAX = 8 };

/* a kind of event: its name, and its keys in the order in which they are
 * written. Any further keys of an event follow under their own names. */
struct jsonkeys {
	const char *name;	/* NULL: that of the event */
	enum event_kind kind;
	struct jsonkeys_key keys[JSONKEYS_MAX];	/* up to one without a name */
};

/* for events of that kind */
const struct jsonkeys *jsonkeys_kind(enum event_kind);

/* for lines of that name; those of EVENT_OTHER if it is none of them */
const struct jsonkeys *jsonkeys_name(const char *p, size_t len);

/* The key of the event called so, or NULL if it keeps its own name. */
const struct jsonkeys_key *jsonkeys_event_key(const struct jsonkeys *,
    const char *p, size_t len);

/* The key of the line called so, or NULL. */
const struct jsonkeys_key *jsonkeys_json_key(const struct jsonkeys *,
    const char *p, size_t len);

#endif
