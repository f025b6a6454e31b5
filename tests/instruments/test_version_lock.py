"""A published version cannot change, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction

from instruments.models import Edition, Item, ItemWording, ScaleLabel, Section, Version
from tests.factories import published_ffit

pytestmark = pytest.mark.django_db

TABLES = [
    "instruments_section",
    "instruments_item",
    "instruments_edition",
    "instruments_scalelabel",
    "instruments_translation",
    "instruments_sectionwording",
    "instruments_itemwording",
]
CHANGES = [
    "UPDATE instruments_version SET title = 'Another tool'",
    "UPDATE instruments_version SET notice = ''",
    "UPDATE instruments_version SET scale_maximum = 6",
    "UPDATE instruments_version SET state = 'draft'",
    "UPDATE instruments_version SET published_at = NULL",
    "UPDATE instruments_section SET position = position + 1",
    "UPDATE instruments_item SET code = 'X' || code",
    "UPDATE instruments_edition SET label = 'as published' WHERE is_verbatim",
    "UPDATE instruments_scalelabel SET label = 'Quite' WHERE value = 2",
    "UPDATE instruments_translation SET not_sure_label = 'Maybe'",
    "UPDATE instruments_sectionwording SET stem = 'Do they:'",
    "UPDATE instruments_itemwording SET text = 'are happy?'",
]


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("state", ["published", "retired"])
def test_no_statement_changes_it(statement: str, state: str) -> None:
    published_ffit()
    if state == "retired":
        run("UPDATE instruments_version SET state = 'retired'")
    words = set(ItemWording.objects.values_list("pk", "text"))
    with pytest.raises(DatabaseError, match="cannot change"):
        run(statement)
    assert set(ItemWording.objects.values_list("pk", "text")) == words


@pytest.mark.parametrize("table", [*TABLES, "instruments_version"])
def test_no_row_can_be_taken_out(table: str) -> None:
    published_ffit()
    with pytest.raises(DatabaseError, match="cannot change"):
        run(f"DELETE FROM {table}")


def test_nothing_can_be_added_by_the_models() -> None:
    version = published_ffit()
    section = Section.objects.filter(version=version)[0]
    additions = [
        Section(version=version, position=8, code="NEW"),
        Item(version=version, section=section, position=12, code="ENV12"),
        Edition(version=version, code="another", name="Another"),
        ScaleLabel(version=version, language="cy", value=0, label="Dim o gwbl"),
    ]
    for addition in additions:
        with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic():
            addition.save()


def test_the_models_cannot_change_it_either() -> None:
    version = published_ffit()
    version.notice = ""
    with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError, match="cannot change"), transaction.atomic():
        ItemWording.objects.update(text="")


def test_a_statement_cannot_be_moved_in_from_a_draft() -> None:
    version = published_ffit()
    draft = Version.objects.create(instrument=version.instrument, number="2", title="Draft")
    section = Section.objects.create(version=draft, position=1, code="ENV")
    item = Item.objects.create(version=draft, section=section, position=1, code="NEW01")
    with pytest.raises(DatabaseError, match="cannot change"):
        run(f"UPDATE instruments_item SET version_id = {version.pk} WHERE id = {item.pk}")


def test_it_may_be_retired_and_its_translation_reviewed() -> None:
    version = published_ffit()
    run("UPDATE instruments_translation SET reviewed_on = '2026-11-20'")
    run("UPDATE instruments_version SET state = 'retired'")
    version.refresh_from_db()
    assert version.state == Version.State.RETIRED


def test_a_draft_stays_free() -> None:
    version = published_ffit()
    draft = Version.objects.create(instrument=version.instrument, number="2", title="Draft")
    section = Section.objects.create(version=draft, position=1, code="ENV")
    Item.objects.create(version=draft, section=section, position=1, code="ENV01")
    draft.title = "Better"
    draft.save()
    draft.delete()
