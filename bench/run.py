"""How long a newcomer waits: `./dev run` in a fresh copy of this tree, twice, and its end.

The copy has no virtual environment, no compiled styles and no data, and pip and npm may use no
cache, so the first start includes every download.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from devtools import ROOT
from devtools.steps import Refused
from tests.servers import free_port


def copy_tree(target: Path) -> None:
    """The files that git knows or would take, as they are now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, stdout=subprocess.PIPE, check=True,
    ).stdout  # fmt: skip
    for name in listed.decode().rstrip("\0").split("\0"):
        source = ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)


def start_and_stop(tree: Path, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to `ready`, and from SIGTERM to the end of every process."""
    started = time.monotonic()
    process = subprocess.Popen(
        ["./dev", "run", "--port", str(free_port())],
        cwd=tree, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    ready = next((line for line in process.stdout if line.startswith("ready ")), None)
    if ready is None:
        raise Refused(f"./dev run ended with {process.wait()} before it was ready.")
    took = time.monotonic() - started
    stopping = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    process.wait()
    return took, time.monotonic() - stopping


def measure() -> dict[str, float]:
    """First start, second start, and the slower of the two stops."""
    with tempfile.TemporaryDirectory(prefix="ffit-bench-") as folder:
        tree = Path(folder) / "ffit"
        copy_tree(tree)
        env = {key: value for key, value in os.environ.items() if not key.startswith("FFIT_")}
        for name in ("PYTHONPATH", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
            env.pop(name, None)
        env |= {"PIP_NO_CACHE_DIR": "1", "npm_config_cache": str(Path(folder) / "npm")}
        first, first_stop = start_and_stop(tree, env)
        second, second_stop = start_and_stop(tree, env)
    return {
        "first_start_s": round(first, 1),
        "second_start_s": round(second, 1),
        "stop_s": round(max(first_stop, second_stop), 1),
    }
