"""The list of results: by name, never ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from organisations.words import dates
from results.access import REVIEWERS_WAIT, Listed
from results.presenters.state import state_in_list
from surveys.models import SurveyUnit
from surveys.words.no_result import no_result_words


@dataclass(frozen=True)
class ListedResult:
    """A row: a link where there is something to read, and its state in words."""

    survey_unit_id: int
    unit: str
    improvement: str
    state: str
    since: str
    is_readable: bool


def listed_results(found: Iterable[Listed]) -> list[ListedResult]:
    """One row for each unit of each survey."""
    return [_row(one.survey_unit, is_readable=one.is_readable) for one in found]


def _row(unit: SurveyUnit, *, is_readable: bool) -> ListedResult:
    published_at = unit.published_at
    since = ""
    if published_at is None:
        state = state_in_list(unit)
    elif not is_readable:
        state = f"You can read it from {dates.day(published_at + REVIEWERS_WAIT)}"
    else:
        since = dates.day(published_at)
        state = "Result ready"
        if unit.state == SurveyUnit.State.TOO_FEW:
            state = no_result_words(unit)
    return ListedResult(unit.pk, unit.unit_name, unit.survey.title, state, since, is_readable)
