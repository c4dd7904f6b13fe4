/* sha256 - digests of FIPS 180-4 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

enum { SHA256_BYTES = 32 };

/* The digest of n bytes. */
void sha256_digest(const void *, size_t n, unsigned char digest[SHA256_BYTES]);

#endif
