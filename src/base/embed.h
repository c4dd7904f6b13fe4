/* embed - files that are part of a program; made by embed.sh at build time */
#ifndef EMBED_H
#define EMBED_H

#include <stddef.h>

struct embed {
	const char *p;		/* its bytes, with no NUL behind them */
	size_t len;
	const char *sha256;	/* of them, as Content-Security-Policy writes it:
				 * "sha256-" and base64 */
};

/* share/bpftrace */
extern const struct embed embed_env_bt, embed_files_bt, embed_proctrace_bt,
    embed_signal_bt;

/* the page of pt-render-html: src/html/report*; its scripts are one, with one
 * digest */
extern const struct embed embed_report_html, embed_report_css,
    embed_report_early_js, embed_report_scripts_js;

#endif
