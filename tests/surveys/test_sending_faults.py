"""The outbox under SIGKILL and beside a mail server that hangs: nothing twice, nothing lost."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import current_app
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from fieldwork.actions.launch import UnitToAsk
from surveys.actions import outbox_leases, sending
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Message
from tests import servers
from tests.fieldwork.launching import a_trust
from tests.responses.killed import killed_at
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6
STATE = Message.State
SEND = "from surveys.actions.sending import send_due_messages\nsend_due_messages()"


@pytest.fixture
def staff() -> list[str]:
    """Addresses of staff whose invitations are due."""
    trust = a_trust()
    emails = [f"person{number}@merrowfield.example" for number in range(PEOPLE)]
    trust.open(UnitToAsk(trust.ward_7, 40, staff=[Address(one) for one in emails]))
    Message.objects.exclude(step=Message.Step.INVITATION).delete()
    return emails


def time_passes(wait: timedelta) -> None:
    Message.objects.update(claimed_at=F("claimed_at") - wait, retry_at=F("retry_at") - wait)


def received(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(one["To"]) for one in mailbox.messages)


def in_state(*states: str) -> set[str]:
    held = Message.objects.filter(state__in=states)
    return set(held.values_list("invitation__contact__email", flat=True))


@pytest.mark.parametrize(
    ("point", "arrived", "in_doubt"),
    [
        ("surveys.actions.sending.begin", 0, 0),  # all are claimed, none has begun
        ("surveys.carriers.mail._over", 0, 1),  # one is marked, none of its bytes has gone
        ("surveys.actions.sending._record", 1, 1),  # one has gone, and nobody wrote it down
    ],
)
def test_a_worker_killed_while_sending_puts_at_most_one_in_doubt(
    staff: list[str], mailbox: Mailbox, point: str, arrived: int, in_doubt: int
) -> None:
    env = {"FFIT_EMAIL_HOST": "127.0.0.1", "FFIT_EMAIL_PORT": str(mailbox.port)}
    killed_at(point, SEND, **env)
    assert len(mailbox.messages) == arrived
    time_passes(outbox_leases.LEASE)
    assert send_due_messages() == PEOPLE - in_doubt
    time_passes(outbox_leases.LOST_AFTER)
    assert send_due_messages() == 0
    times = received(mailbox)
    assert set(times.values()) == {1}, "nobody twice"
    held = in_state(STATE.HELD)
    assert len(held) == in_doubt
    assert set(times) | held == set(staff), "nobody lost"


@pytest.mark.worker
def test_a_real_worker_killed_in_the_midst_and_the_next_one(
    staff: list[str], mailbox: Mailbox, worker: servers.Server
) -> None:
    mailbox.delay = 0.3
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(lambda: len(mailbox.messages) >= 2, what="two letters have arrived")
    worker.kill()
    mailbox.delay = 0
    in_doubt = in_state(STATE.SENDING)
    time_passes(outbox_leases.LEASE)
    worker.start()
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(
        lambda: in_state(STATE.PLANNED, STATE.CLAIMED, STATE.SENDING) <= in_doubt,
        what="all others were sent",
    )
    time_passes(outbox_leases.LOST_AFTER)
    outbox_leases.repair(timezone.now())
    times = received(mailbox)
    assert set(times.values()) == {1}, "nobody twice"
    held = in_state(STATE.HELD)
    assert len(held) <= 1
    assert set(times) | held == set(staff), "nobody lost"


@contextmanager
def hanging(after: bytes) -> Iterator[tuple[int, list[list[bytes]]]]:
    """A mail server that answers until it has read `after`, and then says nothing more.

    Empty: it takes the connection and does not even greet. Gives its port and what it was told in
    each connection.
    """
    told: list[list[bytes]] = []
    over = threading.Event()
    answers = {b"ehlo": b"250-here\r\n250 8BITMIME\r\n", b"data": b"354 go on\r\n"}

    def talk(client: socket.socket, told: list[bytes]) -> None:
        with client, client.makefile("rb") as lines:
            if after:
                client.sendall(b"220 here\r\n")
            for line in lines:
                told.append(line)
                if not after or line.lower().startswith(after):
                    break
                if line[:4].lower() in answers or line[:4].lower() in (b"mail", b"rcpt", b"rset"):
                    client.sendall(answers.get(line[:4].lower(), b"250 ok\r\n"))
            over.wait()

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                told.append([])
                threading.Thread(target=talk, args=(client, told[-1]), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], told
        over.set()
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("after", "in_doubt"), [(b"", 0), (b"ehlo", 0), (b"mail", 0), (b"rcpt", 0), (b".\r\n", 1)]
)
def test_a_mail_server_that_accepts_and_hangs_holds_one_at_most(
    staff: list[str], mailbox: Mailbox, settings: Settings, after: bytes, in_doubt: int
) -> None:
    settings.EMAIL_TIMEOUT = 2
    with hanging(after) as (port, told):
        settings.EMAIL_PORT = port
        send_due_messages()
        assert len(told) == 1, "it does not wait once for each letter"
        assert bool(told[0]) == bool(after)
    assert len(in_state(STATE.HELD)) == in_doubt
    assert len(in_state(STATE.PLANNED)) == PEOPLE - in_doubt
    settings.EMAIL_PORT = mailbox.port
    assert send_due_messages() == 0, "they wait in their rows"
    time_passes(sending.FIRST_WAIT)
    assert send_due_messages() == PEOPLE - in_doubt
    assert set(received(mailbox).values()) == {1}
    assert set(received(mailbox)) | in_state(STATE.HELD) == set(staff)
