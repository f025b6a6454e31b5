"""What a unit counts of an improvement: measures, their numbers, and where a chart begins anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from initiatives.actions.status import lock_initiative
from initiatives.models import Commitment, Initiative, Measure, Point
from initiatives.rules import status
from organisations.actions.audit_log import record
from organisations.actions.units import refuse_closed
from organisations.models import User
from organisations.rules.refusal import Refused

MOST_LIVE = 3
MOST_POINTS = 520
ENDED = "You have stopped counting this. Start a new measure to count again."
IS_OVER = "This improvement has stopped on this unit, so nothing can be added to it."


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as it was typed: its day, how many, and of how many where it is a share.

    Without a `note` the one that the day has stays.
    """

    day: date
    value: Decimal
    of: int | None = None
    note: str | None = None


def refuse_over(commitment: Commitment) -> None:
    """`Refused` where the unit has closed, or it was stopped or merged there; what is finished may
    be counted on.
    """
    refuse_closed(commitment.unit)
    if commitment.state in status.TAKES_NO_MORE:
        raise Refused(IS_OVER)


@transaction.atomic
def start_measure(
    *, commitment: Commitment, name: str, every: str, better: str, is_watch: bool, by: User
) -> Measure:
    """One more thing that the unit counts; the same name again is the measure that is there."""
    initiative = lock_initiative(commitment.initiative)
    refuse_over(commitment)
    live = list(Measure.objects.filter(initiative=initiative, unit=commitment.unit, ended_at=None))
    for one in live:
        if one.name == name:
            return one
    if len(live) >= MOST_LIVE:
        raise Refused(f"A unit can count up to {MOST_LIVE} things. Stop counting one first.")
    measure = Measure.objects.create(
        initiative=initiative,
        unit=commitment.unit,
        name=name,
        every=every,
        better=better,
        is_watch=is_watch,
        added_by=by,
    )
    _record("measure started", measure, initiative, by, unit=commitment.unit_id)
    return measure


@transaction.atomic
def add_numbers(*, measure: Measure, numbers: Collection[Typed], by: User) -> int:
    """Keeps each number for its day, in place of one that was there; how many are new or changed.

    Raises `Refused` for days to come, shares mixed with counts, and more than 520 numbers.
    """
    measure = _locked(measure)
    here = Commitment.objects.select_related("unit")
    refuse_over(here.get(initiative=measure.initiative_id, unit=measure.unit_id))
    _refuse_impossible(measure, numbers)
    known = {one.day: one for one in measure.points.all()}
    changed = [one for one in numbers if not _is_same(known.get(one.day), one)]
    if len(known.keys() | {one.day for one in changed}) > MOST_POINTS:
        raise Refused(f"A measure can have up to {MOST_POINTS} numbers. Start a new measure.")
    Point.objects.bulk_create(
        [
            Point(
                measure=measure,
                day=one.day,
                value=one.value,
                of=one.of,
                note=_note_of(known.get(one.day), one),
            )
            for one in changed
        ],
        update_conflicts=True,
        unique_fields=["measure", "day"],
        update_fields=["value", "of", "note"],
    )
    if changed:
        _record("numbers added", measure, measure.initiative, by, numbers=len(changed))
    return len(changed)


@transaction.atomic
def restart_chart(*, measure: Measure, day: date, why: str, by: User) -> None:
    """From this day the mean and the usual range are found anew; the same again changes nothing."""
    measure = _locked(measure)
    if day > timezone.localdate():
        raise Refused("Enter today or an earlier day", field="day")
    if (measure.restarted_on, measure.restart_why) == (day, why):
        return
    before, measure.restarted_on, measure.restart_why = measure.restarted_on, day, why
    measure.save(update_fields=["restarted_on", "restart_why"])
    _record(
        "chart restarted",
        measure,
        measure.initiative,
        by,
        was=before and before.isoformat(),
        now=day.isoformat(),
    )


@transaction.atomic
def end_measure(*, measure: Measure, by: User) -> None:
    """Nothing more is counted; what was counted stays."""
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if measure.ended_at is not None:
        return
    measure.ended_at = timezone.now()
    measure.save(update_fields=["ended_at"])
    _record("measure ended", measure, measure.initiative, by)


def _locked(measure: Measure) -> Measure:
    found = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("initiative__organisation")
        .get(pk=measure.pk)
    )
    if found.ended_at is not None:
        raise Refused(ENDED)
    return found


def _refuse_impossible(measure: Measure, numbers: Collection[Typed]) -> None:
    today = timezone.localdate()
    if any(one.day > today for one in numbers):
        raise Refused("Enter today or an earlier day", field="day")
    kinds = {one.of is None for one in numbers}
    first = measure.points.first()
    if first is not None:
        kinds.add(first.of is None)
    if len(kinds) > 1:
        raise Refused(
            "Enter all numbers of a measure alike: how many, like 9, or how many of how many, "
            "like 9 of 12",
            field="value",
        )


def _is_same(point: Point | None, one: Typed) -> bool:
    return point is not None and (point.value, point.of, point.note) == (
        one.value,
        one.of,
        _note_of(point, one),
    )


def _note_of(point: Point | None, one: Typed) -> str:
    if one.note is None:
        return point.note if point is not None else ""
    return one.note


def _record(
    what: str, measure: Measure, initiative: Initiative, by: User, **detail: object
) -> None:
    record(action=what, on=measure, organisation=initiative.organisation, by=by, **detail)
