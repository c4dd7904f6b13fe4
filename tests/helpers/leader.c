/* leader - a process whose first thread does all the work and does not end last
 *
 * usage: leader
 *
 * Its first thread uses the CPU for 100 ms and exits, while eight others sleep. */
#include <err.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static void *
sleep_on(void *unused)
{
	for (;;)
		pause();
	return unused;
}

int
main(void)
{
	struct timespec used;
	pthread_t thread;
	int i;

	for (i = 0; i < 8; i++)
		if (pthread_create(&thread, NULL, sleep_on, NULL))
			errx(1, "no thread");
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	while (!used.tv_sec && used.tv_nsec < 100000000);
	return 0;
}
