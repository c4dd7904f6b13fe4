#include "analysis/pipes.h"

#include <stdlib.h>

#include "base/slice.h"
#include "base/stringtable.h"
#include "tree/spans.h"

enum { NONE = -1 };

/* a process as a writer of a pipe */
struct writer {
	const struct process *p;
	size_t before;		/* the one that ended before it, plus 1; 0: none */
};

struct pipes_index {
	struct strings names;	/* of pipes, by number */
	struct writer *writers;
	size_t nwriters, writers_cap;
	size_t *last;		/* by pipe: the writer that ended last, of those
				 * that were not looked at yet, plus 1; 0: none */
	size_t nlast, last_cap;
	struct buf name;
};

/* The number of the pipe that is this descriptor of a process, by its last exec;
 * NONE: it is no pipe, or not known. Equal inode numbers of two recordings are
 * different pipes. */
static long
pipe_of(struct pipes_index *x, const struct process *p, const char *key)
{
	struct slice inode;
	size_t number;

	if (!p->exec || !event_get(&p->exec->ev, key, &inode) ||
	    !slice_take(&inode, "pipe:"))
		return NONE;
	x->name.len = 0;
	buf_addu(&x->name, p->run->number);
	buf_addc(&x->name, ':');
	buf_add(&x->name, inode.p, inode.len);
	number = strings_add(&x->names, x->name.p, x->name.len);
	for (; x->nlast < x->names.n; x->nlast++) {
		x->last = grow(x->last, x->nlast, &x->last_cap, sizeof *x->last);
		x->last[x->nlast] = 0;
	}
	return (long)number;
}

static void
add_writer(struct pipes_index *x, long pipe, const struct process *p)
{
	if (pipe == NONE)
		return;
	x->writers = grow(x->writers, x->nwriters, &x->writers_cap,
	    sizeof *x->writers);
	x->writers[x->nwriters++] = (struct writer){ p, x->last[pipe] };
	x->last[pipe] = x->nwriters;
}

void
pipes_init(struct pipes *pipes, const struct end *ends, size_t n)
{
	struct pipes_index *x = xcalloc(1, sizeof *x);
	long out, err;
	size_t i;

	pipes->index = x;
	for (i = 0; i < n; i++) {
		out = pipe_of(x, ends[i].p, "fd1");
		err = pipe_of(x, ends[i].p, "fd2");
		add_writer(x, out, ends[i].p);
		if (err != out)
			add_writer(x, err, ends[i].p);
	}
}

/* Whether the reader was busy for more than half of the time in which it might
 * have waited for the writer's end, at least. */
static bool
is_busy(const struct process *reader, const struct process *writer, uint64_t by)
{
	uint64_t busy = spans_busy(reader), after = by - writer->end;
	uint64_t from = writer->start > reader->start ? writer->start :
	    reader->start;

	return busy > after && busy - after > (writer->end - from) / 2;
}

const struct process *
pipes_writer(struct pipes *pipes, const struct process *reader, uint64_t since,
    uint64_t by)
{
	struct pipes_index *x = pipes->index;
	long pipe = pipe_of(x, reader, "fd0");
	const struct process *p;

	if (pipe == NONE)
		return NULL;
	for (; x->last[pipe]; x->last[pipe] = x->writers[x->last[pipe] - 1].before) {
		p = x->writers[x->last[pipe] - 1].p;
		if (p == reader || p->end > by)
			continue;
		return p->end > since && p->end > reader->start &&
		    !is_busy(reader, p, by) ? p : NULL;
	}
	return NULL;
}

void
pipes_take(struct pipes *pipes, const struct process *reader)
{
	struct pipes_index *x = pipes->index;
	long pipe = pipe_of(x, reader, "fd0");

	x->last[pipe] = x->writers[x->last[pipe] - 1].before;
}

void
pipes_free(struct pipes *pipes)
{
	strings_free(&pipes->index->names);
	free(pipes->index->writers);
	free(pipes->index->last);
	free(pipes->index->name.p);
	free(pipes->index);
}
