"""Asking a worker for a task never stands in a page's way."""

import time

import pytest
from django.db import transaction

from organisations.carriers.task_queue import enqueue_on_commit
from tests.servers import Server


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_the_change_is_kept_and_nobody_waits(
    valkey: Server, caplog: pytest.LogCaptureFixture
) -> None:
    valkey.stop()
    begun = time.monotonic()
    with transaction.atomic():
        enqueue_on_commit("surveys.sweep")
    assert time.monotonic() - begun < 2
    assert "on_commit" in caplog.text
