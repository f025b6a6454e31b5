"""The site on a machine without pango, chromium and node, in a folder with a space and accents."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

import pytest

from devtools import MADE, ROOT
from tests.dev.test_run import environment, processes_on
from tests.servers import free_port, wait_until

pytestmark = pytest.mark.sqlite

# Imported by every Python process of the site before anything else: look-ups find no such library.
WITHOUT_PANGO = """
import ctypes.util
import cffi.api

ABSENT = ("pango", "gobject", "harfbuzz", "fontconfig")
load, find = cffi.api.FFI.dlopen, ctypes.util.find_library

def dlopen(self, name, *args):
    if any(word in str(name) for word in ABSENT):
        raise OSError(f"cannot load library {name!r}")
    return load(self, name, *args)

cffi.api.FFI.dlopen = dlopen
ctypes.util.find_library = lambda name: None if any(one in name for one in ABSENT) else find(name)
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site on such a machine."""
    here = tmp_path_factory.mktemp("bare")
    (here / "sitecustomize.py").write_text(WITHOUT_PANGO)
    programs = here / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    clone = here / "Für Ärzte und Pflege"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests"))
    (clone / ".ffit").symlink_to(MADE)
    port, data = str(free_port()), clone / "données"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "devtools.run",
            "--host",
            "127.0.0.1",
            "--port",
            port,
            "--data",
            data,
        ],
        cwd=clone,
        env=environment()
        | {"PATH": str(programs), "PYTHONPATH": os.pathsep.join([str(clone), str(here)])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    printed = []
    try:
        for line in process.stdout:
            printed.append(line)
            if line.startswith("ready "):
                break
        assert printed[-1].startswith("ready "), "".join(printed)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        wait_until(lambda: not processes_on(data), what="every process has ended")


class Lead:
    """The improvement lead of the demonstration in a browser without scripts."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        state = json.loads(self.page("/demo/state.json"))
        address = next(
            one["sign_in"] for one in state["accounts"] if one["role"] == "Improvement lead"
        )
        self.page(address)

    def page(self, address: str) -> str:
        """The page's text."""
        with self._browser.open(self.site + address) as answer:
            text: str = answer.read().decode()
        return text

    def post(self, address: str, token: str) -> str:
        """Where it led."""
        data = f"csrfmiddlewaretoken={token}".encode()
        request = urllib.request.Request(self.site + address, data, {"Referer": self.site})
        with self._browser.open(request) as answer:
            text: str = answer.read().decode()
        return text


def token_of(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def test_the_site_runs_and_offers_no_pdf(bare: str) -> None:
    lead = Lead(bare)
    results = lead.page("/o/merrowfield/results/")
    listed = re.findall(r'href="(/o/merrowfield/results/\d+/)"', results)
    documents, page = next(
        (f"{address}documents/", page)
        for address in listed
        if "6 slides" in (page := lead.page(f"{address}documents/"))
    )
    assert "PDF files cannot be created here" in page
    assert "Full result (PDF)" not in page
    refused = lead.post(f"{documents}full", token_of(page))
    assert "PDF files cannot be created here" in refused
    lead.post(f"{documents}workbook", token_of(page))
    wait_until(lambda: "Download" in lead.page(documents), what="the workbook is there")
