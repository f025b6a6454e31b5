"""The README's two commands in a real bare Debian: as a user without rights, then as root.

Only `./dev test --long` does it, as root, where `debootstrap` and a network are.
"""

import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devtools import ROOT
from tests.dev.test_bare_machine import Lead
from tests.dev.test_run import environment
from tests.servers import free_port

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.long,
    pytest.mark.skipif(
        os.geteuid() != 0 or shutil.which("debootstrap") is None,
        reason="a bare Debian is made by root with debootstrap",
    ),
]
MIRROR = "http://deb.debian.org/debian"
USERS = ("ward", "root")
# The kernel ends all of it with the first process, and its mounts with them. That process stays
# root's: one that gives up its rights no longer ends with the caller.
INSIDE = (
    "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c",
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && root="$1" && '
    'who="$2" && shift 2 && { chroot --userspec="$who" "$root" "$@"; code=$?; exit $code; }',
    "sh",
)  # fmt: skip


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Debian with python3 and git, and a clone of this tree for each user."""
    root = tmp_path_factory.mktemp("debian")
    include = "--include=python3,git,ca-certificates"
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", include, "bookworm", root, MIRROR],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"debootstrap: {made.stdout.strip().splitlines()[-1]}")
    root.chmod(0o755)  # pytest makes it for root alone
    for file in ("resolv.conf", "ssl/certs/ca-certificates.crt"):
        shutil.copy(f"/etc/{file}", root / "etc" / file)
    subprocess.run(["chroot", root, "useradd", "--create-home", "ward"], check=True)
    ignored = shutil.ignore_patterns(".ffit", ".git", "__pycache__")
    for user in USERS:
        shutil.copytree(ROOT, root / home(user) / "ffit", ignore=ignored)
    subprocess.run(["chroot", root, "chown", "-R", "ward", "/home/ward"], check=True)
    return root


@pytest.fixture(scope="module", params=USERS)
def user(request: pytest.FixtureRequest) -> str:
    """One after the other: what root's commands install is not there for the plain user."""
    return str(request.param)


def home(user: str) -> str:
    return "root" if user == "root" else f"home/{user}"


def command(bare: Path, user: str, *arguments: str) -> list[str | Path]:
    dev = 'cd "$1/ffit" && shift && exec ./dev "$@"'
    return [*INSIDE, bare, user, "sh", "-c", dev, "sh", f"/{home(user)}", *arguments]


def surroundings(user: str) -> dict[str, str]:
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return environment() | {"HOME": f"/{home(user)}", "PATH": path, "TMPDIR": "/tmp"}


@contextmanager
def running(bare: Path, user: str) -> Iterator[tuple[str, str]]:
    """The address of the site, and what was printed until it was ready."""
    port = str(free_port())
    process = subprocess.Popen(
        command(bare, user, "run", "--port", port), env=surroundings(user),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout
    printed = ""
    try:
        for line in process.stdout:
            printed += line
            if line.startswith("ready "):
                break
        assert "\nready " in printed, printed
        yield f"http://127.0.0.1:{port}", printed
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_run_brings_the_site_up(bare: Path, user: str) -> None:
    with running(bare, user) as (site, printed):
        assert ("Missing for PDF documents: apt-get install" in printed) is (user != "root")
        with urllib.request.urlopen(f"{site}/demo", timeout=30) as answer:
            assert answer.status == 200
        lead = Lead(site)
        listed = re.findall(
            r'href="(/o/merrowfield/results/\d+/)"', lead.page("/o/merrowfield/results/")
        )
        pages = [lead.page(f"{address}documents/") for address in listed[:6]]
        without = any("PDF files cannot be created here" in page for page in pages)
        assert without is (user != "root")


def test_tests_run(bare: Path, user: str) -> None:
    done = subprocess.run(
        command(bare, user, "test", "tests/organisations/rules", "-q"), env=surroundings(user),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=1500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout
