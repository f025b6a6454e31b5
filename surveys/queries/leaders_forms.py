"""Reads the leaders' forms of a unit: each leader's own, or the one that they agreed together."""

from dataclasses import dataclass

from django.db.models import QuerySet

from surveys.models import NamedResponse, SurveyUnit
from surveys.rules.form_kind import FormKind


@dataclass(frozen=True, slots=True)
class LeadersForm:
    """A form that was sent; `name` is its leader's, or has all of them where they agreed it."""

    name: str
    answers: str


def _forms_of(unit: SurveyUnit) -> QuerySet[NamedResponse]:
    return NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.LEADERS).order_by(
        "name", "pk"
    )


def leaders_of(unit: SurveyUnit) -> list[str]:
    """The names of the leaders who are asked. One query."""
    return list(_forms_of(unit).values_list("name", flat=True))


def sent_forms(unit: SurveyUnit) -> list[LeadersForm]:
    """Those that were sent, by name; one where the leaders answer together. One query."""
    rows = _forms_of(unit).exclude(answers="").values_list("name", "answers")
    forms = [LeadersForm(name, answers) for name, answers in rows]
    if unit.leaders_together and forms:
        return [LeadersForm(", ".join(one.name for one in forms), forms[0].answers)]
    return forms
