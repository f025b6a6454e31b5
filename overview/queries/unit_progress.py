"""Where improvements stand on their units: the latest survey and the latest decision of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from initiatives.models import Commitment, Decision
from surveys.models import SurveyUnit


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One improvement on one unit."""

    commitment: Commitment
    asked: SurveyUnit | None
    decision: Decision | None


def progress_of_units(commitments: Iterable[Commitment]) -> list[UnitProgress]:
    """In the same order. Two more queries, whatever their number."""
    commitments = list(commitments)
    initiatives = {one.initiative_id for one in commitments}
    units = {one.unit_id for one in commitments}
    asked = {
        (one.survey.initiative_id, one.unit_id): one
        for one in SurveyUnit.objects.filter(survey__initiative__in=initiatives, unit__in=units)
        .exclude(state=SurveyUnit.State.CANCELLED)
        .select_related("survey")
        .order_by("survey__opens_at", "survey", "pk")
    }
    decided = {
        (one.initiative_id, one.unit_id): one
        for one in Decision.objects.filter(initiative__in=initiatives, unit__in=units)
    }
    return [
        UnitProgress(one, asked.get(key), decided.get(key))
        for one in commitments
        for key in [(one.initiative_id, one.unit_id)]
    ]


def progress_of_groups(groups: Sequence[Sequence[Commitment]]) -> list[list[UnitProgress]]:
    """The same for each group."""
    found = iter(progress_of_units(one for group in groups for one in group))
    return [list(islice(found, len(group))) for group in groups]
