#include "json/check.h"

#include "tap.h"

#define MANY "9999999999999999999999999999999999999999"

int
main(void)
{
	static const char number[] = "a malformed number",
	    control[] = "a raw control character in a string",
	    utf8[] = "bytes that are not UTF-8", none[] = "no JSON",
	    comma[] = "a comma with nothing behind it",
	    open[] = "a string without an end",
	    large[] = "an integer beyond 64 bits";
	static const struct {
		struct slice line;
		const char *why;
	} cases[] = {
		{ S(""), NULL },
		{ S("{\"a\":[1,-2,0,-0],\t\"b\" : {\"c\":null}} \r"), NULL },
		{ S("{\"a\":[true,false,1.5,-1e5,1E+5,1.25e-05]}"), NULL },
		{ S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\""), NULL },
		{ S("\"\xc3\xa9 \xf0\x9f\x98\x80 \x7f NaN 'x' 007\""), NULL },
		{ S("{\"a\":\"\\u0000\",\"b\":1}"), NULL },
		{ S("9223372036854775807"), NULL },
		{ S("-9223372036854775807"), NULL },
		{ S("9223372036854775808"), large },
		{ S("-9223372036854775808"), large },
		{ S(MANY), large },
		{ S(MANY ".0"), NULL },
		{ S(MANY "e1"), NULL },
		{ S("{\"a\":NaN}"), none },
		{ S("{\"a\":nan}"), none }, { S("[nulll]"), none },
		{ S("[tru]"), none }, { S("[true,false,null]"), NULL },
		{ S("[1,]"), comma }, { S("{\"a\":1 , }"), comma },
		{ S("[\"a,]\",1]"), NULL },
		{ S("[Infinity]"), none },
		{ S("[-Infinity]"), number },
		{ S("{'a':1}"), none },
		{ S("{\"a\":1/*x*/}"), none },
		{ S("[TRUE]"), none },
		{ S("[1\0]"), none },
		{ S("[1\n]"), none },
		{ S("[\f1]"), none },
		{ S("[\xc3\xa9]"), none },
		{ S("01"), number }, { S("-01"), number }, { S("-"), number },
		{ S("--1"), number }, { S("1."), number }, { S("1.e5"), number },
		{ S("1e"), number }, { S("1e+"), number }, { S("0.x"), number },
		{ S("+1"), none }, { S(".5"), none },
		{ S("\"\x01\""), control },
		{ S("\"a\tb\""), control },
		{ S("\"a\nb\""), control },
		{ S("\"a\0b\""), control },
		{ S("\"\xff\""), utf8 },
		{ S("\"\xc3\""), utf8 },
		{ S("\"\xc0\x80\""), utf8 },
		{ S("\"\xed\xa0\x80\""), utf8 },
		{ S("\"\xf4\x90\x80\x80\""), utf8 },
		{ S("\"\\\xff\""), utf8 },
		{ S("\"a"), open }, { S("\"a\\"), open }, { S("\"a\\\""), open },
		{ S("{\"a\\u0000b\":1}"), "a NUL in a key" },
		{ S("{\"a\\u0000b\" \t:1}"), "a NUL in a key" },
		{ S("{\"a\\\\u0000b\":1}"), NULL },
	};
	const char *why;
	char name[64];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		/* exactly as long as it is, so that a sanitizer sees every
		 * byte that is read behind it */
		char *line = xmalloc(cases[i].line.len);

		memcpy(line, cases[i].line.p, cases[i].line.len);
		why = json_check(line, cases[i].line.len);
		snprintf(name, sizeof name, "case %zu: %s", i,
		    cases[i].why ? cases[i].why : "good");
		is_str(why ? why : "good", cases[i].why ? cases[i].why : "good",
		    name);
		free(line);
	}
	return done();
}
