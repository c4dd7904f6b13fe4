/* deadlock - waits for a child that waits for it: cat, whose standard input it
 * holds open */
#include <sys/wait.h>

#include <err.h>
#include <unistd.h>

int
main(void)
{
	int to_child[2];
	pid_t pid;

	if (pipe(to_child) < 0)
		err(1, "pipe");
	pid = fork();
	if (!pid) {
		dup2(to_child[0], STDIN_FILENO);
		close(to_child[0]);
		close(to_child[1]);
		execlp("cat", "cat", (char *)NULL);
		_exit(127);
	}
	close(to_child[0]);
	waitpid(pid, NULL, 0);
	return 0;
}
