/* embed - files that are part of a program */
#include "base/embed.h"
#include "tap.h"

/* as it is in the checkout, where the tests run */
static void
test_file(const char *name, struct slice got)
{
	static char bytes[1 << 20];
	FILE *fp = fopen(name, "rb");
	struct slice want = { bytes, 0 };

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
	test_file("src/html/report-model.js", embed_report_model_js);
	return done();
}
