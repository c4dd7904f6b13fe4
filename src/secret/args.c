#include "secret/args.h"

#include <limits.h>
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "secret/name.h"
#include "secret/rules.h"

/* some of the options of rules.h, a bit each */
struct set {
	uint64_t bits[SECRET_RULES_MAX_OPTIONS / 64];
};

/* what the words before say about the next one */
struct context {
	struct set programs, commands;	/* of the command line */
	bool value;	/* it is a secret, ... */
	enum secret_rules_part part;	/* ... or a part of it is */
	bool script;	/* it is a command line */
	bool set;	/* a name, and then its value: aws configure set NAME */
};

/* The options by the first byte of their program, and of their command: most
 * words begin as none does. Numbers from 1 on; 0: no more. */
static struct chains {
	size_t first[UCHAR_MAX + 1], next[SECRET_RULES_MAX_OPTIONS];
} by_program, by_command;

static void
chain(struct chains *chains, const char *word, size_t i)
{
	size_t *first = &chains->first[(unsigned char)*word];

	chains->next[i] = *first;
	*first = i + 1;
}

static void
init_chains(void)
{
	static bool done;
	size_t i;

	for (i = 0; i < secret_rules_noptions && !done; i++) {
		chain(&by_program, secret_rules_options[i].program, i);
		if (secret_rules_options[i].command)
			chain(&by_command, secret_rules_options[i].command, i);
	}
	done = true;
}

static void
add_to(struct set *set, size_t i)
{
	set->bits[i / 64] |= UINT64_C(1) << i % 64;
}

static bool
is_empty(const struct set *set)
{
	size_t i;

	for (i = 0; i < sizeof set->bits / sizeof *set->bits; i++)
		if (set->bits[i])
			return false;
	return true;
}

static bool
is_in(const struct set *set, size_t i)
{
	return set->bits[i / 64] >> i % 64 & 1;
}

/* The option is one of this command. */
static bool
applies(const struct context *c, size_t i)
{
	return is_in(&c->programs, i) &&
	    (!secret_rules_options[i].command || is_in(&c->commands, i));
}

/* It looks like an option: the one before has no value. */
static bool
is_option(struct slice s)
{
	size_t i;

	if (s.len < 2 || s.p[0] != '-')
		return false;
	if (s.len == 2)
		return true;
	for (i = 2; i < s.len && s.p[i] != '='; i++)
		if (!ascii_is_lower(s.p[i]) && s.p[i] != '-')
			return false;
	return s.p[1] == '-' && ascii_is_lower(s.p[2]);
}

/* Takes note of the programs that the word may be, or name: mysql, /bin/mysql,
 * --x=mysql; and of the commands within them. */
static void
note_programs(struct context *c, struct slice s)
{
	const struct secret_rules_option *o;
	size_t begin = s.len, i;

	while (begin > 0 && s.p[begin - 1] != '/' && s.p[begin - 1] != '=')
		begin--;
	slice_skip(&s, begin);
	if (!s.len)
		return;
	for (i = by_program.first[(unsigned char)*s.p]; i;
	    i = by_program.next[i - 1]) {
		o = &secret_rules_options[i - 1];
		if (o->prefix ? slice_starts(s, o->program) :
		    slice_is(s, o->program))
			add_to(&c->programs, i - 1);
	}
	for (i = by_command.first[(unsigned char)*s.p]; i;
	    i = by_command.next[i - 1])
		if (slice_is(s, secret_rules_options[i - 1].command))
			add_to(&c->commands, i - 1);
}

/* Words that are no options are names of values here. */
static bool
has_names(const struct context *c)
{
	size_t i;

	for (i = 0; !is_empty(&c->programs) && i < secret_rules_noptions; i++)
		if (!secret_rules_options[i].option && applies(c, i))
			return true;
	return false;
}

/* The word is a value from begin on. */
static void
add_value(struct secret_scan *found, const struct secret_scan_text *word, size_t begin,
    enum secret_rules_part part)
{
	static const char rule[] = "value of an option", separators[] = {
		[SECRET_BEHIND_COLON] = ':', [SECRET_BEHIND_COMMA] = ',',
		[SECRET_BEHIND_PERCENT] = '%', [SECRET_BEHIND_EQUALS] = '=',
	};
	const char *p = word->s.p, *at;

	if (part != SECRET_ALL) {
		at = memchr(p + begin, separators[part], word->s.len - begin);
		begin = at ? (size_t)(at - p) + 1 : word->s.len;
	}
	if (secret_name_value(p + begin, word->s.len - begin))
		secret_scan_add(found, word, begin, word->s.len, rule);
}

/* -p or, with flags before it, -xyzp */
static bool
is_letter_option(struct slice s, const char *option)
{
	return s.len > 1 && s.p[1] != '-' && strlen(option) == 2 &&
	    s.p[s.len - 1] == option[1];
}

