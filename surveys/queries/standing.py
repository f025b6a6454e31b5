"""Where improvements stand on their units: the latest survey and the latest decision of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from initiatives.models import Commitment, Decision
from organisations.models import Unit
from surveys.models import SurveyUnit


@dataclass(frozen=True, slots=True)
class Standing:
    """One improvement on one unit."""

    commitment: Commitment
    asked: SurveyUnit | None
    decision: Decision | None


def standings_of(commitments: Iterable[Commitment]) -> list[Standing]:
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
        Standing(one, asked.get(key), decided.get(key))
        for one in commitments
        for key in [(one.initiative_id, one.unit_id)]
    ]


def launched_beyond(units: QuerySet[Unit]) -> list[SurveyUnit]:
    """Surveys of these units that were launched on a full week and still run. One query."""
    return list(
        SurveyUnit.objects.filter(
            unit__in=units,
            survey__hours_at_launch__isnull=False,
            state__in=(SurveyUnit.State.WAITING, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED),
        )
        .select_related("survey")
        .order_by("-survey__launched_at", "unit_name")
    )
