/* lives - the lives of one PID, and which of them is meant
 *
 * A life is named PID@TIME, where TIME is when it was forked (its ts), 0 for
 * one that existed before the recording began, or when it is first heard of
 * after another life has ended. PID@TIME means the first life that begins then
 * or later. */
#ifndef LIVES_H
#define LIVES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "event/event.h"

struct life {
	uint64_t begin;
	struct buf command;	/* of its last exec; empty: none */
};

/* all zero, then set by lives_parse() or lives_name() */
struct lives {
	int32_t pid;		/* 0: none is meant yet */
	uint64_t since;		/* TIME */
	bool chosen;		/* a TIME was given: other lives do not matter */
	bool named;		/* by a root line */
	struct life *all;
	size_t n, cap;
	bool open;		/* the last one has not ended */
};

/* Parses PID or PID@TIME: false if it is neither. */
bool lives_parse(struct lives *, const char *spec);

/* Means what a root line says. */
void lives_name(struct lives *, const struct event *root);

/* Takes the next event in time: true if with it the life that is meant begins
 * (or is first heard of). */
bool lives_event(struct lives *, const struct event *);

/* Several lives, and no word about which one is meant. */
bool lives_ambiguous(const struct lives *);

/* Lists them on stderr: time, spelling, command. */
void lives_print(const struct lives *);

void lives_free(struct lives *);

#endif
