/* sha256 - digests of FIPS 180-4, as Content-Security-Policy writes them */
#ifndef SHA256_H
#define SHA256_H

#include "base/buf.h"

enum { SHA256_BYTES = 32 };

void sha256(const void *, size_t, unsigned char digest[SHA256_BYTES]);

/* Appends the digest of n bytes in base64. */
void sha256_base64(struct buf *, const void *, size_t n);

#endif
