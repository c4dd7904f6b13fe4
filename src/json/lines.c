#include "json/lines.h"

#include <json.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "json/jsonc.h"

enum { NSHAPES = 16 };

struct member {
	char *key;
	enum json_type type;
	struct json_object *val;
};

/* The objects of the last line of a name. The next one mostly has the same
 * keys, and making objects anew would take as long as all the rest. */
struct json_lines_shape {
	char *name;
	struct json_object *line, *body;
	struct member *members;
	size_t n, cap;
	size_t used;	/* how many of them the line has so far */
};

/* Adds a key that obj does not have yet and that lives as long as obj. */
static void
add_member(struct json_object *obj, const char *key, struct json_object *val)
{
	if (json_object_object_add_ex(obj, key, val,
	    JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY) < 0)
		jsonc_no_memory();
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
cut_shape(struct json_lines_shape *shape)
{
	struct member *m;

	while (shape->n > shape->used) {
		m = &shape->members[--shape->n];
		json_object_object_del(shape->body, m->key);
		free(m->key);
	}
}

static void
free_shape(struct json_lines_shape *shape)
{
	shape->used = 0;
	cut_shape(shape);
	json_object_put(shape->line);
	free(shape->members);
	free(shape->name);
}

static struct json_lines_shape *
find_shape(struct json_lines_out *o, const char *name)
{
	struct json_lines_shape *shape;
	size_t i;

	if (!o->shapes)
		o->shapes = xcalloc(NSHAPES, sizeof *o->shapes);
	for (i = 0; i < NSHAPES && o->shapes[i].name; i++)
		if (!strcmp(o->shapes[i].name, name))
			return &o->shapes[i];
	shape = &o->shapes[o->oldest++ % NSHAPES];
	free_shape(shape);
	*shape = (struct json_lines_shape){
		.name = xstrdup(name),
		.line = jsonc_checked(json_object_new_object()),
		.body = jsonc_checked(json_object_new_object()),
	};
	add_member(shape->line, shape->name, shape->body);
	return shape;
}

void
json_lines_begin(struct json_lines_out *o, const char *name)
{
	o->now = find_shape(o, name);
	o->now->used = 0;
}

static void
end_array(struct json_lines_out *o)
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
reuse(struct json_lines_out *o, const char *key, enum json_type type,
    struct json_object **val)
{
	struct json_lines_shape *shape = o->now;
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
append(struct json_lines_out *o, const char *key, enum json_type type,
    struct json_object *val)
{
	struct json_lines_shape *shape = o->now;
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

/* Not the empty one: json-c 0.16 loses the memory of the old one then. */
static void
set_string(struct json_object *obj, struct slice s)
{
	if (!json_object_set_string_len(obj, s.p, (int)s.len))
		jsonc_no_memory();
}

void
json_lines_null(struct json_lines_out *o, const char *key)
{
	struct json_object *val;

	if (!reuse(o, key, json_type_null, &val))
		append(o, key, json_type_null, NULL);
}

void
json_lines_number(struct json_lines_out *o, const char *key, int64_t n)
{
	struct json_object *val;

	if (reuse(o, key, json_type_int, &val)) {
		json_object_set_int64(val, n);
	} else {
		val = jsonc_checked(json_object_new_int64(n));
		json_object_set_serializer(val, write_number, NULL, NULL);
		append(o, key, json_type_int, val);
	}
}

void
json_lines_string(struct json_lines_out *o, const char *key, const char *p, size_t len)
{
	struct slice s = jsonc_clean(&o->clean, p, len);
	struct json_object *val;

	if (s.len && reuse(o, key, json_type_string, &val))
		set_string(val, s);
	else
		append(o, key, json_type_string, jsonc_string(s));
}

void
json_lines_array(struct json_lines_out *o, const char *key)
{
	struct json_object *val;

	if (!reuse(o, key, json_type_array, &val)) {
		val = jsonc_checked(json_object_new_array());
		if (!append(o, key, json_type_array, val))
			return;
	}
	o->array = val;
	o->nitems = 0;
}

void
json_lines_item(struct json_lines_out *o, const char *p, size_t len)
{
	struct slice s = jsonc_clean(&o->clean, p, len);

	if (!o->array)
		return;		/* its key came twice */
	if (s.len && o->nitems < json_object_array_length(o->array))
		set_string(json_object_array_get_idx(o->array, o->nitems), s);
	else if (json_object_array_put_idx(o->array, o->nitems,
	    jsonc_string(s)) < 0)
		jsonc_no_memory();
	o->nitems++;
}

void
json_lines_end(struct json_lines_out *o, FILE *fp)
{
	end_array(o);
	cut_shape(o->now);
	jsonc_write_line(jsonc_text(o->now->line, JSONC_STYLE), fp);
}

void
json_lines_out_free(struct json_lines_out *o)
{
	size_t i;

	for (i = 0; o->shapes && i < NSHAPES; i++)
		free_shape(&o->shapes[i]);
	free(o->shapes);
	free(o->clean.p);
	*o = (struct json_lines_out){ 0 };
}
