# jobs.py - the shell commands of a CI job, out of what a Markdown file shows
#
# usage: jobs.py FILE HEADING DIR
#
# The first block ```yaml under the heading must be a job of GitHub Actions or
# of GitLab CI. Writes into DIR each step of it as a script, 1.sh, 2.sh ...; a step
# that is run even if those before it failed is called 3.always.sh.
import os
import re
import sys

import yaml


def steps(config):
    """The commands of the steps, and whether each is always run."""
    if "jobs" in config:
        (job,) = config["jobs"].values()
        for step in job["steps"]:
            if "run" in step:
                yield step["run"], "if" in step
            elif "uses" not in step:
                sys.exit("a step that does nothing")
        return
    (job,) = config.values()
    # these two are one shell
    yield "\n".join(job["before_script"] + job["script"]), False
    yield "\n".join(job["after_script"]), True


def main(file, heading, directory):
    with open(file, encoding="utf-8") as markdown:
        section = markdown.read().split("\n## %s\n" % heading)[1]
    block = re.search("^```yaml\n(.*?)^```$", section, re.M | re.S).group(1)
    for n, (script, always) in enumerate(steps(yaml.safe_load(block)), 1):
        name = "%d%s.sh" % (n, ".always" if always else "")
        with open(os.path.join(directory, name), "w", encoding="utf-8") as out:
            out.write(script + "\n")


main(*sys.argv[1:])
