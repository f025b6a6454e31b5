"""The subjects of our commits: a part, what was done to it in the imperative, at most 72 letters.

"Launch: refuse a past closing date". Older commits than `FIRST` had no such rule; where it is not
known, as in a shallow clone or an unpacked archive, nothing is checked and that is said.
"""

import re
import subprocess
import sys

from devtools import ROOT

FIRST = "ad2ef8d"
LONGEST = 72
# What a part is called, then a verb: neither a past nor a third person, nor a thing.
SUBJECT = re.compile(r"[A-Z][\w ./`-]*: (?P<verb>[a-z]+)(?:[ ,].+)")
NO_COMMAND = re.compile(
    r"(?:the|a|an|this|it|we|now|no|not|all|one|two|each|every|\w+(?:ing|ed|[^s]s))"
)
# Commands all the same, by their look a past, a gerund or a third person.
COMMANDS = {"bring", "embed", "feed", "need", "sting", "exceed", "proceed", "seed", "shed", "speed"}
COMMANDS |= {"bias", "focus", "string", "ring", "alias", "spring", "canvas", "bus", "plus"}


def fault(subject: str) -> str | None:
    """What is wrong with a subject, if anything."""
    if len(subject) > LONGEST:
        return f"{len(subject)} letters, {LONGEST} at most"
    found = SUBJECT.fullmatch(subject)
    if found is None:
        return 'not "Part: verb ..."'
    verb = found["verb"]
    if NO_COMMAND.fullmatch(verb) and verb not in COMMANDS:
        return f'"{verb}" is no command'
    return None


def main() -> int:
    log = ["git", "log", "--no-merges", "--format=%h %s", f"{FIRST}..HEAD"]
    done = subprocess.run(log, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(f"not checked: {FIRST} is not in this clone")
        return 0
    faults = [
        f"{line}: {wrong}"
        for line in done.stdout.splitlines()
        if (wrong := fault(line.partition(" ")[2]))
    ]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
