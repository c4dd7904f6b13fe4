/* named - secrets with a name in front of them that says what they are
 *
 * Each function looks at one character of a text, where such a name may end, adds
 * the secret that it finds there, and returns where to go on. A value whose name
 * begins before whole_before is all of the rest of the text. */
#ifndef SECRET_NAMED_H
#define SECRET_NAMED_H

#include "secret/scan.h"

/* the '=' at i: NAME=value */
size_t secret_named_by_equals(struct secret_scan *, const struct secret_scan_text *,
    size_t i, size_t whole_before);

/* the ':' at i: of a header, or of JSON */
size_t secret_named_by_colon(struct secret_scan *, const struct secret_scan_text *,
    size_t i, size_t whole_before);

/* the quote at i: IDENTIFIED BY 'secret' and PASSWORD 'secret' of SQL */
size_t secret_named_by_sql(struct secret_scan *, const struct secret_scan_text *,
    size_t i);

#endif
