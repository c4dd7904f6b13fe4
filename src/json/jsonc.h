/* jsonc - json-c, as the modules use it that read and write JSON with it
 *
 * What comes from here is strict JSON in valid UTF-8 with no control character
 * in it, whatever the bytes were. No memory ends the program with a message
 * and status 2: where json-c finds none, only errno tells. */
#ifndef JSONC_H
#define JSONC_H

#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"

struct json_object;

/* for jsonc_text(): on one line, slashes as they are */
#define JSONC_STYLE (JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)

_Noreturn void jsonc_no_memory(void);

/* The object, which is not NULL. */
struct json_object *jsonc_checked(struct json_object *);

/* The JSON of the object, as long as it lives and is not changed. */
struct slice jsonc_text(struct json_object *, int style);

/* The bytes as UTF-8, each that is not part of it as U+FFFD: they, or what
 * they are in the buf. */
struct slice jsonc_clean(struct buf *, const char *p, size_t len);

/* A string of UTF-8. */
struct json_object *jsonc_string(struct slice);

/* Writes JSON and a newline; DEL and the C1 controls, which json-c leaves in
 * strings, are escaped. */
void jsonc_write_line(struct slice, FILE *);

#endif
