/* selection - which processes of a forest are meant
 *
 * Those that match in every respect that is given: one of the patterns, one of
 * the directories, one of the files, one of the PIDs, one of the endings, duration and time. No
 * I/O. */
#ifndef SELECTION_H
#define SELECTION_H

#include "base/pattern.h"
#include "tree/forest.h"

/* all zero means every process, but for max_duration and before */
struct selection {
	uint64_t min_duration, max_duration;	/* ns */
	uint64_t since, before;	/* ns after forest.start; it lived then */
	bool with_children;	/* and all that descend from them */
	bool with_parents;	/* and all that they descend from */
	bool invert;		/* the others, in the end */

	/* private */
	struct pattern *patterns;
	size_t npatterns, patterns_cap;
	const char **directories;
	size_t ndirectories, directories_cap;
	const char **files;
	size_t nfiles, files_cap;
	struct selection_pid *pids;
	size_t npids, pids_cap;
	struct selection_ending *endings;
	size_t nendings, endings_cap;
	struct buf text;
};

/* A pattern to be found in the arguments of one of its execs, joined by blanks,
 * or in the name of the file executed. It must remain. NULL, or the reason why
 * it is no regular expression. */
const char *selection_pattern(struct selection *, const char *pattern,
    enum pattern_syntax, bool ignore_case);

/* One of its execs happened in this directory or below it; or, if there is a
 * '*', '?' or '[' in it, in one that matches as a whole, glob(7), in which '*'
 * stands for slashes as well. It must remain. */
void selection_directory(struct selection *, const char *directory);

/* It has written or read this file, or one below this directory, or one that
 * matches, as above. It must remain. */
void selection_file(struct selection *, const char *file);

/* "PID", or "PID@TIME" as lives.h says. False if it is neither. */
bool selection_pid(struct selection *, const char *spec);

/* An exit status, the name of a signal with or without SIG, "failed" (not 0,
 * or by a signal), "signal" (by any), or "running" (it has not ended). False
 * if it is none of them. */
bool selection_ending(struct selection *, const char *spec);

/* Sets chosen, by process id, of a finished forest; how many there are. */
size_t selection_processes(struct selection *, const struct forest *, bool *chosen);

void selection_free(struct selection *);

#endif
