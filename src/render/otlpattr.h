/* otlpattr - attributes of OTLP/JSON, with the names of OpenTelemetry
 *
 * The names are those of its semantic conventions for processes and programs
 * (registry of attributes: process, error, host); what has none there is
 * called proctrace.KEY, by its key in proctrace-events(5). */
#ifndef OTLPATTR_H
#define OTLPATTR_H

#include "event/event.h"
#include "json/writer.h"
#include "tree/forest.h"

/* an attribute; bytes that are not UTF-8 are shown as in a recording */
void otlpattr_string(struct json_writer *, const char *key, const char *p,
    size_t n);
void otlpattr_number(struct json_writer *, const char *key, int64_t);
void otlpattr_true(struct json_writer *, const char *key);

/* The keys of an event (but those that all have, and those that other, or
 * NULL, has as well), and its argv. */
void otlpattr_event(struct json_writer *, const struct event *,
    const struct event *other);

/* Of a process, what is not in an event: its IDs. */
void otlpattr_ids(struct json_writer *, const struct process *);

#endif
