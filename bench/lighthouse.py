"""What Lighthouse, as a phone, thinks of the answer page opened from a poster's QR code.

Lighthouse slows the page down by its own model of a phone on slow 4G; a busy machine slows it
further, so the figures are the medians of several runs.
"""

import json
import os
import statistics
import subprocess
from itertools import islice
from typing import Any

from bench.answer import deployment
from devtools import MADE
from devtools.chromium import launch_options
from devtools.steps import Refused

FOLDER = MADE / "lighthouse"
RUNS = 5
LOST = "(NO_NAVSTART)"  # now and then Lighthouse loses its recording, and asks for another
CATEGORIES = ["performance", "accessibility"]


def quoted(*flags: str) -> str:
    """Chromium's flags as Lighthouse reads them: one line, values in quotes."""
    parts = [flag.partition("=") for flag in flags]
    return " ".join(f"{name}='{value}'" if value else name for name, _, value in parts)


def look(address: str) -> dict[str, Any] | None:
    """Lighthouse's whole report on one opening with an empty cache; None if it lost it."""
    chromium = launch_options()
    if chromium["executable_path"] is None:
        raise Refused("chromium is missing: apt-get install chromium (as root).")
    done = subprocess.run(
        [FOLDER / "node", FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js", address,
         "--output=json", "--quiet", "--no-enable-error-reporting", "--form-factor=mobile",
         f"--only-categories={','.join(CATEGORIES)}",
         f"--chrome-flags={quoted('--headless=new', *chromium['args'])}"],
        env={**os.environ, "CHROME_PATH": chromium["executable_path"]},
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if LOST in done.stderr:
        return None
    if done.returncode:
        raise Refused(f"Lighthouse ended with {done.returncode}: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def measure() -> dict[str, float]:
    """Lighthouse's marks from 0 to 1."""
    with deployment() as (site, codes):
        openings = (look(f"{site}/q/{code}") for code in codes)
        reports = [*islice((report for report in openings if report), RUNS)]
    if len(reports) < RUNS:
        raise Refused(f"Lighthouse lost all but {len(reports)} of {len(codes)} recordings.")
    return {
        f"lighthouse_{name}": statistics.median(one["categories"][name]["score"] for one in reports)
        for name in CATEGORIES
    }
