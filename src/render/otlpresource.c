#include "render/otlpresource.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/text.h"
#include "render/otlpattr.h"
#include "tree/process.h"

struct resource {
	struct json_writer *j;
	char *const *given;
	size_t n;
	const struct forest_run *run;
};

static bool
is_given(const struct resource *r, const char *key, size_t from)
{
	size_t len = strlen(key), i;

	for (i = from; i < r->n; i++)
		if (!strncmp(r->given[i], key, len) && r->given[i][len] == '=')
			return true;
	return false;
}

static void
add(const struct resource *r, const char *key, struct slice val)
{
	if (!is_given(r, key, 0))
		otlpattr_string(r->j, key, val.p, val.len);
}

static void
add_given(const struct resource *r)
{
	const char *equals;
	char *key;
	size_t i;

	for (i = 0; i < r->n; i++) {
		equals = strchr(r->given[i], '=');
		key = xmemdup(r->given[i], (size_t)(equals - r->given[i]));
		if (!is_given(r, key, i + 1))
			otlpattr_string(r->j, key, equals + 1, strlen(equals + 1));
		free(key);
	}
}

/* label.KEY is KEY, host is host.name, all else proctrace.KEY. */
static void
add_name(struct buf *b, struct slice key)
{
	if (slice_is(key, "host"))
		buf_adds(b, "host.name");
	else if (!slice_take(&key, "label.")) {
		buf_adds(b, "proctrace.");
		buf_add(b, key.p, key.len);
	} else
		buf_add(b, key.p, key.len);
	buf_addc(b, '\0');
}

static bool
is_told_otherwise(struct slice key)
{
	return slice_is(key, "start") || slice_is(key, "version") ||
	    slice_is(key, "traceparent") || slice_is(key, "run");
}

static void
add_trace(const struct resource *r)
{
	const char *iter = event_fields(&r->run->trace);
	struct buf name = { 0 }, text = { 0 };
	struct slice key, val;

	while (event_next_field(&r->run->trace, &iter, &key, &val)) {
		if (is_told_otherwise(key))
			continue;
		name.len = text.len = 0;
		add_name(&name, key);
		text_unescape(&text, val.p, val.len);
		add(r, name.p, (struct slice){ text.p ? text.p : "", text.len });
	}
	free(name.p);
	free(text.p);
}

static bool
has_service(const struct resource *r)
{
	struct slice val;

	return r->run->trace.line.len &&
	    event_get(&r->run->trace, "label.service.name", &val);
}

/* The service is the command, if nobody says otherwise. */
static void
add_service(const struct resource *r)
{
	struct buf b = { 0 };

	if (has_service(r))
		return;
	process_program(r->run->root, NULL, &b);
	add(r, "service.name", (struct slice){ b.p, b.len });
	free(b.p);
}

void
otlpresource_add(struct json_writer *j, const struct forest_run *run,
    char *const given[], size_t n)
{
	struct resource r = {
		.j = j, .given = given, .n = n, .run = run,
	};

	json_writer_object(j, "resource");
	json_writer_array(j, "attributes");
	add_given(&r);
	add_service(&r);
	if (run->trace.line.len)
		add_trace(&r);
	json_writer_close(j);
	json_writer_close(j);
}
