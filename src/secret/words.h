/* words - the words of command lines, as a shell would split them
 *
 * What is in quotes, or has blanks in it, may be a command line in turn: such parts
 * are put aside as lines, to be split later. No recursion. */
#ifndef SECRET_WORDS_H
#define SECRET_WORDS_H

#include <stdbool.h>

#include "secret/scan.h"

/* a word of a command line */
struct secret_words_one {
	struct secret_scan_text text;
	bool begins;		/* it is the first one of a command */
};

/* all zero is none; keeps memory for the next command */
struct secret_words {
	struct secret_words_one *list;
	size_t n, cap;
	struct secret_scan_text *lines;	/* that may be command lines */
	size_t nlines, lines_cap;
};

/* There are no words and no lines any more. */
void secret_words_clear(struct secret_words *);

/* Adds an argument as it is; one with blanks in it is a line, too. */
void secret_words_add(struct secret_words *, const struct secret_scan_text *arg);

/* The words are those of the line of this number from now on. Lines may be added. */
void secret_words_split(struct secret_words *, size_t line);

void secret_words_free(struct secret_words *);

#endif
