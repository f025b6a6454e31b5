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
from surveys.queries import due

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


def _apart(act: Callable[[], object]) -> None:
    """One fault is logged and never stops the rest of the sweep."""
    try:
        act()
    except Exception:
        log.exception("A part of the sweep failed; the next one tries again")
