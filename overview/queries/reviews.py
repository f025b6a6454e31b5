"""Which improvements a reviewer should look at now, over all units within reach.

The database leaves out what cannot be due; `initiatives.rules.review_reasons` decides the rest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, cast
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils import timezone

from initiatives.models import (
    Action,
    Commitment,
    Decision,
    DepartmentRequest,
    Point,
    Responsibility,
    Review,
    SmallTest,
)
from initiatives.queries.requests import is_unanswered
from initiatives.rules.hours import Load
from initiatives.rules.requests import REVIEWER_AFTER
from initiatives.rules.review_reasons import (
    NOTHING_FOLLOWED,
    STALLED,
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
    initiative__stop_sign_on: date | None
    lead_is_gone: bool
    has_sponsor: bool
    differ_since: datetime | None
    answer_by: date | None
    waits_for: str | None
    was_followed: bool
    closed_on: date | None
    counted_on: date | None
    tested_at: datetime | None
    reviewed_at: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToReview:
    """An improvement by its key, its units within reach, and why it is due, the oldest first.

    `waits_for` is whose answer to a request is due longest, by unit.
    """

    initiative: int
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
    units: dict[int, Unit]


def reviews_of(
    organisation: Organisation, units: QuerySet[Unit], *, places: Sequence[Unit] | None = None
) -> Reviews:
    """Of all on these units that runs or was replied about. Six queries, whatever the number;
    five with `places`, the same units where they are at hand.
    """
    today, zone = timezone.localdate(timezone=organisation.zone), organisation.zone
    places = list(units) if places is None else places
    loads = loads_of(organisation, places, within=units)
    full = {one.pk for one in places if loads[one.pk].reaches(one.limits(organisation))}
    last = _last_on(full, zone) if full else {}
    rows: dict[int, list[Row]] = {}
    for row in _that_may_be_due(units, set(last.values()), today):
        rows.setdefault(row["initiative"], []).append(row)
    due = [
        ToReview(
            key,
            tuple(row["unit"] for row in its),
            why,
            {row["unit"]: row["waits_for"] for row in its if row["waits_for"]},
        )
        for key, its in rows.items()
        if (why := reasons(_improvement(its, last, zone), today=today))
    ]
    due.sort(key=lambda one: (one.due[0].since, one.initiative))
    ahead = [] if due else _ahead(units, today)
    return Reviews(due, ahead, full, loads, {one.pk: one for one in places})


def _last_on(full: Collection[int], zone: ZoneInfo) -> dict[int, int]:
    """What came last to each of these units: its commitment's key, then the improvement's. One
    query.
    """
    came_on = Case(
        When(state=ACTIVE, begins_on__isnull=False, then="begins_on"),
        default=TruncDate("initiative__added_at", tzinfo=zone),
    )
    latest_first = Window(RowNumber(), partition_by="unit", order_by=[came_on.desc(), "-pk"])
    return dict(
        Commitment.objects.filter(unit__in=full, state__in=COUNTED)
        .annotate(place=latest_first)
        .filter(place=1)
        .values_list("pk", "initiative")
    )


def _that_may_be_due(units: QuerySet[Unit], last: Collection[int], today: date) -> list[Row]:
    """`last` are improvements that came last to a full unit. One query."""
    here = Q(initiative=OuterRef("initiative"))
    member = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("initiative__organisation"), is_active=True
    )
    named = Responsibility.objects.filter(here)
    is_there = Q(user=None) | (Q(user__is_active=True) & Q(Exists(member)))
    asked = SurveyUnit.objects.filter(
        unit=OuterRef("unit"), survey__initiative=OuterRef("initiative")
    ).exclude(state=SurveyUnit.State.CANCELLED)
    waiting = DepartmentRequest.objects.filter(
        is_unanswered(), here, unit=OuterRef("unit")
    ).order_by("answer_by", "pk")
    reviews = Review.objects.filter(here)
    runs = Q(state__in=RUNS)
    early = today - NOTHING_FOLLOWED + A_DAY
    may_be = (
        Q(initiative__in=last)
        | Q(initiative__review_on__lte=today)
        | Q(initiative__review_asked_on__isnull=False)
        | Q(initiative__stop_sign_on__isnull=False)
        | _has_stalled(today - STALLED)
        | Q(lead_is_gone=True)
        | Q(has_sponsor=False, state=ACTIVE, begins_on__lte=today - WITHOUT_SPONSOR)
        | Q(differ_since__isnull=False)
        | Q(answer_by__lte=today - REVIEWER_AFTER)
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
            answer_by=Subquery(waiting.values("answer_by")[:1]),
            waits_for=Subquery(waiting.values("whom")[:1]),
            was_followed=Q(begins_on__isnull=False)
            | Exists(asked)
            | Exists(Decision.objects.filter(here, unit=OuterRef("unit"))),
            closed_on=Subquery(_latest(Action, "closed_on")),
            counted_on=Subquery(_latest(Point, "day", "measure__")),
            tested_at=Subquery(_latest(SmallTest, "ended_at")),
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


def _has_stalled(day: date) -> Q:
    """Active since then or before, and nothing closed, counted or ended after it."""
    went_on = (
        _here(Action).filter(closed_on__gt=day),
        _here(Point, "measure__").filter(day__gt=day),
        # A day early: no zone is further from UTC.
        _here(SmallTest).filter(ended_at__date__gt=day + A_DAY),
    )
    stalled = Q(state=ACTIVE, begins_on__lte=day)
    for rows in went_on:
        stalled &= ~Q(Exists(rows))
    return stalled


def _here(model: type[Action | Point | SmallTest], way: str = "") -> QuerySet[Model]:
    """What belongs to an improvement on a unit."""
    of_it = {f"{way}initiative": OuterRef("initiative"), f"{way}unit": OuterRef("unit")}
    return model._default_manager.filter(**of_it)


def _latest(
    model: type[Action | Point | SmallTest], day: str, way: str = ""
) -> QuerySet[Model, object]:
    return _here(model, way).exclude(**{day: None}).order_by(f"-{day}").values(day)[:1]


def _improvement(rows: Sequence[Row], last: Mapping[int, int], zone: ZoneInfo) -> Improvement:
    """One with all its rows."""
    first = rows[0]
    added_on = timezone.localdate(first["initiative__added_at"], zone)
    replied = [row["replied_at"] for row in rows if row["replied_at"] is not None]
    return Improvement(
        added_on,
        review_on=first["initiative__review_on"],
        lead_is_gone=first["lead_is_gone"],
        has_sponsor=first["has_sponsor"],
        asked_on=first["initiative__review_asked_on"],
        stop_sign_on=first["initiative__stop_sign_on"],
        replied_on=_day(replied[0], zone) if replied else None,
        was_reviewed=any(row["reviewed_at"] is not None for row in rows),
        units=[
            OnUnit(
                row["unit"],
                row["state"],
                _came_on(row["state"], row["begins_on"], added_on),
                is_last_at_limit=row["pk"] in last,
                differ_since=_day(row["differ_since"], zone),
                answer_by=row["answer_by"],
                was_followed=row["was_followed"],
                went_on=_went_on(row, zone),
                reviewed_on=_day(row["reviewed_at"], zone),
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


def _came_on(state: str, begins_on: date | None, added_on: date) -> date:
    """The day it began on the unit or, before that, was added."""
    return begins_on if state == ACTIVE and begins_on is not None else added_on


def _went_on(row: Row, zone: ZoneInfo) -> date | None:
    days = (row["closed_on"], row["counted_on"], _day(row["tested_at"], zone))
    return max((day for day in days if day is not None), default=None)


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return timezone.localdate(moment, zone) if moment else None
