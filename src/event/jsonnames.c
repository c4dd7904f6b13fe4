#include "event/jsonnames.h"

#include <string.h>

#define KEY(json, event, type, optional) \
	{ json, event, sizeof json - 1, sizeof event - 1, type, optional }
#define NUMBER(json, event) KEY(json, event, JSONNAMES_NUMBER, false)
#define STRING(json, event) KEY(json, event, JSONNAMES_STRING, false)
#define ARGV(json) KEY(json, "argv", JSONNAMES_ARGV, false)
#define MAYBE(json, event, type) KEY(json, event, JSONNAMES_##type, true)

#define PROCESS NUMBER("timestamp", "ts"), NUMBER("pid", "pid"), \
	NUMBER("ppid", "ppid"), NUMBER("pgid", "pgid")

static const struct jsonnames table[] = {
	{ NULL, EVENT_OTHER, {
		MAYBE("timestamp", "ts", NUMBER) } },
	{ "Trace", EVENT_TRACE, {
		MAYBE("version", "version", NUMBER),
		MAYBE("start", "start", STRING), MAYBE("host", "host", STRING),
		MAYBE("tracer", "tracer", STRING), MAYBE("argv", "argv", ARGV) } },
	{ "Root", EVENT_ROOT, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid") } },
	{ "Fork", EVENT_FORK, {
		NUMBER("timestamp", "ts"), NUMBER("parent_pid", "ppid"),
		NUMBER("child_pid", "pid"), NUMBER("parent_pgid", "pgid"),
		NUMBER("sid", "sid") } },
	{ "Exec", EVENT_EXEC, {
		PROCESS, ARGV("cmdline"),
		NUMBER("sid", "sid"), STRING("filename", "file") } },
	{ "BadExec", EVENT_EXECFAIL, {
		PROCESS, NUMBER("sid", "sid"), STRING("errno", "errno"),
		STRING("filename", "file") } },
	{ "SetPGID", EVENT_SETPGID, { PROCESS, NUMBER("sid", "sid") } },
	{ "SetSID", EVENT_SETSID, { PROCESS, NUMBER("sid", "sid") } },
	{ "Exit", EVENT_EXIT, {
		PROCESS, NUMBER("sid", "sid"), NUMBER("exit_code", "status"),
		STRING("signal", "signal") } },
	{ "Lost", EVENT_LOST, {
		NUMBER("timestamp", "ts"), MAYBE("cpu", "cpu", NUMBER),
		MAYBE("count", "count", NUMBER) } },
	{ "Signal", EVENT_SIGNAL, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid"),
		STRING("signal", "sig"), MAYBE("from", "from", NUMBER) } },
	{ "Write", EVENT_WRITE, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid"),
		MAYBE("path", "path", STRING) } },
	{ "Read", EVENT_READ, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid"),
		MAYBE("path", "path", STRING) } },
	{ "Connect", EVENT_CONNECT, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid"),
		STRING("connection", "connection") } },
	{ "Machine", EVENT_MACHINE, { NUMBER("timestamp", "ts") } },
	{ "Holder", EVENT_HOLDER, {
		NUMBER("timestamp", "ts"), NUMBER("pid", "pid"),
		NUMBER("fd", "fd"), NUMBER("by", "by"),
		MAYBE("argv", "argv", ARGV) } },
	{ "Timeout", EVENT_TIMEOUT, {
		NUMBER("timestamp", "ts"), MAYBE("after", "after", NUMBER) } },
	{ "End", EVENT_END, {
		NUMBER("timestamp", "ts"), MAYBE("cut", "cut", NUMBER) } },
};

enum { NKINDS = sizeof table / sizeof *table };

const struct jsonnames *
jsonnames_kind(enum event_kind kind)
{
	size_t i;

	for (i = 1; i < NKINDS; i++)
		if (table[i].kind == kind)
			return &table[i];
	return &table[0];
}

const struct jsonnames *
jsonnames_name(const char *p, size_t len)
{
	size_t i;

	for (i = 1; i < NKINDS; i++)
		if (strlen(table[i].name) == len &&
		    !memcmp(table[i].name, p, len))
			return &table[i];
	return &table[0];
}

const struct jsonnames_key *
jsonnames_event_key(const struct jsonnames *kind, const char *p, size_t len)
{
	const struct jsonnames_key *key;

	for (key = kind->keys; key->json; key++)
		if (key->event_len == len && !memcmp(key->event, p, len))
			return key;
	return NULL;
}

const struct jsonnames_key *
jsonnames_json_key(const struct jsonnames *kind, const char *p, size_t len)
{
	const struct jsonnames_key *key;

	for (key = kind->keys; key->json; key++)
		if (key->json_len == len && !memcmp(key->json, p, len))
			return key;
	return NULL;
}
