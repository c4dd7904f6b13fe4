#include "analysis/machineload.h"

bool
machineload_growth(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *n)
{
	uint64_t before;

	if (!event_get_number(&from->ev, key, &before) ||
	    !event_get_number(&to->ev, key, n) || *n < before)
		return false;
	*n -= before;
	return true;
}

bool
machineload_rate(const struct moment *from, const struct moment *to,
    const char *key, uint64_t *thousandths)
{
	uint64_t time = to->ev.ts - from->ev.ts, n;

	if (!time || !machineload_growth(from, to, key, &n))
		return false;
	*thousandths = n > UINT64_MAX / 1000 ? n / time * 1000 : n * 1000 / time;
	return true;
}
