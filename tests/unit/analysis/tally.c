/* tally - rows by name */
#include "analysis/tally.h"
#include "tap.h"

static void
add(struct tally *t, const char *name, uint64_t duration, bool failed)
{
	tally_add(t, name, strlen(name), duration, failed);
}

static void
check(struct tally *t, const char *want, const char *name)
{
	struct buf b = { 0 };
	size_t i;

	tally_finish(t);
	for (i = 0; i < t->n; i++) {
		buf_add(&b, t->rows[i].name.p, t->rows[i].name.len);
		buf_printf(&b, " %zu/%zu %llu/%llu;", t->rows[i].n,
		    t->rows[i].nfailed, (unsigned long long)t->rows[i].total,
		    (unsigned long long)t->rows[i].max);
	}
	buf_addc(&b, '\0');
	is_str(b.p, want, name);
	free(b.p);
	tally_free(t);
}

int
main(void)
{
	static const char nuls[] = "a\0b";
	struct tally t = { 0 };
	unsigned i;

	check(&t, "", "nothing");
	add(&t, "", 0, false);
	check(&t, " 1/0 0/0;", "the empty name");
	add(&t, "cc", 5, true);
	add(&t, "ld", 30, false);
	add(&t, "cc", 7, false);
	add(&t, "c", 30, false);
	add(&t, "cc", 6, true);
	check(&t, "c 1/0 30/30;ld 1/0 30/30;cc 3/2 18/7;",
	    "added up, in order of total and name");
	add(&t, "x", 0, false);
	add(&t, "y", 0, false);
	add(&t, "y", 0, true);
	check(&t, "y 2/1 0/0;x 1/0 0/0;", "in order of number");
	tally_add(&t, nuls, 3, 1, false);
	tally_add(&t, nuls, 2, 2, false);
	tally_finish(&t);
	ok(t.n == 2 && t.rows[1].name.len == 3, "a NUL is a byte");
	tally_free(&t);
	for (i = 0; i < 100000; i++)
		add(&t, i % 2 ? "odd" : "even", i, i % 4 == 0);
	check(&t, "odd 50000/0 2500000000/99999;even 50000/25000 "
	    "2499950000/99998;", "many");
	return done();
}
