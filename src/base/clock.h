/* clock - time that only goes forward */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

/* nanoseconds of the monotonic clock */
static inline uint64_t
clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* of two times, of which 0 is none */
static inline uint64_t
clock_earlier(uint64_t a, uint64_t b)
{
	return !a || (b && b < a) ? b : a;
}

#endif
