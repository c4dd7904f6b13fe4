# action.py - the steps of a composite action as scripts
#
# usage: action.py FILE DIR
#
# Writes into DIR each step that runs something as a script, 1.sh, 2.sh ..., which
# takes the inputs from INPUT_NAME in its environment, or their defaults. An
# expression in the text of a script would be code of whoever writes the input:
# that is an error.
import os
import re
import shlex
import sys

import yaml


def value_of(expression, inputs):
    """The shell word for an expression: an input."""
    name = re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", expression).group(1)
    default = shlex.quote(str(inputs[name].get("default", "")))
    return '"${INPUT_%s-%s}"' % (name.upper(), default.strip("'"))


def script(step, inputs):
    if "${{" in step["run"]:
        sys.exit("an expression in a script: " + step["run"])
    if step["shell"] != "sh":
        sys.exit("not of sh")
    for name, expression in step.get("env", {}).items():
        yield "export %s=%s" % (name, value_of(expression, inputs))
    yield step["run"]


def main(file, directory):
    with open(file, encoding="utf-8") as text:
        action = yaml.safe_load(text)
    if action["runs"]["using"] != "composite":
        sys.exit("not composite")
    steps = [step for step in action["runs"]["steps"] if "run" in step]
    for n, step in enumerate(steps, 1):
        with open(os.path.join(directory, "%d.sh" % n), "w",
                  encoding="utf-8") as out:
            out.write("\n".join(script(step, action["inputs"])) + "\n")


main(*sys.argv[1:])
