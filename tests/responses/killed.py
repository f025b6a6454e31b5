"""Runs a piece of the product in a process of its own and kills it at a chosen point."""

import subprocess
import sys
import textwrap

from tests import servers

_FRAME = """
import os, sys, time
import django
django.setup()
from unittest import mock

def halt(*args, **kwargs):
    print("halted", flush=True)
    time.sleep(60)

{code}
"""


def killed_at(point: str, code: str, **env: str) -> None:
    """Runs `code`; when it reaches the function `point` (or ends), the process gets SIGKILL.

    `point` is patched after Django's setup, so everything before it really happens. `env` is added
    to the settings of that process.
    """
    body = f"with mock.patch({point!r}, halt):\n{textwrap.indent(code, '    ')}\nhalt()"
    process = subprocess.Popen(
        [sys.executable, "-c", _FRAME.format(code=body)],
        env=servers.process_environment(**env),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "halted\n"
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
