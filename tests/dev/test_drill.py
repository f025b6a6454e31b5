"""`./dev drill`: what a restored site does and does not, from an empty machine."""

import subprocess
import sys

import pytest

from devtools import ROOT

pytestmark = [pytest.mark.long, pytest.mark.sqlite, pytest.mark.timeout(900)]


def test_the_drill_passes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "devtools.drill"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 messages before release" in done.stdout
    assert "20 of 20 old links open" in done.stdout
    assert "0 people get a second invitation" in done.stdout
    assert "The whole drill" in done.stdout
