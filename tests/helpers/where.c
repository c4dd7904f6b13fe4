/* where - what a process itself finds about its directory and descriptors
 *
 * usage: where FILE LABEL
 *
 * Writes to FILE what the kernel tells: the directory, as readlink(2) shows
 * /proc/self/cwd, and a NUL, and then what stat(2) says that descriptors 0 to 2
 * are, as proctrace-events(5) writes it. */
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIPEFS_MAGIC = 0x50495045 };

static void
print_descriptor(FILE *fp, int fd)
{
	struct stat st;
	struct statfs fs;
	unsigned long inode;

	fprintf(fp, "fd%d=", fd);
	if (fstat(fd, &st) < 0) {
		fprintf(fp, "closed\n");
		return;
	}
	inode = (unsigned long)st.st_ino;
	if (S_ISCHR(st.st_mode))
		fprintf(fp, "chr:%u:%u\n", major(st.st_rdev), minor(st.st_rdev));
	else if (S_ISSOCK(st.st_mode))
		fprintf(fp, "socket:%lu\n", inode);
	else if (!fstatfs(fd, &fs) && fs.f_type == PIPEFS_MAGIC)
		fprintf(fp, "pipe:%lu\n", inode);
	else if (!(st.st_mode & S_IFMT))
		fprintf(fp, "anon\n");
	else
		fprintf(fp, "%s:%u:%u:%lu\n", S_ISDIR(st.st_mode) ? "dir" :
		    S_ISFIFO(st.st_mode) ? "fifo" : "file", major(st.st_dev),
		    minor(st.st_dev), inode);
}

int
main(int argc, char *argv[])
{
	char cwd[64 * 1024], *told;
	size_t len;
	ssize_t n;
	FILE *fp;
	int fd;

	if (argc != 3)
		errx(2, "usage: where FILE LABEL");
	n = readlink("/proc/self/cwd", cwd, sizeof cwd);
	fp = open_memstream(&told, &len);
	if (n < 0 || !fp)
		err(2, "/proc/self/cwd");
	fwrite(cwd, 1, (size_t)n, fp);
	putc('\0', fp);
	for (fd = 0; fd < 3; fd++)
		print_descriptor(fp, fd);
	fclose(fp);
	/* not before: it takes the place of a descriptor that is closed */
	fp = fopen(argv[1], "w");
	if (!fp || fwrite(told, 1, len, fp) != len || fclose(fp))
		err(2, "%s", argv[1]);
	free(told);
	return 0;
}
