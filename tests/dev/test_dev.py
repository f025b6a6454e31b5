"""The one command, `./dev`: what it says when something is in its way."""

import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

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


def test_a_full_disk_elsewhere_is_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(arguments: list[str]) -> None:
        raise OSError(28, "No space left on device", "/srv/x")

    monkeypatch.setitem(dev.COMMANDS, "build", full)
    monkeypatch.setattr(sys, "argv", ["dev", "build"])
    assert dev.main() == 1
    assert capsys.readouterr().err == "No space left on device (/srv/x).\n"


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
