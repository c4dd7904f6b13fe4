#include "event/bare.h"

#include <inttypes.h>

#include "base/text.h"
#include "tap.h"

/* Lines as reader gives them to fold; what comes out, and reasons as "!...". */
static void
push_lines(struct bare *f, const char *p, size_t len, struct buf *got)
{
	const char *end = p + len, *nl, *why;
	struct event ev;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (bare_bpftrace(p, (size_t)(nl - p)))
			continue;
		why = event_parse(&ev, p, (size_t)(nl - p));
		if (!why)
			why = bare_push(f, &ev);
		if (why)
			buf_printf(got, "!%s\n", why);
		while (bare_take(f, &ev)) {
			buf_add(got, ev.line.p, ev.line.len);
			buf_addc(got, '\n');
		}
	}
}

static void
finish(struct bare *f, struct buf *got)
{
	struct event ev;

	bare_finish(f);
	while (bare_take(f, &ev)) {
		buf_add(got, ev.line.p, ev.line.len);
		buf_addc(got, '\n');
	}
	bare_free(f);
}

#define P "\tts=7\tpid=4\tppid=3\tpgid=2\tsid=1"
#define C(seq) "\tcpu=0\tseq=" #seq
#define NOTHING "0,0,0,0,0,0,0,0"
#define AS "6161616161616161"
#define A8 "aaaaaaaa"

