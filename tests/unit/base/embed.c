/* embed - files that are part of a program */
#include "base/embed.h"
#include "tap.h"

/* as it is in the checkout, where the tests run */
static void
test_file(const char *name, struct embed e)
{
	static char bytes[1 << 20];
	FILE *fp = fopen(name, "rb");
	struct slice want = { bytes, 0 }, got = { e.p, e.len };

	if (!fp) {
		ok(false, name);
		return;
	}
	want.len = fread(bytes, 1, sizeof bytes, fp);
	fclose(fp);
	is(got, want, name);
}

int
main(void)
{
	test_file("share/bpftrace/proctrace.bt", embed_proctrace_bt);
	test_file("src/html/report.html", embed_report_html);
	test_file("src/html/report.css", embed_report_css);
	test_file("src/html/report-early.js", embed_report_early_js);
	/* base64 of a digest of FIPS 180-4 ends in one "=" */
	ok(strlen(embed_report_css.sha256) == 7 + 44 &&
	    !strncmp(embed_report_css.sha256, "sha256-", 7) &&
	    embed_report_css.sha256[50] == '=', "a digest");
	return done();
}
