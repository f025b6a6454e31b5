"""Reads what a reviewer needs for one improvement."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from initiatives.models import Commitment, Decision, Initiative, Review
from initiatives.queries.reviews import Seen, reviews_of, seen_of
from initiatives.rules.status import OVER
from organisations.models import Unit
from overview.queries.review_facts import RUNS
from overview.queries.reviews import Reviews, ToReview, places_in
from overview.queries.reviews import reviews_of as reviews_due
from surveys.models import SurveyUnit

# More improvements to merge into are found by name.
OFFERED = 15


@dataclass(frozen=True, slots=True)
class UnderReview:
    """One improvement on the units within reach where it is not over."""

    here: list[Commitment]
    due: ToReview | None
    reviews: Reviews
    last: Review | None
    decision: Decision | None
    seen: Seen


def under_review(initiative: Initiative, units: QuerySet[Unit]) -> UnderReview:
    """What stands about it now. Seven queries at most."""
    seen = seen_of(initiative)
    reached = list(
        Commitment.objects.filter(initiative=initiative, unit__in=units)
        .select_related("unit")
        .order_by("unit__name", "pk")
    )
    found = reviews_due(
        initiative.organisation,
        units.filter(pk__in=[one.unit_id for one in reached]),
        places=places_in(initiative.organisation, [one.unit for one in reached]),
    )
    return UnderReview(
        here=[one for one in reached if one.state not in OVER],
        due=next((one for one in found.due if one.initiative == initiative.pk), None),
        reviews=found,
        last=reviews_of(initiative, units).prefetch_related(None).first() if seen.review else None,
        decision=Decision.objects.filter(initiative=initiative, unit__in=units).last()
        if seen.decision
        else None,
        seen=seen,
    )


def others_to_merge(
    initiative: Initiative, units: QuerySet[Unit], *, wanted: str, chosen: str = ""
) -> list[Initiative]:
    """Other improvements within reach that are not over: by name, or those on the same units.

    `chosen` (a key) is offered always. One query.
    """
    concerned = Commitment.objects.filter(unit__in=units, state__in=RUNS)
    if not wanted:
        same = initiative.commitments.values("unit")
        concerned = concerned.filter(unit__in=same)
    of_all = Initiative.objects.filter(organisation=initiative.organisation, state__in=RUNS)
    found = list(
        of_all.filter(pk__in=concerned.values("initiative"), title__icontains=wanted)
        .exclude(pk=initiative.pk)
        .order_by("title", "pk")[:OFFERED]
    )
    if chosen.isascii() and chosen.isdigit() and chosen not in {str(one.pk) for one in found}:
        reach = Commitment.objects.filter(unit__in=units, state__in=RUNS).values("initiative")
        found += of_all.filter(pk__in=reach).filter(pk=int(chosen[:18])).exclude(pk=initiative.pk)
    return found


def surveys_of(initiative: Initiative, units: Collection[int]) -> tuple[int, int]:
    """How many of its surveys on these units are still to open, and how many are open."""
    states = list(
        SurveyUnit.objects.filter(
            survey__initiative=initiative,
            unit__in=units,
            state__in=(SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN),
        ).values_list("state", flat=True)
    )
    return states.count(SurveyUnit.State.NOT_OPEN), states.count(SurveyUnit.State.OPEN)
