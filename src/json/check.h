/* check - what json-c takes although it is not JSON, or changes silently */
#ifndef JSON_CHECK_H
#define JSON_CHECK_H

#include <stddef.h>

/* Looks at the characters, strings and numbers of a line of JSON; that they
 * stand in the right order is left to json-c. NULL, or the reason why it is
 * none: NaN, Infinity, 'quotes', comments, raw control characters, what is
 * not UTF-8, malformed numbers; or why json-c would change it: an integer
 * beyond 64 bits (made smaller), a NUL in a key (cut there). */
const char *json_check(const char *p, size_t len);

#endif
