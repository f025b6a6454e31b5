"""Reads what was decided of a result, and how far what was decided is."""

from collections.abc import Iterable
from dataclasses import dataclass

from initiatives.models import Decision
from initiatives.queries.plans import PlanProgress, progress_of_plans
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class Decided:
    """The decision that stands, and its plan."""

    decision: Decision
    progress: PlanProgress


def decision_of(unit: SurveyUnit) -> Decision | None:
    """The latest decision that rests on debriefs of this result. One query."""
    return (
        Decision.objects.filter(result=unit.pk, unit=unit.unit_id)
        .select_related("initiative__organisation")
        .order_by("pk")
        .last()
    )


def decided_of(unit: SurveyUnit) -> Decided | None:
    """None while the debriefs have not decided, or differ again. No query then, else two."""
    return decided_of_all([unit]).get(unit.pk)


def decided_of_all(units: Iterable[SurveyUnit]) -> dict[int, Decided]:
    """By survey unit, what was decided of each that is decided. Two queries at most."""
    wanted = [one.pk for one in units if one.debrief_state == SurveyUnit.DebriefState.DECIDED]
    if not wanted:
        return {}
    decisions = {one.result: one for one in Decision.objects.filter(result__in=wanted)}
    plans = progress_of_plans(wanted)
    return {
        result: Decided(one, plans.get(result, PlanProgress()))
        for result, one in decisions.items()
        if result is not None
    }
