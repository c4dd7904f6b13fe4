#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stringtable.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/out.h"
#include "event/jsonnames.h"
#include "event/reader.h"
#include "json/writer.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-render-jsonl [-hV] [-d FORMAT] [-o FILE] [--no-exec-args] [FILE ...]\n"
"Prints the events of recordings as lines of JSON.\n"
"\n"
"  -d, --display multiplexed|sequential|by-process\n"
"                      in the order of the recording (the default; both words\n"
"                      mean it), or process after process, a blank line between\n"
"                      them\n"
"      --no-exec-args  no ExecArgs lines\n"
"  -o, --output FILE   write to FILE, replaced once it is complete\n"
"  -h, --help          print this help\n"
"  -V, --version       print the version\n";

static const struct option longopts[] = {
	{ "display", required_argument, NULL, 'd' },
	{ "no-exec-args", no_argument, NULL, 'n' },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 }
};

struct field {
	struct slice key, val;
};

struct render {
	struct json_writer out;
	bool exec_args;
	uint64_t nlost;

	/* the fields of the event: those that its kind has, in the order of
	 * its keys, and all others */
	struct slice vals[JSONNAMES_MAX];
	struct field *others;
	size_t nothers, others_cap;

	/* by the number of a name: the last line that has it */
	struct strings names;
	uint64_t *last_line;
	size_t last_line_cap;
	uint64_t nlines;

	struct buf name, text;	/* what is in hand */
};

/* integers that every reader of JSON keeps exactly */
static const uint64_t MAX_EXACT = UINT64_C(1) << 53;

/* The value without its escapes. */
static struct slice
plain(struct buf *b, struct slice val)
{
	if (!memchr(val.p, '\\', val.len))
		return val;
	b->len = 0;
	text_unescape(b, val.p, val.len);
	return (struct slice){ b->p, b->len };
}

static void
begin_line(struct render *r, const char *name)
{
	r->nlines++;
	json_writer_object(&r->out, NULL);
	json_writer_object(&r->out, name);
}

static void
end_line(struct render *r)
{
	json_writer_close(&r->out);
	json_writer_close(&r->out);
}

static void
add_string(struct render *r, const char *key, struct slice val)
{
	val = plain(&r->text, val);
	json_writer_string(&r->out, key, val.p, val.len);
}

/* A number, unless the value is none. */
static void
add_number(struct render *r, const char *key, struct slice val, uint64_t max)
{
	uint64_t n;

	if (text_number(val.p, val.len, max, &n))
		json_writer_number(&r->out, key, (int64_t)n);
	else
		add_string(r, key, val);
}

/* A number if the value is written as numbers are, so that it comes back. */
static void
add_other(struct render *r, const char *key, struct slice val)
{
	if (val.len > 1 && *val.p == '0')
		add_string(r, key, val);
	else
		add_number(r, key, val, MAX_EXACT);
}

static void
add_argv(struct render *r, const char *key, struct slice args)
{
	struct slice arg;

	json_writer_array(&r->out, key);
	while (event_next_arg(&args, &arg)) {
		arg = plain(&r->text, arg);
		json_writer_string(&r->out, NULL, arg.p, arg.len);
	}
	json_writer_close(&r->out);
}

/* Finds the values of the keys of its kind, and the other fields. */
static void
collect(struct render *r, const struct event *ev, const struct jsonnames *kind)
{
	const struct jsonnames_key *known;
	const char *iter = event_fields(ev);
	struct slice key, val, *to;

	memset(r->vals, 0, sizeof r->vals);
	r->nothers = 0;
	while (event_next_field(ev, &iter, &key, &val)) {
		known = jsonnames_event_key(kind, key.p, key.len);
		if (known) {
			to = &r->vals[known - kind->keys];
			if (!to->p)
				*to = val;
			continue;
		}
		r->others = grow(r->others, r->nothers, &r->others_cap,
		    sizeof *r->others);
		r->others[r->nothers++] = (struct field){ key, val };
	}
}

static void
add_key(struct render *r, const struct event *ev,
    const struct jsonnames_key *key, struct slice val)
{
	if (key->type == JSONNAMES_ARGV) {
		if (event_argv(ev, &val) || !key->optional)
			add_argv(r, key->json, val);
	} else if (!val.p) {
		if (!key->optional)
			json_writer_null(&r->out, key->json);
	} else if (key->type == JSONNAMES_NUMBER) {
		add_number(r, key->json, val, INT64_MAX);
	} else {
		add_string(r, key->json, val);
	}
}

/* The name as a string; after '_' if it means something else in this line. */
static const char *
own_name(struct render *r, struct slice name, bool taken)
{
	r->name.len = 0;
	if (taken)
		buf_addc(&r->name, '_');
	buf_add(&r->name, name.p, name.len);
	buf_addc(&r->name, '\0');
	return r->name.p;
}

