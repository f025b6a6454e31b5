"""What units may need help with: decisions to hold or strengthen first, actions past their day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from initiatives.models import Decision, Initiative
from organisations.models import Organisation
from reports.queries.action_list import OPEN, actions_in
from reports.queries.digests import Digest, digests_of
from reports.queries.overview import LatestResult, latest_results

ENDED = (Initiative.State.DONE, Initiative.State.STOPPED)


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision of a unit about an improvement that is not over."""

    initiative: int
    title: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signs:
    """By unit: its latest result, what was decided, how many actions are past their day."""

    latest: dict[int, LatestResult]
    digests: dict[int, Digest]
    decided: dict[int, list[Decided]]
    late: dict[int, int]


def signs_of(organisation: Organisation, *, reach: Q, actions: Q, today: date) -> Signs:
    """Five queries at most. `reach` is `access.own_survey_units`, `actions` `own_actions`."""
    latest = latest_results(reach)
    last: dict[tuple[int, int], Decided] = {}
    for unit, initiative, title, word, reason in (
        Decision.objects.filter(initiative__organisation=organisation)
        .exclude(initiative__state__in=ENDED)
        .order_by("pk")
        .values_list("unit", "initiative", "initiative__title", "word", "reason")
    ):
        last[unit, initiative] = Decided(initiative, title, word, reason)
    decided: dict[int, list[Decided]] = {}
    for (unit, _), one in last.items():
        decided.setdefault(unit, []).append(one)
    past = actions_in(actions).filter(state__in=OPEN, due_on__lt=today).order_by()
    counted = past.values("priority__unit").annotate(number=Count("pk"))
    return Signs(
        latest=latest,
        digests=digests_of([one.survey_unit for one in latest.values()]),
        decided=decided,
        late={row["priority__unit"]: row["number"] for row in counted},
    )
