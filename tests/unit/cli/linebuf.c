#include "cli/linebuf.h"

#include <sys/wait.h>

#include <errno.h>

#include "base/message.h"
#include "files.h"
#include "tap.h"

/* what comes of the files: "number:line|" for each, and then the result */
static void
read_all(struct linebuf *in, char *const files[], struct buf *got)
{
	int r;

	*in = (struct linebuf){ 0 };
	linebuf_open(in, files);
	while ((r = linebuf_next(in)) > 0) {
		buf_addu(got, in->lineno);
		buf_addc(got, ':');
		buf_add(got, in->line, in->len);
		buf_addc(got, '|');
	}
	buf_printf(got, "%d", r);
}

static void
lines(void)
{
	static const struct {
		struct slice text, got;
		const char *err, *name;
	} cases[] = {
		{ S(""), S("0"), "", "an empty file" },
		{ S("\n"), S("1:|0"), "", "an empty line" },
		{ S("a\n"), S("1:a|0"), "", "a line" },
		{ S("a\n\nb\n"), S("1:a|2:|3:b|0"), "", "three lines" },
		{ S("a\0b\n\0\n"), S("1:a\0b|2:\0|0"), "", "NUL is data" },
		{ S("a\r\n\xff\n"), S("1:a\r|2:\xff|0"), "", "so is all else" },
		{ S("a"), S("0"),
		    "linebuf: in:1: cut record at the end (no newline), not used\n",
		    "only a cut line" },
		{ S("a\n12"), S("1:a|0"),
		    "linebuf: in:2: cut record at the end (no newline), not used\n",
		    "a cut last line" },
		{ S("a\n\0"), S("1:a|0"),
		    "linebuf: in:2: cut record at the end (no newline), not used\n",
		    "a cut NUL" },
		{ S("\x1f\x8b\x08\0a\nb\n"), S("0"),
		    "linebuf: in:1: compressed, not used: gzip -dc in | ...\n",
		    "what gzip has made" },
		{ S("a\n\x1f\x8b\x08\n"), S("1:a|2:\x1f\x8b\x08|0"), "",
		    "its first bytes, later" },
	};
	char *const files[] = { (char[]){ "in" }, NULL };
	struct linebuf in;
	struct buf got = { 0 };
	char *said;
	size_t i;
	int saved;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		files_write("in", cases[i].text);
		got.len = 0;
		saved = files_stderr_begin();
		read_all(&in, files, &got);
		linebuf_close(&in);
		said = files_stderr_end(saved);
		is(slice_of(&got), cases[i].got, cases[i].name);
		is_str(said, cases[i].err, "... what it says");
		is_num(in.nbad, *cases[i].err != 0, "... how many are bad");
		free(said);
	}
	free(got.p);
}

static void
several(void)
{
	char *const files[] = {
		(char[]){ "one" }, (char[]){ "empty" }, (char[]){ "cut" },
		(char[]){ "two" }, (char[]){ "none" }, (char[]){ "one" }, NULL
	};
	char *const dir[] = { (char[]){ "." }, NULL };
	struct linebuf in;
	struct buf got = { 0 };
	char *said;
	int saved;

	files_write("one", (struct slice)S("a\nb\n"));
	files_write("empty", (struct slice)S(""));
	files_write("cut", (struct slice)S("c\nd"));
	files_write("two", (struct slice)S("e\n"));
	saved = files_stderr_begin();
	read_all(&in, files, &got);
	ok(errno == ENOENT, "several files: errno of the one that is missing");
	said = files_stderr_end(saved);
	is(slice_of(&got), (struct slice)S("1:a|2:b|1:c|1:e|-1"),
	    "several files: lines and numbers");
	is_str(said, "linebuf: cut:2: cut record at the end (no newline), "
	    "not used\n", "... a cut line keeps to its file");
	is_str(in.name, "none", "... the name of the one that is missing");
	free(said);
	linebuf_close(&in);
	got.len = 0;
	read_all(&in, dir, &got);
	ok(errno == EISDIR, "a directory: errno");
	is(slice_of(&got), (struct slice)S("-1"), "... is no empty file");
	linebuf_close(&in);
	free(got.p);
}

