#include "version.h"

const char *greeting(void);

const char *
greeting(void)
{
	return VERSION[0] == '0' ? "hi" : "hello";
}
