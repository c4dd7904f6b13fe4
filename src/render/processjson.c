#include "render/processjson.h"

#include <stdlib.h>

#include "tree/process.h"

void
processjson_add(struct json_writer *json, const struct process *p,
    const struct moment *at)
{
	struct buf text = { 0 };

	json_writer_number(json, "pid", p->pid);
	json_writer_number(json, "life", p->life);
	json_writer_count(json, "start_ns", p->start);
	process_command(p, at, &text);
	json_writer_string(json, "command", text.p, text.len);
	free(text.p);
}

void
processjson_add_end(struct json_writer *json, const struct process *p)
{
	struct buf text = { 0 };

	process_end_word(p, &text);
	if (!text.len)
		buf_adds(&text, "exit 0");
	json_writer_string(json, "end", text.p, text.len);
	free(text.p);
}
