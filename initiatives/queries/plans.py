"""Reads the plans of units."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from initiatives.models import Action, Initiative, Priority, Review
from organisations.models import Unit

OPEN = (Action.State.PLANNED, Action.State.DOING)
# What the team reads of an action that was dropped with its improvement.
ENDED = "Ended with the improvement"
# So long the team can take one up again.
TAKEN_UP_WITHIN = timedelta(days=30)


def open_actions_of(units: Iterable[Unit]) -> dict[int, int]:
    """How many actions are planned or being done, by unit id; units without any are left out."""
    counted = (
        Action.objects.filter(unit__in=units, state__in=OPEN)
        .order_by("unit")
        .values("unit")
        .annotate(number=Count("pk"))
        .values_list("unit", "number")
    )
    return dict(counted)


def open_actions(initiative: Initiative, units: Collection[int]) -> QuerySet[Action]:
    """What these units are still to do about an improvement, without what leaders promised."""
    return Action.objects.filter(
        initiative=initiative, unit__in=units, state__in=OPEN, is_promise=False
    ).order_by("pk")


def ended_lately(now: datetime) -> QuerySet[Action]:
    """Actions that ended with their improvement so lately that they can be taken up again."""
    stops = Review.objects.filter(
        initiative=OuterRef("initiative"),
        units=OuterRef("unit"),
        drops_actions=True,
        reviewed_at__gt=now - TAKEN_UP_WITHIN,
    )
    return Action.objects.filter(Exists(stops), state=Action.State.DROPPED, outcome=ENDED)


@dataclass(slots=True)
class PlanProgress:
    """How far the plan of a result is: its priorities, and the actions for them. What leaders
    promised and what follows from ideas of staff is not the team's, and is left out.

    `actions` are without those that were dropped; `next_due` is the first day on which an open one
    is due.
    """

    priorities: int = 0
    actions: int = 0
    done: int = 0
    next_due: date | None = None
    dropped: int = 0

    def add(self, state: str, due_on: date) -> None:
        """One more action for a priority."""
        if state == Action.State.DROPPED:
            self.dropped += 1
            return
        self.actions += 1
        self.done += state == Action.State.DONE
        if state in OPEN and (self.next_due is None or due_on < self.next_due):
            self.next_due = due_on


def chosen_for(results: Collection[int]) -> QuerySet[Priority]:
    """What these results' plans are for, in the order in which it was first chosen; nothing of a
    debrief that still goes on.
    """
    return Priority.objects.filter(result__in=results, chosen_at__isnull=False).order_by("pk")


def progress_of_plans(results: Collection[int]) -> dict[int, PlanProgress]:
    """By result (its survey unit), of those that have a priority. One query."""
    rows = chosen_for(results).values_list("result", "pk", "actions__state", "actions__due_on")
    found: dict[int, PlanProgress] = {}
    known = set()
    for result, priority, state, due_on in rows:
        plan = found.setdefault(result, PlanProgress())
        plan.priorities += priority not in known
        known.add(priority)
        if state is not None:  # none without an action
            plan.add(state, due_on)
    return found
