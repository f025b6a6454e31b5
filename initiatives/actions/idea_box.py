"""Closing a unit's idea box for a time, and opening it before that time is over."""

from datetime import date

from django.db import transaction

from initiatives.models import ClosedIdeaBox
from initiatives.rules.ideas import LONGEST_CLOSED
from organisations.actions.audit_log import record
from organisations.models import Unit, User
from organisations.rules.refusal import Refused


@transaction.atomic
def close_idea_box(*, unit: Unit, until: date, why: str, today: date, by: User) -> None:
    """The unit takes no ideas until a day; the same again changes nothing. Raises `Refused`."""
    if until <= today:
        raise Refused("Enter a day after today", field="until")
    if until > today + LONGEST_CLOSED:
        weeks = LONGEST_CLOSED.days // 7
        raise Refused(f"Enter a day in the next {weeks} weeks", field="until")
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    box = ClosedIdeaBox.objects.filter(unit=unit).first() or ClosedIdeaBox(unit=unit)
    if (box.until, box.why) == (until, why):
        return
    box.until, box.why, box.closed_by = until, why, by
    box.save()
    _record("idea box closed", unit, by, until=until.isoformat())


@transaction.atomic
def open_idea_box(*, unit: Unit, by: User) -> None:
    """The unit takes ideas again; one that is open stays so."""
    closed, _ = ClosedIdeaBox.objects.filter(unit=unit).delete()
    if closed:
        _record("idea box opened", unit, by)


def _record(what: str, unit: Unit, by: User, **detail: object) -> None:
    record(action=what, on=unit, organisation=unit.organisation, by=by, **detail)
