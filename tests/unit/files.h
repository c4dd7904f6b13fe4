/* files - a directory of its own for a unit test, and what goes to stderr */
#ifndef FILES_H
#define FILES_H

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static char files_dir[] = "/tmp/pt-unit.XXXXXX";

/* the directory becomes the current one; removed by files_done() */
static inline void
files_start(void)
{
	if (!mkdtemp(files_dir) || chdir(files_dir) < 0)
		err(2, "%s", files_dir);
}

static inline void
files_done(void)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf %s", files_dir);
	if (chdir("/") < 0 || system(command))
		warnx("%s stays behind", files_dir);
}

static inline void
files_write(const char *name, struct slice text)
{
	FILE *fp = fopen(name, "w");

	if (!fp || fwrite(text.p, 1, text.len, fp) != text.len || fclose(fp))
		err(2, "%s", name);
}

/* the whole file, with a NUL behind it: to be freed */
static inline char *
files_read(const char *name)
{
	struct buf b = { 0 };
	FILE *fp = fopen(name, "r");
	int c;

	if (!fp)
		err(2, "%s", name);
	while ((c = getc(fp)) != EOF)
		buf_addc(&b, (char)c);
	fclose(fp);
	buf_addc(&b, '\0');
	return b.p;
}

/* Standard error goes to the file "stderr" from now on; returns what
 * files_stderr_end() needs. */
static inline int
files_stderr_begin(void)
{
	int saved = dup(STDERR_FILENO);
	int fd = open("stderr", O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (saved < 0 || fd < 0 || dup2(fd, STDERR_FILENO) < 0)
		err(2, "stderr");
	close(fd);
	return saved;
}

/* what was written to it since: to be freed */
static inline char *
files_stderr_end(int saved)
{
	dup2(saved, STDERR_FILENO);
	close(saved);
	return files_read("stderr");
}

#endif
