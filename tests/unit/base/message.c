/* message: what is quoted in a message reaches no terminal */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "tap.h"

#include "base/message.h"

/* what has been said on standard error since the last call */
static struct slice
said(void)
{
	static char text[64 * 1024];
	ssize_t n = pread(STDERR_FILENO, text, sizeof text, 0);

	if (ftruncate(STDERR_FILENO, 0) < 0)
		n = 0;
	n = n > 0 ? n : 0;
	return (struct slice){ xmemdup(text, (size_t)n), (size_t)n };
}

int
main(void)
{
	static char longer[40000];
	char path[] = "/tmp/pt-message.XXXXXX";
	int fd = mkstemp(path), old = dup(STDERR_FILENO);
	static struct slice s[5];

	fcntl(fd, F_SETFL, O_APPEND);
	dup2(fd, STDERR_FILENO);
	unlink(path);
	warnx("%d", 1);
	s[0] = said();
	message_name("pt\033-x");
	warnx("'%s'", "a\033[31m\x7f\n\tb\x9b\xc2\x9b" "1\xe2\x80\xae");
	s[1] = said();
	errno = ENOENT;
	warn("%s", "\001");
	s[2] = said();
	errno = ENOENT;
	warn(NULL);
	s[3] = said();
	memset(longer, 'x', sizeof longer - 1);
	warnx("%s", longer);
	s[4] = said();
	dup2(old, STDERR_FILENO);
	is(s[0], (struct slice)S("message: 1\n"), "a name before it is known");
	is(s[1], (struct slice)S("pt\\x1b-x: 'a\\x1b[31m\\x7f\\n\\tb\\x9b"
	    "\\u009b1\\u202e'\n"), "control characters are shown");
	is(s[2], (struct slice)S("pt\\x1b-x: \\x01: No such file or directory\n"),
	    "and the reason");
	is(s[3], (struct slice)S("pt\\x1b-x: No such file or directory\n"),
	    "the reason alone");
	ok(s[4].len > 10000 && s[4].len < 20000 && s[4].p[s[4].len - 1] == '\n',
	    "what is too long is cut");
	return done();
}