static void
bad_lines(size_t n)
{
	char *const files[] = { (char[]){ "in" }, NULL };
	struct linebuf in = { 0 };
	struct buf text = { 0 }, want = { 0 };
	char *said;
	size_t i;
	int saved;

	for (i = 0; i < n; i++)
		buf_addc(&text, '\n');
	files_write("in", slice_of(&text));
	linebuf_open(&in, files);
	saved = files_stderr_begin();
	while (linebuf_next(&in) > 0)
		linebuf_bad(&in, "%s %d", "reason", 7);
	linebuf_close(&in);
	said = files_stderr_end(saved);
	for (i = 1; i <= n && i <= 10; i++)
		buf_printf(&want, "linebuf: in:%zu: reason 7\n", i);
	if (n > 10)
		buf_printf(&want, "linebuf: %zu more bad lines, %zu in all\n",
		    n - 10, n);
	buf_addc(&want, '\0');
	buf_printf(&text, "%zu bad lines are said", n);
	is_str(said, want.p, text.p + n);
	is_num(in.nbad, n, "... and counted");
	free(said);
	free(text.p);
	free(want.p);
}

/* Lines of all lengths around those of the reads, through a pipe that gives
 * as many bytes as it likes. */
static void
long_lines(void)
{
	enum { STEP = 9973, LINES = 60 };
	char *const files[] = { (char[]){ "-" }, NULL };
	struct linebuf in = { 0 };
	size_t n = 0, i;
	int fds[2], saved = dup(STDIN_FILENO);
	bool good = true;

	if (pipe(fds) < 0)
		err(2, "pipe");
	if (!fork()) {
		FILE *fp = fdopen(fds[1], "w");

		for (n = 0; n < LINES; n++) {
			for (i = 0; i < n * STEP; i++)
				putc((int)('a' + n % 26), fp);
			putc('\n', fp);
		}
		fclose(fp);
		_exit(0);
	}
	close(fds[1]);
	dup2(fds[0], STDIN_FILENO);
	linebuf_open(&in, files);
	while (linebuf_next(&in) > 0) {
		good &= in.len == n * STEP && in.lineno == n + 1;
		for (i = 0; i < in.len; i++)
			good &= in.line[i] == (char)('a' + n % 26);
		n++;
	}
	ok(good && n == LINES, "long lines through a pipe");
	is_str(in.name, "<stdin>", "the name of standard input");
	linebuf_close(&in);
	close(fds[0]);
	dup2(saved, STDIN_FILENO);
	close(saved);
	wait(NULL);
}

/* Nothing is held back while a filter waits. */
static void
flushes(void)
{
	char *const files[] = { NULL };
	struct linebuf in = { 0 };
	int to[2], from[2];
	char line[8] = "";

	if (pipe(to) < 0 || pipe(from) < 0)
		err(2, "pipe");
	fflush(stdout);
	if (!fork()) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		close(to[1]);
		linebuf_open(&in, files);
		while (linebuf_next(&in) > 0)
			printf("%.*s\n", (int)in.len, in.line);
		_exit(0);
	}
	close(to[0]);
	close(from[1]);
	ok(write(to[1], "ab\n", 3) == 3 && read(from[0], line, 8) == 3 &&
	    !strcmp(line, "ab\n"), "a line leaves before the next one is there");
	ok(write(to[1], "cd\n", 3) == 3 && read(from[0], line, 8) == 3 &&
	    !strcmp(line, "cd\n"), "... and the next one");
	close(to[1]);
	close(from[0]);
	wait(NULL);
}

int
main(void)
{
	alarm(20);
	message_name("linebuf");
	files_start();
	lines();
	several();
	bad_lines(1);
	bad_lines(10);
	bad_lines(11);
	bad_lines(1000);
	long_lines();
	flushes();
	files_done();
	return done();
}
