"""Whether the ballot box adds up: tallies = envelopes before the count, responses after it.

Of comments, that they are only where there may be any, and enough of each part.
"""

from django.db.models import Count, OuterRef, Subquery, Sum

from responses.models import Comment, Envelope, Screening, Tally
from responses.models.response import Response
from surveys.models import Survey, SurveyUnit
from surveys.rules import comments

# Units that come from the database at a time.
UNITS = 1000
_SEALED = (SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN, SurveyUnit.State.CLOSED)


def box_differences(*, survey: Survey) -> list[str]:
    """A sentence for each thing that does not add up; empty if all is well.

    One statement reads all numbers, so a sheet that comes in meanwhile makes no difference.
    """
    of_unit = {"survey_unit": OuterRef("pk")}
    tallied = Tally.objects.filter(**of_unit).values("survey_unit").annotate(n=Sum("count"))
    units = survey.survey_units.annotate(
        tallied=Subquery(tallied.values("n")),
        enveloped=Subquery(
            Envelope.objects.filter(**of_unit)
            .values("survey_unit")
            .annotate(n=Count("key"))
            .values("n")
        ),
        counted=Subquery(
            Response.objects.filter(**of_unit)
            .values("survey_unit")
            .annotate(n=Count("key"))
            .values("n")
        ),
    )
    found = []
    for unit in units.iterator(chunk_size=UNITS):
        tallied_n = unit.tallied or 0
        expected = {
            "envelopes": tallied_n if unit.state in _SEALED else 0,
            "responses": tallied_n if unit.state == SurveyUnit.State.COUNTED else 0,
        }
        actual = {"envelopes": unit.enveloped or 0, "responses": unit.counted or 0}
        found += [
            f"{unit.unit_name} (unit {unit.pk}, {unit.state}): "
            f"{expected[kind]} {kind} expected, {actual[kind]} found."
            for kind in expected
            if expected[kind] != actual[kind]
        ]
    return found + _comment_differences(survey)


def _comment_differences(survey: Survey) -> list[str]:
    """What stands where none may be; how many were written nobody can know."""
    screenings = dict(
        Screening.objects.filter(survey_unit__survey=survey).values_list("pk", "done_at")
    )
    kept = Comment.objects.filter(survey_unit__survey=survey)
    by_part = kept.values_list("survey_unit", "section").annotate(n=Count("key")).order_by()
    units = {unit.pk: unit for unit in survey.survey_units.all()}
    found = []
    for unit_id, section, number in by_part:
        unit = units[unit_id]
        right_kind = (section is None) == (survey.comments == Survey.Comments.WHOLE)
        if (
            survey.comments == Survey.Comments.NONE
            or not right_kind
            or unit.state != SurveyUnit.State.COUNTED
            or number < comments.FEWEST_COMMENTS
            or screenings.get(unit_id, unit) is not None
        ):
            found.append(
                f"{unit.unit_name} (unit {unit.pk}, {unit.state}): "
                f"{number} comments stand where none may be."
            )
    return found
