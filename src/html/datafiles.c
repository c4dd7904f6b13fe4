#include "html/datapart.h"

static void
add_paths(struct html_datapart *d, const struct files *x)
{
	struct slice path;
	size_t i;

	json_writer_array(&d->json, "path");
	for (i = 0; i < x->n; i++) {
		path = x->list[i].path;
		json_writer_number(&d->json, NULL,
		    (int64_t)strings_add(&d->strings, path.p, path.len));
	}
	json_writer_close(&d->json);
}

void
html_datapart_files(struct html_datapart *d)
{
	const struct files *x = &d->a->files;
	size_t i;

	if (!x->nuses)
		return;
	json_writer_object(&d->json, "files");
	add_paths(d, x);
	json_writer_array(&d->json, "row");
	for (i = 0; i < x->nuses; i++)
		json_writer_number(&d->json, NULL,
		    (int64_t)d->rows.of[x->uses[i].p->id]);
	json_writer_close(&d->json);
	json_writer_array(&d->json, "file");
	for (i = 0; i < x->nuses; i++)
		json_writer_number(&d->json, NULL, (int64_t)x->uses[i].file);
	json_writer_close(&d->json);
	json_writer_array(&d->json, "writes");
	for (i = 0; i < x->nuses; i++)
		json_writer_number(&d->json, NULL, x->uses[i].writes);
	json_writer_close(&d->json);
	json_writer_close(&d->json);
}
