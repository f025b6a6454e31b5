"""Processes that end with us: each in its own group, told to stop when we die."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from devtools import ROOT

PR_SET_PDEATHSIG = 1
MOST_OF_A_LOG, KEPT_LOGS = 5 * 1024 * 1024, 5
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    command: Sequence[str | Path], *, env: Mapping[str, str], log: Path, user: str | None = None
) -> subprocess.Popen[bytes]:
    """Start a command whose output goes to `log`; only the main thread may call this.

    The kernel sends the child SIGTERM when the thread that started it ends, even by SIGKILL.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
            user=user,
            extra_groups=[] if user else None,
            cwd="/" if user else ROOT,
        )


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def stop(processes: Iterable[subprocess.Popen[bytes]], *, seconds: float = 3.5) -> None:
    """Ask every process to stop, all at once, and kill the groups of those that take too long."""
    processes = list(processes)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal_group(process, signal.SIGKILL)
            process.wait()
        _signal_group(process, signal.SIGKILL)


def rotate(log: Path, *, most: int = MOST_OF_A_LOG, kept: int = KEPT_LOGS) -> None:
    """Puts a log that has grown beyond `most` bytes aside, with a number; `kept` there are in all.

    It is copied and emptied, for a process that writes it has it open, and appends.
    """
    if not log.exists() or log.stat().st_size <= most:
        return
    for number in range(kept - 2, 0, -1):
        older = Path(f"{log}.{number}")
        if older.exists():
            older.replace(f"{log}.{number + 1}")
    shutil.copyfile(log, f"{log}.1")
    os.truncate(log, 0)


def tool(name: str) -> str:
    """The path of a command installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def last_lines(log: Path, count: int = 5) -> str:
    """The end of a log, for a sentence about why something stopped."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
