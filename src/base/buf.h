/* buf - memory that is there or ends the program, and bytes that grow */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>
#include <stdint.h>

/* The exit status with which the library ends a program that cannot go on: 2
 * unless the program says otherwise. */
extern int exit_failure;

/* The x functions end the program with a message and exit_failure when there
 * is no memory; what they return is the caller's to free(). */
void *xmalloc(size_t size);
/* room for n elements of the given size; overflow counts as no memory */
void *xreallocarray(void *, size_t n, size_t size);
void *xcalloc(size_t n, size_t size);
char *xstrdup(const char *);
/* a copy of len bytes, with a NUL behind them */
char *xmemdup(const void *, size_t len);

/* Makes room for one element more in the array p, which holds n of *cap
 * elements of the given size: returns it, perhaps moved, *cap doubled. */
void *grow(void *p, size_t n, size_t *cap, size_t size);

/* a piece of somebody else's bytes; NULs are data */
struct slice {
	const char *p;
	size_t len;
};

/* bytes that grow; all zero is empty. free(b->p) when done */
struct buf {
	char *p;
	size_t len, cap;
};

void buf_reserve(struct buf *, size_t more);
void buf_add(struct buf *, const void *, size_t len);
void buf_addc(struct buf *, char);
/* without the NUL */
void buf_adds(struct buf *, const char *);
/* in decimal */
void buf_addu(struct buf *, uint64_t);
void buf_addi(struct buf *, int64_t);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
