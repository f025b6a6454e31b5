"""Steps that say how long they took, and refusals that are one sentence."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """Something the person at the keyboard can put right; its text is the whole message."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print a step when it begins and its seconds when it ends."""
    started = time.monotonic()
    print(f"  {title:<40}", end="", flush=True)
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    print(f"{time.monotonic() - started:6.1f} s", flush=True)
