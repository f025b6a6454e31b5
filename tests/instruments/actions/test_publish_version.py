"""Publishing and retiring: from then on nothing changes, whoever asks, however they ask."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from fieldwork.queries.launching import editions_on_offer
from instruments.actions import editions, structure, translations
from instruments.actions.declare import declare_item
from instruments.actions.draft import discard_draft, new_instrument
from instruments.actions.import_instrument import import_instrument
from instruments.actions.publish_version import (
    publication_blockers,
    publish_version,
    retire_version,
)
from instruments.exchange.read_json import read_json
from instruments.exchange.write_json import as_json
from instruments.models import Version
from instruments.queries.stored_version import stored_version
from instruments.queries.wording_changes import difference
from organisations.models import AuditEntry, Organisation, User
from organisations.rules.refusal import Refused
from tests.factories import published_ffit
from tests.instruments.drafts import front_line, reword

pytestmark = pytest.mark.django_db


def test_published_is_locked_for_every_action(draft: Version, editor: User) -> None:
    publish_version(version=draft, by=editor)
    publish_version(version=draft, by=editor)
    item, edition = draft.items.get(code="MSG01"), front_line(draft)
    section = draft.sections.get(code="MSG")
    before = stored_version(draft)
    for attempt in (
        lambda: reword(draft, "MSG01", "something else?", editor),
        lambda: reword(draft, "MSG01", "rhywbeth?", editor, language="cy"),
        lambda: structure.add_item(section=section, text="new?", by=editor),
        lambda: structure.remove_item(item=item, by=editor),
        lambda: structure.move_item(item=item, up=False, by=editor),
        lambda: structure.leave_out(item=item, edition=edition, left_out=True, by=editor),
        lambda: declare_item(item=item, edition=edition, same=False, by=editor),
        lambda: editions.remove_edition(edition=edition, by=editor),
        lambda: translations.add_translation(edition=edition, language="cy", by=editor),
        lambda: discard_draft(version=draft, by=editor),
    ):
        with pytest.raises(Refused, match="locked"):
            attempt()
    assert stored_version(Version.objects.get(pk=draft.pk)) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE instruments_itemwording SET left_out = NOT left_out",
        "UPDATE instruments_itemwording SET measures_same = NOT measures_same",
        "UPDATE instruments_item SET replaces = 'ENV99'",
        "UPDATE instruments_edition SET is_locked = NOT is_locked",
        "UPDATE instruments_version SET copied_from_id = id",
        "UPDATE instruments_version SET saved_at = '2020-01-01'",
        "UPDATE instruments_sectionwording SET translated_from = 'x'",
    ],
)
def test_the_database_locks_the_new_columns_too(statement: str) -> None:
    published_ffit()
    with (
        pytest.raises(DatabaseError, match="published version cannot change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_import_makes_a_draft_beside_what_is_published(
    draft: Version, ours: Organisation, editor: User
) -> None:
    publish_version(version=draft, by=editor)
    same = stored_version(draft)
    assert import_instrument(text=same, organisation=ours, by=editor) == (draft, False)
    document = as_json(same)
    document["instrument"]["sections"][0]["items"][0]["text"] = "something else?"
    text = read_json(json.dumps(document), "a.json").version
    assert text is not None
    made, is_new = import_instrument(text=text, organisation=ours, by=editor)
    assert (is_new, made.number, made.state) == (True, "3", Version.State.DRAFT)
    assert [c.code for c in difference(made).pending] == ["ENV01"]
    assert stored_version(Version.objects.get(pk=draft.pk)) == same


def test_an_instrument_without_words_cannot_be_published(ours: Organisation, editor: User) -> None:
    version = new_instrument(
        organisation=ours, code="OWN", title="Own", minimum=0, labels=("No", "Yes"), by=editor
    )
    assert publication_blockers(version) == ["Verbatim: write the statement A01."]


def test_launch_offers_what_is_published_and_not_what_is_retired(
    draft: Version, ours: Organisation, editor: User
) -> None:
    assert front_line(draft) not in editions_on_offer(ours)
    publish_version(version=draft, by=editor)
    assert front_line(draft) in editions_on_offer(ours)
    retire_version(version=draft, by=editor)
    retire_version(version=draft, by=editor)
    assert front_line(draft) not in editions_on_offer(ours)
    actions = AuditEntry.objects.filter(object_id=str(draft.pk)).values_list("action", flat=True)
    assert sorted(actions) == ["version copied", "version published", "version retired"]
