"""The count: opens a closed unit's envelopes, shuffles them and keeps the answers."""

import secrets
import uuid

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from instruments.models import Item, Section
from organisations.actions.audit_log import record
from responses.models import Comment, Envelope, Screening, Tally
from responses.models.response import Response
from responses.rules import answer_string, ballot_box
from responses.signals import survey_counted
from surveys.actions.locks import lock_survey_unit, update_survey_state
from surveys.models import Survey, SurveyUnit
from surveys.rules import comments


class CountFailed(Exception):
    """The box is not as it must be; nothing was changed. The text says what is wrong."""


@transaction.atomic
def count_survey_unit(*, survey_unit: SurveyUnit, private_key: bytes) -> bool:
    """Counts one closed unit in one transaction: True if this call did it.

    Killed at any point, either nothing has happened or all of it. Answers get fresh random keys
    and go in in a shuffled order, so neither a key nor a row's place leads back to its envelope.
    Comments are shuffled by themselves: nothing joins one to its sheet or to another of that sheet.
    """
    survey, unit = lock_survey_unit(survey_unit.pk)
    if unit.state != SurveyUnit.State.CLOSED or unit.mode != SurveyUnit.Mode.SEALED:
        return False
    sheets, written = _opened(survey, unit, private_key)
    secrets.SystemRandom().shuffle(sheets)
    Response.objects.bulk_create(
        Response(key=uuid.uuid4(), survey_unit=unit, answers=answers) for answers in sheets
    )
    kept = _keep_comments(unit, written, respondents=len(sheets))
    Envelope.objects.filter(survey_unit=unit).delete()
    unit.state = SurveyUnit.State.COUNTED
    unit.save(update_fields=["state"])
    update_survey_state(survey=survey, now=timezone.now())
    record(
        action="survey counted",
        on=unit,
        organisation=survey.organisation,
        by=None,
        sheets=len(sheets),
        comments=kept,
    )
    transaction.on_commit(
        lambda: survey_counted.send(sender=SurveyUnit, survey_unit_id=unit.pk), robust=True
    )
    return True


def _opened(
    survey: Survey, unit: SurveyUnit, private_key: bytes
) -> tuple[list[str], list[tuple[int | None, str]]]:
    """The answers of each sheet, and apart from them every comment with its part."""
    envelopes = list(Envelope.objects.filter(survey_unit=unit).values_list("sealed", flat=True))
    tallied = Tally.objects.filter(survey_unit=unit).aggregate(total=Sum("count"))["total"] or 0
    if len(envelopes) != tallied:
        raise CountFailed(f"{tallied} forms were acknowledged but {len(envelopes)} are in the box")
    version = survey.version
    items = Item.objects.filter(version=version).count()
    options = version.scale_maximum - version.scale_minimum + 1
    parts = _parts(survey)
    sheets = []
    written: list[tuple[int | None, str]] = []
    for sealed in envelopes:
        try:
            opened = ballot_box.open_envelope(private_key=private_key, sealed=bytes(sealed))
            answers, texts = comments.parted(opened)
            answer_string.check(answers, items=items, options=options)
            written += [one for one in zip(parts, texts, strict=True) if one[1]]
        except (ballot_box.CannotOpen, ValueError) as error:
            raise CountFailed("a form in the box cannot be opened") from error
        sheets.append(answers)
    return sheets, written


def _parts(survey: Survey) -> list[int | None]:
    """What each comment field of a sheet is about: a section, or (None) the whole."""
    if survey.comments == Survey.Comments.PARTS:
        sections = Section.objects.filter(version=survey.version_id).order_by("position")
        return list(sections.values_list("pk", flat=True))
    return [None] if survey.comments == Survey.Comments.WHOLE else []


def _keep_comments(
    unit: SurveyUnit, written: list[tuple[int | None, str]], *, respondents: int
) -> int:
    """Keeps what enough people wrote; the rest goes unread, with its envelopes."""
    wanted = comments.enough((part for part, _ in written), respondents=respondents)
    kept = [one for one in written if one[0] in wanted]
    secrets.SystemRandom().shuffle(kept)
    Comment.objects.bulk_create(
        Comment(survey_unit=unit, section_id=part, text=text) for part, text in kept
    )
    if kept:
        Screening.objects.create(survey_unit=unit)
    return len(kept)
