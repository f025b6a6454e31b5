"""`./dev test`: the tests of scripts, then all on PostgreSQL, journeys, and SQLite's share.

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
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

from devtools import MADE, ROOT
from devtools.postgresql import cluster, programs
from devtools.steps import Refused

COVERAGE = MADE / "coverage"
REPORTS = MADE / "tests"
SLOWEST = 10
# More than cores: a test waits more than half of its time, for servers and browsers.
PROCESSES = (os.cpu_count() or 2) + 2


@contextmanager
def database(name: str, *, migrated: bool = False) -> Iterator[dict[str, str]]:
    """The environment for some runs; a PostgreSQL that nobody named lives as long as they do.

    If `migrated`, every database made there begins with the tables: each test process of each run
    makes one, and migrating takes longer than most files of tests.
    """
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
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


def pytest(*arguments: str, env: dict[str, str]) -> bool:
    """Run pytest; True if all passed. No tests at all counts as a failure."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode == 0


def scripts() -> bool:
    """The rules of the scripts, by Node's own runner; True if all passed and there were some."""
    files = sorted(str(file) for file in (ROOT / "tests" / "scripts").glob("*.test.js"))
    command = [str(MADE / "node" / "node"), "--test", "--test-reporter=tap", *files]
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    counted = re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    passed = int(counted[1]) if counted else 0
    if done.returncode:
        print(done.stdout, done.stderr)
    print(f"{passed} passed", flush=True)
    return done.returncode == 0 and passed > 0


def whole(*, long: bool) -> int:
    """Everything, one run after the other, with a line for each at the end."""
    few = "" if long else " and not long"
    # By file: what a module's fixture makes, a site or a deployment, is then made once.
    common = ["-n", str(PROCESSES), "--dist", "loadfile"]
    if long:
        common.append("--timeout=1800")
    url = os.environ.get("DATABASE_URL", "")
    main = "PostgreSQL" if programs() or url.startswith("postgres") else "SQLite"
    runs = {main: {main: f"not browser{few}", "browser": f"browser{few}"}}
    if main != "SQLite":
        runs["SQLite"] = {"SQLite too": f"(both or sqlite){few}"}
    for folder in (COVERAGE, REPORTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    started = time.monotonic()
    outcomes: dict[str, str] = {}
    if main == "SQLite":
        outcomes["PostgreSQL"] = "not run: PostgreSQL is missing: apt-get install postgresql"
    print("\n== scripts", flush=True)
    outcomes["scripts"] = "passed" if scripts() else "FAILED"
    for engine, named in runs.items():
        try:
            with database(engine, migrated=True) as env:
                for name, wanted in named.items():
                    print(f"\n== {name}", flush=True)
                    outcomes[name] = _run(name, ["-m", wanted, *common], env, measured=long)
        except Refused as refusal:
            outcomes |= {name: f"not run: {refusal}" for name in named}
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


def _run(name: str, arguments: list[str], env: dict[str, str], *, measured: bool) -> str:
    if name == "browser" and shutil.which("chromium") is None:
        return "not run: chromium is missing: apt-get install chromium (as root)."
    started = time.monotonic()
    # Tracing slows everything; only the long run has the time.
    traced = ["--cov", "--cov-report="] if measured else []
    report = f"--junit-xml={REPORTS / name}.xml"
    env = {**env, "COVERAGE_FILE": str(COVERAGE / f".coverage.{name}")}
    outcome = "passed" if pytest(*arguments, *traced, report, env=env) else "FAILED"
    return f"{outcome} ({time.monotonic() - started:.0f} s)"


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
            return 0 if pytest(*chosen, env=env) else 1
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
