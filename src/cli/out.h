/* out - standard output, or the file of -o: whole or not at all */
#ifndef OUT_H
#define OUT_H

/* The file that out_open() makes is for its owner only: there will be secrets in
 * it. To be called before. */
void out_private(void);

/* To be called once, before the first byte. "-" is standard output as it is.
 * Else standard output goes to the file from now on, which gets its name only
 * in out_close(), so that what was there before is replaced by a complete
 * file or not at all, and a filter may read the file that it writes. What is
 * not a regular file (a device, a FIFO) is written in place. Ends the program
 * with a message and status 2 when the file cannot be made. */
void out_open(const char *file);

/* Writes out what is left. 0, or -1 after a message when any byte since the
 * start was not written: no space, closed, I/O error. */
int out_close(void);

/* For what cannot be made again: after out_close() or a write has failed, what
 * the file of -o has is kept, if it is any, in a file that was not there: of the
 * name that it would have got, or else of one like it. A message says so. */
void out_keep(void);

/* for messages: the file, or "<stdout>" */
const char *out_name(void);

#endif
