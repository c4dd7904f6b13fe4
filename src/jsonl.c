#include "jsonl.h"

#include <json.h>
#include <json_object_iterator.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "jsoncheck.h"
#include "text.h"

enum {
	STYLE = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE,
	NSHAPES = 16,
	DEL = 0x7f,
};

struct member {
	char *key;
	enum json_type type;
	struct json_object *val;
};

/* The objects of the last line of a name. The next one mostly has the same
 * keys, and making objects anew would take as long as all the rest. */
struct jsonl_shape {
	char *name;
	struct json_object *line, *body;
	struct member *members;
	size_t n, cap;
	size_t used;	/* how many of them the line has so far */
};

static _Noreturn void
no_memory(void)
{
	errx(2, "out of memory");
}

static struct json_object *
checked(struct json_object *obj)
{
	if (!obj)
		no_memory();
	return obj;
}

/* The JSON text of obj. json-c leaves out what it has no memory for, and only
 * errno tells. */
static struct slice
to_text(struct json_object *obj, int style)
{
	struct slice text;

	errno = 0;
	text.p = json_object_to_json_string_length(obj, style, &text.len);
	if (!text.p || errno == ENOMEM)
		no_memory();
	return text;
}

/* Adds a key that obj does not have yet and that lives as long as obj. */
static void
add_member(struct json_object *obj, const char *key, struct json_object *val)
{
	if (json_object_object_add_ex(obj, key, val,
	    JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY) < 0)
		no_memory();
}

/* json-c's own goes through snprintf(): half the time of a line */
static int
write_number(struct json_object *obj, struct printbuf *pb, int level, int flags)
{
	int64_t n = json_object_get_int64(obj);
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;
	char digits[21];
	size_t i = sizeof digits;

	(void)level;
	(void)flags;
	do
		digits[--i] = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		digits[--i] = '-';
	return printbuf_memappend(pb, digits + i, (int)(sizeof digits - i));
}

/* Forgets the keys of the last line that this one does not have. */
static void
cut_shape(struct jsonl_shape *shape)
{
	struct member *m;

	while (shape->n > shape->used) {
		m = &shape->members[--shape->n];
		json_object_object_del(shape->body, m->key);
		free(m->key);
	}
}

static void
free_shape(struct jsonl_shape *shape)
{
	shape->used = 0;
	cut_shape(shape);
	json_object_put(shape->line);
	free(shape->members);
	free(shape->name);
}

static struct jsonl_shape *
find_shape(struct jsonl_out *o, const char *name)
{
	struct jsonl_shape *shape;
	size_t i;

	if (!o->shapes)
		o->shapes = xcalloc(NSHAPES, sizeof *o->shapes);
	for (i = 0; i < NSHAPES && o->shapes[i].name; i++)
		if (!strcmp(o->shapes[i].name, name))
			return &o->shapes[i];
	shape = &o->shapes[o->oldest++ % NSHAPES];
	free_shape(shape);
	*shape = (struct jsonl_shape){
		.name = xstrdup(name),
		.line = checked(json_object_new_object()),
		.body = checked(json_object_new_object()),
	};
	add_member(shape->line, shape->name, shape->body);
	return shape;
}

void
jsonl_begin(struct jsonl_out *o, const char *name)
{
	o->now = find_shape(o, name);
	o->now->used = 0;
}

static void
end_array(struct jsonl_out *o)
{
	size_t len;

	if (!o->array)
		return;
	len = json_object_array_length(o->array);
	if (len > o->nitems)
		json_object_array_del_idx(o->array, o->nitems, len - o->nitems);
	o->array = NULL;
}

/* Goes on to the next key: true and its old value, or NULL, in *val if the
 * last line had the same one there; false: append() it. */
static bool
reuse(struct jsonl_out *o, const char *key, enum json_type type,
    struct json_object **val)
{
	struct jsonl_shape *shape = o->now;
	struct member *m;

	end_array(o);
	if (shape->used == shape->n)
		return false;
	m = &shape->members[shape->used];
	if (m->type != type || strcmp(m->key, key))
		return false;
	*val = m->val;
	shape->used++;
	return true;
}

/* Takes the value over: true, or false (it is gone) if the key is there. */
static bool
append(struct jsonl_out *o, const char *key, enum json_type type,
    struct json_object *val)
{
	struct jsonl_shape *shape = o->now;
	struct member *m;

	end_array(o);
	cut_shape(shape);
	if (json_object_object_get_ex(shape->body, key, NULL)) {
		json_object_put(val);
		return false;
	}
	shape->members = grow(shape->members, shape->n, &shape->cap, sizeof *m);
	m = &shape->members[shape->n++];
	*m = (struct member){ xstrdup(key), type, val };
	add_member(shape->body, m->key, val);
	shape->used = shape->n;
	return true;
}

