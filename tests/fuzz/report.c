/* a recording, and its second half compared with it, in all the reports that
 * are made of a forest: JSON is JSON, and text has no control characters */
#include <json-c/json.h>

#include "analysis/compare.h"
#include "analysis/answers.h"
#include "fuzz.h"
#include "html/data.h"
#include "json/check.h"
#include "render/chrometrace.h"
#include "render/diffjson.h"
#include "render/difftext.h"
#include "render/statjson.h"
#include "render/stattext.h"
#include "render/treetext.h"
#include "render/whytext.h"
#include "tree/forest.h"

static const struct term term = { .utf8 = true };
static char *text;
static size_t len;

static FILE *
begin(void)
{
	FILE *fp = open_memstream(&text, &len);

	must(fp != NULL);
	return fp;
}

static void
check_lines(const char *p, size_t n)
{
	const char *nl, *end = p + n;

	for (; p < end; p = nl + 1) {
		if (!(nl = memchr(p, '\n', (size_t)(end - p))))
			nl = end;
		must(!json_check(p, (size_t)(nl - p)));
	}
}

static void
end_json(FILE *fp)
{
	struct json_tokener *t = json_tokener_new_ex(100);
	struct json_object *o;
	size_t i;

	fclose(fp);
	/* not JSON_TOKENER_STRICT: see json/parse.c */
	check_lines(text, len);
	o = json_tokener_parse_ex(t, text, (int)len + 1);
	must(o && json_tokener_get_error(t) == json_tokener_success);
	json_object_put(o);
	json_tokener_free(t);
	for (i = 0; i < len; i += text_utf8(text + i, len - i))
		must(text_utf8(text + i, len - i) && text[i] != 0x7f);
	free(text);
}

static void
check_text(const char *p, size_t n)
{
	const char *nl, *end = p + n;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		must(nl != NULL);
		must(text_raw_bad(p, (size_t)(nl - p)) == (size_t)(nl - p));
	}
}

static void
summaries(const struct forest *f)
{
	struct answers a = { 0 };
	const struct stattext_options options = {
		.top = 3, .has_top = true, .all_tables = true, .term = &term,
		.columns = 60,
	};
	struct buf b = { 0 };
	FILE *fp;

	answers_find(&a, f);
	fp = begin();
	statjson_write(&a, 3, fp);
	end_json(fp);
	fp = begin();
	html_data_write(&a, &a, fp);
	end_json(fp);
	stattext_add(&b, &a, &options);
	check_text(b.p, b.len);
	answers_free(&a);
	free(b.p);
}

static void
trees(const struct forest *f)
{
	const struct outline_options all = { .max_depth = SIZE_MAX };
	struct outline outline = { 0 };
	struct treetext t = {
		.term = &term, .outline = &outline, .all = true, .columns = 60,
	};
	struct buf b = { 0 };
	FILE *fp = begin();

	outline_find(&outline, f, &all);
	treetext_write(&t, f, fp);
	outline_free(&outline);
	fclose(fp);
	check_text(text, len);
	free(text);
	fp = begin();
	chrometrace_write(f, fp);
	end_json(fp);
	if (whytext_report(f, &b))
		check_text(b.p, b.len);
	free(b.p);
}

static void
differences(const struct forest *old, const struct forest *new)
{
	struct compare c = { .all = true };
	struct buf b = { 0 };
	FILE *fp = begin();

	compare_find(&c, old, new);
	diffjson_write(&c, old, new, 3, fp);
	end_json(fp);
	difftext_add(&b, &c, old, new, 3, &term, 60);
	if (b.len)
		check_text(b.p, b.len);
	compare_free(&c);
	free(b.p);
}

static void
load(struct forest *f, const uint8_t *data, size_t size)
{
	struct timeline *in = timeline_open(fuzz_files(data, size));

	timeline_close(in, forest_load(f, in));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct forest f = { 0 }, half = { 0 };

	load(&f, data, size);
	load(&half, data + size / 2, size - size / 2);
	if (f.n) {
		summaries(&f);
		trees(&f);
	}
	if (f.n && half.n)
		differences(&f, &half);
	forest_free(&f);
	forest_free(&half);
	return 0;
}
