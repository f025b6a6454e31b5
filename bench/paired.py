"""What something costs in a commit and in this tree, in turns: a busy machine is as busy for both.

Each tree runs a site with its own bench, and waits while the other is measured.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from devtools import ROOT
from devtools.steps import Refused

TURNS = 6
RATIOS = ("cpu_ms", "per_second_c32")
Figures = dict[str, float]


def extracted(revision: str, into: Path) -> None:
    """The commit's files."""
    kept = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True)
    if kept.returncode:
        raise Refused(f"There is no commit {revision}.")
    with tarfile.open(fileobj=BytesIO(kept.stdout)) as archive:
        archive.extractall(into, filter="data")


def _clean() -> dict[str, str]:
    ours = ("FFIT_", "DATABASE_", "REDIS_", "DJANGO_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class Side:
    """A tree whose site is up."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _said(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Refused(f"A site ended with {self._process.wait()}.")
        return line.strip()

    def wait(self) -> None:
        """Until it is ready."""
        while self._said() != "ready":
            pass

    def measure(self) -> Figures:
        """One turn."""
        assert self._process.stdin
        print(file=self._process.stdin, flush=True)
        figures: Figures = json.loads(self._said())
        return figures


@contextlib.contextmanager
def up(tree: Path, child: str) -> Iterator[Side]:
    """The tree's site, for as long as it is measured."""
    process = subprocess.Popen(
        [tree / ".ffit" / "venv" / "bin" / "python", "-c", child],
        cwd=tree, env=_clean() | {"PYTHONPATH": str(tree)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        side = Side(process)
        side.wait()
        yield side
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait()


def compare(before: Side, after: Side) -> Figures:
    """Medians of each, and the medians of the turns' ratios; who begins changes with each turn."""
    turns = []
    for turn in range(TURNS):
        first, second = (before, after) if turn % 2 else (after, before)
        one, other = first.measure(), second.measure()
        turns.append((one, other) if turn % 2 else (other, one))
        print(f"turn {turn + 1}: {turns[-1]}", file=sys.stderr, flush=True)
    found: Figures = {}
    for name in turns[0][0]:
        found[f"{name}_before"] = round(statistics.median(was[name] for was, _ in turns), 2)
        found[name] = round(statistics.median(now[name] for _, now in turns), 2)
    for name in (name for name in turns[0][0] if name.endswith(RATIOS)):
        ratio = statistics.median(now[name] / was[name] for was, now in turns)
        found[f"{name}_ratio"] = round(ratio, 2)
    return found


def paired(revision: str, child: str) -> Figures:
    """What `child` measures in the commit and here.

    It runs in the tree that is measured and may use what the bench has had from the beginning: it
    says "ready", then prints an object of figures for each line that it gets.
    """
    with tempfile.TemporaryDirectory(prefix="ffit-paired-") as name:
        tree = Path(name)
        extracted(revision, tree)
        subprocess.run(
            [tree / "dev", "bench", "--help"], cwd=tree, env=_clean(), check=True, stdout=sys.stderr
        )
        with up(tree, child) as before, up(ROOT, child) as after:
            return compare(before, after)
