/* bpfprogs - prints the IDs of all BPF programs that are loaded */
#include <linux/bpf.h>
#include <sys/syscall.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int
main(void)
{
	union bpf_attr attr = { .start_id = 0 };

	while (syscall(SYS_bpf, BPF_PROG_GET_NEXT_ID, &attr, sizeof attr) == 0) {
		printf("%u\n", attr.next_id);
		attr.start_id = attr.next_id;
	}
	if (errno != ENOENT)
		err(2, "bpf");
	return 0;
}
