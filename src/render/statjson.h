/* statjson - the answers of a recording as JSON: see pt-stat(1) for its keys */
#ifndef STATJSON_H
#define STATJSON_H

#include <stdio.h>

#include "analysis/answers.h"

/* so many rows of each table; 0: all */
void statjson_write(const struct answers *, size_t top, FILE *);

#endif
