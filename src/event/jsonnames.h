/* jsonnames - what events and their keys are called in lines of JSON */
#ifndef JSONNAMES_H
#define JSONNAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "event/event.h"

enum jsonnames_type {
	JSONNAMES_NUMBER,
	JSONNAMES_STRING,
	JSONNAMES_ARGV,	/* an array of strings: argv= of the event */
};

struct jsonnames_key {
	const char *json, *event;	/* its names */
	size_t json_len, event_len;
	enum jsonnames_type type;
	bool optional;	/* left out if the event has none; else null, or [] */
};

enum { JSONNAMES_MAX = 8 };

/* a kind of event: its name, and its keys in the order in which they are
 * written. Any further keys of an event follow under their own names. */
struct jsonnames {
	const char *name;	/* NULL: that of the event */
	enum event_kind kind;
	struct jsonnames_key keys[JSONNAMES_MAX];	/* up to one without a name */
};

/* for events of that kind */
const struct jsonnames *jsonnames_kind(enum event_kind);

/* for lines of that name; those of EVENT_OTHER if it is none of them */
const struct jsonnames *jsonnames_name(const char *p, size_t len);

/* The key of the event called so, or NULL if it keeps its own name. */
const struct jsonnames_key *jsonnames_event_key(const struct jsonnames *,
    const char *p, size_t len);

/* The key of the line called so, or NULL. */
const struct jsonnames_key *jsonnames_json_key(const struct jsonnames *,
    const char *p, size_t len);

#endif
