"""Whose mark is whose on the leaders' sheets: for these leaders and the lead alone.

A snapshot holds the marks and no names, so that it can be shown to the ward and outlive an erasure.
Names are put beside the marks when somebody who may know them reads the page.
"""

from dataclasses import dataclass

from scoring.leaders import section_scores
from scoring.queries.version_layout import sheet_layout
from surveys.models import NamedSheet, SurveyUnit


@dataclass(frozen=True, slots=True)
class LeaderScores:
    """One leader's sheet: the score of each section that they scored, as it is released."""

    user_id: int | None
    name: str
    sections: dict[str, float]


def leaders_scores(survey_unit: SurveyUnit) -> list[LeaderScores]:
    """Sheets that were sent, by name. One query, and two more until the layout is known."""
    sheets = list(
        NamedSheet.objects.filter(survey_unit=survey_unit, kind=NamedSheet.Kind.LEADERS)
        .exclude(answers="")
        .order_by("name", "pk")
        .values_list("user_id", "name", "answers")
    )
    if not sheets:
        return []
    asked = sheet_layout(survey_unit.survey.version, survey_unit.survey.ward_edition)
    answers = asked.asked(sheet for _, _, sheet in sheets)
    return [
        LeaderScores(user_id, name, section_scores(asked.layout, sheet))
        for (user_id, name, _), sheet in zip(sheets, answers, strict=True)
    ]
