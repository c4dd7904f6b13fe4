#include "html/datapart.h"

#include <string.h>

#include "base/slice.h"

enum { COMM_MAX = 15 };

int64_t
html_datapart_since(const struct html_datapart *d, uint64_t ts)
{
	return (int64_t)(ts - d->s->f->start);
}

bool
html_datapart_is_difference(const char *name)
{
	return name[strlen(name) - 1] == '+';
}

/* The process has the name of its program, of which the kernel keeps 15 bytes. */
static bool
is_program(const struct process *p, struct slice comm)
{
	const struct moment *exec = p->exec ? p->exec : p->inherited;
	struct slice file;

	if (!exec || !event_get(&exec->ev, "file", &file))
		return false;
	file = slice_basename(file);
	return comm.len <= file.len && !memcmp(comm.p, file.p, comm.len) &&
	    (comm.len == file.len || comm.len >= COMM_MAX);
}

int64_t
html_datapart_more(struct html_datapart *d, const struct process *p,
    const struct event *ev)
{
	static const char *const common[] = {
		"ts", "pid", "ppid", "pgid", "sid", "cpu", "seq", "run", NULL,
	}, *const group[] = {
		"ts", "pid", "ppid", "cpu", "seq", "run", NULL,
	}, *const known[] = {
		"file", "filelen", "argvlen", "fds", "status", "signal", "core",
		"cputime", "utime", "stime", "maxrss", "rbytes", "wbytes", NULL,
	};
	bool is_group = event_kind_rules(ev->kind) & EVENT_MOVES;
	bool is_known = ev->kind == EVENT_EXEC || ev->kind == EVENT_EXIT;
	const char *iter = event_fields(ev);
	struct slice key, val;

	d->scratch.len = 0;
	while (event_next_field(ev, &iter, &key, &val)) {
		if (slice_is_one_of(key, is_group ? group : common) ||
		    (is_known && slice_is_one_of(key, known)) ||
		    (slice_is(key, "comm") && is_program(p, val)))
			continue;
		if (d->scratch.len)
			buf_addc(&d->scratch, '\t');
		buf_add(&d->scratch, key.p, (size_t)(val.p + val.len - key.p));
	}
	if (!d->scratch.len)
		return HTML_NONE;
	return (int64_t)strings_add(&d->strings, d->scratch.p, d->scratch.len);
}

void
html_datapart_args(struct html_datapart *d, const char *name, const struct event *ev)
{
	struct slice args, arg;

	json_writer_array(&d->json, name);
	if (event_argv(ev, &args))
		while (event_next_arg(&args, &arg))
			json_writer_number(&d->json, NULL, (int64_t)strings_add(&d->strings, arg.p,
			    arg.len));
	json_writer_close(&d->json);
}
