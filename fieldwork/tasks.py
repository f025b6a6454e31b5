"""Tasks of the default queue. Each is safe to run twice; the database says what is due."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.utils import timezone

from fieldwork.actions.closing import close_survey_unit
from fieldwork.actions.enough import refresh_enough
from fieldwork.actions.life import open_survey
from fieldwork.actions.poster import tell_of_full_posters
from fieldwork.actions.screening import delete_unread, hand_over
from fieldwork.queries import due
from organisations.actions.heartbeat import give_sign
from organisations.models import Heartbeat
from organisations.queries.deployment import may_act
from responses.models import Screening
from responses.queries.comments import to_hand_over

log = logging.getLogger(__name__)


@shared_task(name="fieldwork.sweep")
def sweep() -> None:
    """Opens and closes what is due, however late, refreshes "enough", tells of full posters, erases
    what is to go.
    """
    now = timezone.now()
    give_sign(Heartbeat.Process.WORKER)
    if not may_act():
        return
    for survey in due.to_open(now):
        _apart(partial(open_survey, survey=survey))
    for unit in due.to_close(now):
        _apart(partial(close_survey_unit, survey_unit=unit))
    _apart(partial(refresh_enough, now=now))
    _apart(tell_of_full_posters)
    for screening in to_hand_over():
        _apart(partial(hand_over, screening=screening))
    _apart(partial(delete_unread, now=now))


@shared_task(name="fieldwork.hand_over_comments")
def hand_over_comments(screening_id: int) -> None:
    """Brings a unit's comments to the screener who asked for them."""
    if not may_act():
        return
    for screening in Screening.objects.filter(pk=screening_id):
        hand_over(screening=screening)


def _apart(act: Callable[[], object]) -> None:
    """One fault is logged and never stops the rest of the sweep."""
    try:
        act()
    except Exception:
        log.exception("A part of the sweep failed; the next one tries again")
