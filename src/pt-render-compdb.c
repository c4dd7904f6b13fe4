/* pt-render-compdb - the compilations of a recording as compile_commands.json */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "cli/out.h"
#include "render/compdb.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-render-compdb [-hV] [-C DIR] [-o FILE] [--existing] [FILE ...]\n"
"Prints the compilations of recordings as a compilation database, for clangd\n"
"and other tools of Clang: compile_commands.json.\n"
"\n"
"  -C, --directory DIR  the directory of commands whose own is not recorded;\n"
"                       else they are left out\n"
"      --existing       only sources that exist now\n"
"  -o, --output FILE    write to FILE, replaced once it is complete\n"
"  -h, --help           print this help\n"
"  -V, --version        print the version\n";

enum { EXISTING = 256 };

static const struct option longopts[] = {
	{ "directory", required_argument, NULL, 'C' },
	{ "existing", no_argument, NULL, EXISTING },
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* What the database lacks: true if that is anything. */
static bool
report(const struct compdb *db)
{
	if (db->nwithout)
		warnx("%zu compilation%s without a directory left out "
		    "(see --directory)", db->nwithout, db->nwithout > 1 ? "s" : "");
	if (db->ncut)
		warnx("%zu compilation%s whose arguments are not all recorded "
		    "left out", db->ncut, db->ncut > 1 ? "s" : "");
	if (db->nbytes)
		warnx("%zu byte%s not UTF-8, which JSON cannot hold: U+FFFD "
		    "instead", db->nbytes, db->nbytes > 1 ? "s are" : " is");
	return db->nwithout || db->ncut || db->nbytes;
}

int
main(int argc, char *argv[])
{
	static struct forest f = { .kept = FOREST_KIND(EVENT_EXEC) };
	static struct buf directory;
	struct compdb db = { 0 };
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "C:ho:V", longopts)) != -1)
		switch (c) {
		case 'C':
			directory.len = 0;
			text_escape(&directory, optarg, strlen(optarg));
			buf_addc(&directory, '\0');
			db.directory = directory.p;
			break;
		case EXISTING: db.existing = true; break;
		default: options_common(c, usage);
		}
	out_open(options_output());
	bad = recording_load(&f, argv + optind);
	compdb_write(&db, &f, stdout);
	bad |= report(&db);
	return recording_end(&f, bad);
}