/* The bytes as UTF-8, and no more than json-c can take. */
static struct slice
clean(struct buf *b, const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len && (unsigned char)p[i] < 0x80; i++)
		;
	if (i < len) {
		b->len = 0;
		text_utf8_clean(b, p, len);
		p = b->p;
		len = b->len;
	}
	if (len >= INT_MAX)
		errx(2, "a string of 2 GiB or more");
	return (struct slice){ p, len };
}

static struct json_object *
new_string(struct slice s)
{
	return checked(json_object_new_string_len(s.len ? s.p : "", (int)s.len));
}

/* Not the empty one: json-c 0.16 loses the memory of the old one then. */
static void
set_string(struct json_object *obj, struct slice s)
{
	if (!json_object_set_string_len(obj, s.p, (int)s.len))
		no_memory();
}

void
jsonl_null(struct jsonl_out *o, const char *key)
{
	struct json_object *val;

	if (!reuse(o, key, json_type_null, &val))
		append(o, key, json_type_null, NULL);
}

void
jsonl_number(struct jsonl_out *o, const char *key, int64_t n)
{
	struct json_object *val;

	if (reuse(o, key, json_type_int, &val)) {
		json_object_set_int64(val, n);
	} else {
		val = checked(json_object_new_int64(n));
		json_object_set_serializer(val, write_number, NULL, NULL);
		append(o, key, json_type_int, val);
	}
}

void
jsonl_string(struct jsonl_out *o, const char *key, const char *p, size_t len)
{
	struct slice s = clean(&o->clean, p, len);
	struct json_object *val;

	if (s.len && reuse(o, key, json_type_string, &val))
		set_string(val, s);
	else
		append(o, key, json_type_string, new_string(s));
}

void
jsonl_array(struct jsonl_out *o, const char *key)
{
	struct json_object *val;

	if (!reuse(o, key, json_type_array, &val)) {
		val = checked(json_object_new_array());
		if (!append(o, key, json_type_array, val))
			return;
	}
	o->array = val;
	o->nitems = 0;
}

void
jsonl_item(struct jsonl_out *o, const char *p, size_t len)
{
	struct slice s = clean(&o->clean, p, len);

	if (!o->array)
		return;		/* its key came twice */
	if (s.len && o->nitems < json_object_array_length(o->array))
		set_string(json_object_array_get_idx(o->array, o->nitems), s);
	else if (json_object_array_put_idx(o->array, o->nitems,
	    new_string(s)) < 0)
		no_memory();
	o->nitems++;
}

/* How many of the len bytes at p a terminal may have: up to a DEL or a C1
 * control (U+0080 to U+009F). They are in strings, json-c leaves them. */
static size_t
harmless(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] == DEL || (p[i] == '\xc2' && i + 1 < len &&
		    (unsigned char)p[i + 1] < 0xa0))
			break;
	return i;
}

static void
write_line(struct slice s, FILE *fp)
{
	size_t n;

	while ((n = harmless(s.p, s.len)) < s.len) {
		fwrite(s.p, 1, n, fp);
		n += s.p[n] != DEL;
		fprintf(fp, "\\u%04x", (unsigned)(unsigned char)s.p[n]);
		s.p += n + 1;
		s.len -= n + 1;
	}
	fwrite(s.p, 1, s.len, fp);
	putc('\n', fp);
}

void
jsonl_end(struct jsonl_out *o, FILE *fp)
{
	end_array(o);
	cut_shape(o->now);
	write_line(to_text(o->now->line, STYLE), fp);
}

void
jsonl_out_free(struct jsonl_out *o)
{
	size_t i;

	for (i = 0; o->shapes && i < NSHAPES; i++)
		free_shape(&o->shapes[i]);
	free(o->shapes);
	free(o->clean.p);
	*o = (struct jsonl_out){ 0 };
}

static void
add_value(struct jsonl_doc *d, const char *key, struct json_object *val)
{
	struct json_object *in = d->nopen ? d->open[d->nopen - 1] : NULL;

	if (!in)
		d->root = val;
	else if (key ? json_object_object_add(in, key, val) < 0 :
	    json_object_array_add(in, val) < 0)
		no_memory();
}

static void
open_value(struct jsonl_doc *d, const char *key, struct json_object *val)
{
	add_value(d, key, checked(val));
	d->open = grow(d->open, d->nopen, &d->cap, sizeof *d->open);
	d->open[d->nopen++] = val;
}

void
jsonl_doc_object(struct jsonl_doc *d, const char *key)
{
	open_value(d, key, json_object_new_object());
}

void
jsonl_doc_array(struct jsonl_doc *d, const char *key)
{
	open_value(d, key, json_object_new_array());
}

void
jsonl_doc_close(struct jsonl_doc *d)
{
	d->nopen--;
}

void
jsonl_doc_null(struct jsonl_doc *d, const char *key)
{
	add_value(d, key, NULL);
}

void
jsonl_doc_number(struct jsonl_doc *d, const char *key, int64_t n)
{
	add_value(d, key, checked(json_object_new_int64(n)));
}

void
jsonl_doc_decimal(struct jsonl_doc *d, const char *key, double n)
{
	char text[32];

	snprintf(text, sizeof text, "%.4f", n);
	add_value(d, key, checked(json_object_new_double_s(n, text)));
}

