/* embed - files that are part of a program; made by embed.sh at build time */
#ifndef EMBED_H
#define EMBED_H

#include "base/buf.h"

/* share/bpftrace */
extern const struct slice embed_env_bt, embed_proctrace_bt;

/* the page of pt-render-html: src/report* */
extern const struct slice embed_report_html, embed_report_css,
    embed_report_text_js, embed_report_model_js, embed_report_rows_js,
    embed_report_timeline_js, embed_report_table_js, embed_report_details_js,
    embed_report_input_js, embed_report_js;

#endif
