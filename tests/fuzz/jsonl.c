/* a recording through pt-render-jsonl: every line of it is read again */
int jsonl_main(int, char *[]);
#define main jsonl_main
#include "../../src/pt-render-jsonl.c"
#undef main

#include "fuzz.h"
#include "json/parse.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct render r = { .exec_args = true };
	struct reader in = { 0 };
	struct json_parse back = { 0 };
	struct event ev;
	char *text = NULL;
	size_t len = 0;
	FILE *fp;
	int got;

	reader_open(&in, fuzz_files(data, size));
	while ((got = reader_next(&in, &ev)) > 0) {
		fp = open_memstream(&text, &len);
		must(fp != NULL);
		r.exec_args = false;
		r.out = (struct json_writer){ .to = fp };
		render(&r, &ev);
		json_writer_finish(&r.out);
		fclose(fp);
		if (len) {
			must(text[len - 1] == '\n' &&
			    !memchr(text, '\n', len - 1));
			must(!json_parse(&back, text, len - 1));
		}
		free(text);
	}
	reader_close(&in, got);
	json_parse_free(&back);
	free(r.last_line);
	strings_free(&r.names);
	free(r.name.p);
	free(r.text.p);
	free(r.others);
	return 0;
}
