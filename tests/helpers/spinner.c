/* spinner - uses the CPU as long as it gets one, and says what it has missed
 *
 * usage: spinner [-t] SECS
 *
 * Sleeps twenty times, with -t in a thread of its own, and spins for SECS.
 * Prints its PID, the nanoseconds in which it was ready to run and did not, and
 * what getrusage(2) says of it: ru_nvcsw, ru_nivcsw, ru_majflt. */
#include <sys/resource.h>

#include <err.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t
now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static void *
sleep_often(void *unused)
{
	int i;

	for (i = 0; i < 20; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	return unused;
}

int
main(int argc, char *argv[])
{
	bool threaded = argc > 1 && !strcmp(argv[1], "-t");
	uint64_t began, used, length, wall;
	struct rusage usage;
	pthread_t thread;

	if (argc != 2 + threaded)
		errx(2, "usage: spinner [-t] SECS");
	if (!threaded)
		sleep_often(NULL);
	else if (pthread_create(&thread, NULL, sleep_often, NULL) ||
	    pthread_join(thread, NULL))
		errx(1, "no thread");
	length = strtoull(argv[1 + threaded], NULL, 10) * 1000000000;
	began = now(CLOCK_MONOTONIC);
	used = now(CLOCK_PROCESS_CPUTIME_ID);
	while ((wall = now(CLOCK_MONOTONIC) - began) < length)
		;
	used = now(CLOCK_PROCESS_CPUTIME_ID) - used;
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld %" PRIu64 " %ld %ld %ld\n", (long)getpid(), wall - used,
	    usage.ru_nvcsw, usage.ru_nivcsw, usage.ru_majflt);
	return 0;
}
