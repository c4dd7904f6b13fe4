/* text - UTF-8, numbers, and the escapes of proctrace-events(5)
 *
 * One module because all of it is how values are spelled, in characters and in
 * digits, whatever they mean; most of it walks along the same UTF-8. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Length of the UTF-8 character at p (n bytes are there), 1 to 4; 0 when it
 * is none: a stray or missing continuation byte, an overlong form, a
 * surrogate, or beyond U+10FFFF (Unicode 15, table 3-7). */
size_t text_utf8(const char *p, size_t n);

/* Appends the value, escaped: \t \n \r \\, and \xHH for the other control
 * bytes, DEL, the bytes of C1 controls (U+0080 to U+009F), and every byte that
 * is not part of valid UTF-8. */
void text_escape(struct buf *, const char *p, size_t n);

/* Appends what an escaped value stands for: \xHH is any byte, with digits in
 * lower case; a backslash that begins none of these stands for itself. */
void text_unescape(struct buf *, const char *p, size_t n);

/* How many of the n bytes of an escaped value stand for the first len bytes
 * of what text_unescape() makes of it; n if it has no more than these. */
size_t text_escaped(const char *p, size_t n, size_t len);

/* Appends bytes as valid UTF-8: each byte that is not part of it becomes \xHH,
 * all else remains as it is. */
void text_utf8_show(struct buf *, const char *p, size_t n);

/* Appends bytes as one can read them anywhere: control characters (C0, DEL,
 * C1), line and bidi controls and bytes that are not UTF-8 as \n, \x1b,
 * \u202e; all else as it is. A backslash stays as it is. */
void text_visible(struct buf *, const char *p, size_t n);
/* The length of the character at p (n bytes are there) if text_visible() leaves
 * it as it is, else 0. */
size_t text_shown(const char *p, size_t n);

/* text_visible() of an escaped value (text_escape()). */
void text_visible_value(struct buf *, const char *p, size_t n);

/* Digits only, all n bytes of it, at most max: true and *val, or false. */
bool text_number(const char *p, size_t n, uint64_t max, uint64_t *val);

/* Lower-case hexadecimal digits, 1 to 16, from *p on: true, *val, and *p behind
 * them, or false. */
bool text_hex(const char **p, const char *end, uint64_t *val);

/* Seconds such as "2", "0.25": true and *ns, or false. Limit: 1e9 s. */
bool text_seconds(const char *s, uint64_t *ns);

/* The offset of the first byte that no line of a recording may hold raw (one
 * that text_escape() escapes, but TAB and backslash); n if there is none. */
size_t text_raw_bad(const char *p, size_t n);

/* Appends nanoseconds in the unit a person would use: "420 ns", "1.2 us",
 * "34.2 ms", "1.53 s", "12 min 5 s", "3 h 12 min". */
void text_duration(struct buf *, uint64_t ns);

/* the number of characters (code points) of UTF-8 text */
size_t text_length(const char *p, size_t n);

/* Appends UTF-8 text of at most max characters, max > 1: of longer text the
 * middle is left out, with an ellipsis in its place, so that a program and
 * its last argument can be seen. */
void text_cut(struct buf *, const char *p, size_t n, size_t max);

#endif
