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

bool
sysnames_signal_ends(unsigned number)
{
	switch (number) {
	case 0: case 17: case 18: case 19: case 20: case 21: case 22: case 23:
	case 28: case 32: case 33:	/* CHLD CONT STOP TSTP TTIN TTOU URG WINCH */
		return false;
	default:
		return number <= SIGNAL_LAST;
	}
}

/* asm-generic/siginfo.h: each list begins with code 1 */
static const char *const ill_codes[] = {
	"ILLOPC", "ILLOPN", "ILLADR", "ILLTRP", "PRVOPC", "PRVREG", "COPROC",
	"BADSTK",
}, *const fpe_codes[] = {
	"INTDIV", "INTOVF", "FLTDIV", "FLTOVF", "FLTUND", "FLTRES", "FLTINV",
	"FLTSUB",
}, *const segv_codes[] = {
	"MAPERR", "ACCERR", "BNDERR", "PKUERR", "ACCADI", "ADIDERR", "ADIPERR",
	"MTEAERR", "MTESERR", "CPERR",
}, *const bus_codes[] = {
	"ADRALN", "ADRERR", "OBJERR", "MCEERR_AR", "MCEERR_AO",
}, *const trap_codes[] = {
	"BRKPT", "TRACE", "BRANCH", "HWBKPT", "UNK", "PERF",
}, *const chld_codes[] = {
	"EXITED", "KILLED", "DUMPED", "TRAPPED", "STOPPED", "CONTINUED",
}, *const poll_codes[] = {
	"IN", "OUT", "MSG", "ERR", "PRI", "HUP",
}, *const sys_codes[] = { "SECCOMP", "USER_DISPATCH" };

#define CODES(number, prefix, list) \
	{ number, prefix, list, sizeof list / sizeof *list }

/* the codes that a signal has for itself */
static const struct {
	unsigned signal;
	const char *prefix;
	const char *const *names;
	size_t n;
} code_lists[] = {
	CODES(4, "ILL", ill_codes), CODES(5, "TRAP", trap_codes),
	CODES(7, "BUS", bus_codes), CODES(8, "FPE", fpe_codes),
	CODES(11, "SEGV", segv_codes), CODES(17, "CLD", chld_codes),
	CODES(29, "POLL", poll_codes), CODES(31, "SYS", sys_codes),
};

/* and those that any can have */
static const struct {
	int code;
	const char *name;
} codes[] = {
	{ 0, "SI_USER" }, { 128, "SI_KERNEL" }, { -1, "SI_QUEUE" },
	{ -2, "SI_TIMER" }, { -3, "SI_MESGQ" }, { -4, "SI_ASYNCIO" },
	{ -5, "SI_SIGIO" }, { -6, "SI_TKILL" }, { -7, "SI_DETHREAD" },
	{ -60, "SI_ASYNCNL" },
};

char *
sysnames_signal_code(unsigned signal, int code, char name[SYSNAMES_MAX])
{
	size_t i;

	snprintf(name, SYSNAMES_MAX, "%d", code);
	for (i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == code)
			snprintf(name, SYSNAMES_MAX, "%s", codes[i].name);
	for (i = 0; i < sizeof code_lists / sizeof *code_lists; i++)
		if (code_lists[i].signal == signal && code > 0 &&
		    (size_t)code <= code_lists[i].n)
			snprintf(name, SYSNAMES_MAX, "%s_%s", code_lists[i].prefix,
			    code_lists[i].names[code - 1]);
	return name;
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
