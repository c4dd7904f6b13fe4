#include "proc/machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"
#include "event/event.h"
#include "proc/procfs.h"

enum { SECOND = 1000000000, MICROSECOND = 1000, KIB = 1024 };

/* Numbers in files, as "oom_kill 3", and the keys that they become. */
struct number {
	const char *key;
	const char *file;	/* below the directory */
	const char *name;	/* in front of it; "": it is all of the file */
	uint64_t times, by;	/* to be multiplied and divided by this */
};

static const struct number pressure[] = {
	{ "psicpu", "cpu", "some", MICROSECOND, 1 },
	{ "psiio", "io", "some", MICROSECOND, 1 },
	{ "psiiofull", "io", "full", MICROSECOND, 1 },
	{ "psimem", "memory", "some", MICROSECOND, 1 },
	{ "psimemfull", "memory", "full", MICROSECOND, 1 },
	{ NULL, NULL, NULL, 0, 0 },
}, cgroup_cpu[] = {
	{ "cgthrottled", "cpu.stat", "throttled_usec", MICROSECOND, 1 },
	{ "cgthrottled", "cpu.stat", "throttled_time", 1, 1 },
	{ NULL, NULL, NULL, 0, 0 },
}, cgroup_memory[] = {
	{ "cgmempeak", "memory.peak", "", 1, KIB },
	{ "cgmempeak", "memory.max_usage_in_bytes", "", 1, KIB },
	{ "cgoomkill", "memory.events", "oom_kill", 1, 1 },
	{ "cgoomkill", "memory.oom_control", "oom_kill", 1, 1 },
	{ NULL, NULL, NULL, 0, 0 },
};

struct machine {
	char *cpu, *memory;	/* directories of our cgroup; NULL: none */
	uint64_t tick;		/* ns, of /proc/stat */
	struct buf text, path;	/* in hand */
};

/* Takes a line off *text. */
static bool
next_line(struct slice *text, struct slice *line)
{
	const char *nl;

	if (!text->len)
		return false;
	nl = memchr(text->p, '\n', text->len);
	*line = (struct slice){ text->p, nl ? (size_t)(nl - text->p) : text->len };
	slice_skip(text, line->len + (nl != NULL));
	return true;
}

/* Takes a word off *line, and the blank behind it. */
static struct slice
next_word(struct slice *line, char blank)
{
	const char *end = memchr(line->p, blank, line->len);
	struct slice word = { line->p, end ? (size_t)(end - line->p) : line->len };

	slice_skip(line, word.len + (end != NULL));
	return word;
}

/* --- where our cgroup is --- */

/* "ID:CONTROLLERS:PATH" of /proc/self/cgroup: the path for the controller, "" for
 * version 2 */
static bool
find_path(struct slice text, const char *controller, struct slice *path)
{
	struct slice line, list, name;

	while (next_line(&text, &line)) {
		next_word(&line, ':');
		list = next_word(&line, ':');
		*path = line;
		if (!list.len && !*controller)
			return true;
		while (list.len) {
			name = next_word(&list, ',');
			if (*controller && slice_is(name, controller))
				return true;
		}
	}
	return false;
}

/* Among the options of a mount of version 1 are its controllers. */
static bool
has_option(struct slice options, const char *name)
{
	while (options.len)
		if (slice_is(next_word(&options, ','), name))
			return true;
	return false;
}

/* A line of /proc/self/mountinfo: whether the controller is mounted there, which
 * directory of it, and where. */
static bool
is_mount(struct slice line, const char *controller, struct slice *root,
    struct slice *point)
{
	struct slice word;
	int i;

	for (i = 0; i < 3; i++)
		next_word(&line, ' ');
	*root = next_word(&line, ' ');
	*point = next_word(&line, ' ');
	do
		word = next_word(&line, ' ');
	while (line.len && !slice_is(word, "-"));
	word = next_word(&line, ' ');
	if (!*controller)
		return slice_is(word, "cgroup2");
	next_word(&line, ' ');
	return slice_is(word, "cgroup") && has_option(line, controller);
}

