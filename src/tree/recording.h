/* recording - whole recordings as a forest, for the programs that show one
 *
 * This is how such a program begins and ends, once its options are known. Like
 * all of cli it writes messages, and it ends the program if there is nothing to
 * show. */
#ifndef RECORDING_H
#define RECORDING_H

#include "tree/forest.h"

/* Reads files, as linebuf_open() takes them, into a forest that has only its
 * kept set: true if a line of them was bad. */
bool recording_load(struct forest *, char *const files[]);

/* Opens the output that the options name, and loads. Without any process in the
 * recording the program ends with a message and status 1. True: as above. */
bool recording_read(struct forest *, char *const files[]);

/* A recording with which the others are compared: true as above. Without any
 * process in it the program ends with this status. */
bool recording_read_other(struct forest *, char *file, int status);

/* Says on stderr how much the recording lacks, if it does, and closes the
 * output: the exit status of the program. */
int recording_end(const struct forest *, bool bad);

#endif
