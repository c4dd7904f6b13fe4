/* findingtext - findings in sentences
 *
 * One module because each kind of finding is a sentence, and they are to sound alike,
 * whoever shows them. */
#ifndef FINDINGTEXT_H
#define FINDINGTEXT_H

#include "analysis/answers.h"

/* Appends the sentence, of UTF-8 text as text_visible() gives it, in one line;
 * commands stand between backquotes, and long ones are cut. */
void findingtext_add(struct buf *, const struct answers *,
    const struct finding *);

/* Appends the command of a process (process_title()) between backquotes, of at
 * most so many characters, "..." in place of what is left out. */
void findingtext_command(struct buf *, const struct process *,
    const struct moment *at, size_t max);

/* Appends how a process ended, as what follows its command: "ended with exit
 * 2", "was killed by SIGSEGV". */
void findingtext_ending(struct buf *, const struct process *);

/* Appends the last words of a failure: what could not be executed at the end
 * of its chain, as ", which could not execute foo (ENOENT)"; or nothing. */
void findingtext_execfail(struct buf *, const struct failure *);

/* What a failed process did not find, because another made it later; nothing, if
 * there is no such file. In a sentence that names that process, unless it is last,
 * which the text before this is about. */
void findingtext_toolate(struct buf *, const struct toolate *,
    const struct process *last);

#endif
