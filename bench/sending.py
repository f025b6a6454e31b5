"""What a thousand invitations cost the worker: CPU, SQL statements, connections, and time.

The database is PostgreSQL with its own durable settings, the mail server a process beside us that
takes everything at once.
"""

import multiprocessing
import os
import socketserver
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from devtools.postgresql import cluster
from devtools.steps import Refused

INVITATIONS = 1000


class _Taking(socketserver.StreamRequestHandler):
    """As much SMTP as a sender needs."""

    def handle(self) -> None:
        assert isinstance(self.server, _Sink)
        with self.server.connections.get_lock():
            self.server.connections.value += 1
        self.wfile.write(b"220 sink\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                with self.server.taken.get_lock():
                    self.server.taken.value += 1
            elif word == b"EHLO":
                self.wfile.write(b"250-sink\r\n250-8BITMIME\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


class _Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    disable_nagle_algorithm = True
    connections: "Synchronized[int]"
    taken: "Synchronized[int]"


def _serve(
    port: "Synchronized[int]", connections: "Synchronized[int]", taken: "Synchronized[int]"
) -> None:
    with _Sink(("127.0.0.1", 0), _Taking) as sink:
        sink.connections, sink.taken = connections, taken
        port.value = sink.server_address[1]
        sink.serve_forever()


@contextmanager
def mail_server() -> Iterator[tuple[int, "Synchronized[int]", "Synchronized[int]"]]:
    """Its port, how often it was connected to, and how many letters it took."""
    port, connections, taken = (multiprocessing.Value("i", 0) for _ in range(3))
    process = multiprocessing.Process(target=_serve, args=(port, connections, taken), daemon=True)
    process.start()
    try:
        deadline = time.monotonic() + 20
        while not port.value:
            if time.monotonic() > deadline:
                raise Refused("The mail server of the measurement did not start.")
            time.sleep(0.02)
        yield port.value, connections, taken
    finally:
        process.kill()
        process.join()


def survey_with_links() -> float:
    """One open ward whose thousand staff each have an address; rows of their list a second."""
    from datetime import timedelta

    from django.utils import timezone

    from bench.open_survey import prepare, ward
    from fieldwork.actions.launch import LaunchPlan, UnitToAsk, launch_survey
    from fieldwork.actions.life import open_survey
    from instruments.models import Edition
    from responses.actions.keys import prepare_survey
    from surveys.actions.staff import add_staff
    from surveys.exchange.staff_list import check_staff
    from surveys.exchange.staff_table import read_paste

    organisation, manager = prepare()
    rows = [f"staff-{number}@merrowfield.example,," for number in range(INVITATIONS)]
    text = "\n".join(["email,mobile,works nights", *rows])
    survey = launch_survey(
        organisation=organisation,
        by=manager,
        plan=LaunchPlan(
            title="Fewer falls at night",
            problem="Too many patients fall at night on the way to the toilet.",
            change="We offer help to the toilet at 10pm, 2am and 5am.",
            units=[UnitToAsk(ward(organisation, 1), INVITATIONS)],
            closes_at=timezone.now() + timedelta(days=10),
            ward_edition=Edition.objects.get(code="front-line-2"),
        ),
    )
    units = list(survey.survey_units.all())
    began = time.monotonic()
    found = check_staff(read_paste(text).records, units=[one.unit_name for one in units])
    add_staff(survey=survey, units=units, people=found.people, by=manager)
    lasted = time.monotonic() - began
    prepare_survey(survey=survey)
    open_survey(survey=survey)
    return INVITATIONS / lasted


def measure() -> dict[str, float]:
    """Sends the invitations of one survey through the product's own task."""
    with (
        tempfile.TemporaryDirectory(prefix="ffit-bench-") as name,
        mail_server() as (port, connections, taken),
        cluster([]) as server,
    ):
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "ffit_site.settings",
            "FFIT_DATA": name,
            "FFIT_DEMO": "0",
            "FFIT_EMAIL_HOST": "127.0.0.1",
            "FFIT_EMAIL_PORT": str(port),
            "FFIT_SECRET_KEY": "the secret key of the measurement, long enough",
            "FFIT_TOKEN_KEY": "the token key of the measurement, long enough",
            "REDIS_URL": "memory://",
        }
        import django

        django.setup()
        from django.db import close_old_connections, connection
        from django.utils import timezone

        from organisations.actions.deployment import tick
        from surveys.models import Message
        from surveys.tasks import send_due

        imported = survey_with_links()
        statements, end = 0, timezone.now()

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(sql, params, many, context)

        began, spent = time.monotonic(), time.process_time()
        with connection.execute_wrapper(count):
            while Message.objects.filter(state=Message.State.PLANNED, due_at__lte=end).exists():
                tick([])  # the counting worker’s look
                send_due()
        spent, lasted = time.process_time() - spent, time.monotonic() - began
        close_old_connections()
        connection.close_pool() if hasattr(connection, "close_pool") else None
        if taken.value < INVITATIONS:
            raise Refused(f"Only {taken.value} of {INVITATIONS} letters were taken.")
        return {
            "cpu_ms_per_message": round(spent / taken.value * 1000, 3),
            "sql_per_message": round(statements / taken.value, 3),
            "connections_per_1000": round(connections.value / taken.value * 1000, 1),
            "messages_per_second": round(taken.value / lasted, 1),
            "import.rows_per_second": round(imported, 1),
        }
