"""Which improvements a reviewer should look at now, over all units within reach.

The database leaves out what cannot be due; `initiatives.rules.review_reasons` decides the rest.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from initiatives.models import Commitment, Decision, Responsibility, Review
from initiatives.rules.hours import Load
from initiatives.rules.review_reasons import (
    NOTHING_FOLLOWED,
    WITHOUT_SPONSOR,
    Due,
    Improvement,
    OnUnit,
    reasons,
)
from initiatives.rules.status import ACTIVE, COUNTED, ON_HOLD, PROPOSED
from organisations.models import Membership, Organisation, Unit
from surveys.models import SurveyUnit
from surveys.queries.load import loads_of

RUNS = (*COUNTED, ON_HOLD)
# So many whose review day lies ahead are named.
AHEAD = 5
# No zone's day is more than this away from that of UTC.
A_DAY = timedelta(days=1)
PARTS = Responsibility.Part


class Row(TypedDict):
    """An improvement on a unit, as the database finds it."""

    pk: int
    initiative: int
    unit: int
    state: str
    begins_on: date | None
    initiative__added_at: datetime
    initiative__review_on: date | None
    initiative__review_asked_on: date | None
    lead_is_gone: bool
    has_sponsor: bool
    differ_since: datetime | None
    was_followed: bool
    reviewed_at: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToReview:
    """An improvement by its key, its units within reach, and why it is due, the oldest first."""

    initiative: int
    units: tuple[int, ...]
    due: list[Due]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What is due, the oldest first; if nothing is, the next review days; full units.

    `units` are all within reach, `loads` what each carries.
    """

    due: list[ToReview]
    ahead: list[tuple[date, int]]
    full: set[int]
    loads: dict[int, Load]
    units: dict[int, Unit]


def reviews_of(organisation: Organisation, units: QuerySet[Unit]) -> Reviews:
    """Of all on these units that runs or was replied about. Five queries, whatever the number."""
    today = timezone.localdate(timezone=organisation.zone)
    places = list(units)
    loads = loads_of(organisation, places)
    full = {one.pk for one in places if loads[one.pk].reaches(one.limits(organisation))}
    found: dict[int, Improvement] = {}
    rows = _that_may_be_due(units, full, today)
    last = _last_on(full, rows, organisation.zone)
    for row in rows:
        _put(found, row, is_last=row["pk"] in last, zone=organisation.zone)
    due = [
        ToReview(key, tuple(here.unit for here in one.units), why)
        for key, one in found.items()
        if (why := reasons(one, today=today))
    ]
    due.sort(key=lambda one: (one.due[0].since, one.initiative))
    ahead = [] if due else _ahead(units, today)
    return Reviews(due, ahead, full, loads, {one.pk: one for one in places})


def _last_on(full: Collection[int], rows: Iterable[Row], zone: ZoneInfo) -> set[int]:
    """The keys of what came last to each of these units, of which every row is here."""
    came = sorted(
        (_came_on(row, zone), row["pk"], row["unit"])
        for row in rows
        if row["unit"] in full and row["state"] in COUNTED
    )
    return set({unit: pk for _, pk, unit in came}.values())


def _that_may_be_due(units: QuerySet[Unit], full: Collection[int], today: date) -> list[Row]:
    """One query."""
    here = Q(initiative=OuterRef("initiative"))
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("initiative__organisation"), is_active=True
    )
    named = Responsibility.objects.filter(here)
    is_there = Q(user=None) | (Q(user__is_active=True) & Q(Exists(member)))
    asked = SurveyUnit.objects.filter(
        unit=OuterRef("unit"), survey__initiative=OuterRef("initiative")
    ).exclude(state=SurveyUnit.State.CANCELLED)
    reviews = Review.objects.filter(here)
    runs = Q(state__in=RUNS)
    early = today - NOTHING_FOLLOWED + A_DAY
    may_be = (
        Q(unit__in=full)
        | Q(initiative__review_on__lte=today)
        | Q(initiative__review_asked_on__isnull=False)
        | Q(lead_is_gone=True)
        | Q(has_sponsor=False, state=ACTIVE, begins_on__lte=today - WITHOUT_SPONSOR)
        | Q(differ_since__isnull=False)
        | Q(was_followed=False, state=PROPOSED, initiative__added_at__date__lte=early)
    )
    found = (
        Commitment.objects.filter(unit__in=units)
        .annotate(
            lead_is_gone=Exists(named.filter(~is_there, part=PARTS.LED_BY)),
            has_sponsor=Exists(named.filter(is_there, part=PARTS.SPONSOR)),
            differ_since=Subquery(
                asked.filter(debrief_state=SurveyUnit.DebriefState.DIFFER)
                .order_by("differ_since")
                .values("differ_since")[:1]
            ),
            was_followed=Q(begins_on__isnull=False)
            | Exists(asked)
            | Exists(Decision.objects.filter(here, unit=OuterRef("unit"))),
            reviewed_at=Subquery(
                reviews.filter(units=OuterRef("unit"))
                .order_by("-reviewed_at")
                .values("reviewed_at")[:1]
            ),
            replied_at=Subquery(
                reviews.filter(units=OuterRef("unit"), reply_read_at=None)
                .exclude(replied_at=None)
                .order_by("replied_at")
                .values("replied_at")[:1]
            ),
        )
        .filter(runs & may_be | Q(replied_at__isnull=False))
        .values(*Row.__annotations__)
        .order_by("unit__name", "pk")
    )
    return cast(list[Row], list(found))


def _put(found: dict[int, Improvement], row: Row, *, is_last: bool, zone: ZoneInfo) -> None:
    key, replied_on = row["initiative"], _day(row["replied_at"], zone)
    one = found.get(key) or Improvement(
        timezone.localdate(row["initiative__added_at"], zone),
        review_on=row["initiative__review_on"],
        lead_is_gone=row["lead_is_gone"],
        has_sponsor=row["has_sponsor"],
        asked_on=row["initiative__review_asked_on"],
    )
    one.units.append(
        OnUnit(
            row["unit"],
            row["state"],
            _came_on(row, zone),
            is_last_at_limit=is_last,
            differ_since=_day(row["differ_since"], zone),
            was_followed=row["was_followed"],
            reviewed_on=_day(row["reviewed_at"], zone),
        )
    )
    found[key] = replace(
        one,
        was_reviewed=one.was_reviewed or row["reviewed_at"] is not None,
        replied_on=one.replied_on or replied_on,
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


def _came_on(row: Row, zone: ZoneInfo) -> date:
    """The day it began on the unit or, before that, was added."""
    if row["state"] == ACTIVE and row["begins_on"] is not None:
        return row["begins_on"]
    return timezone.localdate(row["initiative__added_at"], zone)


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return timezone.localdate(moment, zone) if moment else None
