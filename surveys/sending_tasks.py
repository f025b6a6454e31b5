"""The tasks that empty the outbox. Beat calls them every few seconds; opening a survey asks too."""

import time

from celery import shared_task
from django.utils import timezone

from surveys.actions import receipts
from surveys.actions.sending import BATCH, send_due_messages
from surveys.actions.worker import ask_soon

# A worker has other things to do as well: after this long the rest is asked for anew.
TURN = 30.0


@shared_task(name="surveys.send_due_messages")
def send_due() -> None:
    """Sends what is due, batch by batch, until nothing is left or the turn is over."""
    end = time.monotonic() + TURN
    while send_due_messages() == BATCH:
        if time.monotonic() > end:
            ask_soon("surveys.send_due_messages")
            return


@shared_task(name="surveys.ask_about_held")
def ask_about_held() -> None:
    """Clears doubts that GOV.UK Notify can clear."""
    receipts.ask_about_held(now=timezone.now())
