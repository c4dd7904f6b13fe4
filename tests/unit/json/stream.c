/* jsonout - a document of JSON, written as it is made */
#include "json/stream.h"
#include "tap.h"

static struct json_stream json;

static void
begin(void)
{
	json = (struct json_stream){ .to = tmpfile() };
	if (!json.to)
		exit(2);
}

static void
test_written(const char *want, const char *name)
{
	static char got[1 << 20];
	size_t n;

	json_stream_finish(&json);
	rewind(json.to);
	n = fread(got, 1, sizeof got, json.to);
	is((struct slice){ got, n }, (struct slice){ want, strlen(want) }, name);
	fclose(json.to);
}

static void
test_shapes(void)
{
	begin();
	json_stream_begin(&json, NULL, '{');
	json_stream_begin(&json, "a", '[');
	json_stream_number(&json, 0);
	json_stream_number(&json, INT64_MIN);
	json_stream_count(&json, UINT64_C(1) << 63);
	json_stream_null(&json);
	json_stream_begin(&json, NULL, '[');
	json_stream_end(&json, ']');
	json_stream_begin(&json, NULL, '{');
	json_stream_end(&json, '}');
	json_stream_end(&json, ']');
	json_stream_key(&json, "b");
	json_stream_number(&json, -1);
	json_stream_key(&json, "c");
	json_stream_string(&json, "", 0);
	json_stream_end(&json, '}');
	test_written("{\"a\":[0,-9223372036854775808,9223372036854775807,null,"
	    "[],{}],\"b\":-1,\"c\":\"\"}", "objects and arrays");
}

static void
test_string(const char *in, size_t n, const char *want, const char *name)
{
	begin();
	json_stream_string(&json, in, n);
	test_written(want, name);
}

static void
test_strings(void)
{
	test_string("plain text", 10, "\"plain text\"", "text");
	test_string("\"a\\b\"", 5, "\"\\\"a\\\\b\\\"\"", "quotes and backslashes");
	test_string("</script><!--", 13, "\"\\u003c/script>\\u003c!--\"", "HTML");
	test_string("\0\n\t\x1f x", 6, "\"\\u0000\\u000a\\u0009\\u001f x\"",
	    "controls");
	test_string("\xc2\x80\xc2\x9f\xc2\xa0", 6, "\"\\u0080\\u009f\xc2\xa0\"",
	    "C1 controls");
	test_string("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae", 9,
	    "\"\\u2028\\u2029\\u202e\"", "separators, and a change of direction");
	test_string("\xe2\x81\xa6x\xe2\x81\xbf", 7, "\"\\u2066x\\u207f\"",
	    "isolates, and the last one that is escaped");
	test_string("\xe2\x82\xac\xf0\x9f\x98\x80\xc3\xa9", 9,
	    "\"\xe2\x82\xac\xf0\x9f\x98\x80\xc3\xa9\"", "other text");
	test_string("\xe2\x80", 2, "\"\xe2\x80\"", "not beyond the end");
}

static void
test_long(void)
{
	enum { N = 30000 };
	static char want[2 * N + 2];
	size_t i;

	begin();
	json_stream_begin(&json, NULL, '[');
	for (i = 0; i < N; i++)
		json_stream_number(&json, 7);
	json_stream_end(&json, ']');
	want[0] = '[';
	for (i = 0; i < N; i++)
		memcpy(want + 1 + 2 * i, "7,", 2);
	want[2 * N] = ']';
	test_written(want, "a long one");
}

int
main(void)
{
	test_shapes();
	test_strings();
	test_long();
	return done();
}
