#include "render/traceline.h"

#include <inttypes.h>
#include <stdlib.h>

#include "json/literal.h"

void
traceline_begin(struct traceline *l, const char *phase, size_t thread)
{
	buf_adds(&l->text, l->any ? ",\n" : "\n");
	l->any = true;
	buf_printf(&l->text, "{\"ph\":\"%s\",\"pid\":%" PRIu32 ",\"tid\":%zu",
	    phase, l->pid, thread);
}

void
traceline_add_time(struct traceline *l, const char *key, uint64_t ns)
{
	buf_printf(&l->text, ",\"%s\":", key);
	json_literal_us(&l->text, ns);
}

void
traceline_begin_at(struct traceline *l, const char *phase, const char *category,
    size_t thread, uint64_t ts)
{
	traceline_begin(l, phase, thread);
	buf_printf(&l->text, ",\"cat\":\"%s\"", category);
	traceline_add_time(l, "ts", ts < l->base ? 0 : ts - l->base);
}

void
traceline_add_name(struct traceline *l)
{
	buf_adds(&l->text, ",\"name\":");
	json_literal_string(&l->text, l->name.p, l->name.len);
	l->name.len = 0;
}

void
traceline_end(struct traceline *l)
{
	buf_addc(&l->text, '}');
	fwrite(l->text.p, 1, l->text.len, l->to);
	l->text.len = 0;
}

void
traceline_drop(struct traceline *l, bool any)
{
	l->text.len = 0;
	l->any = any;
}

void
traceline_free(struct traceline *l)
{
	free(l->text.p);
	free(l->name.p);
}
