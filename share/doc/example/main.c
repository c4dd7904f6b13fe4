#include <stdio.h>

#include "version.h"

const char *greeting(void);

int
main(int argc, char *argv[])
{
	printf("%s, %s (hello %s)\n", greeting(), argc > 1 ? argv[1] : "you",
	    VERSION);
	return 0;
}