/* an option whose meaning depends on the program; whether it is one */
static bool
program_option(struct secret_scan *found, const struct secret_scan_text *word,
    struct context *c)
{
	const struct secret_rules_option *o;
	size_t len, i;
	bool same, known = false;

	if (is_empty(&c->programs))
		return false;
	for (i = 0; i < secret_rules_noptions; i++) {
		o = &secret_rules_options[i];
		if (!o->option || !applies(c, i))
			continue;
		len = strlen(o->option);
		same = word->s.len >= len && !memcmp(word->s.p, o->option, len);
		if (same && word->s.len > len && o->attached) {
			add_value(found, word, len, o->part);
			known = true;
		} else if (o->separate && ((same && word->s.len == len) ||
		    is_letter_option(word->s, o->option))) {
			c->value = known = true;
			c->part = o->part;
		}
	}
	return known;
}

/* -c, -lc */
static bool
is_script_option(struct slice s)
{
	size_t i;

	for (i = 1; i < s.len; i++)
		if (!ascii_is_lower(s.p[i]))
			return false;
	return s.len > 1 && s.p[s.len - 1] == 'c';
}

static void
option(struct secret_scan *found, const struct secret_scan_text *word,
    struct context *c)
{
	struct slice name = word->s;

	c->script = is_script_option(word->s);
	if (program_option(found, word, c))
		return;
	while (slice_take(&name, "-"))
		;
	if (name.len && !memchr(name.p, '=', name.len) &&
	    secret_name(name.p, name.len))
		c->value = true;
}

static void
take_word(struct secret_scan *found, const struct secret_words_one *word,
    struct context *c)
{
	const struct secret_scan_text *text = &word->text;
	struct context now = { 0 };

	if (!word->begins)
		now = *c;
	*c = (struct context){
		.programs = now.programs, .commands = now.commands,
	};
	if (!text->s.len)
		return;
	secret_scan_find(found, text, now.script);
	if (now.value && !is_option(text->s)) {
		add_value(found, text, 0, now.part);
		return;
	}
	note_programs(c, text->s);
	if (text->s.p[0] == '-') {
		option(found, text, c);
	} else if (text->s.p[0] != '/' || !program_option(found, text, c)) {
		c->value = (now.set || has_names(c)) &&
		    secret_name(text->s.p, text->s.len);
		c->set = slice_is(text->s, "set");
	}
}

/* The words from begin on are what sudo -S reads: echo SECRET | sudo -S. */
static void
add_echoed(const struct secret_words *w, struct secret_scan *found, size_t begin)
{
	static const char rule[] = "password for sudo";
	const struct secret_scan_text *text;

	for (; begin < w->n && !w->list[begin].begins; begin++) {
		text = &w->list[begin].text;
		if (text->s.len && text->s.p[0] != '-' &&
		    !memchr(text->s.p, '%', text->s.len))
			secret_scan_add(found, text, 0, text->s.len, rule);
	}
}

/* -S, -kS, --stdin */
static bool
reads_stdin(struct slice s)
{
	return slice_is(s, "--stdin") || (s.len > 1 && s.p[0] == '-' &&
	    s.p[1] != '-' && memchr(s.p, 'S', s.len));
}

static void
take_words(const struct secret_words *w, struct secret_scan *found,
    struct slice file)
{
	struct context c = { .value = false };
	size_t i, echo = SIZE_MAX, begin = 0;
	bool sudo = false;

	init_chains();
	note_programs(&c, file);
	for (i = 0; i < w->n; i++) {
		if (w->list[i].begins) {
			echo = i && (slice_is(w->list[begin].text.s, "echo") ||
			    slice_is(w->list[begin].text.s, "printf")) ?
			    begin + 1 : SIZE_MAX;
			begin = i;
			sudo = false;
		}
		take_word(found, &w->list[i], &c);
		sudo |= slice_is(w->list[i].text.s, "sudo");
		if (sudo && echo < i && reads_stdin(w->list[i].text.s)) {
			add_echoed(w, found, echo);
			echo = SIZE_MAX;
		}
	}
}

void
secret_args_find(struct secret_args *s, struct secret_scan *found, size_t first,
    struct slice file, const struct slice *args, size_t n)
{
	struct secret_words *w = &s->words;
	size_t i;

	secret_words_clear(w);
	for (i = 0; i < n; i++)
		secret_words_add(w,
		    &(struct secret_scan_text){ first + i, 0, args[i] });
	take_words(w, found, file);
	for (i = 0; i < w->nlines; i++) {
		secret_words_split(w, i);
		take_words(w, found, (struct slice){ 0 });
	}
}

void
secret_args_free(struct secret_args *s)
{
	secret_words_free(&s->words);
}
