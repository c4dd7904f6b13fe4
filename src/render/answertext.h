/* answertext - why a command failed, or took so long, in words */
#ifndef ANSWERTEXT_H
#define ANSWERTEXT_H

#include "analysis/answers.h"

/* Appends how the root ended, and if it failed, because of which process, down
 * to the last one of the chain, with its directory where the recording has it;
 * what else failed, and how many failures did not matter. Each line ends in a
 * newline. */
void answertext_end(struct buf *, const struct answers *);

/* Appends what it took the time for: the findings that are not about failures,
 * or totals if there are none. */
void answertext_time(struct buf *, const struct answers *);

#endif
