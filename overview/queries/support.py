"""What units may need help with: decisions to hold or strengthen first, actions past their day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from debriefs.queries.action_list import OPEN
from initiatives.models import Action, Decision
from initiatives.rules.status import OVER
from organisations.models import Organisation
from overview.queries.ended import ended_here
from overview.queries.overview import LatestResult, latest_results
from overview.queries.summaries import ResultSummary, summaries_of


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision of a unit about an improvement that is not over there."""

    initiative: int
    title: str
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """By unit: its latest result, what was decided, how many actions are past their day."""

    latest: dict[int, LatestResult]
    digests: dict[int, ResultSummary]
    decided: dict[int, list[Decided]]
    overdue: dict[int, int]


def signs_of(organisation: Organisation, *, scope: Q, actions: Q, today: date) -> Reasons:
    """Five queries at most. `scope` and `actions` are what the reader may read."""
    latest = latest_results(scope)
    last: dict[tuple[int, int], Decided] = {}
    for unit, initiative, title, choice, reason in (
        Decision.objects.filter(initiative__organisation=organisation)
        .exclude(initiative__state__in=OVER)
        .exclude(ended_here("initiative"))
        .order_by("pk")
        .values_list("unit", "initiative", "initiative__title", "choice", "reason")
    ):
        last[unit, initiative] = Decided(initiative, title, choice, reason)
    decided: dict[int, list[Decided]] = {}
    for (unit, _), one in last.items():
        decided.setdefault(unit, []).append(one)
    past = Action.objects.filter(actions, state__in=OPEN, due_on__lt=today).order_by()
    counted = past.values("unit").annotate(number=Count("pk"))
    return Reasons(
        latest=latest,
        digests=summaries_of([one.survey_unit for one in latest.values()]),
        decided=decided,
        overdue={row["unit"]: row["number"] for row in counted},
    )
