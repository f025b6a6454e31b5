"""Reads what may be due for a review, with what its reasons rest on."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
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
from initiatives.rules.review_reasons import (
    NOTHING_FOLLOWED,
    STALLED,
    WITHOUT_SPONSOR,
    Improvement,
    OnUnit,
)
from initiatives.rules.status import ACTIVE, COUNTED, ON_HOLD, PROPOSED
from organisations.models import Membership
from organisations.queries.prepared import Given, GivenKeys, PreparedRows
from overview.queries.unit_progress import asked_since
from surveys.models import SurveyUnit

RUNS = (*COUNTED, ON_HOLD)
PARTS = Responsibility.Part
# So much early a unit is read and named beside others of its improvement that are due.
A_DAY = timedelta(days=1)
# A row's columns: of the improvement, then as `Improvement` has them and as `OnUnit` does.
OF_IT = ("initiative", "initiative__title", "initiative__added_by")
OF_WHOLE = (
    *("initiative__review_on", "lead_is_gone", "has_sponsor"),
    *("initiative__review_asked_on", "initiative__stop_sign_on"),
)
UNITS, FULL = GivenKeys("units"), GivenKeys("full")


class MayBeDue(NamedTuple):
    """An improvement that may be due, on the units within reach."""

    initiative: int
    title: str
    added_by: int
    facts: Improvement


def that_may_be_due(
    units: Collection[int], full: Collection[int], today: date, zone: ZoneInfo
) -> list[MayBeDue]:
    """Of all on these units; `full` of them are at a limit. One query."""
    rows: dict[object, list[tuple[object, ...]]] = {}
    for row in _rows_of(zone).all(
        units=units,
        full=full,
        today=today,
        proposed_by=today - NOTHING_FOLLOWED + A_DAY,
        stalled=today - STALLED,
        tested_after=today - STALLED + A_DAY,
        without_sponsor=today - WITHOUT_SPONSOR,
        request_late=today - REVIEWER_AFTER,
    ):
        rows.setdefault(row[0], []).append(row)
    of_it, ends = len(OF_IT), len(OF_IT) + len(OF_WHOLE)
    found = []
    for its in rows.values():
        on_units = [OnUnit._make(row[ends:]) for row in its]
        facts = Improvement._make([on_units, *its[0][of_it:ends]])
        found.append(MayBeDue._make([*its[0][:of_it], facts]))
    return found


@cache
def _rows_of(zone: ZoneInfo) -> PreparedRows[tuple[object, ...]]:
    return PreparedRows(
        lambda: (
            _with_facts(zone)
            .filter(Q(_may_be(zone), state__in=RUNS) | Q(replied_on__isnull=False), unit__in=UNITS)
            .order_by("unit__name", "pk")
            .values_list(*OF_IT, *OF_WHOLE, *OnUnit._fields)
        )
    )


def _came_on(zone: ZoneInfo) -> Case:
    return Case(
        When(state=ACTIVE, begins_on__isnull=False, then="begins_on"),
        default=TruncDate("initiative__added_at", tzinfo=zone),
    )


def _last_of_unit(zone: ZoneInfo) -> Subquery:
    """The commitment that came last to the row's unit."""
    here = Commitment.objects.filter(unit=OuterRef("unit"), state__in=COUNTED)
    return Subquery(here.order_by(_came_on(zone).desc(), "-pk").values("pk")[:1])


def _with_facts(zone: ZoneInfo) -> QuerySet[Commitment]:
    """What runs or was replied about, with what its reasons rest on."""
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
        is_last_at_limit=Case(
            When(Q(unit__in=FULL) & Q(pk=_last_of_unit(zone)), then=True), default=False
        ),
        differ_since=_first_day(
            asked.filter(~asked_since(), debrief_state=SurveyUnit.DebriefState.DIFFER).order_by(
                "differ_since"
            ),
            "differ_since",
            zone,
        ),
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
        answer_by=Subquery(waiting.values("answer_by")[:1]),
        waits_for=Subquery(waiting.values("whom")[:1]),
    )


def _may_be(zone: ZoneInfo) -> Q:
    """What can be due; `initiatives.rules.review_reasons` decides."""
    last = Commitment.objects.annotate(last=_last_of_unit(zone)).filter(pk=F("last"))
    return (
        Q(initiative__in=last.filter(unit__in=FULL).values("initiative"))
        | Q(initiative__review_on__lte=_day("today"))
        | Q(initiative__review_asked_on__isnull=False)
        | Q(initiative__stop_sign_on__isnull=False)
        | _has_stalled(zone)
        | Q(lead_is_gone=True)
        | Q(has_sponsor=False, state=ACTIVE, begins_on__lte=_day("without_sponsor"))
        | Q(differ_since__isnull=False)
        | Q(answer_by__lte=_day("request_late"))
        | Q(was_followed=False, state=PROPOSED, came_on__lte=_day("proposed_by"))
    )


def _has_stalled(zone: ZoneInfo) -> Q:
    """Active since that day or before, and nothing closed, counted or ended after it."""
    day = _day("stalled")
    ended = _here(SmallTest).annotate(day=TruncDate("ended_at", tzinfo=zone))
    went_on = (
        _here(Action).filter(closed_on__gt=day),
        _here(Point, "measure__").filter(day__gt=day),
        ended.filter(day__gt=_day("tested_after")),
    )
    stalled = Q(state=ACTIVE, begins_on__lte=day)
    for rows in went_on:
        stalled &= ~Q(Exists(rows))
    return stalled


def _day(name: str) -> Given:
    return Given(name, DateField())


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
