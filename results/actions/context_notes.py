"""Notes on what happened on a unit: written, put right, removed. The ward reads them."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from organisations.actions.audit_log import record
from organisations.models import Unit, User
from organisations.rules.refusal import Refused
from results.models import ContextNote
from results.signals import context_notes_changed
from surveys.models import SurveyUnit

MOST_NOTES = 30


@transaction.atomic
def add_context_note(
    *, survey_unit: SurveyUnit, day: date, text: str, only_here: bool, by: User
) -> ContextNote:
    """A note on the unit, or `only_here` on this audit. The same twice is one note."""
    unit = _lock(survey_unit.unit_id)
    _refuse_future(day)
    audit = survey_unit if only_here else None
    known = ContextNote.objects.filter(unit=unit)
    same = known.filter(survey_unit=audit, day=day, text=text).first()
    if same is not None:
        return same
    if known.count() >= MOST_NOTES:
        raise Refused(f"This unit has {MOST_NOTES} notes. Remove one first.")
    note = ContextNote.objects.create(
        unit=unit, survey_unit=audit, day=day, text=text, written_by=by
    )
    _record("context note added", note, by)
    return note


@transaction.atomic
def correct_context_note(*, note: ContextNote, day: date, text: str, by: User) -> None:
    """Another day or other words."""
    unit = _lock(note.unit_id)
    _refuse_future(day)
    found = ContextNote.objects.filter(pk=note.pk, unit=unit).first()
    if found is None:
        raise Refused("Someone else has already removed this note.")
    changed = [name for name, new in (("day", day), ("text", text)) if getattr(found, name) != new]
    if changed:
        found.day, found.text = day, text
        found.save(update_fields=changed)
        _record("context note corrected", found, by, changed=changed)


@transaction.atomic
def remove_context_note(*, note: ContextNote, by: User) -> None:
    """It stands nowhere any more."""
    _lock(note.unit_id)
    if ContextNote.objects.filter(pk=note.pk).delete()[0]:
        _record("context note removed", note, by)


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise Refused("Date must be today or in the past", field="day")


def _lock(unit_id: int) -> Unit:
    return (
        Unit.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(pk=unit_id)
    )


def _record(what: str, note: ContextNote, by: User, **detail: object) -> None:
    """The entry; the unit's documents are made anew: they would miss the note or still have it."""
    context_notes_changed.send(sender=ContextNote, unit_id=note.unit_id)
    record(
        action=what,
        on=note,
        organisation=note.unit.organisation,
        by=by,
        unit=note.unit_id,
        survey_unit=note.survey_unit_id,
        **detail,
    )
