"""Messages about improvements that a day brings. Safe to run twice."""

import logging

from celery import shared_task
from django.utils import timezone

from organisations.queries.deployment import may_act
from overview.actions.notices import ask_if_still_done, tell_of_starts, tell_reviewers
from overview.actions.weekly import tell_of_week

log = logging.getLogger(__name__)


@shared_task(name="overview.sweep")
def sweep() -> None:
    """Plans what is to be said today. Nothing while the records may have been put back."""
    if not may_act():
        return
    for act in (tell_of_starts, ask_if_still_done, tell_reviewers, tell_of_week):
        try:
            act(timezone.now())
        except Exception:
            log.exception("A part of the sweep failed; the next one tries again")