/* The directory of our cgroup; NULL: it is not mounted here. */
static char *
find_directory(const char *controller)
{
	struct buf groups = { 0 }, mounts = { 0 }, dir = { 0 };
	struct slice text, line, path, root, point;

	if (procfs_read_file(&groups, "/proc/self/cgroup") &&
	    procfs_read_file(&mounts, "/proc/self/mountinfo") &&
	    find_path((struct slice){ groups.p, groups.len }, controller, &path)) {
		text = (struct slice){ mounts.p, mounts.len };
		while (!dir.len && next_line(&text, &line)) {
			if (!is_mount(line, controller, &root, &point))
				continue;
			if (root.len > 1 && path.len >= root.len &&
			    !memcmp(path.p, root.p, root.len))
				slice_skip(&path, root.len);
			buf_add(&dir, point.p, point.len);
			buf_add(&dir, path.p, path.len);
			buf_addc(&dir, '\0');
		}
	}
	free(groups.p);
	free(mounts.p);
	return dir.p;
}

/* --- what the files say --- */

/* The first number of a line; of pressure it is the total. */
static bool
take_number(struct slice line, const char *name, uint64_t *n)
{
	struct slice word;

	if (*name && !slice_is(next_word(&line, ' '), name))
		return false;
	while (line.len) {
		word = next_word(&line, ' ');
		slice_take(&word, "total=");
		if (slice_take_number(&word, INT64_MAX / MICROSECOND, n) && !word.len)
			return true;
	}
	return false;
}

static void
add_numbers(struct machine *m, struct buf *event, const char *dir,
    const struct number *number)
{
	struct slice text, line;
	uint64_t n;

	for (; dir && number->key; number++) {
		m->path.len = 0;
		buf_printf(&m->path, "%s/%s", dir, number->file);
		buf_addc(&m->path, '\0');
		if (!procfs_read_file(&m->text, m->path.p))
			continue;
		text = (struct slice){ m->text.p, m->text.len };
		while (next_line(&text, &line))
			if (take_number(line, number->name, &n)) {
				event_add_number(event, number->key,
				    n * number->times / number->by);
				break;
			}
	}
}

/* The first line of /proc/stat, proc_stat(5): user nice system idle iowait irq
 * softirq steal; the time of guests is within that of user. */
static void
add_cpu(struct machine *m, struct buf *event)
{
	enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, N };
	uint64_t ticks[N] = { 0 };
	struct slice line, word;
	size_t i = 0;

	if (!procfs_read_file(&m->text, "/proc/stat"))
		return;
	line = (struct slice){ m->text.p, m->text.len };
	line = next_word(&line, '\n');
	if (!slice_take(&line, "cpu "))
		return;
	while (i < N && line.len) {
		word = next_word(&line, ' ');
		if (slice_take_number(&word, INT64_MAX / SECOND, &ticks[i]))
			i++;
	}
	event_add_number(event, "busy", (ticks[USER] + ticks[NICE] +
	    ticks[SYSTEM] + ticks[IRQ] + ticks[SOFTIRQ]) * m->tick);
	event_add_number(event, "idle", ticks[IDLE] * m->tick);
	event_add_number(event, "iowait", ticks[IOWAIT] * m->tick);
	event_add_number(event, "steal", ticks[STEAL] * m->tick);
}

static const struct number memory[] = {
	{ "memavail", "meminfo", "MemAvailable:", 1, 1 },
	{ NULL, NULL, NULL, 0, 0 },
};

struct machine *
machine_new(void)
{
	struct machine *m = xcalloc(1, sizeof *m);
	long hz = sysconf(_SC_CLK_TCK);

	m->tick = SECOND / (hz > 0 ? (uint64_t)hz : 100);
	/* a machine with both versions has a controller in one of them */
	m->cpu = find_directory("cpu");
	if (!m->cpu)
		m->cpu = find_directory("");
	m->memory = find_directory("memory");
	if (!m->memory)
		m->memory = find_directory("");
	return m;
}

void
machine_add(struct machine *m, struct buf *events, uint64_t ts)
{
	event_begin(events, event_kind_name(EVENT_MACHINE));
	event_add_number(events, "ts", ts);
	add_cpu(m, events);
	add_numbers(m, events, "/proc", memory);
	add_numbers(m, events, "/proc/pressure", pressure);
	add_numbers(m, events, m->cpu, cgroup_cpu);
	add_numbers(m, events, m->memory, cgroup_memory);
	buf_addc(events, '\n');
}

void
machine_free(struct machine *m)
{
	if (!m)
		return;
	free(m->cpu);
	free(m->memory);
	free(m->text.p);
	free(m->path.p);
	free(m);
}
