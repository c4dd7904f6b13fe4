/* longargs - says that its arguments are a gibibyte of zeros (PR_SET_MM of
 * prctl(2)), prints a line, and waits to be ended */
#include <sys/mman.h>
#include <sys/prctl.h>

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/prctl.h>

enum { FIELDS = 52, SIZE = 1 << 30 };	/* of /proc/self/stat, see proc(5) */

static void
read_stat(unsigned long long field[])
{
	FILE *fp = fopen("/proc/self/stat", "r");
	char line[4096], *p;
	int i;

	if (!fp || !fgets(line, sizeof line, fp))
		err(1, "/proc/self/stat");
	fclose(fp);
	p = strrchr(line, ')') + strlen(") S");	/* which is field 3 */
	for (i = 4; i < FIELDS; i++)
		field[i] = strtoull(p, &p, 10);
}

int
main(void)
{
	unsigned long long field[FIELDS];
	struct prctl_mm_map map = { .exe_fd = (unsigned)-1 };
	char *args = mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS |
	    MAP_NORESERVE, -1, 0);

	if (args == MAP_FAILED)
		err(1, "mmap");
	read_stat(field);
	map.start_code = field[26];
	map.end_code = field[27];
	map.start_stack = field[28];
	map.start_data = field[45];
	map.end_data = field[46];
	map.start_brk = field[47];
	map.brk = (unsigned long)sbrk(0);
	map.env_start = field[50];
	map.env_end = field[51];
	map.arg_start = (unsigned long)args;
	map.arg_end = map.arg_start + SIZE;
	if (prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0) < 0)
		err(1, "prctl");
	puts("ready");
	fflush(stdout);
	pause();
	return 0;
}
