/* launch - bpftrace as a process: by itself for root, through sudo or doas for others */
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdbool.h>
#include <sys/types.h>

#include "capture/script.h"

struct launch_options {
	const char *bpftrace;	/* a path or a name to look for on PATH */
	const char *script;	/* the text of the script */
	struct script_numbers numbers;
	bool plain;		/* the built-in script and bpftrace: pt-as-root will do */
};

enum launch_how {
	LAUNCH_AS_ROOT,
	LAUNCH_SUDO,		/* it may ask for a password */
	LAUNCH_SUDO_AGAIN,	/* it has asked, and refused to pass settings */
	LAUNCH_HELPER,		/* pt-as-root, by sudo */
	LAUNCH_DOAS,		/* it may ask for a password */
};

/* Starts it, its standard output and standard error being these descriptors:
 * the PID of bpftrace, or of a sudo or doas that ends with status 0 as soon as
 * bpftrace runs. Both end up in a process group of their own. Status 127: there is no
 * such program. */
pid_t launch_bpftrace(const struct launch_options *, enum launch_how, int out,
    int errors);

/* The path of pt-as-root, which stands beside this program as make install has put
 * them; NULL: it does not. */
const char *launch_helper(void);

/* Starts a sudo that tells by its exit status whether this may be run, and asks
 * nothing: its PID. */
pid_t launch_question(const char *program);

/* For pt-as-root: what its caller has left to it is gone, but for descriptors 0 to 2,
 * which are open: environment, other descriptors, directory, signals. */
void launch_clean(void);
/* Becomes the bpftrace of this path with the built-in script. */
_Noreturn void launch_alone(const char *bpftrace, const struct script_numbers *);

/* From what sudo has said: it may be run with LAUNCH_SUDO_AGAIN only. */
bool launch_was_refused(const char *said, size_t len);

#endif
