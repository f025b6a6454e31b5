"""Reads what units do about their priorities, each action with the result that it came from."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from initiatives.models import Action
from organisations.unit_list import reading_order
from reports.models import Choice

OPEN = (Action.State.PLANNED, Action.State.DOING)
# So long before its day an action stands on the start page.
SOON = timedelta(days=7)


def actions_in(reach: Q) -> QuerySet[Action]:
    """Actions in reach (`access.own_actions`) that stand in a plan.

    `result` is the key of the survey unit, the latest if several results led to the priority.
    """
    chosen = Choice.objects.filter(priority=OuterRef("priority")).order_by("-survey_unit")
    return (
        Action.objects.filter(reach)
        .annotate(result=Subquery(chosen.values("survey_unit")[:1]))
        .filter(result__isnull=False)
    )


def due_soon(reach: Q, *, today: date) -> list[Action]:
    """Those that are past their day or near it, by their day. One query."""
    found = actions_in(reach).filter(state__in=OPEN, due_on__lte=today + SOON)
    told = ("what", "who", "due_on", "priority__unit__name", "priority__initiative__title")
    return list(found.select_related("priority__unit", "priority__initiative").only(*told))


def listed_actions(reach: Q, *, show: str, wanted: str, today: date) -> list[int]:
    """Keys of the actions to list, by the unit's name, then by their day. One query.

    `show` is `late`, `closed`, or else those that are open. `wanted` finds a unit, a role or words
    of the action.
    """
    found = actions_in(reach)
    if show == "closed":
        found = found.exclude(state__in=OPEN)
    elif show == "late":
        found = found.filter(state__in=OPEN, due_on__lt=today)
    else:
        found = found.filter(state__in=OPEN)
    if wanted:
        found = found.filter(
            Q(priority__unit__name__icontains=wanted)
            | Q(who__icontains=wanted)
            | Q(what__icontains=wanted)
        )
    rows = found.order_by("due_on", "pk").values_list("pk", "priority__unit__name")
    return [pk for pk, _ in sorted(rows, key=lambda row: reading_order(row[1]))]


def in_order(keys: Sequence[int], reach: Q) -> list[Action]:
    """These actions in this order. One query."""
    found = actions_in(reach).select_related("priority__unit", "priority__initiative")
    by_key = found.in_bulk(keys)
    return [by_key[key] for key in keys]
