#include "json/document.h"

#include <json.h>

#include <stdlib.h>

#include "json/jsonc.h"

static void
add_value(struct json_document *d, const char *key, struct json_object *val)
{
	struct json_object *in = d->nopen ? d->open[d->nopen - 1] : NULL;

	if (!in)
		d->root = val;
	else if (key ? json_object_object_add(in, key, val) < 0 :
	    json_object_array_add(in, val) < 0)
		jsonc_no_memory();
}

static void
open_value(struct json_document *d, const char *key, struct json_object *val)
{
	add_value(d, key, jsonc_checked(val));
	d->open = grow(d->open, d->nopen, &d->cap, sizeof *d->open);
	d->open[d->nopen++] = val;
}

void
json_document_object(struct json_document *d, const char *key)
{
	open_value(d, key, json_object_new_object());
}

void
json_document_array(struct json_document *d, const char *key)
{
	open_value(d, key, json_object_new_array());
}

void
json_document_close(struct json_document *d)
{
	d->nopen--;
}

void
json_document_null(struct json_document *d, const char *key)
{
	add_value(d, key, NULL);
}

void
json_document_number(struct json_document *d, const char *key, int64_t n)
{
	add_value(d, key, jsonc_checked(json_object_new_int64(n)));
}

void
json_document_decimal(struct json_document *d, const char *key, double n)
{
	char text[32];

	snprintf(text, sizeof text, "%.4f", n);
	add_value(d, key, jsonc_checked(json_object_new_double_s(n, text)));
}

void
json_document_string(struct json_document *d, const char *key, const char *p, size_t len)
{
	add_value(d, key, jsonc_string(jsonc_clean(&d->clean, p, len)));
}

void
json_document_write(struct json_document *d, FILE *fp)
{
	jsonc_write_line(jsonc_text(d->root, JSONC_STYLE | JSON_C_TO_STRING_PRETTY |
	    JSON_C_TO_STRING_SPACED), fp);
	json_object_put(d->root);
	free(d->open);
	free(d->clean.p);
	*d = (struct json_document){ 0 };
}
