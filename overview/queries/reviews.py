"""Which improvements a reviewer should look at now, over all units within reach.

The database leaves out what cannot be due; `initiatives.rules.review_reasons` decides the rest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from debriefs.queries.action_list import Share
from initiatives.models import Commitment
from initiatives.rules.hours import Load
from initiatives.rules.review_reasons import Due, Improvement, OnUnit, reasons
from organisations.models import Organisation, Unit
from organisations.rules.limits import Limits
from overview.queries.review_facts import RUNS, Row, that_may_be_due
from surveys.queries.load import loads_of

# So many whose review day lies ahead are named.
AHEAD = 5


class Place(NamedTuple):
    """What reviews need of a unit: hundreds are read at a time."""

    pk: int
    name: str
    path: str
    parent: int | None
    valid_to: date | None
    limits: Limits


class ToReview(NamedTuple):
    """An improvement by its key, its units within reach, and why it is due, the oldest first.

    `waits_for` is whose answer to a request is due longest, by unit.
    """

    initiative: int
    title: str
    added_by: int
    units: tuple[int, ...]
    due: list[Due]
    waits_for: dict[int, str]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due, the oldest first; if nothing is, the next review days; full units.

    `units` are all within reach, `loads` what each carries.
    """

    due: list[ToReview]
    ahead: list[tuple[date, int]]
    full: set[int]
    loads: dict[int, Load]
    units: dict[int, Place]

    def below_limit(self) -> Share:
        """Of the open units that have none below them, those not at a limit."""
        above = {one.parent for one in self.units.values()}
        open_now = {
            pk for pk, one in self.units.items() if pk not in above and one.valid_to is None
        }
        return Share(len(open_now - self.full), len(open_now))


def reviews_of(
    organisation: Organisation, units: QuerySet[Unit], *, places: Sequence[Unit] | None = None
) -> Reviews:
    """Of all on these units that runs or was replied about. Five queries, whatever the number;
    four with `places`, the same units where they are at hand.
    """
    today, zone = timezone.localdate(timezone=organisation.zone), organisation.zone
    found = _places(organisation, units, places)
    loads = loads_of(organisation, found.values(), within=units)
    full = {pk for pk, one in found.items() if loads[pk].reaches(one.limits)}
    rows: dict[int, list[Row]] = {}
    for row in that_may_be_due(units, full, today, zone):
        rows.setdefault(row.initiative, []).append(row)
    due = [
        ToReview(
            key,
            its[0].initiative__title,
            its[0].initiative__added_by,
            tuple([row.unit for row in its]),
            why,
            {row.unit: row.waits_for for row in its if row.waits_for},
        )
        for key, its in rows.items()
        if (why := reasons(_improvement(its, full), today=today))
    ]
    due.sort(key=lambda one: (one.due[0].since, one.initiative))
    ahead = [] if due else _ahead(units, today)
    return Reviews(due, ahead, full, loads, found)


def _places(
    organisation: Organisation, units: QuerySet[Unit], places: Sequence[Unit] | None
) -> dict[int, Place]:
    """By key. One query, or none with `places`."""
    columns = ("pk", "name", "path", "parent_id", "valid_to")
    own = ("own_hours_limit", "own_improvements_limit")
    rows = (
        units.values_list(*columns, *own)
        if places is None
        else (tuple(getattr(one, name) for name in (*columns, *own)) for one in places)
    )
    limits = organisation.limits
    return {
        pk: Place(pk, name, path, parent, valid_to, limits.with_own(hours, improvements))
        for pk, name, path, parent, valid_to, hours, improvements in rows
    }


def _improvement(rows: Sequence[Row], full: Collection[int]) -> Improvement:
    """One with all its rows."""
    first = rows[0]
    return Improvement(
        review_on=first.initiative__review_on,
        lead_is_gone=first.lead_is_gone,
        has_sponsor=first.has_sponsor,
        asked_on=first.initiative__review_asked_on,
        stop_sign_on=first.initiative__stop_sign_on,
        replied_on=next((row.replied_on for row in rows if row.replied_on), None),
        was_reviewed=any(row.reviewed_on for row in rows),
        units=[
            OnUnit(
                row.unit,
                row.state,
                row.came_on,
                is_last_at_limit=row.unit in full and row.last_of_unit == row.pk,
                differ_since=row.differ_since,
                was_followed=row.was_followed,
                went_on=_went_on(row),
                reviewed_on=row.reviewed_on,
                answer_by=row.answer_by,
            )
            for row in rows
        ],
    )


def _ahead(units: QuerySet[Unit], today: date) -> list[tuple[date, int]]:
    """The next review days, each with its improvement. One query."""
    rows = (
        Commitment.objects.filter(unit__in=units, state__in=RUNS, initiative__review_on__gt=today)
        .order_by("initiative__review_on", "initiative")
        .values_list("initiative__review_on", "initiative")
        .distinct()[:AHEAD]
    )
    return [(day, initiative) for day, initiative in rows if day is not None]


def _went_on(row: Row) -> date | None:
    days = (row.closed_on, row.counted_on, row.tested_on)
    return max((day for day in days if day is not None), default=None)
