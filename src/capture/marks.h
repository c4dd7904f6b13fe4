/* marks - calls of ours that tell how far bpftrace is
 *
 * A mark is a call that fails without effect, setpgid() of a PID beyond all
 * PIDs, which the script prints as a line: "mark ts= pid= cpu= cookie=". Seen
 * in bpftrace's output, a mark says that every probe is attached, and that all
 * lines that CPU had before it have been read. The cookie is a number that tells
 * one mark from another, and ours from those of other captures. Linux only. */
#ifndef MARKS_H
#define MARKS_H

#include <stdint.h>

/* A number for marks that no other capture uses now, whose low MARKS_BITS are
 * 0: the numbers that differ from it in these are its owner's as well, but for
 * the last of them, MARKS_IDLE, which is the flush's. */
enum { MARKS_BITS = 12, MARKS_IDLE = (1 << MARKS_BITS) - 1 };
unsigned marks_cookie(void);

/* Marks the CPU on which this runs. */
void marks_add(unsigned cookie);

/* Names a process whose descendants are to be recorded as well, in the recording
 * of a tree; only after the first mark was seen, and only by the owner. */
void marks_follow(int32_t pid);

/* Makes bpftrace write out what it has printed: marks that mean nothing, as many
 * as its buffer has room for. The cookie is any of its owner's. */
void marks_flush(unsigned cookie);

enum { MARKS_PIPE_SIZE = 4096 };	/* bytes: the smallest pipe there is, through
					 * which bpftrace prints; its buffer is as
					 * large */

#endif
