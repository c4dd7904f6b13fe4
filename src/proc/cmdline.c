#include "proc/cmdline.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "event/event.h"
#include "proc/procfs.h"

void
cmdline_add(struct buf *line, int32_t pid)
{
	struct buf args = { 0 };
	char *p, *end;

	if (procfs_read_head(&args, CMDLINE_MAX + 1, pid, "cmdline")) {
		if (args.len > CMDLINE_MAX) {
			args.p[args.len = CMDLINE_MAX] = '\0';
			event_add_number(line, "argvlen", 0);
		}
		event_add_argv(line);
		for (p = args.p, end = p + args.len; p < end; p += strlen(p) + 1)
			event_add_arg(line, p == args.p, p, strlen(p));
	}
	free(args.p);
}

void
cmdline_add_text(struct buf *b, int32_t pid, size_t max)
{
	struct buf args = { 0 };
	size_t i, n;

	procfs_read_head(&args, max, pid, "cmdline");
	n = args.len;
	while (n && !args.p[n - 1])
		n--;
	for (i = 0; i < n; i++)
		if (!args.p[i])
			args.p[i] = ' ';
	text_visible(b, args.p, n);
	free(args.p);
}
