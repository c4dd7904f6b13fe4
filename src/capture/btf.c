#include "capture/btf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"

/* linux/btf.h, which is younger than the oldest systems that this is built on */
enum {
	MAGIC = 0xeb9f, VERSION = 1, HEADER = 24, HEAD = 12, MEMBER = 12,
	INT = 1, PTR, ARRAY, STRUCT, UNION, ENUM, FWD, TYPEDEF, VOLATILE, CONST,
	RESTRICT, FUNC, FUNC_PROTO, VAR, DATASEC, FLOAT, DECL_TAG, TYPE_TAG, ENUM64,
	NKINDS,
};

/* what follows the head of a type: so many bytes, and so many for each element */
static const struct {
	uint8_t fixed, each;
} rest[NKINDS] = {
	[INT] = { 4, 0 }, [ARRAY] = { 12, 0 }, [STRUCT] = { 0, MEMBER },
	[UNION] = { 0, MEMBER }, [ENUM] = { 0, 8 }, [FUNC_PROTO] = { 0, 8 },
	[VAR] = { 4, 0 }, [DATASEC] = { 0, 12 }, [DECL_TAG] = { 4, 0 },
	[ENUM64] = { 0, 12 },
};

/* a type of the kernel; all zero is void */
struct type {
	uint32_t name, info, size;	/* size, or the type that this refers to */
	const char *rest;
};

struct reducer {
	struct slice types, names;
	uint32_t *at;		/* where each type is, by its number, from 1 */
	size_t n, cap;
	uint32_t *number;	/* of each in the part; 0: none yet */
	uint32_t *queue;	/* those that have one, by it, from 1 */
	uint32_t nqueued;
	struct slice *words;	/* of the script, in order */
	size_t nwords, words_cap;
	struct buf out, outnames;
};

static uint32_t
word_at(const char *p)
{
	uint32_t n;

	memcpy(&n, p, sizeof n);
	return n;
}

static void
put(struct buf *b, uint32_t n)
{
	buf_add(b, &n, sizeof n);
}

static unsigned
kind_of(const struct type *t)
{
	return t->info >> 24 & 31;
}

static uint32_t
count_of(const struct type *t)
{
	return t->info & 0xffff;
}

static struct type
type_of(const struct reducer *r, uint32_t id)
{
	const char *p;

	if (!id || id >= r->n)
		return (struct type){ 0 };
	p = r->types.p + r->at[id];
	return (struct type){ .name = word_at(p), .info = word_at(p + 4),
	    .size = word_at(p + 8), .rest = p + HEAD };
}

static const char *
name_of(const struct reducer *r, uint32_t name)
{
	return name < r->names.len ? r->names.p + name : "";
}

/* The type itself, without its other names and its qualifiers; 0: void. */
static uint32_t
strip(const struct reducer *r, uint32_t id)
{
	struct type t = type_of(r, id);
	unsigned left = 64;	/* none is nested so deeply */

	while (kind_of(&t) == TYPEDEF || kind_of(&t) == VOLATILE ||
	    kind_of(&t) == CONST || kind_of(&t) == RESTRICT ||
	    kind_of(&t) == TYPE_TAG) {
		if (!left--)
			return 0;
		id = t.size;
		t = type_of(r, id);
	}
	return id;
}

