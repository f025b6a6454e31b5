"""What one answer costs: on the phone, in the server, and while thirty-two people answer at once.

Everything runs as in production (PostgreSQL with its own durable settings, gunicorn with the
command of docker-compose.yml), on this machine's cores, the clients included.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devtools import processes
from devtools.embedded import valkey_command
from devtools.postgresql import cluster
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
    with tempfile.TemporaryDirectory(prefix="ffit-bench-") as name, cluster([]) as server:
        folder = Path(name)
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
            "FFIT_ALLOWED_HOSTS": "127.0.0.1",
            "FFIT_DATA": name,
            "FFIT_DEMO": "0",
            "FFIT_EMAIL_HOST": "127.0.0.1",
            "FFIT_KEYS_DIR": str(folder / "keys"),
            "FFIT_PRODUCTION": "1",
            "FFIT_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "FFIT_SECRET_KEY": "the secret key of the measurement, long enough",
            "FFIT_SSL_REDIRECT": "0",
            "FFIT_TOKEN_KEY": "the token key of the measurement, long enough",
            "REDIS_URL": f"unix://{folder / 'valkey.sock'}",
        }
        started = []
        try:
            command = valkey_command(folder / "valkey.sock", folder / "valkey")
            started.append(processes.start(command, env=os.environ, log=folder / "valkey.log"))
            import django

            django.setup()
            from django.core.management import call_command

            from bench.open_survey import open_survey_codes

            call_command("collectstatic", interactive=False, verbosity=0)
            codes = open_survey_codes()
            started.append(
                processes.start(
                    [processes.tool("gunicorn"), "ffit_site.wsgi:application",
                     "--bind", f"127.0.0.1:{port}", "--workers", "3", "--threads", "4",
                     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"],
                    env=os.environ, log=folder / "gunicorn.log",
                )
            )  # fmt: skip
            site = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 120
            while fetch(f"{site}/healthz") is None:
                if time.monotonic() > deadline:
                    raise Refused(processes.last_lines(folder / "gunicorn.log", 30))
                time.sleep(0.1)
            yield site, codes
        finally:
            processes.stop(reversed(started))


def in_process(codes: list[str]) -> dict[str, float]:
    """SQL statements (transactions' begin and end aside) and CPU of a document and its post."""
    from django.db import close_old_connections, connection

    from bench.requests import body, call
    from ffit_site.wsgi import application

    def whole(code: str, sent: bytes) -> None:
        for status in (call(application, code), call(application, code, sent)):
            if status != "200 OK":
                raise Refused(f"An answer was answered with {status}.")

    for code in codes:
        whole(code, body())
    bodies = [body() for _ in range(IN_PROCESS)]
    statements: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        whole(codes[0], body())
    started = time.process_time()
    for turn, sent in enumerate(bodies):
        whole(codes[turn % len(codes)], sent)
    spent = time.process_time() - started
    close_old_connections()
    return {"sql": len(statements), "cpu_ms": round(spent / IN_PROCESS * 1000, 2)}


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
