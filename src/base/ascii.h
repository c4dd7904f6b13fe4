/* ascii - classes of characters, whatever the locale is */
#ifndef ASCII_H
#define ASCII_H

#include <stdbool.h>

static inline bool
ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
ascii_is_letter(char c)
{
	return ascii_is_lower((char)(c | 0x20));
}

static inline bool
ascii_is_alnum(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* a digit of hexadecimal numbers as programs print them: not "A" */
static inline bool
ascii_is_hex(char c)
{
	return ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* what separates words */
static inline bool
ascii_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
