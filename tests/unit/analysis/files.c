/* files - which file an event is about, whatever its name */
#include "analysis/files.h"
#include "tap.h"
#include "tree/forest.h"

/* Events behind the forks of 1 and its children 2 to 5, a line each; what becomes of
 * them: "PATH by MAKER[ again by PID], READERS" each. */
static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "nothing", "", "" },
	{ "by inode: renamed, read by its new name",
	    "write	ts=2	pid=2	dev=8:1	ino=5	gen=1	size=0	path=/a\n"
	    "write	ts=3	pid=3	op=rename	from=/a	path=/b\n"
	    "read	ts=4	pid=4	dev=8:1	ino=5	gen=1	size=9	path=/b\n",
	    "/b by 2, 1;" },
	{ "by inode: another generation is another file",
	    "write	ts=2	pid=2	dev=8:1	ino=5	gen=1	size=0	path=/a\n"
	    "write	ts=3	pid=3	dev=8:1	ino=5	gen=2	size=0	path=/a\n"
	    "read	ts=4	pid=4	dev=8:1	ino=5	gen=2	size=9	path=/a\n",
	    "/a by 2, 0; /a by 3, 1;" },
	{ "made twice",
	    "write	ts=2	pid=2	dev=8:1	ino=5	gen=1	size=0	path=/a\n"
	    "write	ts=3	pid=3	dev=8:1	ino=5	gen=1	size=0	path=/a\n",
	    "/a by 2 again by 3, 0;" },
	{ "by name: renamed, and its name written again",
	    "write	ts=2	pid=2	size=0	path=/a\n"
	    "write	ts=3	pid=3	op=rename	from=/a	path=/b\n"
	    "write	ts=4	pid=4	size=0	path=/a\n"
	    "read	ts=5	pid=5	path=/b\nread	ts=6	pid=5	path=/a\n",
	    "/b by 2, 1; /a by 4, 1;" },
	{ "by name: unlinked, and made again",
	    "write	ts=2	pid=2	size=0	path=/a\n"
	    "write	ts=3	pid=3	op=unlink	path=/a\n"
	    "write	ts=4	pid=4	size=0	path=/a\n"
	    "read	ts=5	pid=5	path=/a\n",
	    "/a by 2, 0; /a by 4, 1;" },
	{ "by name: a link is the same file",
	    "write	ts=2	pid=2	size=0	path=/a\n"
	    "write	ts=3	pid=3	op=link	from=/a	path=/b\n"
	    "write	ts=4	pid=3	op=unlink	path=/a\n"
	    "read	ts=5	pid=5	path=/b\n",
	    "/b by 2, 1;" },
	{ "who renames what nobody wrote has made it",
	    "write	ts=2	pid=2	op=rename	from=/old	path=/new\n"
	    "read	ts=3	pid=3	path=/new\n",
	    "/new by 2, 1;" },
	{ "what a writer reads of its own is no use by another",
	    "write	ts=2	pid=2	size=0	path=/a\nread	ts=3	pid=2	path=/a\n",
	    "/a by 2, 0;" },
	{ "what was not found is no use",
	    "write	ts=2	pid=2	size=0	path=/a\n"
	    "read	ts=3	pid=3	errno=ENOENT	missed=1	path=/a\n",
	    "/a by 2, 0;" },
};

static void
add_lines(struct forest *f, const char *lines)
{
	const char *nl;
	struct event ev;

	for (; (nl = strchr(lines, '\n')); lines = nl + 1)
		if (ok(!event_parse(&ev, lines, (size_t)(nl - lines)), "a line"))
			forest_add(f, &ev);
}

static void
dump(struct buf *b, const struct files *x)
{
	const struct files_file *file;
	size_t i;

	for (i = 0; i < x->n; i++) {
		file = &x->list[i];
		buf_printf(b, "%s%.*s by %d", i ? " " : "", (int)file->path.len,
		    file->path.p, file->maker->pid);
		if (file->again)
			buf_printf(b, " again by %d", file->again->pid);
		buf_printf(b, ", %zu;", file->nreaders);
	}
	buf_addc(b, '\0');
}

int
main(void)
{
	static const char forks[] =
	    "fork	ts=1	pid=1	ppid=0	pgid=1	sid=1\n"
	    "fork	ts=1	pid=2	ppid=1	pgid=1	sid=1\n"
	    "fork	ts=1	pid=3	ppid=1	pgid=1	sid=1\n"
	    "fork	ts=1	pid=4	ppid=1	pgid=1	sid=1\n"
	    "fork	ts=1	pid=5	ppid=1	pgid=1	sid=1\n";
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct forest f = { 0 };
		struct files x;
		struct buf got = { 0 };

		add_lines(&f, forks);
		add_lines(&f, cases[i].in);
		forest_finish(&f);
		files_find(&x, &f);
		dump(&got, &x);
		is_str(got.p, cases[i].want, cases[i].name);
		free(got.p);
		files_free(&x);
		forest_free(&f);
	}
	return done();
}
