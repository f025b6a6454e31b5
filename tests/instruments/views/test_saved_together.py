"""Several texts in one form: all are saved at once, and what is of nowhere is a sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from instruments.actions.draft import discard_draft
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.models import Item, ItemWording, Version
from instruments.presenters.section_editor import field_name
from organisations.models import Organisation, Role, User
from organisations.rules.refusal import Refused
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, ours: Organisation, editor: User) -> Client:
    MembershipFactory.create(user=editor, organisation=ours, role=Role.EDITOR)
    client.force_login(editor)
    return client


@pytest.fixture
def locked(draft: Version) -> Version:
    assert draft.copied_from is not None
    return draft.copied_from


def at(name: str, ours: Organisation, *parts: int) -> str:
    return reverse(f"question_bank_{name}", args=[ours.slug, *parts])


def three(version: Version) -> list[ItemWording]:
    edition = version.editions.get(is_verbatim=False)
    return list(ItemWording.objects.filter(edition=edition, item__section__code="MSG")[:3])


def typed(wordings: list[ItemWording]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for one in wordings:
        name = field_name(TextKey("text", one.item_id, one.edition_id, one.language))
        fields |= {name: "other words?", f"seen-{name}": one.text}
    return fields


def test_a_section_without_script(desk: Client, ours: Organisation, draft: Version) -> None:
    wordings = three(draft)
    section = at("section", ours, draft.pk, wordings[0].item.section_id)
    assert desk.post(section, typed(wordings)).status_code == 302
    changed = ItemWording.objects.filter(text="other words?")
    assert set(changed) == set(wordings)


def test_the_words_of_a_locked_version_go_to_one_draft(
    desk: Client, ours: Organisation, locked: Version
) -> None:
    wordings = three(locked)
    assert desk.post(at("words", ours, locked.pk), typed(wordings)).status_code == 302
    new = Version.objects.latest("pk")
    changed = ItemWording.objects.filter(text="other words?")
    assert {one.edition.version_id for one in changed.select_related("edition")} == {new.pk}
    codes = set(changed.values_list("item__code", flat=True))
    assert codes == {one.item.code for one in three(locked)}


@pytest.mark.parametrize("name", ["text-999999-1-en-GB", "stem-1-999999-en-GB"])
def test_words_of_nowhere_make_no_draft(
    desk: Client, ours: Organisation, draft: Version, locked: Version, name: str
) -> None:
    answer = desk.post(at("words", ours, locked.pk), {name: "new"})
    assert answer.status_code == 422
    assert "Find the word again" in answer.text
    assert set(Version.objects.all()) == {locked, draft}


def test_help_is_saved_in_both_editions(desk: Client, ours: Organisation, draft: Version) -> None:
    item = draft.items.get(code="MSG01")
    fields = {"help": "Think of last week."}
    assert desk.post(at("reading", ours, draft.pk, item.pk), fields).status_code == 302
    helps = ItemWording.objects.filter(item=item).values_list("help", flat=True)
    assert list(helps) == ["Think of last week."] * 2


@pytest.mark.parametrize("number", [0, 1, 3])
def test_what_is_typed_is_saved_before_a_statement_moves(
    desk: Client, ours: Organisation, draft: Version, number: int
) -> None:
    wordings = three(draft)
    before = wordings[1].item
    fields = {**typed(wordings[:number]), "way": "up"}
    assert desk.post(at("item_move", ours, draft.pk, before.pk), fields).status_code == 302
    assert ItemWording.objects.filter(text="other words?").count() == number
    assert Item.objects.get(pk=before.pk).position == before.position - 1


def test_a_draft_that_was_discarded_meanwhile_is_a_sentence(draft: Version, editor: User) -> None:
    new = NewText(TextKey("text", 1, 1, "en-GB"), "", "other words?")
    discard_draft(version=Version.objects.get(pk=draft.pk), by=editor)
    with pytest.raises(Refused, match="discarded this draft"):
        save_together(version=draft, texts=[new], by=editor)
