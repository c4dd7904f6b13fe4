/* untraced - the exit status of the command, whatever becomes of its recording
 *
 * What cannot be recorded fails only after its message, with exit(): there the
 * command takes over. */
#ifndef UNTRACED_H
#define UNTRACED_H

#include "capture/capture.h"

/* From now on exit() runs the command in place of this program, if it was not
 * run, or else waits for it and exits as it does; with a message that nothing
 * is recorded. To be called before anything that can fail, but after
 * context.out is set; the capture must remain. */
void untraced_promise(struct capture *);

/* No more: exit() exits as it says. */
void untraced_release(void);

#endif
