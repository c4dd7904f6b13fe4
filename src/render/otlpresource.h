/* otlpresource - what a recording is of, as a resource of OTLP/JSON */
#ifndef OTLPRESOURCE_H
#define OTLPRESOURCE_H

#include "json/writer.h"
#include "tree/forest.h"

/* Adds the member "resource": the attributes given (KEY=VALUE each, of a key
 * that comes twice the last), the labels of the recording and what else its
 * trace line says. An attribute is there once: the first of these counts. */
void otlpresource_add(struct json_writer *, const struct forest_run *,
    char *const given[], size_t n);

#endif
