/* args - where secrets stand in the arguments of a command
 *
 * They are those that scan.h finds in each argument, and those that the arguments
 * before tell of: --password VALUE, mysql -pVALUE. An argument with blanks in it may
 * be a command line too (sh -c '...'): the same is looked for in its words.
 * No I/O, no recursion. */
#ifndef SECRET_ARGS_H
#define SECRET_ARGS_H

#include "secret/scan.h"
#include "secret/words.h"

/* all zero at first; keeps memory for the next command */
struct secret_args {
	struct secret_words words;
};

/* Adds the secrets of n arguments, which are the texts first, first + 1, ...
 * file is what was executed; it may be empty. O(length of all) */
void secret_args_find(struct secret_args *, struct secret_scan *, size_t first,
    struct slice file, const struct slice *args, size_t n);

void secret_args_free(struct secret_args *);

#endif
