#include "render/gantthead.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "render/label.h"
#include "render/mermaid.h"

enum { COMMAND_CHARS = 60 };

void
gantthead_add(struct buf *out, const struct gantthead *h)
{
	const struct process *root = h->f->root;
	struct buf title = { 0 }, command = { 0 };

	buf_adds(&title, "Process Trace: ");
	label_command(&command, root, h->exec);
	text_cut(&title, command.p, command.len, COMMAND_CHARS);
	buf_adds(&title, " (");
	text_duration(&title, root->end - root->start);
	buf_adds(&title, ", ");
	buf_add(&title, h->shown.p, h->shown.len);
	if (h->nfailed)
		buf_printf(&title, ", %zu failed", h->nfailed);
	if (h->f->nlost)
		buf_printf(&title, ", %" PRIu64 " events lost", h->f->nlost);
	buf_addc(&title, ')');
	mermaid_gantt(out, (struct slice){ title.p, title.len }, h->total,
	    h->unit == GANTTHEAD_MS ? "s" : "ms");
	free(title.p);
	free(command.p);
}
