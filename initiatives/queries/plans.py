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
    """How far a plan is; `next_due` is the first day on which an open action is due."""

    priorities: int = 0
    actions: int = 0
    done: int = 0
    next_due: date | None = None


def progress_of_plans(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], PlanProgress]:
    """By initiative and unit, of these that have a priority. One query."""
    rows = Priority.objects.filter(
        initiative__in={initiative for initiative, _ in keys}, unit__in={unit for _, unit in keys}
    ).values_list("initiative", "unit", "pk", "actions__state", "actions__due_on")
    found: dict[tuple[int, int], PlanProgress] = {}
    known = set()
    for initiative, unit, priority, state, due_on in rows:
        if (initiative, unit) not in keys:
            continue
        plan = found.setdefault((initiative, unit), PlanProgress())
        plan.priorities += priority not in known
        known.add(priority)
        if state in (None, Action.State.DROPPED):  # without an action the state is none
            continue
        plan.actions += 1
        plan.done += state == Action.State.DONE
        if state in OPEN and (plan.next_due is None or due_on < plan.next_due):
            plan.next_due = due_on
    return found
