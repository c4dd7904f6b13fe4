#include "import/straceinfo.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "base/sysnames.h"
#include "event/event.h"
#include "import/straceline.h"

bool
straceinfo_exit(struct slice args, unsigned *status)
{
	bool negative = slice_take(&args, "-");
	uint64_t n;

	if (!straceline_integer(&args, UINT32_MAX, &n))
		return false;
	*status = (unsigned)(negative ? 0 - n : n) & 0xff;
	return true;
}

/* the name of a constant that is in front */
static struct slice
constant(struct slice s)
{
	size_t n = 0;

	while (n < s.len && (ascii_is_upper(s.p[n]) ||
	    ascii_is_digit(s.p[n]) || s.p[n] == '_'))
		n++;
	return (struct slice){ s.p, n };
}

static void
add_signal(struct slice s, struct buf *event)
{
	struct slice name = constant(s);

	event_add(event, "signal", name.p, name.len);
}

bool
straceinfo_signal(struct slice text, struct straceinfo_sender *sender,
    struct buf *event)
{
	struct slice name = constant(text), code = text, s = text;
	uint64_t from, uid;

	*sender = (struct straceinfo_sender){
		.number = sysnames_signal_number(name.p, name.len),
	};
	if (!sender->number)
		return false;
	event_add(event, "sig", name.p, name.len);
	if (!slice_skip_to(&code, "si_code="))
		return true;
	code = constant(code);
	event_add(event, "code", code.p, code.len);
	if ((slice_is(code, "SI_USER") || slice_is(code, "SI_QUEUE") ||
	    slice_is(code, "SI_TKILL")) && slice_skip_to(&s, "si_pid=") &&
	    straceline_integer(&s, EVENT_PID_MAX, &from) &&
	    slice_skip_to(&s, "si_uid=") && straceline_integer(&s, UINT32_MAX, &uid)) {
		sender->from = (int32_t)from;
		sender->uid = (uint32_t)uid;
	}
	return true;
}

bool
straceinfo_wait(struct slice text, int32_t *pid, struct buf *event)
{
	struct slice s = text;
	uint64_t n;
	bool exited;

	*pid = 0;
	exited = slice_skip_to(&s, "WEXITSTATUS(s) == ");
	if (exited && straceline_integer(&s, 255, &n)) {
		event_add_number(event, "status", n);
		return true;
	}
	s = text;
	if (slice_skip_to(&s, "WTERMSIG(s) == ")) {
		add_signal(s, event);
		if (slice_has(s, "WCOREDUMP(s)"))
			event_add_number(event, "core", 1);
		return true;
	}
	s = text;
	if (!slice_skip_to(&s, "si_pid=") || !straceline_integer(&s, EVENT_PID_MAX, &n))
		return false;
	*pid = (int32_t)n;
	exited = slice_has(text, "si_code=CLD_EXITED");
	if ((!exited && !slice_has(text, "si_code=CLD_KILLED") &&
	    !slice_has(text, "si_code=CLD_DUMPED")) ||
	    !slice_skip_to(&s, "si_status="))
		return false;
	if (!exited)
		add_signal(s, event);
	else if (straceline_integer(&s, 255, &n))
		event_add_number(event, "status", n);
	if (slice_has(text, "si_code=CLD_DUMPED"))
		event_add_number(event, "core", 1);
	return true;
}
