#include "analysis/oddfiles.h"

#include <stdlib.h>

const char *
oddfiles_kind_name(enum oddfiles_kind kind)
{
	static const char *const names[] = {
		[ODDFILES_TWICE] = "twice", [ODDFILES_OWN] = "own",
		[ODDFILES_UNUSED] = "unused",
	};

	return names[kind];
}

static enum oddfiles_kind
kind_of(const struct files_file *file)
{
	return file->again ? ODDFILES_TWICE :
	    !file->read ? ODDFILES_UNUSED :
	    !file->nreaders ? ODDFILES_OWN : ODDFILES_KINDS;
}

void
oddfiles_find(struct oddfiles *o, const struct files *x)
{
	enum oddfiles_kind kind;
	size_t i;

	*o = (struct oddfiles){ .rows = xcalloc(x->n + 1, sizeof *o->rows) };
	for (kind = 0; kind < ODDFILES_KINDS; kind++)
		for (i = 0; i < x->n; i++) {
			if (!x->list[i].path.len || kind_of(&x->list[i]) != kind)
				continue;
			o->rows[o->n++] = (struct oddfiles_row){ kind, &x->list[i] };
			o->nkind[kind]++;
		}
}

void
oddfiles_free(struct oddfiles *o)
{
	free(o->rows);
	*o = (struct oddfiles){ 0 };
}
