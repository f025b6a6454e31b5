"""`./dev check`: every check runs, even after one failed; a line for each at the end."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devtools import MADE, ROOT
from devtools.floors import APPS
from devtools.processes import tool
from devtools.test import scripts_command

PYTHON = ["dev", "ffit_site", *APPS, "devtools", "bench", "tests", "manage.py"]
# Settings as a deployment has them; the secrets are only long enough to be accepted.
PRODUCTION = {
    "DATABASE_URL": "postgres://web@postgresql/ffit",
    "FFIT_ALLOWED_HOSTS": "ffit.example.org",
    "FFIT_DEMO": "0",
    "FFIT_EMAIL_HOST": "mail.example.org",
    "FFIT_PRODUCTION": "1",
    "FFIT_PUBLIC_URL": "https://ffit.example.org",
    "FFIT_SECRET_KEY": "secret-key-of-the-deployment-check-0123456789-abcdefghijk",
    "FFIT_TOKEN_KEY": "token-key-of-the-deployment-check-0123456789-abcdefghijkl",
    "REDIS_URL": "redis://redis:6379/0",
}


def parts() -> dict[str, tuple[list[str], dict[str, str]]]:
    """The checks by name: what to run and with which settings."""
    manage = [sys.executable, str(ROOT / "manage.py")]
    existing = [path for path in PYTHON if (ROOT / path).exists()]
    here = {"FFIT_DEMO": "1"}
    return {
        "lint": ([tool("ruff"), "check", "--quiet", "."], {}),
        "format": ([tool("ruff"), "format", "--check", "--quiet", "."], {}),
        "types": ([tool("mypy"), "--no-error-summary", *existing], here),
        "dead code": ([sys.executable, "-m", "devtools.dead_code"], {}),
        "packages": ([tool("deptry"), "--no-ansi", "."], {}),
        "contracts": ([tool("lint-imports"), "--cache-dir", ".ffit/import-linter"], here),
        "scripts": ([str(MADE / "lint" / "node_modules" / ".bin" / "biome"), "ci"], {}),
        "script rules": (scripts_command(), {}),
        "templates": ([tool("djlint"), "--lint", "--quiet", "templates"], {}),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], here),
        "deployment": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        "words": ([sys.executable, "-m", "devtools.words"], {}),
        "reading age": ([sys.executable, "-m", "devtools.reading_age"], {}),
        "commits": ([sys.executable, "-m", "devtools.commits"], {}),
        "house": (
            [tool("pytest"), "-q", "--no-header", "tests/test_house.py", "tests/test_papers.py"],
            {},
        ),
    }


def main() -> int:
    failed: dict[str, str] = {}
    unchecked: dict[str, str] = {}
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as data:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("FFIT_", "DATABASE_URL"))}
        for name, (command, settings) in parts().items():
            started = time.monotonic()
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={**clean, "FFIT_DATA": data, **settings},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            seconds[name] = time.monotonic() - started
            if name == "reading age":
                print(done.stdout.rstrip())
            if done.stdout.startswith("not checked"):
                unchecked[name] = done.stdout.rstrip()
            if done.returncode:
                failed[name] = done.stdout.rstrip()
                print(f"== {name}: {Path(command[0]).name}\n{failed[name]}\n", flush=True)
    for name, took in seconds.items():
        outcome = "FAILED" if name in failed else unchecked.get(name, "passed")
        print(f"  {name:<12} {outcome:<8} {took:5.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
