/* outfilter - a shell command between standard output and where it goes
 *
 * It is run when the first byte is written, and not at all if none is. What
 * ends this program by a signal of the terminal does not end it: it ends as
 * filters do, with its input. */
#ifndef OUTFILTER_H
#define OUTFILTER_H

#include <stdbool.h>

/* Standard output is the input of "sh -c command" from now on, whose output
 * is what standard output was. To be called once, after out_open(). */
void outfilter_open(const char *command);

/* Ends its input and waits for its end; standard output is again what it was.
 * A signal (signals.h) that ends a program ends the filter. False after a
 * message if it failed; true if there is none. */
bool outfilter_close(int signals);

#endif
