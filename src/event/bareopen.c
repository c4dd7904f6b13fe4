#include "event/bareopen.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "event/event.h"

/* the upmost 4 bits of a mode: S_IFMT of Linux's linux/stat.h */
enum {
	TYPE_FIFO = 1, TYPE_CHR = 2, TYPE_DIR = 4, TYPE_BLK = 6, TYPE_FILE = 8,
	TYPE_LINK = 10, TYPE_SOCKET = 12,
};

static const char *
type_name(uint64_t type, uint64_t device)
{
	switch (type) {
	case TYPE_FIFO: return device ? "fifo" : "pipe";
	case TYPE_CHR: return "chr";
	case TYPE_DIR: return "dir";
	case TYPE_BLK: return "blk";
	case TYPE_FILE: return "file";
	case TYPE_LINK: return "link";
	case TYPE_SOCKET: return "socket";
	default: return "anon";
	}
}

static void
add_file(struct buf *b, uint64_t word, uint64_t inode)
{
	uint64_t type = word >> 44 & 15, device = word & 0xffffffff;
	const char *name = type_name(type, device);

	buf_adds(b, name);
	if (!strcmp(name, "anon"))
		return;
	if (type != TYPE_SOCKET && strcmp(name, "pipe"))
		buf_printf(b, ":%" PRIu64 ":%" PRIu64, device >> 20,
		    device & 0xfffff);
	if (type != TYPE_CHR && type != TYPE_BLK)
		buf_printf(b, ":%" PRIu64, inode);
}

bool
bareopen_add(struct buf *event, struct slice key, struct slice words)
{
	const char *p = words.p, *end = words.p + words.len;
	uint64_t word, inode;

	if (!text_hex(&p, end, &word) || p == end || *p++ != ',' ||
	    !text_hex(&p, end, &inode) || p != end)
		return false;
	buf_addc(event, '\t');
	buf_add(event, key.p, key.len);
	buf_addc(event, '=');
	if (word)
		add_file(event, word, inode);
	else
		buf_adds(event, "closed");
	return true;
}
