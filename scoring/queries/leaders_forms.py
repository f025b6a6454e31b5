"""Whose mark is whose on the leaders' sheets: for these leaders and the lead alone.

A snapshot holds the marks and no names, so that it can be shown to the ward and outlive an erasure.
Names are put beside the marks when somebody who may know them reads the page.
"""

from dataclasses import dataclass

from scoring.queries.version_layout import sheet_layout
from scoring.rules.leaders import section_scores
from surveys.models import SurveyUnit
from surveys.queries.leaders_forms import sent_forms


@dataclass(frozen=True, slots=True)
class LeaderScores:
    """One leader's sheet: the score of each section that they scored, as it is released.

    Of leaders who agreed one sheet it is that one, and `name` has all of them.
    """

    name: str
    sections: dict[str, float]


def leaders_scores(survey_unit: SurveyUnit) -> list[LeaderScores]:
    """Sheets that were sent, by name. One query, and two more until the layout is known."""
    sheets = sent_forms(survey_unit)
    if not sheets:
        return []
    asked = sheet_layout(survey_unit.survey.version, survey_unit.survey.ward_edition)
    answers = asked.asked(sheet.answers for sheet in sheets)
    return [
        LeaderScores(sheet.name, section_scores(asked.layout, scored))
        for sheet, scored in zip(sheets, answers, strict=True)
    ]
