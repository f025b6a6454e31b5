"""Reads what units do about their priorities, each action with the result that it came from."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, PositiveBigIntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from debriefs.models import Choice
from initiatives.models import Action
from initiatives.queries.plans import ended_lately
from organisations.rules.reading_order import reading_order

OPEN = (Action.State.PLANNED, Action.State.DOING)
# So long before its day an action stands on the start page.
SOON = timedelta(days=7)


def actions_in(scope: Q) -> QuerySet[Action]:
    """Actions in reach (`access.own_actions`) that stand in a plan.

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


def due_soon(scope: Q, *, today: date) -> list[Action]:
    """Those that are past their day or near it, by their day. One query."""
    found = actions_in(scope).filter(state__in=OPEN, due_on__lte=today + SOON)
    told = ("what", "owner", "due_on", "unit__name", "initiative__title")
    return list(found.select_related("unit", "initiative").only(*told))


def listed_actions(scope: Q, *, show: str, wanted: str, today: date) -> list[int]:
    """Keys of the actions to list, by the unit's name, then by their day. One query.

    `show` is `late`, `closed`, or else those that are open. `wanted` finds a unit, a role or words
    of the action.
    """
    found = actions_in(scope)
    if show == "closed":
        found = found.exclude(state__in=OPEN)
    elif show == "late":
        found = found.filter(state__in=OPEN, due_on__lt=today)
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
