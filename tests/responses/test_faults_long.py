"""A whole deployment whose parts are killed while messages go out and phones send sheets.

Nothing twice, nothing lost. PostgreSQL, Valkey, the web, two workers and the clock are real
processes of their own; SIGKILL is real too.
"""

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from devtools import ROOT
from devtools.postgresql import Cluster, cluster
from devtools.steps import Refused
from tests import servers
from tests.responses.phones import answering
from tests.servers import Mailbox, Server

pytestmark = [pytest.mark.long, pytest.mark.worker, pytest.mark.timeout(420)]

PEOPLE = 60
RESUMES_WITHIN = 60.0
SEED = f"""
import django
django.setup()
from bench import open_survey, sending
open_survey.call_command = lambda *given, **named: None  # migrated and loaded already
sending.INVITATIONS = {PEOPLE}
sending.survey_with_links()
from surveys.models import Message
Message.objects.exclude(step="invitation").delete()
from surveys.models import SurveyUnit
SurveyUnit.objects.update(headcount=20_000, poster_room=100_000)
print(SurveyUnit.objects.get().answer_code)
"""
AGAIN = """
UPDATE surveys_message SET state = 'planned', due_at = now(), claimed_at = NULL, retry_at = NULL,
attempts = 0, sent_at = NULL, failure = ''
"""


@dataclass
class Deployment:
    """Everything that takes part in sending."""

    postgresql: Cluster
    valkey: Server
    web: Server
    poster: str
    workers: list[Server]
    beat: Server
    mailbox: Mailbox
    folder: Path

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Asks the database by the side of the product."""
        host, name = self.postgresql.folder, "postgres"
        with psycopg.connect(f"host={host} user=ffit dbname={name}") as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def people(self, *states: str) -> set[str]:
        """Addresses whose message is in one of the states."""
        names = ", ".join(f"'{state}'" for state in states)
        return {
            email
            for (email,) in self.sql(
                "SELECT c.email FROM surveys_message m "
                "JOIN surveys_invitation i ON i.id = m.invitation_id "
                f"JOIN surveys_contact c ON c.id = i.contact_id WHERE m.state IN ({names})"
            )
        }

    def all_up(self) -> None:
        """Starts what a test has killed."""
        self.valkey.start()
        for server in (self.web, *self.workers, self.beat):
            server.start()

    def forget_queue(self) -> None:
        """Valkey's data are gone."""
        shutil.rmtree(self.folder / "valkey")
        (self.folder / "valkey").mkdir()

    def begin(self) -> None:
        """Makes every message due anew."""
        self.mailbox.clear()
        self.mailbox.delay = 0.05
        self.sql(AGAIN)

    def some_have_arrived(self) -> None:
        servers.wait_until(
            lambda: len(self.mailbox.messages) >= 5, what="some have arrived", seconds=90
        )

    def settled(self, *, doubts: int, within: float = RESUMES_WITHIN) -> None:
        """Soon all that could go has gone; each once, and hardly any in doubt."""
        began = time.monotonic()

        def nothing_waits() -> bool:
            return not self.people("planned", "claimed")

        servers.wait_until(nothing_waits, what="all have gone out", seconds=within + 60)
        lasted = time.monotonic() - began
        time.sleep(2)  # the last one is on its way
        times = Counter(str(one["To"]) for one in self.mailbox.messages)
        in_doubt = self.people("sending", "held")
        assert set(times.values()) == {1}, "nobody twice"
        assert set(times) | in_doubt == self.people("sent", "sending", "held"), "nobody lost"
        assert len(times | Counter(in_doubt)) == PEOPLE, "nobody lost"
        assert len(in_doubt) <= doubts
        assert lasted < within, f"it took {lasted:.0f} s"


