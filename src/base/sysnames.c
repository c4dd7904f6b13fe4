#include "base/sysnames.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { SIGNAL_RT = 32, SIGNAL_LAST = 64 };

static const char *const signals[] = {
	NULL, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE",
	"KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
	"CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ",
	"VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
};

static const char *const errors[] = {
	[1] = "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG",
	"ENOEXEC", "EBADF", "ECHILD", "EAGAIN", "ENOMEM", "EACCES", "EFAULT",
	"ENOTBLK", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "ENOTDIR", "EISDIR",
	"EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG", "ENOSPC",
	"ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE", "EDEADLK",
	"ENAMETOOLONG", "ENOLCK", "ENOSYS", "ENOTEMPTY", "ELOOP",
	[61] = "ENODATA", "ETIME", [71] = "EPROTO",
	[75] = "EOVERFLOW", [80] = "ELIBBAD", "ELIBSCN", "ELIBMAX", "ELIBEXEC",
	[95] = "EOPNOTSUPP", [110] = "ETIMEDOUT", [116] = "ESTALE",
	[122] = "EDQUOT", [125] = "ECANCELED", "ENOKEY", "EKEYEXPIRED",
	"EKEYREVOKED", "EKEYREJECTED",
	/* inside the kernel only, but seen at the exit of an interrupted call */
	[512] = "ERESTARTSYS", "ERESTARTNOINTR", "ERESTARTNOHAND",
	[516] = "ERESTART_RESTARTBLOCK",
};

char *
sysnames_signal(unsigned number, char name[SYSNAMES_MAX])
{
	if (number > 0 && number < SIGNAL_RT)
		snprintf(name, SYSNAMES_MAX, "SIG%s", signals[number]);
	else if (number >= SIGNAL_RT && number <= SIGNAL_LAST)
		snprintf(name, SYSNAMES_MAX, "SIGRT_%u", number - SIGNAL_RT);
	else
		snprintf(name, SYSNAMES_MAX, "SIG%u", number);
	return name;
}

unsigned
sysnames_signal_number(const char *p, size_t len)
{
	char name[SYSNAMES_MAX];
	uint64_t other;
	unsigned i;

	for (i = 1; i <= SIGNAL_LAST; i++)
		if (strlen(sysnames_signal(i, name)) == len &&
		    !memcmp(p, name, len))
			return i;
	if (len > 3 && !memcmp(p, "SIG", 3) && p[3] != '0' &&
	    text_number(p + 3, len - 3, 255, &other) && other > SIGNAL_LAST)
		return (unsigned)other;
	return 0;
}

char *
sysnames_errno(unsigned number, char name[SYSNAMES_MAX])
{
	if (number < sizeof errors / sizeof *errors && errors[number])
		snprintf(name, SYSNAMES_MAX, "%s", errors[number]);
	else
		snprintf(name, SYSNAMES_MAX, "E%u", number);
	return name;
}
