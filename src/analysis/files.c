#include "analysis/files.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/slice.h"

enum { NONE = 0 };	/* of a number in a map: files are counted from 1 there */

/* files by names of a kind */
struct map {
	struct strings names;
	size_t *file, cap;	/* by the number of the name */
};

struct files_index {
	struct map ids, inodes, paths;	/* inodes: without the generation */
	struct map pairs;	/* of a process, a file, and what it does */
	struct buf key;
	size_t cap, uses_cap;
};

/* an event and whose it is */
struct item {
	const struct process *p;
	const struct moment *at;
	size_t order;
};

static size_t *
find(struct map *m, const char *p, size_t len)
{
	size_t before = m->names.n, number = strings_add(&m->names, p, len);

	if (number == before) {
		m->file = grow(m->file, number, &m->cap, sizeof *m->file);
		m->file[number] = NONE;
	}
	return &m->file[number];
}

static void
free_map(struct map *m)
{
	strings_free(&m->names);
	free(m->file);
}

static int
by_time(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->at->ev.ts != y->at->ev.ts)
		return x->at->ev.ts < y->at->ev.ts ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static bool
is_wanted(const struct event *ev)
{
	return ev->kind == EVENT_WRITE || ev->kind == EVENT_READ ||
	    ev->kind == EVENT_EXEC;
}

/* Nothing, if there is no event about a file. */
static struct item *
collect(const struct forest *f, size_t *n)
{
	struct item *items = NULL;
	const struct moment *m;
	size_t i, cap = 0;
	bool any = false;

	*n = 0;
	for (i = 0; i < f->n; i++)
		for (m = f->processes[i]->events; m; m = m->next) {
			if (!is_wanted(&m->ev))
				continue;
			any |= m->ev.kind != EVENT_EXEC;
			items = grow(items, *n, &cap, sizeof *items);
			items[*n] = (struct item){ f->processes[i], m, *n };
			++*n;
		}
	if (!any)
		*n = 0;
	if (*n)
		qsort(items, *n, sizeof *items, by_time);
	return items;
}

/* Whether one of them descends from the other, or is it. */
static bool
are_related(const struct process *a, const struct process *b)
{
	while (a->depth > b->depth)
		a = a->parent;
	while (b->depth > a->depth)
		b = b->parent;
	return a == b;
}

static void
add_use(struct files *x, const struct item *it, size_t file, bool writes)
{
	struct files_index *in = x->index;
	const size_t words[] = { it->p->id, file, writes };
	struct files_use *u;
	size_t *seen = find(&in->pairs, (const char *)words, sizeof words);

	if (*seen)
		return;
	x->uses = grow(x->uses, x->nuses, &in->uses_cap, sizeof *x->uses);
	u = &x->uses[x->nuses++];
	*u = (struct files_use){ .p = it->p, .at = it->at, .file = file,
	    .writes = writes, .path = x->list[file - 1].path };
	*seen = x->nuses;
}

static size_t
new_file(struct files *x, const struct process *maker)
{
	x->list = grow(x->list, x->n, &x->index->cap, sizeof *x->list);
	x->list[x->n++] = (struct files_file){ .maker = maker };
	return x->n;
}

/* The key of a process's run, so that equal inodes of two machines differ. */
static void
begin_key(struct files_index *in, const struct process *p)
{
	in->key.len = 0;
	buf_addu(&in->key, p->run->number);
}

static size_t *
find_key(struct files_index *in, struct map *m)
{
	return find(m, in->key.p, in->key.len);
}

static void
add_key(struct files_index *in, const struct event *ev, const char *key)
{
	struct slice val;

	buf_addc(&in->key, ':');
	if (event_get(ev, key, &val))
		buf_add(&in->key, val.p, val.len);
}

/* The place of the file that an event is about, in the map by which it is known;
 * NULL: it does not say. */
static size_t *
place(struct files_index *in, const struct item *it, size_t **inode)
{
	const struct event *ev = &it->at->ev;
	struct slice val;

	*inode = NULL;
	begin_key(in, it->p);
	if (event_get(ev, "ino", &val)) {
		add_key(in, ev, "dev");
		add_key(in, ev, "ino");
		*inode = find_key(in, &in->inodes);
		add_key(in, ev, "gen");
		return find_key(in, &in->ids);
	}
	if (!event_get(ev, "path", &val))
		return NULL;
	buf_addc(&in->key, ':');
	buf_add(&in->key, val.p, val.len);
	return find_key(in, &in->paths);
}

static void
set_path(struct files *x, const struct item *it, size_t file)
{
	struct files_index *in = x->index;
	struct slice path;

	if (!event_get(&it->at->ev, "path", &path))
		return;
	x->list[file - 1].path = path;
	begin_key(in, it->p);
	buf_addc(&in->key, ':');
	buf_add(&in->key, path.p, path.len);
	*find_key(in, &in->paths) = file;
}

