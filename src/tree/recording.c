#include "tree/recording.h"

#include <err.h>
#include <string.h>

#include "base/message.h"
#include "cli/options.h"
#include "cli/out.h"

bool
recording_load(struct forest *f, char *const files[])
{
	struct timeline *in = timeline_open(files);

	return timeline_close(in, forest_load(f, in));
}

bool
recording_read(struct forest *f, char *const files[])
{
	bool bad;

	out_open(options_output());
	bad = recording_load(f, files);
	if (!f->n)
		errx(1, "no process in the recording");
	return bad;
}

bool
recording_read_other(struct forest *f, char *file, int status)
{
	char *const files[] = { file, NULL };
	const char *name = strcmp(file, "-") ? file : "<stdin>";
	bool bad = recording_load(f, files);

	if (!f->n)
		errx(status, "%s: no process in the recording", name);
	timeline_warn_lost(name, f->nlost);
	return bad;
}

int
recording_end(const struct forest *f, bool bad)
{
	timeline_warn_lost(NULL, f->nlost);
	return out_close() < 0 ? 2 : bad;
}
