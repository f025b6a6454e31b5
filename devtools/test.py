"""`./dev test`: the tests on SQLite, on PostgreSQL and in a browser.

With pytest arguments they run once, on SQLite, or with `--postgresql` on PostgreSQL.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from devtools import MADE, ROOT
from devtools.postgresql import cluster
from devtools.steps import Refused

COVERAGE = MADE / "coverage"


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The environment for one run; a PostgreSQL that nobody named lives as long as the run."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    named = os.environ.get("DATABASE_URL", "")
    if name == "SQLite":
        yield env
    elif named.startswith("postgres"):
        yield {**env, "DATABASE_URL": named}
    else:
        with cluster() as server:
            yield {**env, "DATABASE_URL": server.url()}


def pytest(*arguments: str, env: dict[str, str]) -> bool:
    """Run pytest; True if all passed. No tests at all counts as a failure."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode == 0


def whole(*, long: bool) -> int:
    """Everything, one run after the other, with a line for each and the coverage at the end."""
    few = "" if long else " and not long"
    # A busy machine may be slow; a test that hangs must still end.
    limits = [f"--timeout={1800 if long else 300}", "--durations=12"]
    # By file: what a module's fixture makes, a site or a deployment, is then made once.
    side_by_side = ["-n", "2", "--dist", "loadfile"]
    runs = {
        "SQLite": ("SQLite", ["-m", f"not browser{few}", *side_by_side]),
        "PostgreSQL": ("PostgreSQL", ["-m", f"not browser{few}", *side_by_side]),
        "browser": ("SQLite", ["-m", f"browser{few}"]),
    }
    shutil.rmtree(COVERAGE, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    outcomes: dict[str, str] = {}
    for name, (engine, arguments) in runs.items():
        started = time.monotonic()
        print(f"\n== {name}", flush=True)
        # Tracing slows everything, and few lines of ours run on PostgreSQL alone.
        measured = [] if name == "PostgreSQL" else ["--cov", "--cov-report="]
        try:
            if name == "browser" and shutil.which("chromium") is None:
                raise Refused("chromium is missing: apt-get install chromium (as root).")
            with database(engine) as env:
                env["COVERAGE_FILE"] = str(COVERAGE / f".coverage.{name}")
                passed = pytest(*arguments, *limits, *measured, env=env)
            outcomes[name] = "passed" if passed else "FAILED"
        except Refused as refusal:
            outcomes[name] = f"not run: {refusal}"
        outcomes[name] += f" ({time.monotonic() - started:.0f} s)"
    print("\n== Coverage", flush=True)
    for command in (["combine", "--quiet", str(COVERAGE)], ["report"]):
        subprocess.run([sys.executable, "-m", "coverage", *command], cwd=ROOT)
    for name, outcome in outcomes.items():
        print(f"  {name:<12} {outcome}")
    bad = "FAILED" if not os.environ.get("CI") else ("FAILED", "not run")
    return 1 if any(outcome.startswith(bad) for outcome in outcomes.values()) else 0


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