/* A file has another name now, or one more. */
static void
move_file(struct files *x, const struct item *it, struct slice from)
{
	struct files_index *in = x->index;
	size_t *old, file;
	struct slice op;

	begin_key(in, it->p);
	buf_addc(&in->key, ':');
	buf_add(&in->key, from.p, from.len);
	old = find_key(in, &in->paths);
	file = *old;
	if (file == NONE)
		file = new_file(x, it->p);
	if (event_get(&it->at->ev, "op", &op) && slice_is(op, "rename"))
		*old = NONE;
	set_path(x, it, file);
	add_use(x, it, file, true);
}

/* The name is free: whoever writes it next makes another file. */
static void
unlink_file(struct files *x, const struct item *it)
{
	struct files_index *in = x->index;
	struct slice path = { "", 0 };

	event_get(&it->at->ev, "path", &path);
	begin_key(in, it->p);
	buf_addc(&in->key, ':');
	buf_add(&in->key, path.p, path.len);
	*find_key(in, &in->paths) = NONE;
}

static void
write_file(struct files *x, const struct item *it)
{
	size_t *inode, *at = place(x->index, it, &inode), number;
	struct files_file *file;
	uint64_t size;
	struct slice from, op;

	if (event_get(&it->at->ev, "op", &op) && slice_is(op, "unlink")) {
		unlink_file(x, it);
		return;
	}
	if (event_get(&it->at->ev, "from", &from)) {
		move_file(x, it, from);
		return;
	}
	if (!at)
		return;
	if (*at == NONE)
		*at = new_file(x, it->p);
	if (inode)
		*inode = *at;
	number = *at;
	file = &x->list[number - 1];
	if (event_get_number(&it->at->ev, "size", &size) && !size &&
	    !are_related(file->maker, it->p))
		file->again = it->p;
	set_path(x, it, number);	/* the map may move */
	add_use(x, it, number, true);
}

static void
read_file(struct files *x, const struct item *it)
{
	size_t *inode, *at = place(x->index, it, &inode), file;
	struct slice error;

	if (!at || *at == NONE || event_get(&it->at->ev, "errno", &error))
		return;
	file = *at;
	set_path(x, it, file);
	add_use(x, it, file, false);
}

/* A descriptor that was opened for this exec. */
static void
take_descriptor(struct files *x, const struct item *it, const char *key,
    bool writes)
{
	const struct moment *before = it->p->inherited;
	struct slice val, old;
	struct files_index *in = x->index;
	size_t *at;

	if (!event_get(&it->at->ev, key, &val) || !slice_take(&val, "file:"))
		return;
	if (before && event_get(&before->ev, key, &old) &&
	    slice_take(&old, "file:") && slice_equal(old, val))
		return;
	begin_key(in, it->p);
	buf_addc(&in->key, ':');
	buf_add(&in->key, val.p, val.len);
	at = find_key(in, &in->inodes);
	if (*at != NONE)
		add_use(x, it, *at, writes);
}

static void
take(struct files *x, const struct item *it)
{
	switch (it->at->ev.kind) {
	case EVENT_WRITE: write_file(x, it); break;
	case EVENT_READ: read_file(x, it); break;
	default:
		take_descriptor(x, it, "fd0", false);
		take_descriptor(x, it, "fd1", true);
		take_descriptor(x, it, "fd2", true);
		break;
	}
}

/* Makes by_process and first: counting sort. */
static void
index_processes(struct files *x, size_t n)
{
	size_t i, *next;

	x->first = xcalloc(n + 2, sizeof *x->first);
	x->by_process = xcalloc(x->nuses + 1, sizeof *x->by_process);
	next = x->first + 1;
	for (i = 0; i < x->nuses; i++)
		next[x->uses[i].p->id + 1]++;
	for (i = 1; i <= n; i++)
		next[i] += next[i - 1];
	for (i = 0; i < x->nuses; i++)
		x->by_process[next[x->uses[i].p->id]++] = i;
}

/* Whether the process has written the file, at any time. */
static bool
has_written(struct files *x, const struct process *p, size_t file)
{
	const size_t words[] = { p->id, file, true };

	return *find(&x->index->pairs, (const char *)words, sizeof words);
}

static void
count_readers(struct files *x)
{
	const struct files_use *u;
	size_t i;

	for (i = 0; i < x->nuses; i++) {
		u = &x->uses[i];
		if (u->writes)
			continue;
		x->list[u->file - 1].read = true;
		if (!has_written(x, u->p, u->file))
			x->list[u->file - 1].nreaders++;
	}
	for (i = 0; i < x->nuses; i++)
		x->uses[i].file--;
}

void
files_find(struct files *x, const struct forest *f)
{
	struct item *items;
	size_t i, n;

	*x = (struct files){ .index = xcalloc(1, sizeof *x->index) };
	items = collect(f, &n);
	for (i = 0; i < n; i++)
		take(x, &items[i]);
	free(items);
	count_readers(x);
	index_processes(x, f->n);
}

void
files_free(struct files *x)
{
	if (x->index) {
		free_map(&x->index->ids);
		free_map(&x->index->inodes);
		free_map(&x->index->paths);
		free_map(&x->index->pairs);
		free(x->index->key.p);
	}
	free(x->index);
	free(x->list);
	free(x->uses);
	free(x->by_process);
	free(x->first);
	*x = (struct files){ 0 };
}
