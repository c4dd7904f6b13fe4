/* wakeups - how often bpftrace is woken to read what its probes print
 *
 * It asks for every line (perf_event_open(2), wakeup_events 1): for each, the
 * CPU interrupts itself, which on a virtual machine is most of what an event
 * costs. There is no option for it. So events of ours, which write to the same
 * buffers, take the place of its own in the map which its probes print to.
 * Linux only. */
#ifndef WAKEUPS_H
#define WAKEUPS_H

#include <stdbool.h>
#include <sys/types.h>

struct wakeups;

/* the lines of a CPU with which bpftrace is woken, when not with each */
enum { WAKEUPS_LINES = 32 };

/* Of a bpftrace whose probes are attached, and which stays woken with each
 * line. NULL: that cannot be changed, because we may not, or because it has a BPF
 * ring buffer (0.23 and 0.27 have), which wakes who has read all of it and nobody
 * else. Free with wakeups_free() when it has ended. */
struct wakeups *wakeups_new(pid_t bpftrace);

/* From now on with each line, or with many: true if it was the other way. Lines
 * that were not enough to wake it wait for the next one of their CPU. Always
 * false for NULL. */
bool wakeups_set(struct wakeups *, bool each);

/* If bpftrace still runs, it stays as it was set. */
void wakeups_free(struct wakeups *);

#endif
