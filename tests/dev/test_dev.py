"""The one command, `./dev`: what it says when something is in its way."""

import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from devtools import ROOT

pytestmark = pytest.mark.sqlite


@pytest.fixture
def dev() -> ModuleType:
    """`./dev` as a module: it has no ending."""
    loader = importlib.machinery.SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def made(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.ffit` of its own for what `./dev` makes."""
    venv = tmp_path / "venv"
    for name, place in {"MADE": tmp_path, "VENV": venv, "PYTHON": venv / "bin" / "python"}.items():
        monkeypatch.setattr(dev, name, place)
    return tmp_path


FAILS = [sys.executable, "-c", "print('first'); print('the last line'); raise SystemExit(1)"]


def test_a_failure_is_kept_and_its_place_named(dev: ModuleType, made: Path) -> None:
    with pytest.raises(dev.Refused) as refused:
        dev.quietly(FAILS, otherwise="It does not work.")
    assert str(refused.value) == f"It does not work. The details are in {made}/last-failure.log."
    assert "the last line" in (made / "last-failure.log").read_text()


def test_a_full_disk_does_not_hide_the_failure(dev: ModuleType, made: Path) -> None:
    (made / "last-failure.log").symlink_to("/dev/full")
    with pytest.raises(dev.Refused) as refused:
        dev.quietly(FAILS, otherwise="It does not work.")
    assert str(refused.value).startswith("It does not work. Its last line: the last line (")
    assert "No space left on device" in str(refused.value)


def test_a_full_disk_elsewhere_is_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(arguments: list[str]) -> None:
        raise OSError(28, "No space left on device", "/srv/x")

    monkeypatch.setitem(dev.COMMANDS, "build", full)
    monkeypatch.setattr(sys, "argv", ["dev", "build"])
    assert dev.main() == 1
    assert capsys.readouterr().err == "No space left on device (/srv/x).\n"


def test_a_moved_clone_gets_a_new_environment(
    dev: ModuleType, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def create(command: list[Any], **_: Any) -> str:
        asked.append(command)
        dev.VENV.mkdir(parents=True, exist_ok=True)
        return ""

    monkeypatch.setattr(dev, "quietly", create)
    dev.prepare_venv()
    dev.prepare_venv()
    assert len(asked) == 1, "a whole one is kept"
    monkeypatch.setattr(dev, "VENV", made / "venv".upper())
    (made / "venv").rename(made / "VENV")
    dev.prepare_venv()
    assert len(asked) == 2


def test_standard_output_of_manage_is_the_commands_alone(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "prepare_python", lambda requirements: print("  Packages   1.0 s"))
    monkeypatch.setattr(dev, "hand_over", lambda module, arguments: None)
    dev.manage(["fieldwork_status", "--json"])
    said = capsys.readouterr()
    assert said.out == "" and "Packages" in said.err


def test_json_of_a_command_is_all_that_is_printed(tmp_path: Path) -> None:
    answers = ROOT / "tests" / "scoring" / "cases" / "ffit_a.csv"
    done = subprocess.run(
        [ROOT / "dev", "manage", "score_file", str(answers), "--json"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert isinstance(json.loads(done.stdout), dict)
