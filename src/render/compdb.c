#include "render/compdb.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/compilation.h"
#include "base/stringtable.h"
#include "base/text.h"
#include "json/writer.h"

/* one source that is compiled */
struct entry {
	const struct event *exec;
	size_t source;		/* its number in the compilation */
	size_t key;		/* number of directory, file and output */
};

struct database {
	struct compdb *db;
	struct json_writer json;
	struct compilation c;
	bool *compiles;		/* by process id: it, or an ancestor */

	struct entry *entries;
	size_t n, cap;
	struct strings keys;
	size_t *last;		/* by key: its last entry */
	size_t last_cap;
	struct buf text;
};

/* The directory of an exec, escaped: false if it is not known. */
static bool
find_directory(const struct event *exec, const struct compdb *db,
    struct slice *dir)
{
	if (event_get(exec, "cwd", dir))
		return true;
	if (!db->directory)
		return false;
	*dir = (struct slice){ db->directory, strlen(db->directory) };
	return true;
}

static bool
is_there(struct database *d, struct slice dir, struct slice file)
{
	d->text.len = 0;
	if (*file.p != '/') {
		text_unescape(&d->text, dir.p, dir.len);
		buf_addc(&d->text, '/');
	}
	text_unescape(&d->text, file.p, file.len);
	buf_addc(&d->text, '\0');
	return !access(d->text.p, F_OK);
}

static void
add_entry(struct database *d, const struct event *exec, struct slice dir,
    size_t source)
{
	const struct compilation *c = &d->c;
	struct slice file = c->args[c->sources[source]];
	struct slice output = c->args[c->output];
	size_t key;

	if (d->db->existing && !is_there(d, dir, file))
		return;
	d->text.len = 0;
	buf_add(&d->text, dir.p, dir.len);
	buf_addc(&d->text, '\t');
	buf_add(&d->text, file.p, file.len);
	buf_addc(&d->text, '\t');
	if (c->output)
		buf_add(&d->text, output.p, output.len);
	key = strings_add(&d->keys, d->text.p, d->text.len);
	d->last = grow(d->last, key, &d->last_cap, sizeof *d->last);
	d->last[key] = d->n;
	d->entries = grow(d->entries, d->n, &d->cap, sizeof *d->entries);
	d->entries[d->n++] = (struct entry){ exec, source, key };
}

/* Notes what an exec compiles: true if it is a compilation. */
static bool
take_exec(struct database *d, const struct event *exec)
{
	struct slice cut, dir;
	size_t i;

	if (!compilation_find(&d->c, exec))
		return false;
	if (event_get(exec, "argvlen", &cut) || event_get(exec, "joined", &cut))
		d->db->ncut++;
	else if (!find_directory(exec, d->db, &dir))
		d->db->nwithout++;
	else
		for (i = 0; i < d->c.nsources; i++)
			add_entry(d, exec, dir, i);
	return true;
}

static void
take_process(struct database *d, const struct process *p)
{
	const struct moment *m = forest_exec(p->events);
	bool compiles = p->parent && d->compiles[p->parent->id];

	for (; m && !compiles; m = forest_exec(m->next))
		compiles = take_exec(d, &m->ev);
	d->compiles[p->id] = compiles;
}

/* A string of JSON of an escaped value. */
static void
write_value(struct database *d, const char *key, struct slice val)
{
	size_t i, len;

	d->text.len = 0;
	text_unescape(&d->text, val.p, val.len);
	for (i = 0; i < d->text.len; i += len ? len : 1) {
		len = text_utf8(d->text.p + i, d->text.len - i);
		d->db->nbytes += !len;
	}
	json_writer_string(&d->json, key, d->text.p, d->text.len);
}

static void
write_entry(struct database *d, const struct entry *e)
{
	const struct compilation *c = &d->c;
	struct slice dir;
	size_t i;

	compilation_find(&d->c, e->exec);
	find_directory(e->exec, d->db, &dir);
	json_writer_object(&d->json, NULL);
	write_value(d, "directory", dir);
	write_value(d, "file", c->args[c->sources[e->source]]);
	json_writer_array(&d->json, "arguments");
	for (i = 0; i < c->nargs; i++)
		if (!compilation_is_other(c, i, e->source))
			write_value(d, NULL, c->args[i]);
	json_writer_close(&d->json);
	if (c->output)
		write_value(d, "output", c->args[c->output]);
	json_writer_close(&d->json);
}

void
compdb_write(struct compdb *db, const struct forest *f, FILE *fp)
{
	struct database d = {
		.db = db, .json = { .to = fp, .mode = JSON_WRITER_PRETTY },
		.compiles = xcalloc(f->n, sizeof *d.compiles),
	};
	const struct process *p;
	size_t i;

	for (p = forest_next(f, NULL, NULL); p; p = forest_next(f, NULL, p))
		take_process(&d, p);
	json_writer_array(&d.json, NULL);
	for (i = 0; i < d.n; i++)
		if (d.last[d.entries[i].key] == i)
			write_entry(&d, &d.entries[i]);
	json_writer_close(&d.json);
	json_writer_finish(&d.json);
	compilation_free(&d.c);
	strings_free(&d.keys);
	free(d.compiles);
	free(d.entries);
	free(d.last);
	free(d.text.p);
}
