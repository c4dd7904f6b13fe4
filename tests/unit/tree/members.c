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
same(const struct members *t, const bool *member)
{
	struct members_one one = { 0 };
	size_t n = 0, nfound = 0;
	int32_t pid;

	for (pid = 0; pid < PIDS; pid++) {
		n += member[pid];
		if (members_has(t, pid * 1024) != member[pid])
			return false;
	}
	for (; members_next(t, &one); nfound++)
		if (!member[one.pid / 1024] || one.since != (uint64_t)one.pid * 3)
			return false;
	return n == t->n && n == nfound;
}

/* PIDs that a careless hash puts into one place, and an array to compare. */
static void
random_steps(void)
{
	static bool member[PIDS];
	struct members t = { 0 };
	uint32_t seed = 1;
	size_t i, wrong = 0;
	int32_t pid, parent;
	bool was;

	for (i = 0; i < STEPS; i++) {
		pid = (int32_t)(next_random(&seed) % (PIDS - 1)) + 1;
		parent = (int32_t)(next_random(&seed) % (PIDS - 1)) + 1;
		switch (next_random(&seed) % 8) {
		case 0:
			members_add(&t, pid * 1024);
			member[pid] = true;
			break;
		case 1: case 2:
			was = parent != pid && member[parent];
			wrong += members_fork(&t, parent * 1024, pid * 1024) != was;
			member[pid] = was;
			break;
		case 3:
			was = member[pid] || (parent != pid && member[parent]);
			wrong += members_seen(&t, parent * 1024, pid * 1024) != was;
			member[pid] = was;
			break;
		default:
			members_remove(&t, pid * 1024);
			member[pid] = false;
			break;
		}
		members_set_since(&t, pid * 1024, (uint64_t)pid * 3072);
		if (i % 1000 == 0)
			wrong += !same(&t, member);
	}
	wrong += !same(&t, member);
	is_num(wrong, 0, "400,000 random steps");
	members_free(&t);
	ok(!t.n && !members_has(&t, 1024), "nothing is left");
}

static void
lives_of_a_pid(void)
{
	struct members t = { 0 };

	ok(!members_has(&t, 1) && !members_fork(&t, 1, 2) && !members_seen(&t, 1, 2),
	    "nobody is a member of an empty tree");
	members_remove(&t, 1);
	members_add(&t, 0);
	members_add(&t, -1);
	ok(t.n == 0 && !members_has(&t, 0) && !members_has(&t, -1),
	    "0 and -1 are no processes");
	members_add(&t, 10);
	ok(members_fork(&t, 10, 11) && members_fork(&t, 11, 12), "a child and its child");
	members_remove(&t, 10);
	ok(members_has(&t, 12) && members_fork(&t, 12, 13), "they outlive the root");
	ok(!members_fork(&t, 1, 12) && !members_has(&t, 12), "a PID that is reused");
	ok(!members_fork(&t, 12, 14), "and who it forks");
	ok(!members_fork(&t, 11, 11) && !members_has(&t, 11),
	    "nobody forks himself: whoever that was has gone");
	ok(members_seen(&t, 13, 15) && members_has(&t, 15), "a child without a fork");
	ok(!members_seen(&t, 16, 16) && !members_seen(&t, 1, 16) && !members_has(&t, 16),
	    "a stranger without a fork");
	ok(members_seen(&t, 1, 15), "a member with another parent");
	members_add(&t, 4194304);
	ok(members_has(&t, 4194304), "the largest PID");
	members_free(&t);
}

int
main(void)
{
	lives_of_a_pid();
	random_steps();
	return done();
}
