#include "base/sysnames.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>

#include "tap.h"

static void
known_signals(void)
{
	static const struct {
		unsigned number;
		const char *name;
	} cases[] = {
		{ SIGHUP, "SIGHUP" }, { SIGINT, "SIGINT" }, { SIGQUIT, "SIGQUIT" },
		{ SIGILL, "SIGILL" }, { SIGTRAP, "SIGTRAP" },
		{ SIGABRT, "SIGABRT" }, { SIGBUS, "SIGBUS" }, { SIGFPE, "SIGFPE" },
		{ SIGKILL, "SIGKILL" }, { SIGUSR1, "SIGUSR1" },
		{ SIGSEGV, "SIGSEGV" }, { SIGUSR2, "SIGUSR2" },
		{ SIGPIPE, "SIGPIPE" }, { SIGALRM, "SIGALRM" },
		{ SIGTERM, "SIGTERM" }, { SIGCHLD, "SIGCHLD" },
		{ SIGCONT, "SIGCONT" }, { SIGSTOP, "SIGSTOP" },
		{ SIGTSTP, "SIGTSTP" }, { SIGTTIN, "SIGTTIN" },
		{ SIGTTOU, "SIGTTOU" }, { SIGURG, "SIGURG" },
		{ SIGXCPU, "SIGXCPU" }, { SIGXFSZ, "SIGXFSZ" },
		{ SIGVTALRM, "SIGVTALRM" }, { SIGPROF, "SIGPROF" },
		{ SIGWINCH, "SIGWINCH" }, { SIGIO, "SIGIO" }, { SIGSYS, "SIGSYS" },
		{ 16, "SIGSTKFLT" }, { 30, "SIGPWR" }, { 32, "SIGRT_0" },
		{ 34, "SIGRT_2" }, { 64, "SIGRT_32" }, { 0, "SIG0" },
		{ 65, "SIG65" }, { 127, "SIG127" }, { 4294967295, "SIG4294967295" },
	};
	char name[SYSNAMES_MAX];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_str(sysnames_signal(cases[i].number, name), cases[i].name,
		    cases[i].name);
}

static void
signals_and_back(void)
{
	static const char *const none[] = {
		"", "SIG", "KILL", "SIGKIL", "SIGKILLS", "sigkill", "SIG9",
		"SIG0", "SIG065", "SIG256", "SIG-1", "SIGRT_33", "SIGRT_02",
	};
	char name[SYSNAMES_MAX], what[64];
	unsigned i;
	bool same = true;

	for (i = 1; i <= 255; i++) {
		sysnames_signal(i, name);
		same &= sysnames_signal_number(name, strlen(name)) == i;
	}
	ok(same, "signal: every name gives its number");
	is_num(sysnames_signal_number("SIGKILL9", 7), 9, "signal: the length counts");
	is_num(sysnames_signal_number("SIGKILL\0", 8), 0, "signal: a NUL is no name");
	for (i = 0; i < sizeof none / sizeof *none; i++) {
		snprintf(what, sizeof what, "signal: '%s' is none", none[i]);
		is_num(sysnames_signal_number(none[i], strlen(none[i])), 0, what);
	}
}

static void
errors(void)
{
	static const struct {
		unsigned number;
		const char *name;
	} cases[] = {
		{ EPERM, "EPERM" }, { ENOENT, "ENOENT" }, { E2BIG, "E2BIG" },
		{ ENOEXEC, "ENOEXEC" }, { EACCES, "EACCES" }, { ENOMEM, "ENOMEM" },
		{ ENOTDIR, "ENOTDIR" }, { ETXTBSY, "ETXTBSY" }, { ELOOP, "ELOOP" },
		{ ENAMETOOLONG, "ENAMETOOLONG" }, { ERANGE, "ERANGE" },
		{ EDQUOT, "EDQUOT" }, { ENOKEY, "ENOKEY" },
		{ EKEYREJECTED, "EKEYREJECTED" }, { ESTALE, "ESTALE" },
		{ ETIME, "ETIME" }, { EPROTO, "EPROTO" }, { ELIBBAD, "ELIBBAD" },
		{ ELIBEXEC, "ELIBEXEC" }, { EOPNOTSUPP, "EOPNOTSUPP" },
		{ ETIMEDOUT, "ETIMEDOUT" }, { EOVERFLOW, "EOVERFLOW" },
		{ ECANCELED, "ECANCELED" }, { 513, "ERESTARTNOINTR" },
		{ 516, "ERESTART_RESTARTBLOCK" }, { 0, "E0" }, { 41, "E41" },
		{ 999, "E999" }, { 4294967295, "E4294967295" },
	};
	char name[SYSNAMES_MAX];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_str(sysnames_errno(cases[i].number, name), cases[i].name,
		    cases[i].name);
}

static void
signal_codes(void)
{
	static const struct {
		unsigned signal;
		int code;
		const char *name;
	} cases[] = {
		{ SIGTERM, SI_USER, "SI_USER" }, { SIGTERM, SI_QUEUE, "SI_QUEUE" },
		{ SIGTERM, -6, "SI_TKILL" }, { SIGALRM, SI_TIMER, "SI_TIMER" },
		{ SIGINT, 0x80, "SI_KERNEL" }, { SIGSEGV, 0x80, "SI_KERNEL" },
		{ SIGSEGV, SEGV_MAPERR, "SEGV_MAPERR" },
		{ SIGSEGV, SEGV_ACCERR, "SEGV_ACCERR" },
		{ SIGBUS, BUS_ADRERR, "BUS_ADRERR" },
		{ SIGBUS, 4, "BUS_MCEERR_AR" },
		{ SIGFPE, FPE_INTDIV, "FPE_INTDIV" },
		{ SIGFPE, FPE_FLTSUB, "FPE_FLTSUB" },
		{ SIGILL, ILL_ILLOPN, "ILL_ILLOPN" },
		{ SIGILL, ILL_BADSTK, "ILL_BADSTK" },
		{ SIGTRAP, 1, "TRAP_BRKPT" }, { SIGCHLD, CLD_EXITED, "CLD_EXITED" },
		{ SIGCHLD, CLD_CONTINUED, "CLD_CONTINUED" },
		{ SIGIO, 6, "POLL_HUP" }, { SIGSYS, 1, "SYS_SECCOMP" },
		{ SIGTERM, 1, "1" }, { SIGSEGV, 99, "99" }, { SIGSEGV, -99, "-99" },
		{ 0, -2147483647, "-2147483647" }, { 64, 7, "7" },
	};
	char name[SYSNAMES_MAX];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		is_str(sysnames_signal_code(cases[i].signal, cases[i].code, name),
		    cases[i].name, cases[i].name);
}

int
main(void)
{
	signal_codes();
	known_signals();
	signals_and_back();
	errors();
	return done();
}
