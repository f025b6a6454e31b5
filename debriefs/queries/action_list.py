"""Reads what units do, in the plans of all their results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import overload

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.utils import timezone

from initiatives.models import Action
from initiatives.queries.plans import ended_lately
from initiatives.rules.on_time import LEAD_AFTER, MOST_MOVES, REVIEWER_AFTER, counted_days
from organisations.rules.reading_order import reading_order

OPEN = (Action.State.PLANNED, Action.State.DOING)
# So long before its day an action stands on the start page.
SOON = timedelta(days=7)
# What `initiatives.rules.on_time` says of one action.
ON_TIME = Q(closed_on__lte=F("due_on"), moved__lte=MOST_MOVES) & ~Q(outcome="")


@dataclass(frozen=True, slots=True)
class Held:
    """The actions of the units in which a member has these roles."""

    managed: Q
    led: Q
    reviewed: Q

    def due(self, today: date) -> Q:
        """Open ones by their day: a manager's from 7 days before it, a lead's from a week after
        it, a reviewer's from three weeks after.
        """
        own = Q(self.managed, due_on__lte=today + SOON) | Q(
            self.led, due_on__lte=today - LEAD_AFTER
        )
        late = Q(self.reviewed, due_on__lte=today - REVIEWER_AFTER)
        return (own | late) & Q(state__in=OPEN)


def actions_due(held: Held, *, today: date, most: int | None = None) -> QuerySet[Action]:
    """All, or any so many. `is_own`: its reader can change it."""
    found = Action.objects.filter(held.due(today))
    if most is not None:
        found = Action.objects.filter(pk__in=found.order_by().values("pk")[:most])
    return found.annotate(is_own=Case(When(held.managed | held.led, then=True), default=False))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all; `all` may be none."""

    number: int
    all: int


def closed_on_time(scope: Q, *, today: date) -> Share:
    """Of the actions whose first day was in the last 12 weeks. One query."""
    counted = Action.objects.filter(scope, first_due_lately(today))
    return Share(**counted.aggregate(all=Count("pk"), number=Count("pk", filter=ON_TIME)))


def first_due_lately(today: date) -> Q:
    """Those that count for what is closed on time."""
    return Q(first_due_on__range=counted_days(today))


class ListedActions(Sequence[int]):
    """Keys of actions by the unit's name, then by their day: as many as are asked for. A query for
    their number by unit, and one for each part.
    """

    def __init__(self, found: QuerySet[Action]) -> None:
        self._found = found
        by_unit = (
            found.order_by("unit").values_list("unit", "unit__name").annotate(number=Count("pk"))
        )
        self._units = sorted(by_unit, key=lambda row: reading_order(row[1]))
        self._number: int = sum(number for _, _, number in self._units)

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        """Read from the units on which the part lies."""
        if isinstance(wanted, int):
            found: list[int] = self[wanted : wanted + 1]
            return found[0]
        begin, end, _ = wanted.indices(self._number)
        places: dict[int, int] = {}
        before = skipped = 0
        for unit, _, number in self._units:
            if before < end and before + number > begin:
                places[unit] = len(places)
            elif before + number <= begin:
                skipped += number
            before += number
        rows = self._found.filter(unit__in=places).order_by("due_on", "pk")
        ordered = sorted(rows.values_list("pk", "unit"), key=lambda row: places[row[1]])
        return [pk for pk, _ in ordered[begin - skipped : end - skipped]]


def listed_actions(scope: Q, *, show: str, wanted: str, today: date) -> ListedActions:
    """Those to list.

    `show` is `late`, `closed`, `missed` (not closed on time of those first due in the last 12
    weeks), or else those that are open. `wanted` finds a unit, a role or words of the action.
    """
    found = Action.objects.filter(scope)
    if show == "closed":
        found = found.exclude(state__in=OPEN)
    elif show == "late":
        found = found.filter(state__in=OPEN, due_on__lt=today)
    elif show == "missed":
        found = found.filter(first_due_lately(today)).filter(Q(closed_on=None) | ~ON_TIME)
    else:
        found = found.filter(state__in=OPEN)
    if wanted:
        found = found.filter(
            Q(unit__name__icontains=wanted) | Q(owner__icontains=wanted) | Q(what__icontains=wanted)
        )
    return ListedActions(found)


def in_order(keys: Sequence[int], scope: Q) -> list[Action]:
    """These actions in this order. One query. `ended_lately`: it can be taken up again."""
    lately = ended_lately(timezone.now()).filter(pk=OuterRef("pk"))
    found = (
        Action.objects.filter(scope)
        .annotate(ended_lately=Exists(lately))
        .select_related("unit", "initiative", "priority")
    )
    by_key = found.in_bulk(keys)
    return [by_key[key] for key in keys]