/* Whether this line does not have a key of this name yet. */
static bool
is_new(struct render *r, const char *name)
{
	size_t before = r->names.n;
	size_t i = strings_add(&r->names, name, strlen(name));

	if (i == before)
		r->last_line = grow(r->last_line, i, &r->last_line_cap,
		    sizeof *r->last_line);
	else if (r->last_line[i] == r->nlines)
		return false;
	r->last_line[i] = r->nlines;
	return true;
}

/* The keys that this program does not know, as they are; of those that come
 * twice the first one counts. */
static void
add_others(struct render *r, const struct event *ev, const struct jsonnames *kind)
{
	struct slice key, args;
	const char *name;
	size_t i;

	for (i = 0; i < r->nothers; i++) {
		key = r->others[i].key;
		name = own_name(r, key,
		    jsonnames_json_key(kind, key.p, key.len) != NULL);
		if (is_new(r, name))
			add_other(r, name, r->others[i].val);
	}
	if (!jsonnames_event_key(kind, "argv", 4) && event_argv(ev, &args) &&
	    is_new(r, "argv"))
		add_argv(r, "argv", args);
}

static const char *
other_kind(struct render *r, const struct event *ev)
{
	struct slice kind = event_word(ev);

	return own_name(r, kind, jsonnames_name(kind.p, kind.len)->name != NULL);
}

static void
render_exec_args(struct render *r, const struct event *ev)
{
	struct slice args, arg;
	bool first = true;

	if (!event_argv(ev, &args))
		return;
	r->text.len = 0;
	for (; event_next_arg(&args, &arg); first = false) {
		if (!first)
			buf_addc(&r->text, ' ');
		text_unescape(&r->text, arg.p, arg.len);
	}
	begin_line(r, "ExecArgs");
	json_writer_number(&r->out, "timestamp", (int64_t)ev->ts);
	json_writer_number(&r->out, "pid", ev->pid);
	json_writer_string(&r->out, "args", r->text.p, r->text.len);
	json_writer_number(&r->out, "sid", ev->sid);
	end_line(r);
}

static void
render(struct render *r, const struct event *ev)
{
	const struct jsonnames *kind = jsonnames_kind(ev->kind);
	const struct jsonnames_key *key;

	if (ev->kind == EVENT_TICK)
		return;
	if (ev->kind == EVENT_LOST)
		event_count_lost(ev, &r->nlost);
	begin_line(r, kind->name ? kind->name : other_kind(r, ev));
	collect(r, ev, kind);
	for (key = kind->keys; key->json; key++)
		add_key(r, ev, key, r->vals[key - kind->keys]);
	add_others(r, ev, kind);
	end_line(r);
	if (r->exec_args && ev->kind == EVENT_EXEC)
		render_exec_args(r, ev);
}

/* as they come */
static bool
multiplexed(struct render *r, char *const files[])
{
	static struct reader in;
	struct event ev;
	int got;

	reader_open(&in, files);
	while ((got = reader_next(&in, &ev)) > 0 && !ferror(stdout))
		render(r, &ev);
	return reader_close(&in, got);
}

static bool
by_process(struct render *r, char *const files[])
{
	static struct forest all;
	bool bad = recording_load(&all, files);
	struct moment *m;
	size_t i;

	for (i = 0; i < all.n && !ferror(stdout); i++) {
		if (i)
			putchar('\n');
		for (m = all.processes[i]->events; m; m = m->next)
			render(r, &m->ev);
	}
	r->nlost = all.nlost;
	forest_free(&all);
	return bad;
}

int
main(int argc, char *argv[])
{
	static struct render r = { .exec_args = true };
	bool (*display)(struct render *, char *const []) = multiplexed, bad;
	int c;

	while ((c = options_next(argc, argv, "d:ho:V", longopts)) != -1)
		switch (c) {
		case 'd':
			if (!strcmp(optarg, "by-process"))
				display = by_process;
			else if (!strcmp(optarg, "multiplexed") ||
			    !strcmp(optarg, "sequential"))
				display = multiplexed;
			else
				errx(2, "--display: '%s' is none of multiplexed, "
				    "sequential, by-process", optarg);
			break;
		case 'n': r.exec_args = false; break;
		default: options_common(c, usage);
		}
	out_open(options_output());
	r.out = (struct json_writer){ .to = stdout };
	bad = display(&r, argv + optind);
	json_writer_finish(&r.out);
	if (r.nlost)
		warnx("%" PRIu64 " event%s lost: the recording is not complete",
		    r.nlost, r.nlost > 1 ? "s were" : " was");
	free(r.name.p);
	free(r.text.p);
	free(r.others);
	free(r.last_line);
	strings_free(&r.names);
	return out_close() < 0 ? 2 : bad;
}
