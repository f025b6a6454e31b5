"""`./dev test`: the tests of scripts, then all on PostgreSQL, journeys, and SQLite's share at once.

Each of the three waits half of its time, for servers and browsers; together they do not.
PostgreSQL is what hospitals run, so it runs everything; SQLite, the embedded default, runs what a
database could do otherwise: actions, tasks, queries and one journey. Where there is no PostgreSQL,
SQLite runs everything in its place.

With pytest arguments they run once, on SQLite, or with `--postgresql` on PostgreSQL.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from xml.etree import ElementTree

from devtools import MADE, ROOT
from devtools.postgresql import cluster, programs
from devtools.steps import Refused

COVERAGE = MADE / "coverage"
REPORTS = MADE / "tests"
JOURNEYS = "tests/browser"
# What PostgreSQL and SQLite could do differently, by folder; tests/conftest.py marks it.
BOTH = {"actions", "queries"}
SLOWEST = 10
# Test processes of each run, so that those with most to do end together.
PROCESSES = {"PostgreSQL": 4, "browser": 2, "SQLite": 4, "SQLite too": 2}


@contextmanager
def database(name: str, *, migrated: bool = False) -> Iterator[dict[str, str]]:
    """The environment for some runs; a PostgreSQL that nobody named lives as long as they do.

    If `migrated`, every database made there begins with the tables: each test process of each run
    makes one, and migrating takes longer than most files of tests.
    """
    # Hundreds of processes start, each of which would else compile all that it imports.
    left_out = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    env = {key: value for key, value in os.environ.items() if key not in left_out}
    named = os.environ.get("DATABASE_URL", "")
    if name == "SQLite":
        yield env
    elif named.startswith("postgres"):
        yield {**env, "DATABASE_URL": named}
    else:
        with cluster() as server:
            if migrated:  # PostgreSQL copies template1 for every new database
                _migrate({**env, "DATABASE_URL": server.url("template1")})
            yield {**env, "DATABASE_URL": server.url()}


def _migrate(env: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(command, cwd=ROOT, env={**env, **settings}, stdin=subprocess.DEVNULL, check=True)


def pytest(*arguments: str, env: dict[str, str], said: IO[str] | None = None) -> tuple[bool, float]:
    """Run pytest; True if all passed, and the seconds of processor that it and its children took.

    No tests at all counts as a failure.
    """
    started = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
        stdout=said, stderr=None if said is None else subprocess.STDOUT,
    )  # fmt: skip
    try:
        _, status, used = os.wait4(started.pid, 0)
    except KeyboardInterrupt:
        started.wait()  # it hears of it too, and puts away what it made
        raise
    started.returncode = os.waitstatus_to_exitcode(status)
    return started.returncode == 0, used.ru_utime + used.ru_stime


def scripts_command() -> list[str]:
    """What runs the rules of the scripts, by Node's own runner: a second, so also a check."""
    files = sorted(str(file) for file in (ROOT / "tests" / "scripts").glob("*.test.js"))
    return [str(MADE / "node" / "node"), "--test", "--test-reporter=tap", *files]


def scripts() -> bool:
    """Runs the rules of the scripts; True if all passed and there were some."""
    done = subprocess.run(
        scripts_command(), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    counted = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    passed = int(counted[1]) if counted else 0
    if done.returncode:
        print(done.stdout, done.stderr)
    print(f"{passed} passed", flush=True)
    return done.returncode == 0 and passed > 0


def embedded_files() -> list[str]:
    """The files in which SQLite's share lies: of some folders, of tasks, or marked in the file."""
    marks = re.compile(r"mark\.(both|sqlite|worker)\b")
    return [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "tests").glob("**/test_*.py"))
        if BOTH & set(file.parts) or "tasks" in file.stem or marks.search(file.read_text("utf-8"))
    ]


