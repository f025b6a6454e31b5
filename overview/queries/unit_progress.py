"""Where improvements stand on their units: the latest survey and the latest decision of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from initiatives.access import DECIDING, units_held
from initiatives.models import Commitment, Decision
from initiatives.queries.register import commitments_in
from organisations.queries.for_member import Member, MembersRows
from organisations.queries.prepared import GivenKeys
from surveys.models import SurveyUnit

# So many improvements stand on Home.
SHOWN = 15


@dataclass(frozen=True, slots=True)
class LastDecision:
    """What a unit decided last about an improvement."""

    choice: Decision.Choice
    decided_at: datetime
    without_survey: bool


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One improvement on one unit."""

    commitment: Commitment
    asked: SurveyUnit | None
    decision: LastDecision | None


def first_running(member: Member) -> list[Commitment]:
    """For those who decide, the first improvements on their units, as `commitments_in` reads them.
    One query; none for others.
    """
    return _RUNNING.all(member) if member.roles & set(DECIDING) else []


def _running(member: Member) -> QuerySet[Commitment]:
    units = units_held(memberships=member.memberships, organisation=member.organisation)
    return commitments_in(units)[:SHOWN]


_RUNNING = MembersRows(_running)


def progress_of_units(commitments: Iterable[Commitment]) -> list[UnitProgress]:
    """In the same order. Two more queries, whatever their number."""
    commitments = list(commitments)
    decided = {
        (initiative, unit): LastDecision(Decision.Choice(choice), decided_at, without_survey)
        for initiative, unit, choice, decided_at, without_survey in Decision.objects.filter(
            initiative__in={one.initiative_id for one in commitments},
            unit__in={one.unit_id for one in commitments},
        )
        .order_by("pk")
        .values_list("initiative", "unit", "choice", "decided_at", "without_survey")
    }
    asked = asked_about(
        {one.initiative_id for one in commitments}, {one.unit_id for one in commitments}
    )
    return _together(commitments, asked.select_related("survey"), decided)


def progress_at_hand(
    commitments: Sequence[Commitment], asked: Iterable[SurveyUnit]
) -> list[UnitProgress]:
    """The same of what `commitments_in` and `asked_about` have read. No query."""
    decided = {
        (one.initiative_id, one.unit_id): LastDecision(
            Decision.Choice(one.decided),  # type: ignore[attr-defined]
            one.decided_at,  # type: ignore[attr-defined]
            one.decided_without_survey,  # type: ignore[attr-defined]
        )
        for one in commitments
        if one.decided  # type: ignore[attr-defined]
    }
    return _together(commitments, asked, decided)


def asked_about(
    initiatives: Collection[int] | GivenKeys, units: Collection[int] | GivenKeys
) -> QuerySet[SurveyUnit]:
    """Every survey about one of these improvements on one of these units, but cancelled ones."""
    found = SurveyUnit.objects.filter(survey__initiative__in=initiatives, unit__in=units)
    return found.exclude(state=SurveyUnit.State.CANCELLED)


def asked_since() -> Exists:
    """Whether the survey unit's unit was asked about the same improvement once more since."""
    later = SurveyUnit.objects.filter(
        unit=OuterRef("unit"),
        survey__initiative=OuterRef("survey__initiative"),
        survey__opens_at__gt=OuterRef("survey__opens_at"),
    )
    return Exists(later.exclude(state=SurveyUnit.State.CANCELLED))


def _together(
    commitments: Iterable[Commitment],
    asked: Iterable[SurveyUnit],
    decided: Mapping[tuple[int, int], LastDecision],
) -> list[UnitProgress]:
    by_opening = sorted(asked, key=lambda one: (one.survey.opens_at, -one.survey_id, one.pk))
    last = {(one.survey.initiative_id, one.unit_id): one for one in by_opening}
    return [
        UnitProgress(one, last.get(key), decided.get(key))
        for one in commitments
        for key in [(one.initiative_id, one.unit_id)]
    ]


def progress_of_groups(groups: Sequence[Sequence[Commitment]]) -> list[list[UnitProgress]]:
    """The same for each group."""
    found = iter(progress_of_units(one for group in groups for one in group))
    return [list(islice(found, len(group))) for group in groups]
