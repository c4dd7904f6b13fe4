/* answersjson - findings and the analyses behind them, as JSON: pt-stat(1) */
#ifndef ANSWERSJSON_H
#define ANSWERSJSON_H

#include "analysis/answers.h"
#include "json/writer.h"

/* Adds their keys to the object that is open; so many rows of each, 0: all. */
void answersjson_add(struct json_writer *, const struct answers *,
    size_t top);

#endif
