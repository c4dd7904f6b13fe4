/* processjson - what JSON says of a process wherever one is meant */
#ifndef PROCESSJSON_H
#define PROCESSJSON_H

#include "json/writer.h"
#include "tree/forest.h"

/* The keys pid, life (a PID can be used again), start_ns and command (at a
 * moment; NULL: at its end), into the object that is open. */
void processjson_add(struct json_writer *, const struct process *,
    const struct moment *at);
/* The key end: "exit 0", "SIGKILL", "running" (process_end_word()). */
void processjson_add_end(struct json_writer *, const struct process *);

#endif
