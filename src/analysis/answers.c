#include "analysis/answers.h"

#include <stdlib.h>

void
answers_find(struct answers *a, const struct forest *f)
{
	const struct span *spans;

	*a = (struct answers){ .f = f };
	files_find(&a->files, f);
	summary_find(&a->summary, f, &a->files);
	spans = a->summary.spans;
	programs_find(&a->programs, f);
	commands_find(&a->commands, f);
	shares_find(&a->shares, f, &a->summary.critical, &a->programs);
	shares_group(&a->by_command, &a->shares, f, a->commands.of,
	    a->commands.n + 1);
	costs_find(&a->costs, f, &a->programs, &a->shares, spans);
	merged_find(&a->merged, f, &a->programs, &a->shares, spans);
	failure_find(&a->failure, f);
	hang_find(&a->hang, f);
	outlived_find(&a->outlived, f);
	serial_find(&a->serial, f, spans);
	waiting_find(&a->waiting, f, &a->shares, spans);
	repeats_find(&a->repeats, f, &a->commands, &a->shares);
	elsewhere_find(&a->elsewhere, f, &a->programs, &a->shares, spans);
	oddfiles_find(&a->oddfiles, &a->files);
	toolate_find(&a->toolate, &a->files, &a->failure);
	findings_find(&a->findings, a);
}

void
answers_free(struct answers *a)
{
	oddfiles_free(&a->oddfiles);
	elsewhere_free(&a->elsewhere);
	free(a->by_command.rows);
	repeats_free(&a->repeats);
	waiting_free(&a->waiting);
	serial_free(&a->serial);
	hang_free(&a->hang);
	outlived_free(&a->outlived);
	failure_free(&a->failure);
	merged_free(&a->merged);
	costs_free(&a->costs);
	shares_free(&a->shares);
	commands_free(&a->commands);
	programs_free(&a->programs);
	summary_free(&a->summary);
	files_free(&a->files);
	*a = (struct answers){ 0 };
}
