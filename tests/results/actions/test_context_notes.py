"""Notes on a unit: written once, put right, removed; each with its entry in the audit trail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from organisations.models import AuditEntry, Role, User
from organisations.rules.refusal import Refused
from reports.models import Document
from results.actions.context_notes import (
    MOST_NOTES,
    add_context_note,
    correct_context_note,
    remove_context_note,
)
from results.models import ContextNote
from scoring.models import Snapshot
from tests.published_house import House

DAY = date(2026, 5, 12)


@pytest.fixture
def manager(house: House) -> User:
    return house.member(Role.MANAGER, house.ward_7)


def add(house: House, by: User, **values: Any) -> ContextNote:
    fields = {"day": DAY, "text": "Ward 3 moved in.", "only_here": False, **values}
    return add_context_note(survey_unit=house.result, by=by, **fields)


def entries() -> list[str]:
    found = AuditEntry.objects.filter(action__startswith="context note").order_by("pk")
    return list(found.values_list("action", flat=True))


def test_adding_twice_is_one_note_and_one_entry(house: House, manager: User) -> None:
    note = add(house, manager)
    assert add(house, manager) == note
    assert (note.unit, note.survey_unit) == (house.ward_7, None)
    assert entries() == ["context note added"]
    entry = AuditEntry.objects.get(action="context note added")
    assert (entry.actor, entry.organisation) == (manager, house.organisation)
    assert "moved" not in str(entry.detail)


def test_a_note_on_this_audit_alone_is_another(house: House, manager: User) -> None:
    add(house, manager)
    assert add(house, manager, only_here=True).survey_unit == house.result
    assert ContextNote.objects.count() == 2


def test_correcting_says_what_changed_and_nothing_where_nothing_did(
    house: House, manager: User
) -> None:
    note = add(house, manager)
    correct_context_note(note=note, day=DAY, text="Ward 3 moved in.", by=manager)
    assert entries() == ["context note added"]
    correct_context_note(note=note, day=DAY, text="Ward 4 moved in.", by=manager)
    assert ContextNote.objects.get().text == "Ward 4 moved in."
    assert AuditEntry.objects.get(action="context note corrected").detail["changed"] == ["text"]


def test_removing_twice_is_one_entry_and_correcting_then_is_refused(
    house: House, manager: User
) -> None:
    note = add(house, manager)
    remove_context_note(note=ContextNote.objects.get(pk=note.pk), by=manager)
    remove_context_note(note=note, by=manager)
    assert entries() == ["context note added", "context note removed"]
    with pytest.raises(Refused, match="already removed this note"):
        correct_context_note(note=note, day=DAY, text="Again", by=manager)


def test_tomorrow_is_refused(house: House, manager: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="today or in the past"):
        add(house, manager, day=tomorrow)
    note = add(house, manager)
    with pytest.raises(Refused, match="today or in the past"):
        correct_context_note(note=note, day=tomorrow, text="x", by=manager)
    assert ContextNote.objects.get().day == DAY


def test_a_unit_has_so_many_notes_at_most(house: House, manager: User) -> None:
    for number in range(MOST_NOTES):
        add(house, manager, text=f"Change {number}")
    with pytest.raises(Refused, match="Remove one first"):
        add(house, manager, text="One more")
    assert ContextNote.objects.count() == MOST_NOTES


def test_documents_that_would_miss_the_note_are_made_anew(house: House, manager: User) -> None:
    Document.objects.create(
        snapshot=Snapshot.objects.get(), kind="wall", asked_by=manager, asked_at=timezone.now()
    )
    add(house, manager)
    assert not Document.objects.exists()