def whole(*, long: bool) -> int:
    """Everything, with a line for each run at the end; what each prints, when it has ended."""
    few = [] if long else ["-m", "not long"]
    url = os.environ.get("DATABASE_URL", "")
    main = "PostgreSQL" if programs() or url.startswith("postgres") else "SQLite"
    # Each process of a run collects all that the run names, so each names no more than it needs.
    runs = {
        main: (main, [f"--ignore={JOURNEYS}", *few]),
        "browser": (main, [JOURNEYS, *few]),
    }
    if main != "SQLite":
        share = "both or sqlite"
        runs["SQLite too"] = (
            "SQLite", [*embedded_files(), "-m", share if long else f"({share}) and not long"],
        )  # fmt: skip
    for folder in (COVERAGE, REPORTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    started = time.monotonic()
    outcomes: dict[str, str] = {}
    if main == "SQLite":
        outcomes["PostgreSQL"] = "not run: PostgreSQL is missing: apt-get install postgresql"
    print("\n== scripts", flush=True)
    outcomes["scripts"] = "passed" if scripts() else "FAILED"
    with (
        database(main, migrated=True) as served,
        database("SQLite") as embedded,
        ThreadPoolExecutor(len(runs)) as together,
    ):
        ends = {
            together.submit(
                _run, name, wanted, served if engine == main else embedded, long=long
            ): name
            for name, (engine, wanted) in runs.items()
        }
        for end in as_completed(ends):
            name = ends[end]
            outcomes[name], said = end.result()
            print(f"\n== {name}\n{said}", flush=True)
    if long:
        print("\n== mutants", flush=True)
        done = subprocess.run([sys.executable, "-m", "devtools.mutate"], cwd=ROOT)
        outcomes["mutants"] = "FAILED" if done.returncode else "passed"
        print("\n== Coverage", flush=True)
        for command in (["combine", "--quiet", str(COVERAGE)], ["report"]):
            subprocess.run([sys.executable, "-m", "coverage", *command], cwd=ROOT)
    skipped = _summary()
    for name, outcome in outcomes.items():
        print(f"  {name:<12} {outcome}")
    print(f"  {'in all':<12} {time.monotonic() - started:.0f} s")
    bad = ("FAILED", "not run") if long or os.environ.get("CI") else "FAILED"
    failed = any(outcome.startswith(bad) for outcome in outcomes.values())
    return 1 if failed or (skipped and long) else 0


def _run(name: str, wanted: list[str], env: dict[str, str], *, long: bool) -> tuple[str, str]:
    """One of the runs, in databases of its own: what became of it, and what it said."""
    if name == "browser" and shutil.which("chromium") is None:
        return "not run: chromium is missing: apt-get install chromium (as root).", ""
    # By file: what a module's fixture makes, a site or a deployment, is then made once.
    arguments = [*wanted, "-n", str(PROCESSES[name]), "--dist", "loadfile"]
    if long:  # Tracing slows everything; only the long run has the time.
        arguments += ["--timeout=1800", "--cov", "--cov-report="]
    started = time.monotonic()
    said = REPORTS / f"{name}.log"
    env = {**env, "COVERAGE_FILE": str(COVERAGE / f".coverage.{name}")}
    if "DATABASE_URL" in env:
        url = urlsplit(env["DATABASE_URL"])
        env["DATABASE_URL"] = url._replace(path=f"{url.path}_{name.lower()}").geturl()
    with said.open("w") as file:
        passed, used = pytest(*arguments, f"--junit-xml={REPORTS / name}.xml", env=env, said=file)
    took = f"{time.monotonic() - started:.0f} s, {used:.0f} s of processor"
    outcome = f"{'passed' if passed else 'FAILED'} ({took})"
    return outcome, said.read_text(encoding="utf-8", errors="replace")


def _summary() -> bool:
    """Print the slowest tests of all runs and what was skipped; True if anything was."""
    cases = [(path.stem, case) for path in sorted(REPORTS.glob("*.xml")) for case in _cases(path)]
    print(f"\n== The {SLOWEST} slowest", flush=True)
    for run, case in sorted(cases, key=lambda one: -float(one[1].get("time", 0)))[:SLOWEST]:
        where = f"{case.get('classname')}.{case.get('name')}".removeprefix("tests.")
        print(f"  {float(case.get('time', 0)):6.1f} s  {run}: {where}")
    reasons = Counter(skip.get("message", "") for _, case in cases for skip in case.iter("skipped"))
    print()
    for reason, times in reasons.items():
        print(f"  not run: {times} of {len(cases)} tests: {reason}")
    return bool(reasons)


def _cases(path: Path) -> Iterator[ElementTree.Element]:
    return ElementTree.parse(path).iter("testcase")  # noqa: S314 (pytest has just written it)


def main(arguments: list[str]) -> int:
    long = "--long" in arguments
    chosen = [argument for argument in arguments if argument not in {"--long", "--postgresql"}]
    try:
        if not chosen and "--postgresql" not in arguments:
            return whole(long=long)
        with database("PostgreSQL" if "--postgresql" in arguments else "SQLite") as env:
            return 0 if pytest(*chosen, env=env)[0] else 1
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
