"""Reads what was said to the ten checks, and what the register knows without asking."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from initiatives.models import CheckAnswer, Commitment, Initiative, Responsibility
from initiatives.rules.status import OVER
from initiatives.rules.ten_checks import EFFORT, Known, open_numbers


def answers_of(initiative: Initiative) -> dict[int, str]:
    """The latest sentence to each check. One query."""
    said = CheckAnswer.objects.filter(initiative=initiative).order_by("pk")
    return dict(said.values_list("number", "answer"))


def known_of(initiative: Initiative) -> Known:
    """What the register knows of it, over all its units. Two queries."""
    begins_on = Commitment.objects.filter(
        initiative=OuterRef("initiative"), unit=OuterRef("unit")
    ).values("begins_on")
    measures = list(
        initiative.measures.filter(ended_at=None)
        .annotate(begins_on=Subquery(begins_on))
        .annotate(
            numbers=Count("points"),
            before=Count("points", filter=Q(begins_on=None) | Q(points__day__lt=F("begins_on"))),
        )
        .values_list("is_watch", "numbers", "before")
        .order_by("pk")
    )
    named = (
        Responsibility.objects.filter(initiative=OuterRef("initiative"))
        .order_by()
        .values("initiative")
        .annotate(number=Count("pk"))
    )
    here = list(
        initiative.commitments.annotate(parts=Subquery(named.values("number"))).values_list(
            "hours_a_week", "hours_at_start", "parts"
        )
    )
    return Known(
        measures=len(measures),
        watches=sum(is_watch for is_watch, _, _ in measures),
        numbers=sum(numbers for _, numbers, _ in measures),
        before=max((before for is_watch, _, before in measures if not is_watch), default=0),
        has_hours=any(said is not None for said, _, _ in here),
        is_below_limit=all(full is None for _, full, _ in here),
        parts=max((parts or 0 for _, _, parts in here), default=0),
    )


def open_checks(initiative: Initiative) -> list[int]:
    """The numbers of those that are open. Three queries."""
    return open_numbers(answers_of(initiative), known_of(initiative))


@dataclass(frozen=True, slots=True)
class Price:
    """What an improvement takes from a unit: staff hours a week, and what is given up for them."""

    hours: float | None
    gives_up: str | None


def price_on(initiative_id: int, unit_id: int) -> Subquery:
    """The fields of a `Price`, for a statement that reads something else; nothing once it is over
    on the unit.
    """
    effort = CheckAnswer.objects.filter(initiative=OuterRef("initiative"), number=EFFORT)
    said = Subquery(effort.order_by("-pk").values("answer")[:1])
    here = Commitment.objects.filter(initiative=initiative_id, unit=unit_id).exclude(state__in=OVER)
    price = JSONObject(hours="hours_a_week", gives_up=said)
    return Subquery(here.annotate(price=price).values("price")[:1])
