"""Which file of figures a web process counts in: one that a process before it may have had.

gunicorn replaces its processes after some thousand requests. With a file for each of them the
folder, which is in memory, would be full after some weeks, and each scrape would read all of it.
"""

import fcntl
import os
from pathlib import Path

_MINE: dict[int, int] = {}


def slot(folder: Path) -> int:
    """The lowest number that no living process has; this process keeps it until it ends."""
    pid = os.getpid()
    if pid not in _MINE:
        number = 0
        while not _taken(folder / f"{number}.slot"):
            number += 1
        _MINE[pid] = number
    return _MINE[pid]


def _taken(file: Path) -> bool:
    """Whether it is ours now. The kernel lets go of it when we end, however we do."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    return True
