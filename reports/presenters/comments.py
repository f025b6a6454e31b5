"""What staff wrote, as it stands with a unit's published result."""

from dataclasses import dataclass

from surveys.models import Survey, SurveyUnit
from surveys.presenters.comments import Part, by_part, part_titles
from surveys.queries.comments import is_being_read, shown_comments

SHOWN = (
    "In people’s own words, in no order. Somebody outside the line management read them first and "
    "may have left some out. Please do not guess who wrote what."
)
BEING_READ = (
    "Staff could write comments. Somebody outside the line management reads them first, then they "
    "stand here."
)
NONE = (
    "Staff could write comments. None are shown: they need at least 10 answers, and 5 comments "
    "that can stand here."
)


@dataclass(frozen=True, slots=True)
class ResultComments:
    """A sentence, and the comments part by part."""

    sentence: str
    parts: tuple[Part, ...]


def result_comments(survey_unit: SurveyUnit) -> ResultComments | None:
    """None where the ward was not asked for comments: no query then, else at most three."""
    is_ward = survey_unit.way == SurveyUnit.Way.WARD
    if survey_unit.survey.comments == Survey.Comments.NONE or not is_ward:
        return None
    shown = shown_comments(survey_unit)
    if shown:
        titles = part_titles(survey_unit) if shown[0].part or shown[-1].part else {}
        return ResultComments(SHOWN, by_part(shown, titles))
    return ResultComments(BEING_READ if is_being_read(survey_unit) else NONE, ())
