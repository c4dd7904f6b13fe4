/* pt-why - why a command hung, failed, or took so long */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/answers.h"
#include "cli/options.h"
#include "cli/out.h"
#include "render/answertext.h"
#include "render/whytext.h"
#include "tree/process.h"
#include "tree/recording.h"

static const char usage[] =
"usage: pt-why [-hV] [-o FILE] [FILE ...]\n"
"\n"
"Says in words why the command of a recording hung: which processes were alive,\n"
"who started them, and which pipes and children they waited for; or else why it\n"
"failed, or what took the time.\n"
"pt-capture looks at the live processes at its --timeout, at ^C, on SIGUSR1,\n"
"and when descendants outlive the command.\n"
"\n"
"  -o, --output FILE  write to FILE, replaced once it is complete\n"
"  -h, --help         print this help\n"
"  -V, --version      print the version\n";

static const struct option longopts[] = {
	OPTIONS_COMMON,
	{ NULL, 0, NULL, 0 },
};

/* What hung, if somebody looked; what failed, if that was not the end of what
 * hung; and if there was neither, what took the time. */
static void
answer(const struct forest *f, struct buf *text)
{
	static struct answers a;
	bool looked = whytext_report(f, text);
	bool failed = f->root->status > 0 && !process_timed_out(f->root);

	if (looked && !failed)
		return;
	answers_find(&a, f);
	if (looked)
		buf_addc(text, '\n');
	answertext_end(text, &a);
	if (!looked && !failed)
		answertext_time(text, &a);
	answers_free(&a);
}

int
main(int argc, char *argv[])
{
	static struct forest forest;
	struct buf text = { 0 };
	bool bad;
	int c;

	while ((c = options_next(argc, argv, "ho:V", longopts)) != -1)
		options_common(c, usage);
	bad = recording_read(&forest, argv + optind);
	answer(&forest, &text);
	fwrite(text.p, 1, text.len, stdout);
	free(text.p);
	forest_free(&forest);
	return out_close() < 0 ? 2 : bad;
}
