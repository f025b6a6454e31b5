"""Tasks of the default queue. Each is safe to run twice; the database says what is due."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.utils import timezone

from surveys.actions.closing import close_survey_unit
from surveys.actions.enough import refresh_enough
from surveys.actions.erasure import erase_addresses, erase_names
from surveys.actions.life import open_survey
from surveys.actions.screening import delete_unread, hand_over
from surveys.actions.staff_import import ADD, add_brought, repair_imports
from surveys.models import Screening
from surveys.queries import due
from surveys.queries.comments import to_hand_over

log = logging.getLogger(__name__)


@shared_task(name="surveys.sweep")
def sweep() -> None:
    """Opens and closes what is due, however late, refreshes "enough", erases what is to go."""
    now = timezone.now()
    for survey in due.to_open(now):
        _apart(partial(open_survey, survey=survey))
    for unit in due.to_close(now):
        _apart(partial(close_survey_unit, survey_unit=unit))
    _apart(partial(refresh_enough, now=now))
    _apart(partial(erase_addresses, now=now))
    _apart(erase_names)
    for screening in to_hand_over():
        _apart(partial(hand_over, screening=screening))
    _apart(partial(delete_unread, now=now))
    _apart(partial(repair_imports, now=now))


@shared_task(name=ADD)
def add_staff_list(import_id: int) -> None:
    """Adds a checked staff list."""
    add_brought(import_id=import_id)


@shared_task(name="surveys.hand_over_comments")
def hand_over_comments(screening_id: int) -> None:
    """Brings a unit's comments to the screener who asked for them."""
    for screening in Screening.objects.filter(pk=screening_id):
        hand_over(screening=screening)


def _apart(act: Callable[[], object]) -> None:
    """One fault is logged and never stops the rest of the sweep."""
    try:
        act()
    except Exception:
        log.exception("A part of the sweep failed; the next one tries again")
