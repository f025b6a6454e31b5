"""Counting a unit's responses, and comparing that with what its aggregate keeps."""

from typing import Any

from scoring.counts import Counts, count_answers
from scoring.models import Aggregate
from scoring.queries.version_layout import sheet_layout
from surveys.models import Response, Survey, SurveyUnit


def recount(*, survey_unit: SurveyUnit) -> Counts:
    """The counts of the unit's responses as they are now."""
    answers = Response.objects.filter(survey_unit=survey_unit).values_list("answers", flat=True)
    survey = survey_unit.survey
    sheet = sheet_layout(survey.version, survey.ward_edition)
    return count_answers(sheet.layout, sheet.asked(answers))


def aggregate_differences(*, survey: Survey) -> list[str]:
    """A sentence for each unit whose aggregate is not the recount; empty if all is well."""
    found = []
    units = survey.survey_units.select_related(
        "survey__version", "survey__ward_edition", "aggregate"
    )
    for unit in units.filter(way=SurveyUnit.Way.WARD):
        name = f"{unit.unit_name} (unit {unit.pk}, {unit.state})"
        kept: Aggregate | None = getattr(unit, "aggregate", None)
        if unit.state != SurveyUnit.State.COUNTED:
            if kept is not None:
                found.append(f"{name}: an aggregate is kept, none expected.")
            continue
        if kept is None:
            found.append(f"{name}: no aggregate is kept.")
            continue
        expected = recount(survey_unit=unit)
        wrong = _differing(kept.counts, expected.to_json())
        if kept.respondents != expected.respondents:
            wrong.insert(0, "respondents of the row")
        if wrong:
            found.append(f"{name}: the aggregate differs from the recount in {', '.join(wrong)}.")
    return found


def _differing(kept: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [name for name in expected if kept.get(name) != expected[name]]
