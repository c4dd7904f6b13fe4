#include "analysis/elsewhere.h"

#include <stdlib.h>

#include "base/slice.h"

static const struct {
	const char *program, *service;
} services[] = {
	{ "bazel", "the bazel server" },
	{ "bazelisk", "the bazel server" },
	{ "buck2", "the buck2 daemon" },
	{ "buildctl", "buildkitd" },
	{ "docker", "the docker daemon" },
	{ "docker-buildx", "the docker daemon" },
	{ "docker-compose", "the docker daemon" },
	{ "distcc", "distcc's hosts" },
	{ "gradle", "the gradle daemon" },
	{ "gradlew", "the gradle daemon" },
	{ "icecc", "icecream's hosts" },
	{ "kubectl", "the cluster" },
	{ "mvnd", "the mvnd daemon" },
	{ "nerdctl", "containerd" },
	{ "nix-build", "nix-daemon" },
	{ "nix-store", "nix-daemon" },
	{ "podman-remote", "the podman service" },
	{ "sccache", "the sccache server" },
	{ "scp", "another host" },
	{ "ssh", "another host" },
	{ "systemd-run", "systemd" },
};

const char *
elsewhere_service(struct slice program)
{
	size_t i;

	for (i = 0; i < sizeof services / sizeof *services; i++)
		if (slice_is(program, services[i].program))
			return services[i].service;
	return NULL;
}

static int
by_time(const void *a, const void *b)
{
	const struct elsewhere_row *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return x->p->id < y->p->id ? -1 : x->p->id > y->p->id;
}

static uint64_t
waited(const struct span *s)
{
	return s->own > s->cpu ? s->own - s->cpu : 0;
}

static void
add(struct elsewhere_row *row, const struct process *p,
    const struct shares *shares, const struct span *spans)
{
	if (!row->p || waited(&spans[p->id]) > waited(&spans[row->p->id]))
		row->p = p;
	row->n++;
	row->time += waited(&spans[p->id]);
	row->critical += shares->own[p->id];
}

void
elsewhere_find(struct elsewhere *e, const struct forest *f,
    const struct programs *programs, const struct shares *shares,
    const struct span *spans)
{
	size_t nprograms = programs->names.n, i;
	const struct process *p = NULL;

	*e = (struct elsewhere){ .rows = xcalloc(nprograms, sizeof *e->rows) };
	for (i = 0; i < nprograms; i++)
		e->rows[i].service = elsewhere_service(programs->names.list[i]);
	while (f->root && (p = forest_next(f, f->root, p))) {
		i = programs->of[p->id];
		if (p->exec && e->rows[i].service && p->end <= f->root->end)
			add(&e->rows[i], p, shares, spans);
	}
	for (i = 0; i < nprograms; i++)
		if (e->rows[i].n)
			e->rows[e->n++] = e->rows[i];
	qsort(e->rows, e->n, sizeof *e->rows, by_time);
}

void
elsewhere_free(struct elsewhere *e)
{
	free(e->rows);
	*e = (struct elsewhere){ 0 };
}
