/* rules - the tables by which secrets are found
 *
 * To extend them: one row here, and one in tests/secrets for what it finds and
 * one for what it must leave alone. Sources are the manuals of the programs and
 * the formats that services publish for their tokens. */
#ifndef SECRET_RULES_H
#define SECRET_RULES_H

#include <stdbool.h>
#include <stddef.h>

/* classes of characters */
enum {
	SECRET_UPPER = 1, SECRET_LOWER = 2, SECRET_DIGIT = 4,
	SECRET_UNDERSCORE = 8, SECRET_DASH = 16, SECRET_DOT = 32,
	SECRET_SLASH = 64, SECRET_PLUS = 128,
	SECRET_ALNUM = SECRET_UPPER | SECRET_LOWER | SECRET_DIGIT,
	SECRET_WORD = SECRET_ALNUM | SECRET_UNDERSCORE | SECRET_DASH,
};

/* what a secret looks like wherever it is */
struct secret_rules_shape {
	const char *rule, *prefix;
	unsigned chars;		/* that follow the prefix, ... */
	size_t min;		/* ... at least so many */
	bool word;		/* only at the begin of a word */
};
extern const struct secret_rules_shape secret_rules_shapes[];
extern const size_t secret_rules_nshapes;

enum { SECRET_RULES_MAX_OPTIONS = 128 };	/* checked where they are */

/* which part of a value is secret */
enum secret_rules_part {
	SECRET_ALL,
	SECRET_BEHIND_COLON,	/* user:secret; without one, nothing is */
	SECRET_BEHIND_COMMA,	/* user,secret */
	SECRET_BEHIND_PERCENT,	/* user%secret */
	SECRET_BEHIND_EQUALS,	/* name=secret */
};

/* an option that does not say by its name that its value is secret */
struct secret_rules_option {
	const char *program;
	bool prefix;		/* every program whose name begins so */
	const char *command;	/* and this word is between them; NULL: any is */
	const char *option;	/* NULL: words that are not options name values */
	bool attached;		/* -pVALUE is one, ... */
	bool separate;		/* ... or -p VALUE */
	enum secret_rules_part part;
};
extern const struct secret_rules_option secret_rules_options[];
extern const size_t secret_rules_noptions;

/* Words of which names are made; each list ends in NULL. */

/* in a name anywhere, however it is joined */
extern const char *const secret_rules_anywhere[];
/* the last part of a name */
extern const char *const secret_rules_last[];
/* the end of the last part: "sshpass", but not "bypass" */
extern const char *const secret_rules_ending[];
extern const char *const secret_rules_not_ending[];
/* what is joined to "key" without a separator to make it a secret one */
extern const char *const secret_rules_keys[];
/* the part before "key" with which it is none */
extern const char *const secret_rules_open_keys[];
/* the first part of a name that says whether, and not what */
extern const char *const secret_rules_flags[];
/* the last part of a name that is about a secret, and does not hold one */
extern const char *const secret_rules_about[];
/* a value that is no secret whatever its name is */
extern const char *const secret_rules_values[];

#endif
