/* name - names that say that what they name is secret */
#ifndef SECRET_NAME_H
#define SECRET_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the value of an option, a variable or a header of that name is
 * secret: of "password", "DB_PASSWD", "api-key", "clientSecret", "sshpass", but
 * not of "password-file", "no-token", "tokenizer", "public_key" or just "key".
 * In doubt it is. The words are those of rules.h. */
bool secret_name(const char *p, size_t len);

/* Whether the value of such a name can be a secret, and not just "on". */
bool secret_name_value(const char *p, size_t len);

#endif
