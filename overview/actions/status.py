"""Somebody responsible changes the status of an improvement; where it stops its surveys end too."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from fieldwork.actions.stopped import end_surveys, lock_surveys
from initiatives.actions.status import change_status
from initiatives.models import Initiative, StatusChange
from organisations.models import Unit, User


@transaction.atomic
def change_with_surveys(
    *,
    initiative: Initiative,
    units: Iterable[Unit],
    to: str,
    why: str,
    by: User,
    day: date | None = None,
    seen: int | None = None,
) -> list[StatusChange]:
    """As `initiatives.actions.status.change_status`, and with a stop what follows of a review's:
    surveys that have not begun there are cancelled, open ones remind nobody more.
    """
    stops = to == Initiative.State.STOPPED
    surveys = lock_surveys(initiative) if stops else []
    changes = change_status(
        initiative=initiative, units=units, to=to, why=why, by=by, day=day, seen=seen
    )
    if stops and changes:
        ended = [change.unit_id for change in changes]
        end_surveys(initiative=initiative, surveys=surveys, units=ended, by=by)
    return changes