static int
compare_words(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool
is_letter(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

static void
add_word(struct reducer *r, const char *p, size_t len)
{
	r->words = grow(r->words, r->nwords, &r->words_cap, sizeof *r->words);
	r->words[r->nwords++] = (struct slice){ p, len };
}

static void
find_words(struct reducer *r, const char *p)
{
	static const char task[] = "task_struct";
	const char *end;

	add_word(r, task, sizeof task - 1);
	for (; *p; p = end) {
		for (end = p; is_letter(*end); end++)
			;
		if (end > p)
			add_word(r, p, (size_t)(end - p));
		else
			end++;
	}
	qsort(r->words, r->nwords, sizeof *r->words, compare_words);
}

static bool
is_word(const struct reducer *r, const char *name)
{
	struct slice word = { name, strlen(name) };

	return bsearch(&word, r->words, r->nwords, sizeof *r->words,
	    compare_words);
}

/* Finds where each type is. */
static bool
find_types(struct reducer *r)
{
	size_t where = 0, len, left;
	struct type t;

	r->at = NULL;
	r->n = 1;
	r->at = grow(r->at, 0, &r->cap, sizeof *r->at);
	r->at[0] = 0;
	for (; (left = r->types.len - where) >= HEAD; where += len) {
		r->at = grow(r->at, r->n, &r->cap, sizeof *r->at);
		r->at[r->n++] = (uint32_t)where;
		t = type_of(r, (uint32_t)r->n - 1);
		if (!kind_of(&t) || kind_of(&t) >= NKINDS)
			return false;
		len = HEAD + rest[kind_of(&t)].fixed +
		    (size_t)rest[kind_of(&t)].each * count_of(&t);
		if (len > left)
			return false;
	}
	return !left;
}

/* The number of a type in the part, to which it is added later if it is new. */
static uint32_t
refer(struct reducer *r, uint32_t id)
{
	struct type t;

	id = strip(r, id);
	t = type_of(r, id);
	switch (kind_of(&t)) {
	case 0: case FWD: case FUNC: case FUNC_PROTO: case VAR: case DATASEC:
	case DECL_TAG:
		return 0;	/* only pointers go there: to void */
	default:
		break;
	}
	if (!r->number[id]) {
		r->number[id] = ++r->nqueued;
		r->queue[r->nqueued] = id;
	}
	return r->number[id];
}

static void
add_name(struct reducer *r, const char *name)
{
	if (!*name) {
		put(&r->out, 0);
		return;
	}
	put(&r->out, (uint32_t)r->outnames.len);
	buf_add(&r->outnames, name, strlen(name) + 1);
}

/* Of a union all members are kept, since the largest gives it its size. */
static bool
is_kept(const struct reducer *r, unsigned kind, const char *name)
{
	return kind == UNION || !*name || is_word(r, name);
}

static void
add_members(struct reducer *r, const struct type *t)
{
	const char *m, *name;
	uint32_t i, n = 0;

	for (i = 0, m = t->rest; i < count_of(t); i++, m += MEMBER)
		n += is_kept(r, kind_of(t), name_of(r, word_at(m)));
	add_name(r, name_of(r, t->name));
	put(&r->out, (t->info & ~(uint32_t)0xffff) | n);
	put(&r->out, t->size);
	for (i = 0, m = t->rest; i < count_of(t); i++, m += MEMBER) {
		name = name_of(r, word_at(m));
		if (!is_kept(r, kind_of(t), name))
			continue;
		add_name(r, name);
		put(&r->out, refer(r, word_at(m + 4)));
		put(&r->out, word_at(m + 8));
	}
}

/* What is no integer, but a number: an enum, say. */
static void
add_number(struct reducer *r, uint32_t size)
{
	add_name(r, size == 1 ? "unsigned char" : size == 2 ? "short unsigned int" :
	    size == 4 ? "unsigned int" : "long unsigned int");
	put(&r->out, (uint32_t)INT << 24);
	put(&r->out, size);
	put(&r->out, size * 8);
}

static void
add_type(struct reducer *r, uint32_t id)
{
	struct type t = type_of(r, id);

	switch (kind_of(&t)) {
	case STRUCT: case UNION:
		add_members(r, &t);
		break;
	case INT:
		add_name(r, name_of(r, t.name));
		put(&r->out, t.info);
		put(&r->out, t.size);
		put(&r->out, word_at(t.rest));
		break;
	case PTR: case TYPEDEF:
		add_name(r, name_of(r, t.name));
		put(&r->out, t.info);
		put(&r->out, refer(r, t.size));
		break;
	case ARRAY:
		put(&r->out, 0);
		put(&r->out, t.info);
		put(&r->out, 0);
		put(&r->out, refer(r, word_at(t.rest)));
		put(&r->out, refer(r, word_at(t.rest + 4)));
		put(&r->out, word_at(t.rest + 8));
		break;
	default:
		add_number(r, t.size);
		break;
	}
}

/* The types from which all others are reached. */
static void
queue_roots(struct reducer *r)
{
	struct type t, of;
	uint32_t id;

	for (id = 1; id < r->n; id++) {
		t = type_of(r, id);
		of = type_of(r, strip(r, id));
		if (kind_of(&t) == INT || (kind_of(&t) == STRUCT &&
		    is_word(r, name_of(r, t.name)))) {
			refer(r, id);
		} else if (kind_of(&t) == TYPEDEF && kind_of(&of) == INT) {
			r->number[id] = ++r->nqueued;
			r->queue[r->nqueued] = id;
		}
	}
}

static void
add_part(struct reducer *r, struct buf *part)
{
	uint32_t i;

	buf_addc(&r->outnames, '\0');
	queue_roots(r);
	for (i = 1; i <= r->nqueued; i++)
		add_type(r, r->queue[i]);
	put(part, MAGIC | VERSION << 16);
	put(part, HEADER);
	put(part, 0);
	put(part, (uint32_t)r->out.len);
	put(part, (uint32_t)r->out.len);
	put(part, (uint32_t)r->outnames.len);
	buf_add(part, r->out.p, r->out.len);
	buf_add(part, r->outnames.p, r->outnames.len);
}

static bool
take_header(struct reducer *r, struct slice btf)
{
	size_t header, types, types_len, names, names_len;

	if (btf.len < HEADER || (word_at(btf.p) & 0xffffff) != (MAGIC | VERSION << 16))
		return false;
	header = word_at(btf.p + 4);
	types = header + word_at(btf.p + 8);
	types_len = word_at(btf.p + 12);
	names = header + word_at(btf.p + 16);
	names_len = word_at(btf.p + 20);
	if (types + types_len > btf.len || names + names_len > btf.len ||
	    !names_len || btf.p[names + names_len - 1])
		return false;
	r->types = (struct slice){ btf.p + types, types_len };
	r->names = (struct slice){ btf.p + names, names_len };
	return true;
}

bool
btf_reduce(struct slice btf, const char *script, struct buf *part)
{
	struct reducer r = { 0 };
	bool good = take_header(&r, btf) && find_types(&r);

	if (good) {
		r.number = xcalloc(r.n, sizeof *r.number);
		r.queue = xcalloc(r.n, sizeof *r.queue);
		find_words(&r, script);
		add_part(&r, part);
	}
	free(r.at);
	free(r.number);
	free(r.queue);
	free(r.words);
	free(r.out.p);
	free(r.outnames.p);
	return good;
}
