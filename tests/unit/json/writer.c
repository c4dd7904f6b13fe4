/* writer - JSON in its three modes */
#include "json/writer.h"
#include "tap.h"

static struct json_writer json;

static void
begin(enum json_writer_mode mode)
{
	json = (struct json_writer){ .to = tmpfile(), .mode = mode };
	if (!json.to)
		exit(2);
}

static void
test_written(struct slice want, const char *name)
{
	static char got[1 << 20];
	size_t n;

	json_writer_finish(&json);
	rewind(json.to);
	n = fread(got, 1, sizeof got, json.to);
	is((struct slice){ got, n }, want, name);
	fclose(json.to);
}

/* something of each kind */
static void
write_all(void)
{
	json_writer_object(&json, NULL);
	json_writer_array(&json, "a");
	json_writer_number(&json, NULL, 0);
	json_writer_number(&json, NULL, INT64_MIN);
	json_writer_number(&json, NULL, INT64_MAX);
	json_writer_null(&json, NULL);
	json_writer_array(&json, NULL);
	json_writer_close(&json);
	json_writer_object(&json, NULL);
	json_writer_close(&json);
	json_writer_close(&json);
	json_writer_count(&json, "n", UINT64_C(1) << 63);
	json_writer_decimal(&json, "b\"", -1.5);
	json_writer_string(&json, "c", "", 0);
	json_writer_bool(&json, "d", true);
	json_writer_bool(&json, "e", false);
	json_writer_literal(&json, "f", (struct slice){ "1.000", 5 });
	json_writer_close(&json);
}

static void
test_modes(void)
{
	begin(JSON_WRITER_LINES);
	write_all();
	json_writer_array(&json, NULL);
	json_writer_close(&json);
	test_written((struct slice)S("{\"a\":[0,-9223372036854775808,"
	    "9223372036854775807,null,[],{}],\"n\":9223372036854775807,\"b\\\"\":-1.5,\"c\":\"\","
	    "\"d\":true,\"e\":false,\"f\":1.000}\n[]\n"), "lines");

	begin(JSON_WRITER_SCRIPT);
	write_all();
	test_written((struct slice)S("{\"a\":[0,-9223372036854775808,"
	    "9223372036854775807,null,[],{}],\"n\":9223372036854775807,\"b\\\"\":-1.5,\"c\":\"\","
	    "\"d\":true,\"e\":false,\"f\":1.000}"), "in a script");

	begin(JSON_WRITER_PRETTY);
	write_all();
	test_written((struct slice)S("{\n  \"a\": [\n    0,\n"
	    "    -9223372036854775808,\n    9223372036854775807,\n    null,\n"
	    "    [],\n    {}\n  ],\n  \"n\": 9223372036854775807,\n  \"b\\\"\": -1.5,\n  \"c\": \"\",\n"
	    "  \"d\": true,\n  \"e\": false,\n  \"f\": 1.000\n}\n"), "pretty");
}

static void
test_strings(void)
{
	static const struct {
		struct slice in, want, script;
		const char *name;
	} cases[] = {
		{ S("plain, text-2;[x]~"), S("plain, text-2;[x]~"),
		    S("plain, text-2;[x]~"), "plain" },
		{ S("\"\\/"), S("\\\"\\\\/"), S("\\\"\\\\/"), "quotes" },
		{ S("\b\f\n\r\t\0\x1f\x7f"),
		    S("\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f"),
		    S("\\u0008\\u000c\\u000a\\u000d\\u0009\\u0000\\u001f\\u007f"),
		    "controls" },
		{ S("\xc2\x80\xc2\x9b\xc2\xa0"), S("\\u0080\\u009b\xc2\xa0"),
		    S("\\u0080\\u009b\xc2\xa0"), "C1 controls" },
		{ S("</script>"), S("</script>"), S("\\u003c/script>"), "a tag" },
		{ S("\xe2\x80\xa8\xe2\x81\xa6\xe2\x82\xac"),
		    S("\xe2\x80\xa8\xe2\x81\xa6\xe2\x82\xac"),
		    S("\\u2028\\u2066\xe2\x82\xac"), "separators" },
		{ S("\xf0\x9f\x98\x80"), S("\xf0\x9f\x98\x80"),
		    S("\xf0\x9f\x98\x80"), "beyond the BMP" },
		{ S("a\xff\xc3"), S("a\xef\xbf\xbd\xef\xbf\xbd"),
		    S("a\xef\xbf\xbd\xef\xbf\xbd"), "not UTF-8" },
		{ S("\xe2\x80"), S("\xef\xbf\xbd\xef\xbf\xbd"),
		    S("\xef\xbf\xbd\xef\xbf\xbd"), "not beyond the end" },
	};
	struct buf want = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		begin(JSON_WRITER_LINES);
		json_writer_string(&json, NULL, cases[i].in.p, cases[i].in.len);
		want.len = 0;
		buf_addc(&want, '"');
		buf_add(&want, cases[i].want.p, cases[i].want.len);
		buf_adds(&want, "\"\n");
		test_written(slice_of(&want), cases[i].name);

		begin(JSON_WRITER_SCRIPT);
		json_writer_string(&json, NULL, cases[i].in.p, cases[i].in.len);
		want.len = 0;
		buf_addc(&want, '"');
		buf_add(&want, cases[i].script.p, cases[i].script.len);
		buf_adds(&want, "\"");
		test_written(slice_of(&want), cases[i].name);
	}
	free(want.p);
}

/* more than is kept in memory */
static void
test_long(void)
{
	enum { N = 100000 };
	static char want[2 * N + 2] = "[";
	size_t i;

	begin(JSON_WRITER_SCRIPT);
	json_writer_array(&json, NULL);
	for (i = 0; i < N; i++) {
		json_writer_number(&json, NULL, 7);
		memcpy(want + 1 + 2 * i, "7,", 2);
	}
	json_writer_close(&json);
	want[2 * N] = ']';
	test_written((struct slice){ want, 2 * N + 1 }, "a long one");
}

int
main(void)
{
	test_modes();
	test_strings();
	test_long();
	return done();
}