static const struct fold_case {
	struct slice in, out;
	const char *name;
} cases[] = {
	{ S(""), S(""), "nothing" },
	{ S("fork" P C(1) "\n"), S("fork" P "\tcpu=0\n"), "seq goes" },
	{ S("fork" P C(1) "\tnew=a\\tb\tx2=\n"),
	    S("fork" P "\tcpu=0\tnew=a\\tb\tx2=\n"), "unknown keys stay" },
	{ S("new\tts=1" C(1) "\tk=v\n"), S("new\tts=1\tcpu=0\tk=v\n"),
	    "unknown kinds stay" },
	{ S("chdir\tts=1" C(1) "\tdir=lib\tfd0=x\n"),
	    S("chdir\tts=1\tcpu=0\tdir=lib\tfd0=x\n"),
	    "... with keys that mean something else in an exec" },
	{ S("new\tts=1" C(1) "\targv=a\t\tb\n"),
	    S("new\tts=1\tcpu=0\targv=a\t\tb\n"), "an argv as it is stays" },
	{ S("fork" P "\tseq=1\n"), S("!seq= without cpu= and ts=\n"), "no cpu" },
	{ S("new\tcpu=0\tseq=1\n"), S("!seq= without cpu= and ts=\n"), "no ts" },

	{ S("exit" P C(1) "\tcode=0\n"), S("exit" P "\tcpu=0\tstatus=0\n"),
	    "status 0" },
	{ S("exit" P C(1) "\tcode=65280\n"), S("exit" P "\tcpu=0\tstatus=255\n"),
	    "status 255" },
	{ S("exit" P C(1) "\tcode=9\n"), S("exit" P "\tcpu=0\tsignal=SIGKILL\n"),
	    "a signal" },
	{ S("exit" P C(1) "\tcode=139\n"),
	    S("exit" P "\tcpu=0\tsignal=SIGSEGV\tcore=1\n"), "a core dump" },
	{ S("exit" P C(1) "\tcode=34\n"), S("exit" P "\tcpu=0\tsignal=SIGRT_2\n"),
	    "a real-time signal" },
	{ S("exit" P C(1) "\tcode=x\n"), S("!a number of the tracer is none\n"),
	    "no code" },
	{ S("exit" P C(1) "\tcode=-1\n"), S("!a number of the tracer is none\n"),
	    "a negative code" },
	{ S("exit" P C(1) "\tcode=0\trundelay=5\tthreaded=0\nexit" P C(2)
	    "\tcode=0\trundelay=5\tthreaded=1\n"),
	    S("exit" P "\tcpu=0\tstatus=0\trundelay=5\nexit" P
	    "\tcpu=0\tstatus=0\trundelay=5\tthreaded=1\n"), "threads" },
	{ S("exit" P C(1) "\tcode=0\trsspages=5\n"),
	    S("exit" P "\tcpu=0\tstatus=0\tmaxrss=20\n"), "pages are 4 KiB" },
	{ S("signal\tts=1\tpid=4" C(1) "\tsigno=15\tsicode=0\tfrom=3\tuid=7"
	    "\tc=656d2d6c6c696873,65\n"),
	    S("signal\tts=1\tpid=4\tcpu=0\tsig=SIGTERM\tcode=SI_USER\tfrom=3"
	    "\tuid=7\tcomm=shill-mee\n"), "a signal and its sender" },
	{ S("signal\tts=1\tpid=4" C(1) "\tsigno=11\tsicode=1\tfrom=0\tuid=7"
	    "\tc=656d2d6c6c696873,65\nexit" P C(2) "\tcode=0\tuid=7\n"),
	    S("signal\tts=1\tpid=4\tcpu=0\tsig=SIGSEGV\tcode=SEGV_MAPERR\n"
	    "exit" P "\tcpu=0\tstatus=0\tuid=7\n"),
	    "the kernel sends: a bystander is not told" },
	{ S("signal\tts=1\tpid=4" C(1) "\tsigno=9\toom=1\n"),
	    S("signal\tts=1\tpid=4\tcpu=0\tsig=SIGKILL\toom=1\n"), "OOM" },
	{ S("signal\tts=1\tpid=4" C(1) "\tsigno=6\tsicode=-6\n"),
	    S("signal\tts=1\tpid=4\tcpu=0\tsig=SIGABRT\tcode=SI_TKILL\n"),
	    "a negative code of a signal" },
	{ S("signal\tts=1\tpid=4" C(1) "\tsigno=6\tsicode=--6\n"),
	    S("!a number of the tracer is none\n"), "no code of a signal" },
	{ S("exit" P C(1) "\tcode=0\tc=656d2d6c6c696873,65\n"),
	    S("exit" P "\tcpu=0\tstatus=0\tcomm=shill-mee\n"), "a name" },
	{ S("exit" P C(1) "\tcode=0\tc=0a09,ff00000000000000\n"),
	    S("exit" P "\tcpu=0\tstatus=0\tcomm=\\t\\n\n"),
	    "a name ends with a NUL" },
	{ S("exit" P C(1) "\tcode=0\tc=0,0\n"),
	    S("exit" P "\tcpu=0\tstatus=0\tcomm=\n"), "an empty name" },
	{ S("exit" P C(1) "\tcode=0\tc=x\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "no name" },
	{ S("execfail" P C(1) "\terr=2\tflen=0\tf=" NOTHING "\tfe=0\n"),
	    S("execfail" P "\tcpu=0\terrno=ENOENT\n"), "an error" },
	{ S("execfail" P C(1) "\terr=4095\n"),
	    S("execfail" P "\tcpu=0\terrno=E4095\n"), "an unknown error" },

	/* /bin/x in its last 8 bytes, without a NUL; "x\0" of argv with it */
	{ S("exec" P C(1) "\tflen=6\tf=" NOTHING "\tfe=782f6e69622f0000"
	    "\txlen=2\tx=" NOTHING "\txe=78000000000000\n"),
	    S("exec" P "\tcpu=0\tfile=/bin/x\targv=x\n"), "an exec" },
	{ S("exec" P C(1) "\tflen=6\tf=" NOTHING "\tfe=782f6e69622f0000"
	    "\txlen=0\tx=" NOTHING "\txe=0\n"),
	    S("exec" P "\tcpu=0\tfile=/bin/x\n"), "an exec without arguments" },
	{ S("exec" P C(1) "\txlen=1\tx=" NOTHING "\txe=0\n"),
	    S("exec" P "\tcpu=0\targv=\n"), "one empty argument" },
	{ S("exec" P C(1) "\txlen=3\tx=" NOTHING "\txe=0\n"),
	    S("exec" P "\tcpu=0\targv=\t\t\n"), "three empty arguments" },
	{ S("exec" P C(1) "\txlen=8\tx=0062610a610961,0,0,0,0,0,0,0"
	    "\txe=0062610a610961\n"),
	    S("exec" P "\tcpu=0\targv=a\\ta\\nab\t\n"), "TAB and newline" },
	{ S("exec" P C(1) "\txlen=1\tx=" NOTHING "\txe=6100000000000000\n"),
	    S("exec" P "\tcpu=0\targv=a\n"), "argv without its last NUL" },
	{ S("exec" P C(1) "\txlen=2\tx=g\txe=0\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "no word" },
	{ S("exec" P C(1) "\txlen=2\tx=\txe=0\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "an empty word" },
	{ S("exec" P C(1) "\txlen=2\tx=0,\txe=0\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "half a list" },
	{ S("exec" P C(1) "\txlen=2\tx=0 0\txe=0\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "no comma" },
	{ S("exec" P C(1) "\txlen=2\tx=0\txe=0,0\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "two last words" },
	{ S("exec" P C(1) "\txlen=2\tx=00000000000000000\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "a word of 17" },
	{ S("exec" P C(1) "\txlen=2\tx=A\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "upper case" },
	{ S("exec" P C(1) "\txlen=2\tx=g\nfork" P C(2) "\n"),
	    S("!a word of the tracer is not hexadecimal\nfork" P "\tcpu=0\n"),
	    "a bad line leaves nothing behind" },

	/* directories: /tmp/ab, a name of 65 bytes, and what is not whole */
#define DIR(seq, of, state) \
	"dir\tts=1" C(seq) "\tdir=5\tof=" of "\tstate=" state "\n"
#define NAME(seq, n, len, xe) "name\tts=1" C(seq) "\tn=" n "\toff=0\txlen=" len \
	"\tx=" NOTHING "\txe=" xe "\n"
#define AB NAME(1, "0", "2", "6261000000000000")
#define TMP NAME(1, "1", "3", "706d740000000000")
#define IN(seq) "exec" P C(seq) "\tdir=5\n"
	{ S(DIR(1, "2", "0") AB TMP IN(2) IN(3)),
	    S("exec" P "\tcpu=0\tcwd=/tmp/ab\nexec" P "\tcpu=0\tcwd=/tmp/ab\n"),
	    "a directory" },
	{ S(DIR(1, "0", "0") IN(2)), S("exec" P "\tcpu=0\tcwd=/\n"), "the root" },
	{ S(DIR(1, "2", "5") AB TMP IN(2)),
	    S("exec" P "\tcpu=0\tcwd=tmp/ab\tcwdstate=deleted,cut\n"),
	    "deleted and cut" },
	{ S(DIR(1, "0", "2") IN(2)),
	    S("exec" P "\tcpu=0\tcwd=/\tcwdstate=unreachable\n"), "unreachable" },
	{ S(DIR(1, "2", "8") AB TMP IN(2)), S("exec" P "\tcpu=0\n"), "not known" },
	{ S(DIR(1, "2", "0") AB IN(2)), S("exec" P "\tcpu=0\n"),
	    "a name is missing at the end" },
	{ S(DIR(1, "2", "0") TMP IN(2)), S("exec" P "\tcpu=0\n"),
	    "a name is missing in between" },
	{ S(DIR(1, "1", "0") AB TMP IN(2)), S("exec" P "\tcpu=0\tcwd=/ab\n"),
	    "a name more than there should be" },
	{ S(DIR(1, "2", "0") AB TMP IN(3)),
	    S("lost\tts=7\tcpu=0\tcount=1\tsince=1\nexec" P "\tcpu=0\n"),
	    "after a loss no directory is known" },
	{ S("exec\tts=7\tpid=4\tppid=3\tpgid=2\tsid=1\tcpu=1\tseq=1\tdir=5\n"
	    DIR(1, "0", "0")),
	    S("exec\tts=7\tpid=4\tppid=3\tpgid=2\tsid=1\tcpu=1\n"),
	    "a directory is one of its CPU" },
	{ S(DIR(1, "1", "0") "name\tts=1" C(1) "\tn=0\toff=0\txlen=65\tx="
	    AS "," AS "," AS "," AS "," AS "," AS "," AS "," AS "\txe=" AS "\n"
	    "name\tts=1" C(1) "\tn=0\toff=64\txlen=65\tx=0\txe=" AS "\n" IN(2)),
	    S("exec" P "\tcpu=0\tcwd=/" A8 A8 A8 A8 A8 A8 A8 A8 "a\n"),
	    "a name that its first line has whole" },
	{ S(DIR(1, "1", "0") "name\tts=1" C(1) "\tn=0\toff=0\txlen=72\tx="
	    AS "," AS "," AS "," AS "," AS "," AS "," AS "," AS "\txe=" AS "\n"
	    "name\tts=1" C(1) "\tn=0\toff=64\txlen=72\tx=" AS ",0\txe=" AS "\n"
	    IN(2)),
	    S("exec" P "\tcpu=0\tcwd=/" A8 A8 A8 A8 A8 A8 A8 A8 A8 "\n"),
	    "a name in two lines" },
	{ S(DIR(1, "1", "0") NAME(1, "0", "3", "0a090d0000000000") IN(2)),
	    S("exec" P "\tcpu=0\tcwd=/\\r\\t\\n\n"), "its bytes are escaped" },
	{ S(DIR(1, "0", "0") "exec" P C(2) "\tdir=256\n"), S("exec" P "\tcpu=0\n"),
	    "a number that there cannot be" },
	{ S("dir\tts=1" C(1) "\tdir=5\n"),
	    S("!a directory without dir=, of= or state=\n"), "half a directory" },
	{ S(DIR(1, "1", "0") "name\tts=1" C(1) "\tn=0\n"),
	    S("!a name without n=, off=, xlen=, x= or xe=\n"), "half a name" },
	{ S(NAME(3, "0", "2", "6261000000000000")),
	    S("lost\tts=1\tcpu=0\tcount=3\tsince=0\n"), "names of a lost directory" },

	/* files: made by one, used by others */
#define OPENED(seq, mode, len, words) "opened\tts=7\tpid=4" C(seq) "\tmode=" mode \
	"\tdev=266338304\tino=9\tgen=3\tsize=8\tdir=5\tflen=" len "\tf=" words "\n"
/* a name of three bytes, and an old one of four */
#define NAMED(seq, what, fe, x) "named\tts=7\tpid=4" C(seq) "\twhat=" what \
	"\tdir=5\tflen=3\tf=" NOTHING "\tfe=" fe \
	"\txlen=4\tx=" NOTHING "\txe=" x "\n"
#define MISSED(seq) "named\tts=5\tpid=4" C(seq) "\twhat=1\tdir=256\tflen=3" \
	"\tf=" NOTHING "\tfe=782f2f0000000000\txlen=0\tx=" NOTHING "\txe=0\n"
#define MISSING(ts) "read\tts=" #ts "\tpid=4\tcpu=0\terrno=ENOENT\tmissed=5" \
	"\tpath=/x\n"
#define A_FILE "\tts=7\tpid=4\tcpu=0\tdev=254:0\tino=9\tgen=3\tsize=8"
#define XO NOTHING "\tfe=6f2e780000000000"
	{ S(DIR(1, "2", "0") AB TMP OPENED(2, "2", "3", XO)),
	    S("write" A_FILE "\tpath=/tmp/ab/x.o\n"), "a file is written" },
	{ S(DIR(1, "0", "0") OPENED(2, "1", "3", XO)),
	    S("read" A_FILE "\tpath=/x.o\n"), "a file in the root is read" },
	{ S(DIR(1, "0", "0") OPENED(2, "3", "3", XO)),
	    S("write" A_FILE "\tpath=/x.o\n"), "for both, it is new" },
	{ S(DIR(1, "0", "0") OPENED(2, "7", "3", XO)),
	    S("read" A_FILE "\tpath=/x.o\nwrite" A_FILE "\tpath=/x.o\n"),
	    "for both, with contents" },
	{ S(DIR(1, "2", "5") AB TMP OPENED(2, "2", "3", XO)),
	    S("write" A_FILE "\tpath=tmp/ab/x.o\tpathstate=deleted,cut\n"),
	    "one that is deleted" },
	{ S(OPENED(1, "2", "3", XO)), S("write" A_FILE "\n"),
	    "the directory is not known" },
	{ S(DIR(1, "0", "0") OPENED(2, "2", "65", AS "," AS "," AS "," AS ","
	    AS "," AS "," AS "," AS "\tfe=" AS)
	    "file\tts=7" C(2) "\toff=64\tx=0\txe=" AS "\n"),
	    S("write" A_FILE "\tpath=/" A8 A8 A8 A8 A8 A8 A8 A8 "a\n"),
	    "a name of 65 bytes, which its first line has" },
	{ S(DIR(1, "0", "0") OPENED(2, "2", "72", AS "," AS "," AS "," AS ","
	    AS "," AS "," AS "," AS "\tfe=" AS)
	    "file\tts=7" C(2) "\toff=64\tx=" AS ",0\txe=" AS "\n"),
	    S("write" A_FILE "\tpath=/" A8 A8 A8 A8 A8 A8 A8 A8 A8 "\n"),
	    "a name in two lines" },
	{ S(DIR(1, "0", "0") OPENED(2, "2", "72", AS "," AS "," AS "," AS ","
	    AS "," AS "," AS "," AS "\tfe=0") "fork" P C(3) "\n"),
	    S("write" A_FILE "\nfork" P "\tcpu=0\n"), "half a name is none" },
	{ S("opened\tts=7\tpid=4" C(1) "\tmode=2\tdev=1\tino=1\tgen=1\tsize=0\tdir=1\n"),
	    S("!a file without flen=, f= or fe=, or xlen=, x= or xe=\n"),
	    "an open without a name" },
	{ S(DIR(1, "1", "0") NAME(1, "0", "2", "6261000000000000")
	    NAMED(2, "2", "782f2e0000000000", "792f2e2e00000000")),
	    S("write\tts=7\tpid=4\tcpu=0\top=rename\tfrom=/y\tpath=/ab/x\n"),
	    "a rename, ./x and ../y in /ab" },
	{ S(NAMED(1, "3", "782f2f0000000000", "792e2e2f00000000")),
	    S("write\tts=7\tpid=4\tcpu=0\top=link\tfrom=/..y\tpath=/x\n"),
	    "a link of absolute names" },
	{ S(NAMED(1, "2", "782f2e0000000000", "792f2e2e00000000")), S(""),
	    "a rename in a directory that is not known" },
	{ S(MISSED(1) "exit" P C(2) "\tcode=0\nexit" P C(3) "\tcode=256\n"),
	    S("exit" P "\tcpu=0\tstatus=0\nexit" P "\tcpu=0\tstatus=1\n"),
	    "what a process missed that did not fail" },
	{ S(MISSED(1) "exit" P C(2) "\tcode=256\n"),
	    S(MISSING(7) "exit" P "\tcpu=0\tstatus=1\n"), "and of one that did" },
	{ S(MISSED(1) "fork" P C(2) "\nexit" P C(3) "\tcode=256\n"),
	    S("fork" P "\tcpu=0\nexit" P "\tcpu=0\tstatus=1\n"),
	    "of one before it" },
	{ S(MISSED(1) "exit" P C(2) "\tcode=256\n" MISSED(3)),
	    S(MISSING(7) "exit" P "\tcpu=0\tstatus=1\n" MISSING(5)),
	    "told by another CPU later" },
	{ S("opened\tts=7\tpid=4" C(1) "\tflen=1\tf=0\tfe=0\n"),
	    S("!an open without pid=, mode=, dev=, ino=, gen=, size= or dir=\n"),
	    "an open of nothing" },

	/* descriptors: MODE << 32 | DEVICE, INODE */
	{ S("exec" P C(1) "\tfd0=21b600100003,3\tfd1=118000000000,2a\tfd2=0,0\n"),
	    S("exec" P "\tcpu=0\tfd0=chr:1:3\tfd1=pipe:42\tfd2=closed\n"),
	    "a device, a pipe, nothing" },
	{ S("exec" P C(1) "\tfd0=81a40fe00001,7\tfd1=c1ff00000008,9\tfd2=1,4\n"),
	    S("exec" P "\tcpu=0\tfd0=file:254:1:7\tfd1=socket:9\tfd2=anon\n"),
	    "a file, a socket, none of them" },
	{ S("exec" P C(1) "\tfd0=11a40fe00001,7\tfd1=41ed00000005,1\tfd2=61b000800001,4\n"),
	    S("exec" P "\tcpu=0\tfd0=fifo:254:1:7\tfd1=dir:0:5:1\tfd2=blk:8:1\n"),
	    "a FIFO, a directory, a disk" },
	{ S("exec" P C(1) "\tfd0=1\n"),
	    S("!a word of the tracer is not hexadecimal\n"), "half a descriptor" },

	/* pieces */
	{ S("exec" P C(1) "\txlen=80\tx=6161616161616161\n"
	    "args\tts=8" C(1) "\toff=8\tx=62\n"),
	    S("exec" P "\tcpu=0\targvlen=80\targv=aaaaaaaab\t\t\t\t\t\t\n"),
	    "an argv whose end is missing" },
	{ S("exec" P C(1) "\txlen=16\tx=6161616161616161\n"
	    "args\tts=8" C(1) "\toff=8\tx=62\txe=62\nfork" P C(2) "\n"),
	    S("exec" P "\tcpu=0\targv=aaaaaaaab\t\t\t\t\t\t\nfork" P "\tcpu=0\n"),
	    "a whole argv in two pieces" },
	{ S("exec" P C(1) "\txlen=80\tx=6161616161616161\n"
	    "args\tts=8" C(1) "\toff=16\tx=62\n"),
	    S("exec" P "\tcpu=0\targvlen=80\targv=aaaaaaaa\n"), "a gap in it" },
	{ S("exec" P C(1) "\txlen=80\tx=6161616161616161\n"
	    "args\tts=8" C(1) "\toff=18446744073709551608\tx=0,62\n"),
	    S("exec" P "\tcpu=0\targvlen=80\targv=aaaaaaaa\n"),
	    "an offset that wraps around" },
	{ S("exec" P C(1) "\txlen=80\tx=6161616161616161\n"
	    "args\tts=8" C(1) "\tx=62\n"),
	    S("!a piece without off= or x=\n"
	    "exec" P "\tcpu=0\targvlen=80\targv=aaaaaaaa\n"), "no offset" },
	{ S("args\tts=8" C(1) "\toff=8\tx=62\nfork" P C(2) "\n"),
	    S("lost\tts=8\tcpu=0\tcount=1\tsince=0\nfork" P "\tcpu=0\n"),
	    "pieces of a lost exec" },
	{ S("args\tts=8" C(3) "\toff=8\tx=62\nargs\tts=9" C(3) "\toff=200\tx=62\n"),
	    S("lost\tts=8\tcpu=0\tcount=3\tsince=0\n"),
	    "the last exec is lost, not its pieces" },
	{ S("exec" P C(1) "\txlen=80\tx=6161616161616161\n"
	    "args\tts=8" C(2) "\toff=8\tx=62\n"),
	    S("exec" P "\tcpu=0\targvlen=80\targv=aaaaaaaa\n"
	    "lost\tts=8\tcpu=0\tcount=1\tsince=7\n"),
	    "a piece of another exec, which is lost" },
	{ S("exec" P C(1) "\txlen=16\tx=6161616161616161\n"
	    "fork\tts=8\tpid=5\tppid=3\tpgid=2\tsid=1\tcpu=1\tseq=1\n"
	    "args\tts=8" C(1) "\toff=8\tx=62\n"),
	    S("fork\tts=8\tpid=5\tppid=3\tpgid=2\tsid=1\tcpu=1\n"
	    "exec" P "\tcpu=0\targv=aaaaaaaab\t\t\t\t\t\t\n"),
	    "another CPU between the pieces" },
	{ S("exec" P C(1) "\txlen=16\tx=6161616161616161\n"
	    "fork" P C(2) "\nargs\tts=8" C(1) "\toff=8\tx=62\n"),
	    S("exec" P "\tcpu=0\targvlen=16\targv=aaaaaaaa\nfork" P "\tcpu=0\n"),
	    "a piece that comes too late" },
	{ S("exec" P C(1) "\tflen=80\tf=6161616161616161\txlen=2\tx=78\txe="
	    "78000000000000\n"),
	    S("exec" P "\tcpu=0\tfile=aaaaaaaa\tfilelen=80\targv=x\n"),
	    "a file whose end is missing" },
	{ S("execfail" P C(1) "\terr=2\tflen=16\tf=6161616161616161\n"
	    "file\tts=8" C(1) "\toff=8\tx=6262626262626262\txe=62\n"),
	    S("execfail" P "\tcpu=0\terrno=ENOENT\tfile=aaaaaaaabbbbbbbb\n"),
	    "a file in two pieces" },

	/* loss */
	{ S("fork" P C(3) "\n"),
	    S("lost\tts=7\tcpu=0\tcount=2\tsince=0\nfork" P "\tcpu=0\n"),
	    "the first lines are lost" },
	{ S("tick\tts=5" C(1) "\nfork" P C(3) "\n"),
	    S("tick\tts=5\tcpu=0\nlost\tts=7\tcpu=0\tcount=1\tsince=5\n"
	    "fork" P "\tcpu=0\n"), "a line between is lost" },
	{ S("Lost 5 events\ntick\tts=5" C(1) "\n"), S("tick\tts=5\tcpu=0\n"),
	    "what bpftrace says is told by the numbers" },
	{ S("tick\tts=5" C(2) "\ntick\tts=6" C(2) "\ntick\tts=7" C(1) "\n"),
	    S("lost\tts=5\tcpu=0\tcount=1\tsince=0\ntick\tts=5\tcpu=0\n"
	    "!seq= does not grow: two recordings in one?\n"
	    "!seq= does not grow: two recordings in one?\n"), "seq stands still" },
	{ S("tick\tts=5" C(1) "\ntick\tts=6" C(9) "\ntick\tts=7" C(3) "\ntick\tts=8"
	    C(4) "\n"),
	    S("tick\tts=5\tcpu=0\nlost\tts=6\tcpu=0\tcount=7\tsince=5\n"
	    "tick\tts=6\tcpu=0\n!seq= does not grow: two recordings in one?\n"
	    "tick\tts=8\tcpu=0\n"), "one number that is wrong" },
	{ S("tick\tts=5\tcpu=8191\tseq=1\n"), S("tick\tts=5\tcpu=8191\n"),
	    "the largest CPU" },
};

static void
folds(void)
{
	struct bare f;
	struct buf got = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		f = (struct bare){ 0 };
		got.len = 0;
		push_lines(&f, cases[i].in.p, cases[i].in.len, &got);
		finish(&f, &got);
		is(slice_of(&got), cases[i].out, cases[i].name);
	}
	free(got.p);
}

static void
bpftrace_lines(void)
{
	static const struct {
		const char *line;
		bool taken;
	} lines[] = {
		{ "", true },
		{ "Lost 5 events", true }, { "Lost 123456 events", true },
		{ "@exec[0]: 1", false }, { "Lost events", false },
		{ "Lost 5 eventsx", false }, { "Lost x events", false },
		{ "Lost 5", false }, { " ", false }, { "lost\tts=1", false },
		{ "stdin:174:4-19: WARNING: Map full; can't update element. Try "
		    "increasing max_map_keys config", true },
		{ "Additional Info - helper: map_update_elem, retcode: -7", true },
		{ "            @member[$p] = 1;", true }, { "      ~~~~~", true },
		{ "stdin:26:29: WARNING: Invalid argument", false },
		{ "Additional Info - helper: probe_read_user", false },
		{ "@member[1]: 1", false }, { "    x", false }, { "~", false },
	};
	struct buf name = { 0 };
	size_t i;

	for (i = 0; i < sizeof lines / sizeof *lines; i++) {
		name.len = 0;
		buf_printf(&name, "'%s' is %s", lines[i].line,
		    lines[i].taken ? "bpftrace's" : "none of bpftrace's");
		ok(bare_bpftrace(lines[i].line, strlen(lines[i].line)) ==
		    lines[i].taken, name.p);
	}
	free(name.p);
}

/* The words of a string as the tracer prints them: those that are whole
 * within it from offset on, count of them, then its last 8 bytes. */
static void
tracer_words(struct buf *b, const char *s, size_t size, size_t offset,
    size_t count)
{
	uint64_t word;
	size_t i, k;

	for (i = 0; i < count; i++, offset += 8) {
		word = 0;
		for (k = 0; k < 8 && offset + 8 <= size; k++)
			word |= (uint64_t)(unsigned char)s[offset + k] << 8 * k;
		buf_printf(b, "%s%" PRIx64, i ? "," : "", word);
	}
}

static void
tracer_end(struct buf *b, const char *key, const char *s, size_t size)
{
	uint64_t word = 0;
	size_t k;

	for (k = 0; k < 8 && k < size; k++)
		word |= (uint64_t)(unsigned char)s[size - 1 - k] << (56 - 8 * k);
	buf_printf(b, "\t%s=%" PRIx64, key, word);
}

static void
tracer_exec(struct buf *b, const char *args, size_t size)
{
	size_t offset;

	buf_printf(b, "exec" P C(1) "\txlen=%zu\tx=", size);
	tracer_words(b, args, size, 0, 8);
	tracer_end(b, "xe", args, size);
	buf_addc(b, '\n');
	for (offset = 64; offset < size; offset += 192) {
		buf_printf(b, "args\tts=9" C(1) "\toff=%zu\tx=", offset);
		tracer_words(b, args, size, offset, 24);
		if (offset + 192 >= size)
			tracer_end(b, "xe", args, size);
		buf_addc(b, '\n');
	}
}

/* Arguments of every length, with every byte, come back as they were. */
static void
every_length(void)
{
	enum { SIZE = 1000 };
	struct buf in = { 0 }, got = { 0 }, back = { 0 };
	struct bare f;
	struct event ev;
	struct slice args, arg;
	char bytes[SIZE];
	size_t size, i, wrong = 0;

	for (i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 7 % 256);
	for (size = 1; size < SIZE; size++) {
		char last = bytes[size - 1];

		bytes[size - 1] = '\0';
		in.len = got.len = back.len = 0;
		f = (struct bare){ 0 };
		tracer_exec(&in, bytes, size);
		push_lines(&f, in.p, in.len, &got);
		finish(&f, &got);
		if (!event_parse(&ev, got.p, got.len - 1) &&
		    event_argv(&ev, &args))
			while (event_next_arg(&args, &arg)) {
				text_unescape(&back, arg.p, arg.len);
				buf_addc(&back, '\0');
			}
		wrong += back.len != size || memcmp(back.p, bytes, size) ||
		    event_get(&ev, "argvlen", &arg);
		bytes[size - 1] = last;
	}
	is_num(wrong, 0, "argv of every length comes back");
	free(in.p);
	free(got.p);
	free(back.p);
}

int
main(void)
{
	folds();
	bpftrace_lines();
	every_length();
	return done();
}
