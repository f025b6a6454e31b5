"""Changes to the register of improvements."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import lock_initiative
from initiatives.models import Commitment, Initiative, Responsibility
from organisations.actions.audit_log import record
from organisations.models import Organisation, Unit, User
from organisations.rules.refusal import Refused


@transaction.atomic
def add_initiative(
    *,
    organisation: Organisation,
    title: str,
    problem: str,
    change: str,
    units: Iterable[Unit],
    by: User,
    hours: Decimal | None = None,
    led_by: str = "",
    why_now: str = "",
    full: Mapping[int, Decimal] | None = None,
) -> Initiative:
    """A proposed improvement, with each unit it concerns; its hours may not be known yet.

    `full` is what those units carry that reach a limit with it, and `why_now` what was said.
    """
    today = timezone.localdate(timezone=organisation.zone)
    initiative = Initiative.objects.create(
        organisation=organisation,
        title=title,
        problem=problem,
        change=change,
        added_by=by,
        review_on=today + timedelta(weeks=organisation.review_weeks),
    )
    record(action="improvement added", on=initiative, organisation=organisation, by=by)
    if led_by:
        Responsibility.objects.create(
            initiative=initiative, part=Responsibility.Part.LED_BY, words=led_by
        )
    commit_units(initiative=initiative, units=units, hours=hours, why_now=why_now, full=full)
    return initiative


def commit_units(
    *,
    initiative: Initiative,
    units: Iterable[Unit],
    hours: Decimal | None = None,
    why_now: str = "",
    full: Mapping[int, Decimal] | None = None,
) -> None:
    """Lists the units on the initiative; those it has already stay as they are."""
    full = full or {}
    Commitment.objects.bulk_create(
        (
            Commitment(
                initiative=initiative,
                unit=unit,
                hours_a_week=hours,
                hours_at_start=full.get(unit.pk),
                why_now=why_now if unit.pk in full else "",
            )
            for unit in units
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def set_hours(*, initiative: Initiative, unit: Unit, hours: Decimal | None, by: User) -> None:
    """Says how many staff hours a week it takes from one unit; None is “We cannot say yet”.

    Raises `Refused`.
    """
    set_hours_locked(initiative=lock_initiative(initiative), units=[unit], hours=hours, by=by)


def set_hours_locked(
    *, initiative: Initiative, units: Collection[Unit], hours: Decimal | None, by: User
) -> None:
    """The same for several, by an action that holds the row from `lock_initiative` already."""
    here = {one.unit_id: one for one in initiative.commitments.filter(unit__in=units)}
    for unit in units:
        commitment = here.get(unit.pk)
        if commitment is None:
            raise Refused("This improvement is not linked to that unit.")
        if commitment.hours_a_week == hours:
            continue
        commitment.hours_a_week = hours
        commitment.save(update_fields=["hours_a_week"])
        record(
            action="hours set",
            on=initiative,
            organisation=initiative.organisation,
            by=by,
            unit=unit.pk,
            hours_a_week=None if hours is None else float(hours),
        )
