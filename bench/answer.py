"""What one answer costs: on the phone, in the server, and while thirty-two people answer at once.

Everything runs as in production (PostgreSQL with its own durable settings, gunicorn with the
command of docker-compose.yml), on this machine's cores, the clients included.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.installed import installed
from devtools import processes
from devtools.run import fetch
from devtools.steps import Refused
from tests.servers import free_port

CLIENTS = 32
SECONDS = 10
WARM_UP = 2
IN_PROCESS = 300


@contextmanager
def deployment() -> Iterator[tuple[str, list[str]]]:
    """The site's address and the codes of its open wards; Django is set up for this process too."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with installed(address=site) as here:
        from django.core.management import call_command

        from bench.open_survey import open_survey_codes

        call_command("collectstatic", interactive=False, verbosity=0)
        codes = open_survey_codes()
        server = processes.start(
            [processes.tool("gunicorn"), "ffit_site.wsgi:application",
             "--bind", f"127.0.0.1:{port}", "--workers", "3", "--threads", "4",
             "--worker-tmp-dir", "/dev/shm", "--no-control-socket"],
            env=os.environ, log=here.folder / "gunicorn.log",
        )  # fmt: skip
        try:
            deadline = time.monotonic() + 120
            while fetch(f"{site}/healthz") is None:
                if time.monotonic() > deadline:
                    raise Refused(processes.last_lines(here.folder / "gunicorn.log", 30))
                time.sleep(0.1)
            yield site, codes
        finally:
            processes.stop([server])


def in_process(codes: list[str]) -> dict[str, float]:
    """SQL statements (transactions' begin and end aside) and CPU of a document and its post."""
    from django.db import close_old_connections

    from bench.requests import body, call, statements
    from ffit_site.wsgi import application

    def whole(code: str, sent: bytes) -> None:
        for status in (call(application, f"/q/{code}"), call(application, f"/q/{code}", sent)):
            if status != "200 OK":
                raise Refused(f"An answer was answered with {status}.")

    for code in codes:
        whole(code, body())
    bodies = [body() for _ in range(IN_PROCESS)]
    with statements() as sent_to_database:
        whole(codes[0], body())
    started = time.process_time()
    for turn, sent in enumerate(bodies):
        whole(codes[turn % len(codes)], sent)
    spent = time.process_time() - started
    close_old_connections()
    return {"sql": len(sent_to_database), "cpu_ms": round(spent / IN_PROCESS * 1000, 2)}


# 32 clients for 5 seconds after a second to warm up, in each turn.
IN_TURNS = """
import json, sys
from bench.answer import deployment, in_process
from bench.load import load

with deployment() as (site, codes):
    print("ready", flush=True)
    for line in sys.stdin:
        figures = in_process(codes) | load(site, codes, clients=32, seconds=5, warm_up=1)
        print(json.dumps(figures), flush=True)
"""


def against(revision: str) -> dict[str, float]:
    """The server's figures of a commit and of this tree, measured in turns."""
    from bench.paired import paired

    return paired(revision, IN_TURNS)


def measure() -> dict[str, float]:
    """All figures of a whole response: opening the page, answering 45 statements, thanks."""
    from bench.load import load
    from bench.phone import phone

    with deployment() as (site, codes):
        figures: dict[str, float] = {}
        figures |= phone(f"{site}/q/{codes[0]}")
        figures |= in_process(codes)
        figures |= load(site, codes, clients=CLIENTS, seconds=SECONDS, warm_up=WARM_UP)
    return figures
