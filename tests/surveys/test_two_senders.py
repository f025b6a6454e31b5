"""Two workers empty the outbox at once: every message goes out exactly once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from fieldwork.actions.launch import UnitToAsk
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Message
from tests.fieldwork.launching import a_trust

PEOPLE = 30


def send() -> int:
    """As a worker does: batch by batch, on a connection of its own."""
    sent = 0
    try:
        while batch := send_due_messages(limit=5):
            sent += batch
    finally:
        connections.close_all()
    return sent


@pytest.mark.django_db(transaction=True)
def test_each_message_goes_once(mailoutbox: list[Any]) -> None:
    trust = a_trust()
    staff = [Address(f"person{number}@merrowfield.example") for number in range(PEOPLE)]
    trust.open(UnitToAsk(trust.ward_7, 40, staff=staff))
    with ThreadPoolExecutor(4) as workers:
        shares = list(workers.map(lambda _: send(), range(4)))
    staff_mail = sorted(mail.to[0] for mail in mailoutbox if "person" in mail.to[0])
    assert staff_mail == sorted(one.email for one in staff)
    assert sum(shares) == len(mailoutbox)
    assert not Message.objects.filter(step="invitation").exclude(state="sent").exists()
