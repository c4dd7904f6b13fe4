/* sha256 - digests: examples of FIPS 180-4 and sha256sum(1) */
#include "base/sha256.h"
#include "tap.h"

static void
test_digest(const char *p, size_t n, const char *want, const char *name)
{
	unsigned char digest[SHA256_BYTES];
	struct buf b = { 0 };
	size_t i;

	sha256_digest(p, n, digest);
	for (i = 0; i < sizeof digest; i++)
		buf_printf(&b, "%02x", digest[i]);
	is(slice_of(&b), (struct slice){ want, strlen(want) }, name);
	free(b.p);
}

int
main(void)
{
	static char as[1000000];

	memset(as, 'a', sizeof as);
	test_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855", "nothing");
	test_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad", "abc");
	test_digest(as, 55, "9f4390f8d30c2dd92ec9f095b65e2b9a"
	    "e9b0a925a5258e241c9f1e910f734318", "55 bytes: one block");
	test_digest(as, 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f"
	    "590ce20f1bde7090ef7970686ec6738a", "56 bytes: two");
	test_digest(as, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209"
	    "f439851db43d0ba5997337df154668eb", "64 bytes");
	test_digest(as, sizeof as, "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0", "a million bytes");
	return done();
}
