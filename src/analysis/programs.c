#include "analysis/programs.h"

#include <stdlib.h>

#include "tree/process.h"

void
programs_find(struct programs *programs, const struct forest *f)
{
	struct buf name = { 0 };
	size_t i;

	*programs = (struct programs){
		.of = xreallocarray(NULL, f->n, sizeof *programs->of),
	};
	for (i = 0; i < f->n; i++) {
		name.len = 0;
		process_program(f->processes[i], NULL, &name);
		programs->of[i] = strings_add(&programs->names, name.p,
		    name.len);
	}
	free(name.p);
}

void
programs_name(struct buf *b, const struct programs *programs,
    const struct process *p)
{
	struct slice name = programs->names.list[programs->of[p->id]];
	bool forked = !p->exec && p->inherited;

	if (forked)
		buf_addc(b, '(');
	buf_add(b, name.p, name.len);
	if (forked)
		buf_addc(b, ')');
}

void
programs_free(struct programs *programs)
{
	strings_free(&programs->names);
	free(programs->of);
	*programs = (struct programs){ 0 };
}
