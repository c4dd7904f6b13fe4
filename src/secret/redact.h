/* redact - events without the secrets that are in them
 *
 * It looks into the arguments and the values of all other keys that are not
 * numbers. What is not replaced stays as it is, byte for byte, its escapes
 * too. No I/O. */
#ifndef REDACT_H
#define REDACT_H

#include "event/event.h"
#include "secret/args.h"

#define REDACT_MARK "[REDACTED]"

/* all zero at first, but for own_only */
struct redact {
	bool own_only;		/* no rules but those of redact_rule() */
	struct secret_scan found;	/* in the last event; their texts are private */

	/* private */
	struct redact_rule *rules;
	size_t nrules, rules_cap;
	struct secret_args words;
	struct redact_piece *pieces;	/* of the event, in its order */
	size_t npieces, pieces_cap;
	size_t nfields;			/* of them, before the arguments */
	struct buf plain;		/* the pieces without escapes */
	struct slice *args;		/* those of plain */
	size_t args_cap;
	struct buf line;
};

/* A rule of one's own: an extended regular expression; what it matches is
 * replaced, or only what its first group in () matches. name is what it is
 * called in found. NULL, or the reason why it is no regular expression. */
const char *redact_rule(struct redact *, const char *regex, const char *name);

/* Whether there are secrets in the event; then it is one without them, valid
 * until the next call. */
bool redact_event(struct redact *, struct event *);

/* Appends where number i of found was in the last event, as it is without the
 * secrets: the argument, with the one before if all of it is secret; or the
 * value of another key. Without escapes. */
void redact_show(const struct redact *, size_t i, struct buf *);

void redact_free(struct redact *);

#endif
