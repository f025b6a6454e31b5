"""Reads what was said to the ten checks, and what the register knows without asking."""

from django.db.models import Count, F, Q

from initiatives.models import CheckAnswer, Initiative
from initiatives.rules.ten_checks import Known


def answers_of(initiative: Initiative) -> dict[int, str]:
    """The latest sentence to each check. One query."""
    said = CheckAnswer.objects.filter(initiative=initiative).order_by("pk")
    return dict(said.values_list("number", "answer"))


def known_of(initiative: Initiative) -> Known:
    """What the register knows of it, over all its units. Three queries."""
    counted = initiative.measures.filter(ended_at=None).aggregate(
        measures=Count("pk", distinct=True),
        watches=Count("pk", distinct=True, filter=Q(is_watch=True)),
        numbers=Count("points"),
    )
    before = (
        initiative.measures.filter(is_watch=False, ended_at=None)
        .filter(
            Q(unit__commitments__begins_on=None)
            | Q(points__day__lt=F("unit__commitments__begins_on")),
            unit__commitments__initiative=initiative,
        )
        .aggregate(most=Count("points"))
    )
    hours = list(initiative.commitments.values_list("hours_a_week", "hours_at_start"))
    return Known(
        **counted,
        before=before["most"] or 0,
        has_hours=any(said is not None for said, _ in hours),
        is_below_limit=all(full is None for _, full in hours),
        parts=initiative.responsibilities.count(),
    )
