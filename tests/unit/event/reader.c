#include "event/reader.h"

#include <sys/wait.h>

#include <errno.h>
#include <unistd.h>

#include "base/message.h"
#include "files.h"
#include "tap.h"

#define P "\tts=7\tpid=4\tppid=3\tpgid=2\tsid=1"

/* The events of the files, one a line, and then the result; what it says. */
static void
check(char *const files[], struct slice want, const char *says, bool bad,
    const char *name)
{
	struct reader r = { 0 };
	struct event ev;
	struct buf got = { 0 };
	char *said;
	int saved = files_stderr_begin(), last;
	bool was_bad;

	reader_open(&r, files);
	while ((last = reader_next(&r, &ev)) > 0) {
		buf_add(&got, ev.line.p, ev.line.len);
		buf_addc(&got, '\n');
	}
	ok(reader_next(&r, &ev) == 0, name);
	was_bad = reader_close(&r, last);
	said = files_stderr_end(saved);
	is(slice_of(&got), want, "... its events");
	is_str(said, says, "... what it says");
	ok(was_bad == bad, "... whether lines were bad");
	free(said);
	free(got.p);
}

/* a file that cannot be read ends the program as it has said */
static void
check_failure(void)
{
	char none[] = "no such file", *const files[] = { none, NULL };
	struct reader r = { 0 };
	struct event ev;
	int saved = files_stderr_begin(), status = 0;
	pid_t pid;

	fflush(stdout);		/* exit() of the child would write it again */
	pid = fork();
	if (pid == 0) {
		exit_failure = 125;
		reader_open(&r, files);
		reader_close(&r, reader_next(&r, &ev));
		_exit(0);
	}
	waitpid(pid, &status, 0);
	free(files_stderr_end(saved));
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 125, "exit_failure");
}

int
main(void)
{
	char one[] = "one", two[] = "two", none[] = "none";
	char *const empty[] = { none, NULL };
	char *const first[] = { one, NULL };
	char *const both[] = { one, two, NULL };
	char *const bare[] = { two, NULL };

	message_name("reader");
	files_start();
	files_write(none, (struct slice)S(""));
	check(empty, (struct slice)S(""), "", false, "an empty recording");

	files_write(one, (struct slice)S("root\tts=0\tpid=4\n\nnew\tk=v\nbad\n"
	    "fork" P "\targv=\t\n\tx\ncut\tts=1"));
	check(first, (struct slice)S("root\tts=0\tpid=4\nnew\tk=v\n"
	    "fork" P "\targv=\t\n"), "reader: one:4: no fields\n"
	    "reader: one:6: no kind of event at its start\n"
	    "reader: one:7: cut record at the end (no newline), not used\n", true,
	    "bad lines");

	files_write(two, (struct slice)S("trace\tversion=1\n"
	    "exec" P "\tcpu=0\tseq=1\txlen=16\tx=6161616161616161\n"
	    "exit" P "\tcpu=1\tseq=2\tcode=0\n"
	    "exit" P "\tcpu=1\tseq=2\tcode=0\n\nLost 3 events\n"));
	check(bare, (struct slice)S("trace\tversion=1\n"
	    "lost\tts=7\tcpu=1\tcount=1\tsince=0\nexit" P "\tcpu=1\tstatus=0\n"
	    "exec" P "\tcpu=0\targvlen=16\targv=aaaaaaaa\n"),
	    "reader: two:4: seq= does not grow: two recordings in one?\n"
	    "reader: the recording has no end: it was cut, or goes on\n", true,
	    "a bare recording: what is pending at its end is not lost");

	files_write(one, (struct slice)S("root\tts=0\tpid=4\n"));
	check(both, (struct slice)S("root\tts=0\tpid=4\ntrace\tversion=1\n"
	    "lost\tts=7\tcpu=1\tcount=1\tsince=0\nexit" P "\tcpu=1\tstatus=0\n"
	    "exec" P "\tcpu=0\targvlen=16\targv=aaaaaaaa\n"),
	    "reader: two:4: seq= does not grow: two recordings in one?\n"
	    "reader: the recording has no end: it was cut, or goes on\n", true,
	    "two files");

	files_write(one, (struct slice)S("trace\tversion=1\trun=a@1\n"
	    "trace\tversion=1\trun=b@2\nend\tts=1\trun=b@2\n"));
	check(first, (struct slice)S("trace\tversion=1\trun=a@1\n"
	    "trace\tversion=1\trun=b@2\nend\tts=1\trun=b@2\n"),
	    "reader: the recording of a@1 has no end: it was cut, or goes on\n",
	    false, "one of two recordings has no end");
	files_write(one, (struct slice)S("trace\tversion=1\trun=a@1\n"
	    "trace\tversion=1\trun=b@2\n"));
	check(first, (struct slice)S("trace\tversion=1\trun=a@1\n"
	    "trace\tversion=1\trun=b@2\n"),
	    "reader: 2 recordings have no end: they were cut, or go on\n",
	    false, "two have none");
	check_failure();
	files_done();
	return done();
}
