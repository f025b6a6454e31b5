"""Debian's chromium, quiet and offline, for journeys and measurements."""

import shutil
from typing import Any

FLAGS = [
    "--no-sandbox",  # root starts it in CI; it opens nothing but our own pages
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def launch_options() -> dict[str, Any]:
    """What Playwright needs to start it; Playwright's own browsers are never downloaded."""
    return {"executable_path": shutil.which("chromium"), "args": FLAGS}
