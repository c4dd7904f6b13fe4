#include "cli/progress.h"

#include <errno.h>

#include "tap.h"

int
main(void)
{
	errno = ENOSPC;
	progress_read(1, 2);
	ok(errno == ENOSPC, "why a write failed is known after a read");
	return done();
}
