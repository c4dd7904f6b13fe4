#define _GNU_SOURCE
#include "capture/origin.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "event/event.h"
#include "event/traceparent.h"

/* The characters of a key: see proctrace-events(5). */
static size_t
key_length(const char *label)
{
	return strspn(label, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_.-");
}

const char *
origin_label(struct origin *o, const char *label)
{
	size_t len = key_length(label), i;

	if (!len || label[len] != '=')
		return "is not KEY=VALUE, the key of letters, digits, '_', '.', '-'";
	for (i = 0; i < o->n; i++)
		if (!strncmp(o->labels[i], label, len + 1))
			return "has a key that was given before";
	o->labels = grow(o->labels, o->n, &o->cap, sizeof *o->labels);
	o->labels[o->n++] = label;
	return NULL;
}

static void
add_label(struct buf *line, const char *label)
{
	size_t len = key_length(label);
	const char *value = label + len + 1;
	struct buf key = { 0 };

	buf_adds(&key, "label.");
	buf_add(&key, label, len);
	buf_addc(&key, '\0');
	event_add(line, key.p, value, strlen(value));
	free(key.p);
}

/* The ssh connection through which we were started, as sshd tells it. */
static void
add_connection(struct buf *line)
{
	const char *connection = getenv("SSH_CONNECTION");

	if (connection && *connection)
		event_add(line, "connection", connection, strlen(connection));
}

void
origin_add(const struct origin *o, struct buf *line)
{
	const char *parent = getenv("TRACEPARENT");
	char host[HOST_NAME_MAX + 1] = "";
	struct traceparent parsed;
	struct slice val;
	size_t i;

	gethostname(host, sizeof host - 1);
	event_add(line, "host", host, strlen(host));
	for (i = 0; i < o->n; i++)
		add_label(line, o->labels[i]);
	add_connection(line);
	if (!parent)
		return;
	val = (struct slice){ parent, strlen(parent) };
	if (traceparent_parse(&parsed, val))
		event_add(line, "traceparent", val.p, val.len);
}
