"""The tasks that empty the outbox. Beat calls them every few seconds; opening a survey asks too."""

import logging
import time
from functools import partial

from celery import shared_task
from django.utils import timezone

from initiatives.actions.requests import erase_asked_addresses
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.queries.deployment import may_act
from surveys.actions import receipts
from surveys.actions.erasure import end_links, erase_addresses, erase_names
from surveys.actions.news import repair_stops
from surveys.actions.request_messages import plan_request_messages
from surveys.actions.sending import BATCH, send_due_messages
from surveys.actions.staff_import import ADD, add_uploaded, repair_imports

# A worker has other things to do as well: after this long the rest is asked for anew.
TURN = 15.0
log = logging.getLogger(__name__)


@shared_task(name="surveys.send_due_messages")
def send_due() -> None:
    """Sends what is due, batch by batch, until nothing is left or the turn is over.

    Nothing while the records may have been put back.
    """
    if not may_act():
        return
    end = time.monotonic() + TURN
    while send_due_messages() == BATCH:
        if time.monotonic() > end:
            enqueue_on_commit("surveys.send_due_messages")
            return


@shared_task(name="surveys.ask_about_held")
def ask_about_held() -> None:
    """Clears doubts that GOV.UK Notify can clear."""
    if not may_act():
        return
    receipts.ask_about_held(now=timezone.now())


@shared_task(name=ADD)
def add_staff_list(import_id: int) -> None:
    """Adds a checked staff list."""
    add_uploaded(import_id=import_id)


@shared_task(name="surveys.sweep")
def sweep() -> None:
    """Repairs staff lists and news on their way, plans what requests say today; erases addresses
    and links no longer needed.
    """
    now = timezone.now()
    if not may_act():
        return
    for act in (
        partial(repair_imports, now=now),
        partial(erase_addresses, now=now),
        partial(end_links, now=now),
        partial(erase_asked_addresses, now),
        erase_names,
        repair_stops,
        partial(plan_request_messages, now),
    ):
        try:
            act()
        except Exception:
            log.exception("A part of the sweep failed; the next one tries again")
