"""Two editors in one draft: a form says it where what it changes was taken away meanwhile."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from instruments.actions.draft import DISCARDED, NOT_A_DRAFT, discard_draft
from instruments.actions.editions import remove_edition
from instruments.actions.structure import add_item, add_section, remove_item, remove_section
from instruments.actions.translations import add_translation, remove_translation
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.models import (
    Edition,
    Item,
    ItemWording,
    Section,
    SectionWording,
    Translation,
    Version,
)
from instruments.presenters.section_editor import field_name
from organisations.models import AuditEntry, Organisation, Role, User
from tests.factories import MembershipFactory
from tests.instruments.drafts import reword
from tests.meanwhile import somebody_else

pytestmark = pytest.mark.django_db


class Draft:
    """A draft with a section, two statements, an edition and a language that may go."""

    def __init__(self, version: Version, by: User) -> None:
        self.version, self.by = version, by
        self.edition: Edition = version.editions.get(is_verbatim=False)
        self.section: Section = add_section(version=version, title="Rota", stem="How far", by=by)
        self.item: Item = add_item(section=self.section, text="is it there in time?", by=by)
        self.other: Item = add_item(section=self.section, text="is it known?", by=by)
        self.french: Translation = add_translation(edition=self.edition, language="fr", by=by)
        # A statement that was published before, with other words: to declare.
        reword(version, "MSG01", "tell everybody?", by)
        self.known: Item = version.items.get(code="MSG01")

    def key(self, field: str, language: str = "") -> TextKey:
        own = language or self.version.language
        return TextKey(field, self.item.pk, self.edition.pk, own)

    def text(self) -> dict[str, object]:
        name = field_name(self.key("text"))
        return {name: "is it there on time?", f"seen-{name}": "is it there in time?"}

    def translated(self) -> dict[str, object]:
        return {"confirm": field_name(self.key("text", "fr"))}

    def left_out(self) -> dict[str, object]:
        return {"edition": self.edition.pk, "left_out": "yes"}


SECTION = "This section is no longer part of the draft."
STATEMENT = "This statement is no longer part of the draft."
EDITION = "This edition is no longer part of the draft."
LANGUAGE = "This language is no longer part of the draft."
CHANGED = "Someone else has changed this text"

RIVALS: dict[str, Callable[[Draft], object]] = {
    DISCARDED: lambda d: discard_draft(version=d.version, by=d.by),
    NOT_A_DRAFT: lambda d: Version.objects.filter(pk=d.version.pk).update(state="published"),
    SECTION: lambda d: remove_section(section=d.section, by=d.by),
    STATEMENT: lambda d: remove_item(item=d.item, by=d.by),
    EDITION: lambda d: remove_edition(edition=d.edition, by=d.by),
    LANGUAGE: lambda d: remove_translation(translation=d.french, by=d.by),
    CHANGED: lambda d: save_together(
        version=d.version,
        texts=[
            NewText(d.key("text"), "is it there in time?", "does it come?"),
            NewText(d.key("help"), "", "Think of nights."),
        ],
        by=d.by,
    ),
}


class Form(NamedTuple):
    """What it posts, to which rows, and what of it may be gone besides the draft."""

    parts: Callable[[Draft], tuple[int, ...]]
    fields: Callable[[Draft], dict[str, object]]
    needs: frozenset[str]
    on_locked: bool = False


def form(
    parts: Callable[[Draft], tuple[int, ...]],
    fields: Callable[[Draft], dict[str, object]] = lambda draft: {},
    *needs: str,
    on_locked: bool = False,
) -> Form:
    return Form(parts, fields, frozenset(needs), on_locked)


def nothing(draft: Draft) -> tuple[int, ...]:
    return ()


def section(draft: Draft) -> tuple[int, ...]:
    return (draft.section.pk,)


def item(draft: Draft) -> tuple[int, ...]:
    return (draft.item.pk,)


def edition(draft: Draft) -> tuple[int, ...]:
    return (draft.edition.pk,)


def french(draft: Draft) -> tuple[int, ...]:
    return (draft.french.pk,)


def named(draft: Draft) -> dict[str, object]:
    return {"name": "Nights", "label": "for nights", "why": "", "copy_of": draft.edition.pk}


TYPED = (STATEMENT, EDITION, CHANGED)
FORMS: dict[str, Form] = {
    "copy": form(nothing, on_locked=True),
    "describe": form(nothing, lambda d: {"title": "FFIT"}),
    "discard": form(nothing),
    "words": form(nothing, Draft.text, *TYPED),
    "save": form(nothing, Draft.text, *TYPED),
    "section": form(section, Draft.text, *TYPED),
    "confirm": form(section, Draft.translated, STATEMENT, EDITION),
    "section_add": form(nothing, lambda d: {"title": "Beds", "stem": "How far"}),
    "section_move": form(section, lambda d: {"way": "up"}, SECTION),
    "section_remove": form(section, lambda d: {}, SECTION),
    "item_add": form(section, lambda d: {"text": "is there one more?"}, SECTION),
    "questions": form(section, lambda d: {"asks_about": "place", "section": "Why?"}, SECTION),
    "item_move": form(item, lambda d: {"way": "down"}, STATEMENT),
    "item_remove": form(item, lambda d: {}, STATEMENT),
    "leave_out": form(item, Draft.left_out, STATEMENT, EDITION),
    "reading": form(item, lambda d: {"help": "Any day."}, *TYPED),
    "declare_item": form(lambda d: (d.known.pk, d.edition.pk), lambda d: {"same": "yes"}, EDITION),
    "edition_add": form(nothing, named, EDITION),
    "edition": form(edition, named, EDITION),
    "edition_remove": form(edition, lambda d: {}, EDITION),
    "language_add": form(nothing, lambda d: {"edition": d.edition.pk, "language": "pl"}, EDITION),
    "scale": form(
        french,
        lambda d: {**{f"label_{n}": f"{n}" for n in range(6)}, "not_sure_label": "Sais pas"},
        EDITION, LANGUAGE,
    ),
    "review": form(french, lambda d: {}, EDITION, LANGUAGE, on_locked=True),
    "language_remove": form(french, lambda d: {}, EDITION, LANGUAGE),
    "publish": form(nothing, on_locked=True),
}  # fmt: skip
INSIDE = {SECTION: {SECTION, STATEMENT}, EDITION: {EDITION, LANGUAGE}}


@pytest.fixture
def worked(draft: Version, editor: User) -> Draft:
    return Draft(draft, editor)


@pytest.fixture
def desk(client: Client, ours: Organisation, editor: User) -> Client:
    MembershipFactory.create(user=editor, organisation=ours, role=Role.EDITOR)
    client.force_login(editor)
    return client


def stored() -> list[list[tuple[object, ...]]]:
    tables = (Version, Edition, Translation, Section, SectionWording, Item, ItemWording, AuditEntry)
    return [list(table._default_manager.order_by("pk").values_list()) for table in tables]


@pytest.mark.parametrize("said", RIVALS)
def test_it_is_said_and_nothing_is_changed(
    desk: Client, ours: Organisation, worked: Draft, said: str
) -> None:
    def rival() -> None:
        RIVALS[said](worked)
        after_rival.append(stored())

    after_rival: list[object] = []
    sentences = INSIDE.get(said, {said})
    for name, one in FORMS.items():
        gone = said == DISCARDED or (said == NOT_A_DRAFT and not one.on_locked)
        if not gone and not sentences & one.needs:
            continue
        before = transaction.savepoint()
        address = reverse(
            f"question_bank_{name}", args=[ours.slug, worked.version.pk, *one.parts(worked)]
        )
        with somebody_else(rival):
            answer = desk.post(address, one.fields(worked))
        redirected = answer.status_code == 302
        text = (desk.get(answer["Location"], follow=True) if redirected else answer).text
        by_script = name == "save" and answer.status_code == 409 and "does it come?" in text
        assert by_script or any(sentence in text for sentence in sentences), name
        assert stored() == after_rival.pop(), name
        transaction.savepoint_rollback(before)
