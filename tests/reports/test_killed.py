"""A worker gets SIGKILL while it makes a document; the clock alone lets another make it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from organisations.models import Organisation, Role
from reports.actions.documents import ask_for_document
from reports.models import Document
from scoring.models import Snapshot
from tests import servers
from tests.factories import MembershipFactory, UnitFactory
from tests.results.payloads import payload
from tests.results.published import publish

pytestmark = [pytest.mark.long, pytest.mark.worker]

WITHIN = 60.0
States = Document.State


@pytest.fixture
def beat(worker: servers.Server, folder: Path) -> Iterator[servers.Server]:
    """The clock, as it runs everywhere."""
    clock = servers.beat(folder, worker.env)
    clock.start()
    yield clock
    clock.stop()


def test_it_is_made_within_a_minute_of_the_kill(
    worker: servers.Server, beat: servers.Server
) -> None:
    unit = UnitFactory.create()
    organisation: Organisation = unit.organisation
    publish(organisation=organisation, unit=unit, payload=payload())
    lead = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    asked = ask_for_document(
        snapshot=Snapshot.objects.get(), kind=Document.Kind.FULL, by=lead, now_says=""
    )

    def state() -> str:
        asked.refresh_from_db(fields=["state"])
        return asked.state

    servers.wait_until(lambda: state() == States.MAKING, what="the worker has begun")
    worker.kill()
    killed = time.monotonic()
    assert state() == States.MAKING, "it was killed while making it"
    worker.start()
    servers.wait_until(lambda: state() == States.READY, what="it is made", seconds=WITHIN)
    assert time.monotonic() - killed < WITHIN
    asked.refresh_from_db()
    assert bytes(asked.content).startswith(b"%PDF")
