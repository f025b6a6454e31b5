"""What a commit's subject must be, and what is said where the history is not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from devtools import ROOT
from devtools.commits import LONGEST, fault


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST])
def test_a_subject_names_a_part_and_commands(length: int) -> None:
    assert fault("Launch: refuse a past date".ljust(length, "x")) is None
    assert fault("Staff list: keep the order, drop doubles") is None


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Launch: refuse a past date".ljust(LONGEST + 1, "x"), "73 letters"),
        ("Refuse a past closing date", "not"),
        ("launch: refuse a past closing date", "not"),
        ("Launch: Refuse a past closing date", "not"),
        ("Launch: refuse", "not"),
        ("Launch: refuses a past closing date", "no command"),
        ("Launch: refused a past closing date", "no command"),
        ("Launch: refusing a past closing date", "no command"),
        ("Launch: the past is refused", "no command"),
        ("wip", "not"),
    ],
)
def test_any_other_is_named_with_its_fault(subject: str, said: str) -> None:
    assert said in (fault(subject) or "")


def test_without_the_history_nothing_is_checked_and_it_says_so(tmp_path: Path) -> None:
    alone = (ROOT / "devtools" / "commits.py").read_text(encoding="utf-8")
    (tmp_path / "devtools").mkdir()
    (tmp_path / "devtools" / "commits.py").write_text(alone, encoding="utf-8")
    (tmp_path / "devtools" / "__init__.py").write_text(
        (ROOT / "devtools" / "__init__.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "devtools.commits"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout[:12]) == (0, "not checked:")
