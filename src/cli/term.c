#define _XOPEN_SOURCE 700	/* wcwidth() */
#include "cli/term.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/text.h"

enum { DEFAULT_COLUMNS = 80, DEFAULT_ROWS = 24, SIZE_LIMIT = 100000 };

/* columns and rows; 0 if the terminal does not tell */
static void
ask_window(struct term *t, int fd)
{
#ifdef TIOCGWINSZ
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) < 0)
		return;
	t->columns = size.ws_col;
	t->rows = size.ws_row;
#endif
	(void)fd;
}

static size_t
from_environment(const char *name, size_t otherwise)
{
	const char *s = getenv(name);
	uint64_t val;

	return s && text_number(s, strlen(s), SIZE_LIMIT, &val) && val ? (size_t)val :
	    otherwise;
}

static bool
wants_colour(void)
{
	const char *no = getenv("NO_COLOR"), *name = getenv("TERM");

	return !(no && *no) && name && *name && strcmp(name, "dumb") != 0;
}

void
term_open(struct term *t, int fd)
{
	bool is_terminal = isatty(fd);

	t->utf8 = setlocale(LC_CTYPE, "") && !strcmp(nl_langinfo(CODESET), "UTF-8");
	t->colour = is_terminal && wants_colour();
	t->columns = t->rows = 0;
	if (!is_terminal)
		return;
	ask_window(t, fd);
	if (!t->columns)
		t->columns = from_environment("COLUMNS", DEFAULT_COLUMNS);
	if (!t->rows)
		t->rows = from_environment("LINES", DEFAULT_ROWS);
}

bool
term_choose_colour(struct term *t, const char *when)
{
	if (!strcmp(when, "auto"))
		return true;
	t->colour = !strcmp(when, "always");
	return t->colour || !strcmp(when, "never");
}

/* What the system does not know may be a character of the future: one. */
static size_t
character_columns(const char *p, size_t len)
{
	mbstate_t state = { 0 };
	wchar_t wide;
	int n;

	if (len == 1 || mbrtowc(&wide, p, len, &state) != len)
		return 1;
	n = wcwidth(wide);
	return n < 0 ? 1 : (size_t)n;
}

/* Appends the first character of the text: its bytes there, and columns. */
static size_t
add_character(const struct term *t, struct buf *b, const char *p, size_t n,
    size_t *columns)
{
	size_t len = text_utf8(p, n), i;

	if (!len)
		len = 1;
	if (t->utf8 || len == 1) {
		buf_add(b, p, len);
		*columns = character_columns(p, len);
		return len;
	}
	for (i = 0; i < len; i++)
		buf_printf(b, "\\x%02x", (unsigned)(unsigned char)p[i]);
	*columns = 4 * len;
	return len;
}

size_t
term_add(const struct term *t, struct buf *b, const char *p, size_t n,
    size_t columns)
{
	const char *ellipsis = t->utf8 ? "\xe2\x80\xa6" : "...";
	size_t width = t->utf8 ? 1 : 3, used = 0, i = 0, more;
	size_t kept_len = b->len, kept = 0;	/* before an ellipsis */

	while (i < n) {
		i += add_character(t, b, p + i, n - i, &more);
		if (columns && used + more > columns) {
			b->len = kept_len;
			if (width > columns)
				return 0;
			buf_adds(b, ellipsis);
			return kept + width;
		}
		used += more;
		if (used + width <= columns) {
			kept = used;
			kept_len = b->len;
		}
	}
	return used;
}

void
term_colour(const struct term *t, struct buf *b, const char *sgr)
{
	if (t->colour)
		buf_printf(b, "\033[%sm", sgr ? sgr : "");
}
