"""The list of results: by name, never ranked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from organisations import dates
from organisations.models import Membership
from reports.access import OWN, REVIEWERS_WAIT, reviewers_may_read, roles_over
from reports.presenters.state import state_in_list
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class ListedResult:
    """A row: a link where there is something to read, and its state in words."""

    survey_unit_id: int
    unit: str
    improvement: str
    state: str
    since: str
    is_readable: bool


def listed_results(
    units: Iterable[SurveyUnit], memberships: Collection[Membership]
) -> list[ListedResult]:
    """One row for each unit of each survey, as these memberships may read it."""
    return [_row(unit, is_own=bool(roles_over(unit.unit, memberships) & OWN)) for unit in units]


def _row(unit: SurveyUnit, *, is_own: bool) -> ListedResult:
    published_at = unit.published_at
    is_debriefed = getattr(unit, "is_debriefed", False)
    is_readable = is_own or is_debriefed or reviewers_may_read(published_at)
    since = ""
    if published_at is None:
        state = state_in_list(unit)
    elif not is_readable:
        state = f"You can read it from {dates.short_day(published_at + REVIEWERS_WAIT)}"
    else:
        since = dates.short_day(published_at)
        few = unit.state == SurveyUnit.State.TOO_FEW
        state = "No result: too few answered" if few else "Result ready"
    return ListedResult(unit.pk, unit.unit_name, unit.survey.title, state, since, is_readable)