void
jsonl_doc_string(struct jsonl_doc *d, const char *key, const char *p, size_t len)
{
	add_value(d, key, new_string(clean(&d->clean, p, len)));
}

void
jsonl_doc_write(struct jsonl_doc *d, FILE *fp)
{
	write_line(to_text(d->root, STYLE | JSON_C_TO_STRING_PRETTY |
	    JSON_C_TO_STRING_SPACED), fp);
	json_object_put(d->root);
	free(d->open);
	free(d->clean.p);
	*d = (struct jsonl_doc){ 0 };
}

static void
set_text(struct jsonl_field *f, struct json_object *val)
{
	f->type = JSONL_TEXT;
	if (json_object_is_type(val, json_type_string)) {
		f->text.p = json_object_get_string(val);
		f->text.len = (size_t)json_object_get_string_len(val);
	} else {
		f->text = to_text(val, STYLE);
	}
}

static void
set_array(struct jsonl_in *in, struct jsonl_field *f, struct json_object *val)
{
	size_t i, n = json_object_array_length(val);
	struct json_object *item;

	f->first = in->nitems;
	for (i = 0; i < n; i++) {
		item = json_object_array_get_idx(val, i);
		if (!json_object_is_type(item, json_type_string)) {
			in->nitems = f->first;
			set_text(f, val);
			return;
		}
		in->items = grow(in->items, in->nitems, &in->items_cap,
		    sizeof *in->items);
		in->items[in->nitems++] = (struct slice){
			json_object_get_string(item),
			(size_t)json_object_get_string_len(item),
		};
	}
	f->type = JSONL_ARRAY;
	f->text = to_text(val, STYLE);
	f->n = n;
}

static void
add_field(struct jsonl_in *in, const char *key, struct json_object *val)
{
	struct jsonl_field *f;

	in->fields = grow(in->fields, in->nfields, &in->fields_cap,
	    sizeof *in->fields);
	f = &in->fields[in->nfields++];
	*f = (struct jsonl_field){ .key = { key, strlen(key) } };
	if (json_object_is_type(val, json_type_array))
		set_array(in, f, val);
	else if (val)
		set_text(f, val);
}

/* The only member of obj, which is an object in its turn. */
static const char *
only_member(struct json_object *obj, const char **name, struct json_object **body)
{
	struct json_object_iterator it;

	if (!json_object_is_type(obj, json_type_object) ||
	    json_object_object_length(obj) != 1)
		return "not one object with one key";
	it = json_object_iter_begin(obj);
	*name = json_object_iter_peek_name(&it);
	*body = json_object_iter_peek_value(&it);
	if (!json_object_is_type(*body, json_type_object))
		return "the value of the key is no object";
	return NULL;
}

static const char *
parse_text(struct jsonl_in *in, const char *line, size_t len)
{
	enum json_tokener_error error;
	const char *why;

	if ((why = jsoncheck(line, len)))
		return why;
	if (len > INT_MAX)
		return "too long for json-c";
	if (!in->tokener && !(in->tokener = json_tokener_new()))
		no_memory();
	json_tokener_reset(in->tokener);
	json_tokener_set_flags(in->tokener, JSON_TOKENER_STRICT);
	errno = 0;
	in->line = json_tokener_parse_ex(in->tokener, line, (int)len);
	if (errno == ENOMEM)
		no_memory();
	error = json_tokener_get_error(in->tokener);
	if (error == json_tokener_continue)
		return "JSON without an end";
	return error == json_tokener_success ? NULL :
	    json_tokener_error_desc(error);
}

const char *
jsonl_parse(struct jsonl_in *in, const char *line, size_t len)
{
	struct json_object_iterator it, end;
	struct json_object *body = NULL;
	const char *why, *name = NULL;

	json_object_put(in->line);
	in->line = NULL;
	in->nfields = in->nitems = 0;
	if ((why = parse_text(in, line, len)) ||
	    (why = only_member(in->line, &name, &body)))
		return why;
	in->name = (struct slice){ name, strlen(name) };
	it = json_object_iter_begin(body);
	end = json_object_iter_end(body);
	for (; !json_object_iter_equal(&it, &end); json_object_iter_next(&it))
		add_field(in, json_object_iter_peek_name(&it),
		    json_object_iter_peek_value(&it));
	return NULL;
}

const struct jsonl_field *
jsonl_find(const struct jsonl_in *in, const char *key)
{
	size_t i, len = strlen(key);

	for (i = 0; i < in->nfields; i++)
		if (in->fields[i].key.len == len &&
		    !memcmp(in->fields[i].key.p, key, len))
			return &in->fields[i];
	return NULL;
}

void
jsonl_in_free(struct jsonl_in *in)
{
	json_object_put(in->line);
	if (in->tokener)
		json_tokener_free(in->tokener);
	free(in->fields);
	free(in->items);
	*in = (struct jsonl_in){ 0 };
}
