#include "render/treelines.h"

const char *
treelines_text(const struct term *t, enum treelines_kind kind)
{
	static const char *const utf8[] = {
		"\xe2\x94\x9c\xe2\x94\x80 ", "\xe2\x94\x94\xe2\x94\x80 ",
		"\xe2\x94\x82  ", "   "
	};
	static const char *const ascii[] = { "|- ", "`- ", "|  ", "   " };

	return (t->utf8 ? utf8 : ascii)[kind];
}
