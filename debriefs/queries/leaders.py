"""Reads the leaders' own forms of a result. Only they and the improvement lead may see whose."""

from dataclasses import dataclass

from debriefs.models import Debrief, Note
from responses.rules.answer_string import DIGITS
from scoring.queries.version_layout import sheet_layout
from surveys.models import SurveyUnit
from surveys.queries.leaders_forms import sent_forms


@dataclass(frozen=True)
class LeaderForm:
    """A leader's name and the options (counted from 0) they chose, by statement."""

    name: str
    scored: dict[str, int]


def leader_forms(unit: SurveyUnit) -> tuple[LeaderForm, ...]:
    """The leaders' forms that were sent, by name. One query, and two until the layout is kept."""
    forms = sent_forms(unit)
    asked = sheet_layout(unit.survey.version, unit.survey.ward_edition)
    return tuple(
        LeaderForm(
            form.name,
            {
                code: DIGITS.index(option)
                for code, option in zip(asked.layout.items, answers, strict=False)
                if option in DIGITS
            },
        )
        for form, answers in zip(forms, asked.asked(one.answers for one in forms), strict=True)
    )


def leaders_questions(unit: SurveyUnit) -> list[Note]:
    """What leaders ask the team, once their preparation has ended. One query."""
    asked = Note.objects.filter(
        debrief__survey_unit=unit,
        debrief__kind=Debrief.Kind.PREPARATION,
        debrief__ended_at__isnull=False,
        step="bring",
    )
    return list(asked)
