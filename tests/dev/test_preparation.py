"""What `./dev` makes before a command, and what it says when something is in its way."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from devtools import ROOT, preparation
from devtools.steps import Refused

pytestmark = pytest.mark.sqlite


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.ffit` of its own for what `./dev` makes."""
    venv = tmp_path / "venv"
    for name, place in {"MADE": tmp_path, "VENV": venv, "PYTHON": venv / "bin" / "python"}.items():
        monkeypatch.setattr(preparation, name, place)
    return tmp_path


FAILS = [sys.executable, "-c", "print('first'); print('the last line'); raise SystemExit(1)"]


def test_a_failure_is_kept_and_its_place_named(made: Path) -> None:
    with pytest.raises(Refused) as refused:
        preparation.quietly(FAILS, otherwise="It does not work.")
    assert str(refused.value) == f"It does not work. The details are in {made}/last-failure.log."
    assert "the last line" in (made / "last-failure.log").read_text()


def test_a_full_disk_does_not_hide_the_failure(made: Path) -> None:
    (made / "last-failure.log").symlink_to("/dev/full")
    with pytest.raises(Refused) as refused:
        preparation.quietly(FAILS, otherwise="It does not work.")
    assert str(refused.value).startswith("It does not work. Its last line: the last line (")
    assert "No space left on device" in str(refused.value)


def test_a_full_disk_is_called_so_whatever_was_made(made: Path) -> None:
    full = [sys.executable, "-c", "open('/dev/full', 'wb', 0).write(b'x')"]
    with pytest.raises(Refused) as refused:
        preparation.quietly(full, otherwise="Could not install it: is there a network?")
    assert str(refused.value).startswith("The disk is full. The details are in ")


def test_a_moved_clone_gets_a_new_environment(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def create(command: list[Any], **_: Any) -> str:
        asked.append(command)
        preparation.VENV.mkdir(parents=True, exist_ok=True)
        return ""

    monkeypatch.setattr(preparation, "quietly", create)
    preparation.prepare_venv()
    preparation.prepare_venv()
    assert len(asked) == 1, "a whole one is kept"
    monkeypatch.setattr(preparation, "VENV", made / "venv".upper())
    (made / "venv").rename(made / "VENV")
    preparation.prepare_venv()
    assert len(asked) == 2


NODE = """#!/bin/sh
mkdir "$3" && sleep 1 && touch "$3/site.css"
"""
BUILD = """
import sys
from pathlib import Path
from devtools import preparation
made = Path(sys.argv[1])
preparation.MADE, preparation.NODE, preparation.STATIC = made, made / "node", made / "static"
preparation.prepare_styles_and_scripts()
"""


def test_two_at_once_make_the_same_thing_once(made: Path) -> None:
    (made / "node").mkdir()
    (made / "node" / "node").write_text(NODE)
    (made / "node" / "node").chmod(0o755)
    recipe = preparation.npm_recipe(ROOT)
    (made / "node.stamp").write_text(preparation.fingerprint(recipe))
    both = [
        subprocess.Popen(
            [sys.executable, "-c", BUILD, made], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(2)
    ]  # fmt: skip
    printed = sorted((process.communicate()[0] for process in both), key=len)
    assert [process.returncode for process in both] == [0, 0], printed
    assert [("Styles and scripts" in one, "Waiting for another" in one) for one in printed] == [
        (True, False),
        (False, True),
    ]
    assert [file.name for file in (made / "static").iterdir()] == ["site.css"]


def test_where_nothing_can_be_written_what_is_made_serves(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "file").touch()
    monkeypatch.setattr(preparation, "MADE", made / "file" / "below")
    with preparation.alone():
        pass


def test_the_image_is_given_all_that_its_first_stage_imports(tmp_path: Path) -> None:
    stage = (ROOT / "Dockerfile").read_text("utf-8").split("RUN ./dev build")[0]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in stage.splitlines():
        if line.startswith("COPY ") and not line.startswith("COPY assets"):
            *files, into = line.split()[1:]
            (tmp_path / into).mkdir(exist_ok=True)
            for file in (found for pattern in files for found in ROOT.glob(pattern)):
                shutil.copy(file, tmp_path / into)
                name = str(file.relative_to(ROOT))
                assert "/" not in name or f"!{name}" in ignored
    done = subprocess.run(
        [tmp_path / "dev", "--help"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout[:9]) == (0, "./dev run"), done.stderr
