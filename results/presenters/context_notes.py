"""Notes on a unit as they stand beside an audit, and beside the change between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from results.models import ContextNote
from results.queries.earlier_surveys import Audits
from results.words.phrases import full_date
from scoring.rules.payload import ChangeShown
from surveys.models import SurveyUnit


@dataclass(frozen=True)
class NoteView:
    """`12 May 2026: Ward 3 moved in with us.`"""

    pk: int
    day: str
    text: str
    is_of_audit: bool


def notes_on_result(
    notes: Iterable[ContextNote], survey_unit: SurveyUnit, audits: Audits
) -> tuple[NoteView, ...]:
    """Since the audit before, until the one after; and those on this audit alone."""
    first = _day(audits.before.closed_at) if audits.before else date.min
    last = _day(audits.after.closed_at) if audits.after else date.max
    return tuple(
        shown(note)
        for note in notes
        if (first < note.day <= last if note.survey_unit_id is None else _is_on(note, survey_unit))
    )


def notes_on_change(
    notes: Iterable[ContextNote], survey_unit: SurveyUnit, change: ChangeShown
) -> tuple[NoteView, ...]:
    """Between the two audits; and those on one of them alone."""
    first, last = date.fromisoformat(change["closed_on"]), _day(survey_unit.closes_at)
    both = (change["since"], survey_unit.pk)
    return tuple(
        shown(note)
        for note in notes
        if (
            first < note.day <= last if note.survey_unit_id is None else note.survey_unit_id in both
        )
    )


def shown(note: ContextNote) -> NoteView:
    """One note with its day in words."""
    return NoteView(note.pk, full_date(note.day), note.text, note.survey_unit_id is not None)


def _is_on(note: ContextNote, survey_unit: SurveyUnit) -> bool:
    return note.survey_unit_id == survey_unit.pk


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
