"""The rows of the list of surveys."""

from collections.abc import Iterable
from dataclasses import dataclass

from organisations.words.dates import day
from surveys.models import Survey, SurveyUnit
from surveys.words.no_result import no_result_words

_TAGS = {
    Survey.State.DRAFT: "Draft",
    Survey.State.PREPARING: "Getting ready",
    Survey.State.SCHEDULED: "Scheduled",
    Survey.State.OPEN: "Open",
    Survey.State.CLOSED: "Being counted",
    Survey.State.COUNTED: "Counted",
    Survey.State.CANCELLED: "Cancelled",
}
_OVER = (Survey.State.COUNTED, Survey.State.PUBLISHED, Survey.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey in a line."""

    survey: Survey
    units: str
    tag: str
    when: str
    enough: str
    over: bool


def survey_rows(surveys: Iterable[Survey], *, reach: set[int]) -> list[SurveyRow]:
    """A row each; of a survey's units only those within reach. Needs the units prefetched."""
    rows = []
    for survey in surveys:
        units = [one for one in survey.survey_units.all() if one.unit_id in reach]
        rows.append(
            SurveyRow(
                survey,
                _names(units),
                result_words(units)
                if survey.state == Survey.State.PUBLISHED
                else _TAGS[Survey.State(survey.state)],
                _when(survey, units),
                _enough(units) if survey.state == Survey.State.OPEN else "",
                survey.state in _OVER,
            )
        )
    return rows


def result_words(units: list[SurveyUnit]) -> str:
    """What came of a survey that is over: never a result where the answers were destroyed."""
    counted = sum(one.state == SurveyUnit.State.COUNTED for one in units)
    if counted == 0:
        said = {no_result_words(one) for one in units}
        return said.pop() if len(said) == 1 else "No result"
    if counted < len(units):
        return f"Result ready: {counted} of {len(units)} units"
    return "Result ready"


def _names(units: list[SurveyUnit]) -> str:
    names = [one.unit_name for one in units[:3]]
    more = len(units) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _when(survey: Survey, units: list[SurveyUnit]) -> str:
    closes = max(one.closes_at for one in units)
    if survey.state in (Survey.State.PREPARING, Survey.State.SCHEDULED):
        return f"Opens {day(survey.opens_at)}"
    if survey.state == Survey.State.OPEN:
        return f"Closes {day(closes)}"
    if survey.state == Survey.State.CANCELLED:
        return ""
    return f"Closed {day(closes)}"


def _enough(units: list[SurveyUnit]) -> str:
    asked = [one for one in units if one.mode == SurveyUnit.Mode.SEALED]
    if not asked:
        return "Joint form"
    enough = sum(one.enough for one in asked)
    if len(asked) == 1:
        return "Enough for a result" if enough else "Not enough yet"
    return f"Enough for a result: {enough} of {len(asked)} units"
