"""Two web processes and two workers come to the same end as one of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests import servers
from tests.conftest import look_at_records
from tests.fieldwork.launching import a_trust
from tests.fieldwork.surveys_under_way import BY_LINK, BY_POSTER, Fieldwork
from tests.servers import Mailbox, Server

pytestmark = [pytest.mark.postgresql, pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@contextmanager
def running(folder: Path, mailbox: Mailbox, number: int) -> Iterator[list[str]]:
    """So many web processes and workers; the addresses of the first."""
    ports = [servers.free_port() for _ in range(number)]
    env = servers.process_environment(
        FFIT_EMAIL_HOST="127.0.0.1",
        FFIT_EMAIL_PORT=str(mailbox.port),
        FFIT_PUBLIC_URL=f"http://127.0.0.1:{ports[0]}",
    )
    started: list[Server] = []
    for place, port in enumerate(ports):
        own = folder / f"two-of-everything-{number}-{place}"
        own.mkdir()
        started += [
            servers.gunicorn(own, port, env, workers=1),
            servers.worker(own, env),
        ]
    try:
        for server in started:
            server.begin()
        for server in started:
            server.start()
        yield [f"http://127.0.0.1:{port}" for port in ports]
    finally:
        for server in started:
            server.kill()


def test_two_of_everything_equal_one(folder: Path, mailbox: Mailbox) -> None:
    ends: list[dict[str, Any]] = []
    for number in (1, 2):
        # Everything begins anew, ids too: chance then hangs on nothing but what is done.
        call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
        look_at_records()
        with running(folder, mailbox, number) as webs:
            ends.append(Fieldwork(a_trust(), mailbox, webs).run())
    one, two = ends
    assert one["acknowledged"] == sum(one["tallies"].values()) == BY_LINK + BY_POSTER
    assert len(one["responses"]) == one["snapshot"]["answered"] == BY_LINK + BY_POSTER
    assert set(one["letters"].values()) == {1}, "nobody twice"
    # A list at launch and one later; all else is pressed once, or counts once.
    twice = {action for action, number in one["audit"].items() if number > 1}
    assert twice == {"staff list uploaded", "staff invited"}
    assert max(one["audit"].values()) == 2
    for name in one:
        assert two[name] == one[name], name
