/* cpus - the CPUs of this machine, and being on each of them; Linux only */
#ifndef CPUS_H
#define CPUS_H

#include <stdbool.h>
#include <stdint.h>

struct cpus;

/* The CPUs on which this process can be now, in its affinity or not; free with
 * cpus_free(). */
struct cpus *cpus_new(void);

/* The online CPUs of the machine as a list, "0-3": a static string. */
const char *cpus_online(void);

/* Waits for all of them: none has been heard of. */
void cpus_await(struct cpus *);
/* This one has been heard of. */
void cpus_heard(struct cpus *, int cpu);
/* All of them have been. */
bool cpus_all_heard(const struct cpus *);

/* Calls act(arg, cpu) once for each CPU which went off or came since
 * cpus_new(): what happens there is not recorded, as the tracer has a buffer for
 * none but those that were there when it began. It is not waited for any more. */
void cpus_find_changes(struct cpus *, void (*act)(void *arg, int32_t cpu),
    void *arg);
/* The same for each that is still awaited, after a while and after others have
 * been heard of so often that it should have been; to be called when others
 * have been. */
void cpus_give_up(struct cpus *, void (*act)(void *arg, int32_t cpu), void *arg);

/* Calls act(arg) on each CPU that has not been heard of, and at last on one that
 * has been: that one answers, if anybody does. One that this process cannot go
 * to any more need not be heard of. */
void cpus_visit(struct cpus *, void (*act)(unsigned arg), unsigned arg);

void cpus_free(struct cpus *);

#endif
