#include "secret/chars.h"

#include <string.h>

unsigned char secret_chars_classes[256];

static void
set_classes(const char *chars, unsigned char class)
{
	for (; *chars; chars++)
		secret_chars_classes[(unsigned char)*chars] = class;
}

void
secret_chars_init(void)
{
	if (secret_chars_classes['/'])
		return;
	set_classes("ABCDEFGHIJKLMNOPQRSTUVWXYZ", SECRET_UPPER);
	set_classes("abcdefghijklmnopqrstuvwxyz", SECRET_LOWER);
	set_classes("0123456789", SECRET_DIGIT);
	set_classes("_", SECRET_UNDERSCORE);
	set_classes("-", SECRET_DASH);
	set_classes(".", SECRET_DOT);
	set_classes("/", SECRET_SLASH);
	set_classes("+", SECRET_PLUS);
}

size_t
secret_chars_find_any(struct slice s, size_t i, const char *chars)
{
	while (i < s.len && !(s.p[i] && strchr(chars, s.p[i])))
		i++;
	return i;
}
