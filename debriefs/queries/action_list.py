"""Reads what units do about their priorities, each action with the result that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    PositiveBigIntegerField,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from debriefs.models import Choice
from initiatives.models import Action
from initiatives.queries.plans import ended_lately
from initiatives.rules.on_time import LEAD_AFTER, MOST_MOVES, REVIEWER_AFTER, counted_days
from organisations.rules.reading_order import reading_order

OPEN = (Action.State.PLANNED, Action.State.DOING)
# So long before its day an action stands on the start page.
SOON = timedelta(days=7)
# What `initiatives.rules.on_time` says of one action.
ON_TIME = Q(closed_on__lte=F("due_on"), moved__lte=MOST_MOVES) & ~Q(outcome="")


def actions_in(scope: Q) -> QuerySet[Action]:
    """Actions in reach (`access.readable_actions`) that stand in a plan.

    `of_result` is the key of the survey unit, the latest if several results led to the priority.
    """
    chosen = Choice.objects.filter(priority=OuterRef("priority")).order_by("-survey_unit")
    return (
        Action.objects.filter(scope)
        .annotate(
            of_result=Coalesce(
                Subquery(chosen.values("survey_unit")[:1]),
                "result",
                output_field=PositiveBigIntegerField(),
            )
        )
        .filter(of_result__isnull=False)
    )


def due_soon(*, managed: Q, led: Q, reviewed: Q, today: date) -> list[Action]:
    """Open actions by their day: a manager's from 7 days before it, a lead's from a week after it,
    a reviewer's from three weeks after. One query.

    `is_own`: its reader can change it.
    """
    told = ("what", "owner", "due_on", "unit__name", "initiative__title", "is_promise")
    own = (managed & Q(due_on__lte=today + SOON)) | (led & Q(due_on__lte=today - LEAD_AFTER))
    late = reviewed & Q(due_on__lte=today - REVIEWER_AFTER)
    found = actions_in(own | late).filter(state__in=OPEN)
    return list(
        found.annotate(is_own=Case(When(managed | led, then=True), default=False))
        .select_related("unit", "initiative")
        .only(*told)
    )


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all; `all` may be none."""

    number: int
    all: int


def closed_on_time(scope: Q, *, today: date) -> Share:
    """Of the actions whose first day was in the last 12 weeks. One query."""
    counted = Action.objects.filter(scope, _in_a_plan(), _first_due_lately(today))
    return Share(**counted.aggregate(all=Count("pk"), number=Count("pk", filter=ON_TIME)))


def _first_due_lately(today: date) -> Q:
    return Q(first_due_on__range=counted_days(today))


def _in_a_plan() -> Q:
    chosen = Choice.objects.filter(priority=OuterRef("priority"))
    return Q(result__isnull=False) | Q(Exists(chosen))


def listed_actions(scope: Q, *, show: str, wanted: str, today: date) -> list[int]:
    """Keys of the actions to list, by the unit's name, then by their day. One query.

    `show` is `late`, `closed`, `missed` (not closed on time of those first due in the last 12
    weeks), or else those that are open. `wanted` finds a unit, a role or words of the action.
    """
    found = actions_in(scope)
    if show == "closed":
        found = found.exclude(state__in=OPEN)
    elif show == "late":
        found = found.filter(state__in=OPEN, due_on__lt=today)
    elif show == "missed":
        found = found.filter(_first_due_lately(today)).filter(Q(closed_on=None) | ~ON_TIME)
    else:
        found = found.filter(state__in=OPEN)
    if wanted:
        found = found.filter(
            Q(unit__name__icontains=wanted) | Q(owner__icontains=wanted) | Q(what__icontains=wanted)
        )
    rows = found.order_by("due_on", "pk").values_list("pk", "unit__name")
    return [pk for pk, _ in sorted(rows, key=lambda row: reading_order(row[1]))]


def in_order(keys: Sequence[int], scope: Q) -> list[Action]:
    """These actions in this order. One query. `ended_lately`: it can be taken up again."""
    lately = ended_lately(timezone.now()).filter(pk=OuterRef("pk"))
    found = (
        actions_in(scope)
        .annotate(ended_lately=Exists(lately))
        .select_related("unit", "initiative", "priority")
    )
    by_key = found.in_bulk(keys)
    return [by_key[key] for key in keys]
