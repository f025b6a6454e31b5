"""Comments by unit: what waits for a screener, what they have before them, what may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from instruments.queries.wording import wording_of
from responses.models import Comment, ScreenedComment, Screening
from surveys.models import Survey, SurveyUnit


@dataclass(frozen=True, slots=True)
class Written:
    """One comment; `part` is the code of the section that it is about, empty for the whole."""

    key: UUID
    part: str
    text: str


def in_hand(screening: Screening) -> list[Written]:
    """What was handed over, part by part in the version's order. One query."""
    rows = ScreenedComment.objects.filter(screening=screening).values_list(
        "key", "section__code", "text"
    )
    return [Written(key, part or "", text) for key, part, text in rows]


def shown_comments(survey_unit: SurveyUnit) -> list[Written]:
    """What the screener let through, part by part. One query."""
    rows = ScreenedComment.objects.filter(
        screening=survey_unit.pk, screening__done_at__isnull=False, shown=True
    ).values_list("key", "section__code", "text")
    return [Written(key, part or "", text) for key, part, text in rows]


def part_titles(survey_unit: SurveyUnit) -> dict[str, str]:
    """Titles as the ward read them, by section code. Two queries."""
    survey = survey_unit.survey
    sections = wording_of(edition=survey.ward_edition, language=survey.version.language)
    return {section.code: section.title for section in sections}


@dataclass(frozen=True, slots=True)
class CommentsShown:
    """What may stand with a result; `is_being_read` while nobody has decided about it."""

    comments: tuple[Written, ...]
    titles: dict[str, str]
    is_being_read: bool


def comments_beside(survey_unit: SurveyUnit) -> CommentsShown | None:
    """None where the ward was not asked for comments: no query then, else at most three."""
    is_ward = survey_unit.mode == SurveyUnit.Mode.SEALED
    if survey_unit.survey.comments == Survey.Comments.NONE or not is_ward:
        return None
    shown = tuple(shown_comments(survey_unit))
    has_parts = any(one.part for one in shown)
    return CommentsShown(
        comments=shown,
        titles=part_titles(survey_unit) if has_parts else {},
        is_being_read=not shown and is_being_read(survey_unit),
    )


def is_being_read(survey_unit: SurveyUnit) -> bool:
    """Whether somebody has still to decide what may be shown. One query."""
    return Screening.objects.filter(pk=survey_unit.pk, done_at=None).exists()


def waiting_for_reader(survey: Survey, units: Iterable[SurveyUnit]) -> list[SurveyUnit]:
    """Those of these units whose comments nobody has decided about.

    No query where the survey asks for none, else one.
    """
    if survey.comments == Survey.Comments.NONE:
        return []
    by_key = {unit.pk: unit for unit in units}
    waiting = Screening.objects.filter(survey_unit__in=by_key, done_at=None)
    return [by_key[key] for key in waiting.order_by("survey_unit").values_list("pk", flat=True)]


def to_hand_over() -> list[Screening]:
    """Asked for, and the comments are still where only the worker can read them."""
    waiting = Comment.objects.values("survey_unit")
    return list(
        Screening.objects.filter(
            asked_at__isnull=False, done_at=None, survey_unit__in=waiting
        ).order_by("pk")
    )
