"""A test that is cut off fails alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from devtools import ROOT

pytestmark = pytest.mark.sqlite

SHARED = """
import time
import pytest

@pytest.fixture(scope="session")
def shared():
    time.sleep(4)
    return "made"

def test_first(shared):
    pass

def test_next(shared):
    assert shared == "made"

def test_cut_off(shared):
    time.sleep(60)
"""
LEFT_OPEN = """
import gc
import socket
import time
import pytest

def test_cut_off():
    open_ones = [socket.create_server(("127.0.0.1", 0))]
    open_ones.append(open_ones)
    time.sleep(60)

@pytest.mark.timeout(60)  # a busy machine collects for a while
def test_next():
    gc.collect()
"""


@pytest.mark.parametrize(("tests", "passed"), [(SHARED, 2), (LEFT_OPEN, 1)])
def test_the_tests_beside_it_pass(tests: str, passed: int, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_it.py").write_text(tests)
    plain = ["-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "error"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, "-p", "tests.time_limits", "--timeout=3",
         f"--rootdir={tmp_path}", tmp_path / "test_it.py"],
        cwd=ROOT, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert f"1 failed, {passed} passed" in done.stdout, done.stdout
