#include "capture/btf.h"

#include <string.h>

#include "proc/procfs.h"
#include "tap.h"

static const char script[] = "curtask->mm->arg_start + ((struct dentry *)$d)->d_name.len";

static bool
holds(const struct buf *b, const char *name)
{
	size_t len = strlen(name) + 1, i;

	for (i = 0; i + len <= b->len; i++)
		if (!memcmp(b->p + i, name, len))
			return true;
	return false;
}

/* What is cut anywhere is refused, or reduced, but never read beyond its end. */
static bool
survives_cuts(const struct buf *whole)
{
	struct buf part = { 0 };
	size_t len;
	char *copy;
	bool good = true;

	for (len = 0; len < whole->len; len += 1 + len / 64) {
		copy = xmemdup(whole->p, len);
		part.len = 0;
		good = good && !btf_reduce((struct slice){ copy, len }, script, &part);
		free(copy);
	}
	free(part.p);
	return good;
}

int
main(void)
{
	struct buf all = { 0 }, part = { 0 }, again = { 0 };

	ok(!btf_reduce((struct slice){ "", 0 }, script, &part), "nothing");
	ok(!btf_reduce((struct slice){ script, sizeof script }, script, &part),
	    "no BTF");
	if (!procfs_read_file(&all, "/sys/kernel/btf/vmlinux"))
		return done();
	ok(btf_reduce((struct slice){ all.p, all.len }, script, &part), "the kernel's");
	ok(part.len < all.len / 50, "is a fiftieth");
	ok(holds(&part, "arg_start") && holds(&part, "d_name") && holds(&part, "u64"),
	    "what is named is there");
	ok(!holds(&part, "arg_end") && !holds(&part, "d_parent"), "nothing else is");
	ok(btf_reduce((struct slice){ part.p, part.len }, script, &again) &&
	    again.len == part.len && !memcmp(again.p, part.p, part.len),
	    "to reduce it again changes nothing");
	ok(survives_cuts(&part), "one that is cut is refused");
	free(all.p);
	free(part.p);
	free(again.p);
	return done();
}
