#include "json/parse.h"

#include <json.h>
#include <json_object_iterator.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "json/check.h"

/* where json-c finds no memory, only errno tells */
static _Noreturn void
no_memory(void)
{
	errx(exit_failure, "out of memory");
}

/* The JSON of a value, on one line, as long as the value lives. */
static struct slice
text_of(struct json_object *val)
{
	struct slice text;

	errno = 0;
	text.p = json_object_to_json_string_length(val, JSON_C_TO_STRING_PLAIN |
	    JSON_C_TO_STRING_NOSLASHESCAPE, &text.len);
	if (!text.p || errno == ENOMEM)
		no_memory();
	return text;
}

static void
set_text(struct json_parse_field *f, struct json_object *val)
{
	f->type = JSON_PARSE_TEXT;
	if (json_object_is_type(val, json_type_string)) {
		f->text.p = json_object_get_string(val);
		f->text.len = (size_t)json_object_get_string_len(val);
	} else {
		f->text = text_of(val);
	}
}

static void
set_array(struct json_parse *in, struct json_parse_field *f, struct json_object *val)
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
	f->type = JSON_PARSE_ARRAY;
	f->text = text_of(val);
	f->n = n;
}

static void
add_field(struct json_parse *in, const char *key, struct json_object *val)
{
	struct json_parse_field *f;

	in->fields = grow(in->fields, in->nfields, &in->fields_cap,
	    sizeof *in->fields);
	f = &in->fields[in->nfields++];
	*f = (struct json_parse_field){ .key = { key, strlen(key) } };
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
parse_text(struct json_parse *in, const char *line, size_t len)
{
	enum json_tokener_error error;
	const char *why;
	size_t end;

	if ((why = json_check(line, len)))
		return why;
	if (len > INT_MAX)
		return "too long for json-c";
	if (!in->tokener && !(in->tokener = json_tokener_new()))
		no_memory();
	/* not JSON_TOKENER_STRICT, with which json-c 0.18 refuses all strings
	 * that are not ASCII (its issue 875): json_check() is as strict */
	json_tokener_reset(in->tokener);
	errno = 0;
	in->line = json_tokener_parse_ex(in->tokener, line, (int)len);
	if (errno == ENOMEM)
		no_memory();
	error = json_tokener_get_error(in->tokener);
	if (error == json_tokener_continue)
		return "JSON without an end";
	if (error != json_tokener_success)
		return json_tokener_error_desc(error);
	for (end = json_tokener_get_parse_end(in->tokener); end < len; end++)
		if (!strchr(" \t\r", line[end]))
			return "something behind the JSON";
	return NULL;
}

const char *
json_parse(struct json_parse *in, const char *line, size_t len)
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

const struct json_parse_field *
json_parse_find(const struct json_parse *in, const char *key)
{
	size_t i, len = strlen(key);

	for (i = 0; i < in->nfields; i++)
		if (in->fields[i].key.len == len &&
		    !memcmp(in->fields[i].key.p, key, len))
			return &in->fields[i];
	return NULL;
}

void
json_parse_free(struct json_parse *in)
{
	json_object_put(in->line);
	if (in->tokener)
		json_tokener_free(in->tokener);
	free(in->fields);
	free(in->items);
	*in = (struct json_parse){ 0 };
}