@pytest.fixture(scope="module")
def deployment(folder: Path) -> Iterator[Deployment]:
    own = folder / "faults"
    mailbox = Mailbox()
    mailbox.start()
    try:
        running = cluster([])  # durable: a mark that a crash forgets would be sent twice
        postgresql = running.__enter__()
    except Refused as refusal:
        pytest.fail(str(refusal))
    env = servers.process_environment(
        DATABASE_URL=postgresql.url(),
        FFIT_DATA=str(own),
        FFIT_EMAIL_HOST="127.0.0.1",
        FFIT_EMAIL_PORT=str(mailbox.port),
        FFIT_KEYS_DIR=str(own / "keys"),
        REDIS_URL=f"unix://{own / 'valkey.sock'}",
    )
    for name in ("first", "second"):
        (own / name).mkdir(parents=True, exist_ok=True)
    for command in (["manage.py", "migrate", "--verbosity", "0"], ["manage.py", "load_instrument"]):
        subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True)
    seeding = {**env, "REDIS_URL": "memory://"}
    told = subprocess.run(
        [sys.executable, "-c", SEED], env=seeding, cwd=ROOT, check=True, capture_output=True
    )
    port = servers.free_port()
    made = Deployment(
        postgresql,
        servers.valkey(own),
        servers.gunicorn(own, port, env),
        f"http://127.0.0.1:{port}/q/{told.stdout.decode().split()[-1]}",
        [servers.worker(own / name, env) for name in ("first", "second")],
        servers.beat(own, env),
        mailbox,
        own,
    )
    made.all_up()
    yield made
    for server in (made.beat, *made.workers, made.web, made.valkey):
        server.kill()
    mailbox.stop()
    running.__exit__(None, None, None)


def wipe_valkey(one: Deployment) -> None:
    one.valkey.kill()
    one.forget_queue()
    one.valkey.start()


def kill_beat(one: Deployment) -> None:
    one.beat.kill()
    one.beat.start()


def kill_a_worker(one: Deployment) -> None:
    one.workers[0].kill()
    one.workers[0].start()


def kill_all_workers(one: Deployment) -> None:
    for worker in one.workers:
        worker.kill()
    for worker in one.workers:
        worker.start()


def restart_postgresql(one: Deployment) -> None:
    one.postgresql.stop()
    time.sleep(4)
    one.postgresql.start()


def everything(one: Deployment) -> None:
    for server in (one.beat, *one.workers):
        server.kill()
    wipe_valkey(one)
    restart_postgresql(one)
    one.all_up()


@pytest.mark.parametrize(
    ("fault", "doubts"),
    [
        (wipe_valkey, 0),
        (kill_beat, 0),
        (kill_a_worker, 1),
        (kill_all_workers, 2),
        (restart_postgresql, 2),
        (everything, 2),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_messages_survive(
    deployment: Deployment, fault: Callable[[Deployment], None], doubts: int
) -> None:
    deployment.all_up()
    deployment.begin()
    deployment.some_have_arrived()
    fault(deployment)
    deployment.settled(doubts=doubts)


def test_what_comes_due_while_the_clock_and_the_queue_are_gone(deployment: Deployment) -> None:
    deployment.all_up()
    deployment.beat.kill()
    deployment.valkey.kill()
    deployment.begin()
    time.sleep(5)
    assert deployment.mailbox.messages == []
    deployment.forget_queue()
    deployment.all_up()
    deployment.settled(doubts=0)


def test_a_mail_server_that_accepts_and_hangs(deployment: Deployment) -> None:
    """Each worker waits ten seconds for one letter, holds it, and leaves the others for later."""
    deployment.all_up()
    deployment.begin()
    deployment.some_have_arrived()
    deployment.mailbox.delay = 15
    time.sleep(12)
    deployment.mailbox.delay = 0.05
    deployment.settled(doubts=4, within=120)


def kill_the_web(one: Deployment) -> None:
    one.web.kill()
    one.web.start()


@pytest.mark.parametrize(
    ("fault", "met"),
    [
        (wipe_valkey, {200}),
        (kill_all_workers, {200}),
        (kill_the_web, {0, 200}),
        (restart_postgresql, {200, 503}),
        (everything, {200, 503}),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_sheets_survive(
    deployment: Deployment, fault: Callable[[Deployment], None], met: set[int]
) -> None:
    """Every sheet that was acknowledged is there once; the web comes back by itself."""
    deployment.all_up()
    deployment.sql("DELETE FROM responses_envelope")
    deployment.sql("UPDATE responses_tally SET count = 0")
    with answering(deployment.poster) as phones:
        servers.wait_until(lambda: len(phones.acknowledged) >= 10, what="ten have answered")
        fault(deployment)
        before = len(phones.acknowledged)
        servers.wait_until(
            lambda: len(phones.acknowledged) >= before + 10, what="ten more", seconds=60
        )
    assert phones.statuses == met
    kept = {bytes(key) for (key,) in deployment.sql("SELECT key FROM responses_envelope")}
    assert kept == phones.acknowledged
    assert deployment.sql("SELECT sum(count) FROM responses_tally") == [(len(kept),)]
