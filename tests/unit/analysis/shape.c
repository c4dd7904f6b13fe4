#include "analysis/shape.h"

#include "tap.h"

int
main(void)
{
	static const struct {
		const char *in, *want, *rough;
	} cases[] = {
		{ "", "", "" },
		{ "cc -c a.c", "cc -c a.c", "cc -c a.c" },
		{ "cc -c a1.c -O2", "cc -c a1.c -O2", "cc -c a#.c -O#" },
		{ "kill 12345", "kill 12345", "kill #" },
		{ "a1b22c", "a1b22c", "a#b#c" },
		{ "as -o a.o /tmp/ccX1yZ.s", "as -o a.o /tmp/*.s",
		    "as -o a.o /tmp/*.s" },
		{ "/var/tmp/tmp.aB3dE/x9", "/var/tmp/*/x9", "/var/tmp/*/x#" },
		{ "/tmp/a.b/c.o", "/tmp/*.b/c.o", "/tmp/*.b/c.o" },
		{ "/tmp/.hidden", "/tmp/*", "/tmp/*" },
		{ "/tmp/a.123", "/tmp/*.123", "/tmp/*.123" },
		{ "/tmp/a.tmp.XyZ123", "/tmp/*", "/tmp/*" },
		{ "/tmp/", "/tmp/*", "/tmp/*" },
		{ "/tmp", "/tmp", "/tmp" },
		{ "-I/tmp/x_y-z+1 b", "-I/tmp/* b", "-I/tmp/* b" },
		{ "x=/dev/shm/q:/run/r", "x=/dev/shm/*:/run/*",
		    "x=/dev/shm/*:/run/*" },
		{ "git show deadbee1", "git show #", "git show #" },
		{ "deadbee", "deadbee", "deadbee" },
		{ "d3adbe", "d3adbe", "d#adbe" },
		{ "d3adbee", "#", "#" },
		{ "D3ADBEEF", "D3ADBEEF", "D#ADBEEF" },
		{ "1234567", "#", "#" },
		{ "x1234567", "x1234567", "x#" },
		{ "\xc3\xa9\t1", "\xc3\xa9\t1", "\xc3\xa9\t#" },
	};
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		b.len = 0;
		shape_add(&b, cases[i].in, strlen(cases[i].in), false);
		buf_addc(&b, '\0');
		is_str(b.p, cases[i].want, cases[i].in);
		b.len = 0;
		shape_add(&b, cases[i].in, strlen(cases[i].in), true);
		buf_addc(&b, '\0');
		is_str(b.p, cases[i].rough, "... roughly");
	}
	free(b.p);
	return done();
}
