/* message - what a program says on standard error, as one can read it anywhere
 *
 * warn(), warnx(), err() and errx() are defined here, in place of those of the C
 * library: a message may quote anything, as a file's name or a line that was
 * read, and control characters in it would reach the terminal. They are shown as
 * text_visible() has them, in one line. */
#ifndef MESSAGE_H
#define MESSAGE_H

/* The name that stands before each message from now on; it must remain. */
void message_name(const char *program);

#endif
