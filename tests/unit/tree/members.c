#include "tree/members.h"

#include "tap.h"

enum { PIDS = 4096, STEPS = 400000 };

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* As many members as there are, and the same ones. */
static bool
same(const struct tree *t, const bool *member)
{
	size_t n = 0;
	int32_t pid;

	for (pid = 0; pid < PIDS; pid++) {
		n += member[pid];
		if (tree_has(t, pid * 1024) != member[pid])
			return false;
	}
	return n == t->n;
}

/* PIDs that a careless hash puts into one place, and an array to compare. */
static void
random_steps(void)
{
	static bool member[PIDS];
	struct tree t = { 0 };
	uint32_t seed = 1;
	size_t i, wrong = 0;
	int32_t pid, parent;
	bool was;

	for (i = 0; i < STEPS; i++) {
		pid = (int32_t)(next_random(&seed) % (PIDS - 1)) + 1;
		parent = (int32_t)(next_random(&seed) % (PIDS - 1)) + 1;
		switch (next_random(&seed) % 8) {
		case 0:
			tree_add(&t, pid * 1024);
			member[pid] = true;
			break;
		case 1: case 2:
			was = parent != pid && member[parent];
			wrong += tree_fork(&t, parent * 1024, pid * 1024) != was;
			member[pid] = was;
			break;
		case 3:
			was = member[pid] || (parent != pid && member[parent]);
			wrong += tree_seen(&t, parent * 1024, pid * 1024) != was;
			member[pid] = was;
			break;
		default:
			tree_remove(&t, pid * 1024);
			member[pid] = false;
			break;
		}
		if (i % 1000 == 0)
			wrong += !same(&t, member);
	}
	wrong += !same(&t, member);
	is_num(wrong, 0, "400,000 random steps");
	tree_free(&t);
	ok(!t.n && !tree_has(&t, 1024), "nothing is left");
}

static void
lives_of_a_pid(void)
{
	struct tree t = { 0 };

	ok(!tree_has(&t, 1) && !tree_fork(&t, 1, 2) && !tree_seen(&t, 1, 2),
	    "nobody is a member of an empty tree");
	tree_remove(&t, 1);
	tree_add(&t, 0);
	tree_add(&t, -1);
	ok(t.n == 0 && !tree_has(&t, 0) && !tree_has(&t, -1),
	    "0 and -1 are no processes");
	tree_add(&t, 10);
	ok(tree_fork(&t, 10, 11) && tree_fork(&t, 11, 12), "a child and its child");
	tree_remove(&t, 10);
	ok(tree_has(&t, 12) && tree_fork(&t, 12, 13), "they outlive the root");
	ok(!tree_fork(&t, 1, 12) && !tree_has(&t, 12), "a PID that is reused");
	ok(!tree_fork(&t, 12, 14), "and who it forks");
	ok(!tree_fork(&t, 11, 11) && !tree_has(&t, 11),
	    "nobody forks himself: whoever that was has gone");
	ok(tree_seen(&t, 13, 15) && tree_has(&t, 15), "a child without a fork");
	ok(!tree_seen(&t, 16, 16) && !tree_seen(&t, 1, 16) && !tree_has(&t, 16),
	    "a stranger without a fork");
	ok(tree_seen(&t, 1, 15), "a member with another parent");
	tree_add(&t, 4194304);
	ok(tree_has(&t, 4194304), "the largest PID");
	tree_free(&t);
}

int
main(void)
{
	lives_of_a_pid();
	random_steps();
	return done();
}
