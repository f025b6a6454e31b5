"""Reads what may be due for a review, with what its reasons rest on."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate

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
from initiatives.rules.requests import REVIEWER_AFTER
from initiatives.rules.review_reasons import NOTHING_FOLLOWED, STALLED, WITHOUT_SPONSOR
from initiatives.rules.status import ACTIVE, COUNTED, ON_HOLD, PROPOSED
from organisations.models import Membership, Unit
from surveys.models import SurveyUnit

RUNS = (*COUNTED, ON_HOLD)
# No zone's day is more than this away from that of UTC.
A_DAY = timedelta(days=1)
PARTS = Responsibility.Part


class Row(NamedTuple):
    """An improvement on a unit, as the database finds it; days are the organisation's.

    `came_on` is the day it began or, before that, was added.
    """

    pk: int
    initiative: int
    unit: int
    state: str
    came_on: date
    initiative__title: str
    initiative__added_by: int
    initiative__review_on: date | None
    initiative__review_asked_on: date | None
    initiative__stop_sign_on: date | None
    lead_is_gone: bool
    has_sponsor: bool
    differ_since: date | None
    answer_by: date | None
    waits_for: str | None
    was_followed: bool
    closed_on: date | None
    counted_on: date | None
    tested_on: date | None
    reviewed_on: date | None
    replied_on: date | None
    last_of_unit: int


def _came_on(zone: ZoneInfo) -> Case:
    return Case(
        When(state=ACTIVE, begins_on__isnull=False, then="begins_on"),
        default=TruncDate("initiative__added_at", tzinfo=zone),
    )


def _last_of_unit(zone: ZoneInfo) -> Subquery:
    """The commitment that came last to the row's unit."""
    here = Commitment.objects.filter(unit=OuterRef("unit"), state__in=COUNTED)
    return Subquery(here.order_by(_came_on(zone).desc(), "-pk").values("pk")[:1])


@cache
def _with_facts(zone: ZoneInfo) -> QuerySet[Commitment]:
    """What runs or was replied about, with what its reasons rest on. Kept, because putting it
    together takes longer than reading what it finds.
    """
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
    reviews = Review.objects.filter(here, units=OuterRef("unit"))
    return Commitment.objects.annotate(
        came_on=_came_on(zone),
        lead_is_gone=Exists(named.filter(~is_there, part=PARTS.LED_BY)),
        has_sponsor=Exists(named.filter(is_there, part=PARTS.SPONSOR)),
        differ_since=_first_day(
            asked.filter(debrief_state=SurveyUnit.DebriefState.DIFFER).order_by("differ_since"),
            "differ_since",
            zone,
        ),
        answer_by=Subquery(waiting.values("answer_by")[:1]),
        waits_for=Subquery(waiting.values("whom")[:1]),
        was_followed=Q(begins_on__isnull=False)
        | Exists(asked)
        | Exists(Decision.objects.filter(here, unit=OuterRef("unit"))),
        closed_on=Subquery(_latest(Action, "closed_on").values("closed_on")[:1]),
        counted_on=Subquery(_latest(Point, "day", "measure__").values("day")[:1]),
        tested_on=_first_day(_latest(SmallTest, "ended_at"), "ended_at", zone),
        reviewed_on=_first_day(reviews.order_by("-reviewed_at"), "reviewed_at", zone),
        replied_on=_first_day(
            reviews.filter(reply_read_at=None).exclude(replied_at=None).order_by("replied_at"),
            "replied_at",
            zone,
        ),
        last_of_unit=_last_of_unit(zone),
    )


@cache
def _last_on_units(zone: ZoneInfo) -> QuerySet[Commitment]:
    """What came last to its unit."""
    return Commitment.objects.annotate(last=_last_of_unit(zone)).filter(pk=F("last"))


def that_may_be_due(
    units: QuerySet[Unit], full: Collection[int], today: date, zone: ZoneInfo
) -> list[Row]:
    """Of all on these units; `full` of them are at a limit. One query."""
    runs = Q(state__in=RUNS)
    early = today - NOTHING_FOLLOWED + A_DAY
    may_be = (
        Q(initiative__in=_last_on_units(zone).filter(unit__in=full).values("initiative"))
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
        _with_facts(zone)
        .filter(runs & may_be | Q(replied_on__isnull=False), unit__in=units)
        .order_by("unit__name", "pk")
        .values_list(*Row._fields)
    )
    return [Row._make(row) for row in found]


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


def _latest(model: type[Action | Point | SmallTest], day: str, way: str = "") -> QuerySet[Model]:
    return _here(model, way).exclude(**{day: None}).order_by(f"-{day}")


def _first_day(found: QuerySet[Model], moment: str, zone: ZoneInfo) -> Subquery:
    """The day of the first one's moment: read by the thousand, moments take longer than days."""
    day = TruncDate(moment, tzinfo=zone)
    return Subquery(found.annotate(first_day=day).values("first_day")[:1])
