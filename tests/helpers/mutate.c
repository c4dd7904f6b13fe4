/* mutate - damages its input: the same seed, the same damage
 *
 * usage: mutate SEED <FILE */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
	"9223372036854775807", "9223372036854775808", "18446744073709551616",
	"4194304", "4194305", "-1", "0", "\t", "\n", "=", "argv=", "\ts=",
	"\tpid=1", "\x1b[31m", "\xff", "\xc3", "\\", "\\x", "\\x00", "\r", " ",
	"root\tts=0\tpid=1\n", "end\tts=0\n", "lost\tts=0\tcount=9\n", "{", "}",
	"[", "]", "\"", ",", ":", "null", "1e999", "\\ud800", "NaN", "",
};

static uint64_t state;

/* xorshift64*: the same everywhere */
static size_t
below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)((state * UINT64_C(2685821657736338717)) >> 33) % n;
}

static char *data;
static size_t size;

/* in place of n bytes at offset at, len others */
static void
replace(size_t at, size_t n, const char *p, size_t len)
{
	char *fresh = malloc(size + len + 1);

	if (!fresh)
		err(2, NULL);
	memcpy(fresh, data, at);
	if (len)
		memcpy(fresh + at, p, len);
	memcpy(fresh + at + len, data + at + n, size - at - n);
	free(data);
	data = fresh;
	size = size - n + len;
}

static void
damage(void)
{
	size_t at = below(size + 1), n = below(size - at + 1);
	const char *word = words[below(sizeof words / sizeof *words)];
	char *copy;

	if (n > 200)
		n %= 200;
	switch (below(6)) {
	case 0:
		if (at < size)
			data[at] = (char)(data[at] ^ 1 << below(8));
		break;
	case 1: replace(at, n, "", 0); break;
	case 2: replace(at, 0, word, strlen(word)); break;
	case 3: replace(at, n % 20, word, strlen(word)); break;
	case 4: replace(at, 0, "", 1); break;
	default:
		copy = malloc(n + 1);
		if (!copy)
			err(2, NULL);
		memcpy(copy, data + at, n);
		replace(below(size + 1), 0, copy, n);
		free(copy);
		break;
	}
}

int
main(int argc, char *argv[])
{
	size_t times, cap = 0;

	if (argc != 2)
		errx(2, "usage: mutate SEED <FILE");
	state = strtoull(argv[1], NULL, 10) * 2 + 1;
	do {
		if (size == cap) {
			char *more = realloc(data, cap = cap * 2 + 65536);

			if (!more)
				err(2, NULL);
			data = more;
		}
		size += fread(data + size, 1, cap - size, stdin);
	} while (!feof(stdin) && !ferror(stdin));
	below(2);
	for (times = 1 + below(8); times; times--)
		damage();
	fwrite(data, 1, size, stdout);
	free(data);
	return ferror(stdin) || fflush(stdout) ? 2 : 0;
}
