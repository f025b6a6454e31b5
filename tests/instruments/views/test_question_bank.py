"""The question bank's pages: what they show, what they refuse, and how many queries they take.

Over 300 lines: one version on all its pages.
"""

import json
import re
from dataclasses import replace
from html import unescape

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from devtools import ROOT
from instruments.actions.draft import copy_to_draft, new_instrument
from instruments.actions.import_instrument import import_instrument
from instruments.actions.publish_version import publish_version
from instruments.actions.translations import add_translation
from instruments.actions.wording import TextKey
from instruments.exchange.read_json import read_document
from instruments.exchange.read_xlsx import read_xlsx
from instruments.models import Edition, ItemWording, SectionWording, Version
from instruments.presenters.section_editor import field_name
from organisations.models import Organisation, Role, User
from responses.words.answer_page import DEFAULT_LANGUAGE, LANGUAGES
from tests.factories import MembershipFactory, OrganisationFactory, published_ffit
from tests.instruments.test_read_file import FFIT, LIMESURVEY

# `./dev manage exchange_schema` writes it anew.
SCHEMA = ROOT / "docs" / "instrument-exchange.schema.json"
pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script> {{ 7*7 }} {% raw %}"


@pytest.fixture
def ours() -> Organisation:
    organisation: Organisation = OrganisationFactory.create()
    return organisation


@pytest.fixture
def editor(ours: Organisation) -> User:
    user: User = MembershipFactory.create(organisation=ours, role=Role.EDITOR).user
    return user


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def draft(ours: Organisation, editor: User) -> Version:
    return copy_to_draft(version=published_ffit(), organisation=ours, by=editor)


def at(name: str, ours: Organisation, *parts: int) -> str:
    return reverse(f"question_bank_{name}", args=[ours.slug, *parts])


def preview_of(ours: Organisation, edition: Edition) -> str:
    parts = [ours.slug, edition.version_id, edition.pk, "ward"]
    return reverse("question_bank_preview_document", args=parts)


def big(ours: Organisation, editor: User, statements: int) -> Version:
    """An instrument of one section with this many statements."""
    document = {
        "instrument": {
            "code": f"BIG{statements}",
            "title": "Big",
            "scale": {"min": 0, "max": 3, "labels": ["a", "b", "c", "d"]},
            "sections": [
                {
                    "code": "A",
                    "title": "All",
                    "stem": "To what extent:",
                    "items": [{"code": f"A{n}", "text": f"{n}?"} for n in range(statements)],
                }
            ],
        }
    }
    text = read_document(document).version
    assert text is not None
    version, _ = import_instrument(text=text, organisation=ours, by=editor)
    add_translation(edition=version.editions.get(), language="cy", by=editor)
    return version


class TestList:
    def test_own_and_shared_with_a_bounded_number_of_queries(
        self, desk: Client, ours: Organisation, editor: User, django_assert_max_num_queries
    ) -> None:
        published = published_ffit()
        for _ in range(5):
            copy_to_draft(version=published, organisation=ours, by=editor)
        with django_assert_max_num_queries(8):
            body = desk.get(reverse("question_bank", args=[ours.slug])).content.decode()
        assert body.count("Continue editing") == 5
        assert "Shared by all" in body

    def test_another_organisations_draft_is_nowhere(self, desk: Client, ours: Organisation) -> None:
        other = OrganisationFactory.create()
        theirs = new_instrument(
            organisation=other, code="THEIRS", title="Theirs", minimum=0, labels=("a", "b"),
            by=MembershipFactory.create(organisation=other).user,
        )  # fmt: skip
        assert b"THEIRS" not in desk.get(reverse("question_bank", args=[ours.slug])).content
        assert desk.get(at("version", ours, theirs.pk)).status_code == 404
        assert desk.post(at("copy", ours, theirs.pk)).status_code == 404


class TestEditor:
    def test_a_hundred_times_the_statements_take_no_more_queries(
        self, desk: Client, ours: Organisation, editor: User, django_assert_max_num_queries
    ) -> None:
        for statements in (2, 200):
            version = big(ours, editor, statements)
            section = version.sections.get()
            with django_assert_max_num_queries(32):
                body = desk.get(at("section", ours, version.pk, section.pk)).content.decode()
            assert body.count('aria-label="Move A') == 2 * statements

    def test_texts_are_shown_as_text(
        self, desk: Client, ours: Organisation, draft: Version
    ) -> None:
        ItemWording.objects.filter(item__code="MSG01", edition__version=draft).update(text=NASTY)
        section = draft.sections.get(code="MSG")
        edition = draft.editions.get(is_verbatim=False)
        for address in (
            at("section", ours, draft.pk, section.pk),
            at("difference", ours, draft.pk),
            at("readings", ours, draft.pk, section.pk),
            reverse(
                "question_bank_preview_document", args=[ours.slug, draft.pk, edition.pk, "ward"]
            ),
            at("words", ours, draft.pk) + "?q=alert",
        ):
            body = desk.get(address).content.decode()
            assert "<script>alert" not in body
            plain = unescape(re.sub(r"<[^>]*>", "", body))
            assert "{{ 7*7 }}" in plain, address

    def test_a_text_saves_itself_and_a_second_editor_is_told(
        self, desk: Client, ours: Organisation, draft: Version
    ) -> None:
        item = draft.items.get(code="MSG01")
        edition = draft.editions.get(is_verbatim=False)
        name = field_name(TextKey("text", item.pk, edition.pk, "en-GB"))
        seen = "tell everyone who needs to know?"
        address = at("save", ours, draft.pk)
        answer = desk.post(address, {name: "tell everybody?", f"seen-{name}": seen})
        assert answer.status_code == 200
        assert re.fullmatch(r"\d{1,2}(:\d\d)?[ap]m|midday|midnight", answer.json()["at"])
        answer = desk.post(address, {name: "tell nights?", f"seen-{name}": seen})
        assert (answer.status_code, answer.json()["theirs"]) == (409, "tell everybody?")
        answer = desk.post(address, {name: "x" * 401, f"seen-{name}": "tell everybody?"})
        assert (answer.status_code, answer.json()["problem"]) == (
            422,
            "Use 400 characters or fewer. You have 401.",
        )

    def test_without_script_the_whole_section_is_one_form(
        self, desk: Client, ours: Organisation, draft: Version
    ) -> None:
        item = draft.items.get(code="MSG01")
        edition = draft.editions.get(is_verbatim=False)
        name = field_name(TextKey("text", item.pk, edition.pk, "en-GB"))
        address = at("section", ours, draft.pk, item.section_id)
        seen = {f"seen-{name}": "tell everyone who needs to know?"}
        assert desk.post(address, {name: "tell everybody?", **seen}).status_code == 302
        answer = desk.post(address, {name: "tell nights?", **seen})
        assert answer.status_code == 409
        body = answer.content.decode()
        assert "Someone else has changed this text" in body
        assert "tell nights?" in body
        assert ItemWording.objects.get(item=item, edition=edition).text == "tell everybody?"

    @pytest.mark.parametrize(
        "name", ["text-1-1-en-GB", "text-x-1-en-GB", "stem--1-1-cy", "x" * 200]
    )
    def test_a_field_of_nowhere_changes_nothing(
        self, desk: Client, ours: Organisation, draft: Version, name: str
    ) -> None:
        answer = desk.post(at("save", ours, draft.pk), {name: "new"})
        assert answer.status_code in {200, 422}

    def test_a_published_version_is_read_only(
        self, desk: Client, ours: Organisation, draft: Version, editor: User
    ) -> None:
        publish_version(version=draft, by=editor)
        item = draft.items.get(code="MSG01")
        edition = draft.editions.get(is_verbatim=False)
        name = field_name(TextKey("text", item.pk, edition.pk, "en-GB"))
        typed = {name: "new words?", f"seen-{name}": "tell everyone who needs to know?"}
        address = at("section", ours, draft.pk, item.section_id)
        assert b"<textarea" not in desk.get(address).content
        assert desk.post(address, typed).status_code == 422
        assert desk.post(at("save", ours, draft.pk), typed).status_code == 422
        assert desk.post(at("item_remove", ours, draft.pk, item.pk)).status_code == 422
        assert desk.post(at("discard", ours, draft.pk)).status_code == 422
        shared = draft.copied_from
        assert shared is not None
        assert desk.post(at("save", ours, shared.pk), typed).status_code == 403
        assert desk.post(at("retire", ours, shared.pk)).status_code == 403
        assert ItemWording.objects.get(item=item, edition=edition).text == seen_of(typed)

    def test_the_operators_admin_does_not_know_wording(self, client: Client) -> None:
        operator = User.objects.create_superuser("operator@example.org", "password")
        client.force_login(operator)
        assert client.get("/operators/surveys/itemwording/").status_code == 404


def seen_of(typed: dict[str, str]) -> str:
    return next(text for name, text in typed.items() if name.startswith("seen-"))


class TestPublishing:
    def test_the_difference_says_what_hinders_and_what_is_joined(
        self, desk: Client, ours: Organisation, draft: Version
    ) -> None:
        SectionWording.objects.filter(
            section__code="MSG", edition__version=draft, edition__is_verbatim=False
        ).update(stem="To what extent do you think those leading it have thought about how to:")
        body = desk.get(at("difference", ours, draft.pk)).content.decode()
        assert "1 stem differs. The scale and the order are the same." in body
        assert "those leading it</ins>" in re.sub(r"<span[^>]*>[^<]*</span>", "", body)
        assert "Show the 45 statements that stayed the same" in body
        answer = desk.post(at("publish", ours, draft.pk))
        assert answer.status_code == 422
        assert (
            "say whether the stem of section 5 still measures the same" in answer.content.decode()
        )
        edition = draft.editions.get(is_verbatim=False)
        section = draft.sections.get(code="MSG")
        declare = at("declare_stem", ours, draft.pk, section.pk, edition.pk)
        assert desk.post(declare, {"same": "maybe"}).status_code == 422
        assert desk.post(declare, {"same": "yes"}).status_code == 302
        assert desk.post(at("publish", ours, draft.pk)).status_code == 302
        draft.refresh_from_db()
        assert draft.state == Version.State.PUBLISHED


class TestExchange:
    def test_an_export_follows_the_published_schema_and_comes_back(
        self, desk: Client, ours: Organisation, draft: Version, editor: User
    ) -> None:
        add_translation(edition=draft.editions.get(is_verbatim=False), language="cy", by=editor)
        document = desk.get(at("export_json", ours, draft.pk)).json()
        schema = desk.get(reverse("question_bank_schema", args=[ours.slug])).json()
        assert schema == json.loads(SCHEMA.read_text("utf-8"))
        jsonschema.validate(document, schema)
        assert read_document(document).errors == ()
        workbook = desk.get(at("export_xlsx", ours, draft.pk))
        assert "attachment" in workbook["Content-Disposition"]
        assert read_xlsx(workbook.content, "a.xlsx").errors == ()

    def test_a_file_is_shown_first_and_taken_whole(self, desk: Client, ours: Organisation) -> None:
        address = reverse("question_bank_import", args=[ours.slug])
        file = SimpleUploadedFile("climate.txt", LIMESURVEY.read_bytes())
        answer = desk.post(address, {"file": file})
        body = answer.content.decode()
        assert answer.status_code == 200
        assert "row 17, question WHY" in body
        assert "speak up {{7*7}}?" in body and "<b>speak" not in body
        assert Version.objects.count() == 0
        kept = re.search(r'name="kept" value="([^"]+)"', body)
        assert kept is not None
        confirm = reverse("question_bank_import_confirm", args=[ours.slug])
        for _ in range(2):
            assert desk.post(confirm, {"kept": kept[1]}).status_code == 302
        version = Version.objects.get()
        assert (version.instrument.organisation, version.state) == (ours, Version.State.DRAFT)
        desk.post(confirm, {"kept": kept[1][:-2] + "xx"})
        assert Version.objects.count() == 1

    def test_a_second_file_is_compared_with_what_is_there(
        self, desk: Client, ours: Organisation, draft: Version
    ) -> None:
        document = desk.get(at("export_json", ours, draft.pk)).json()
        document["instrument"]["sections"][0]["items"][0]["text"] = "feel at ease?"
        file = SimpleUploadedFile("ffit.json", json.dumps(document).encode())
        body = desk.post(reverse("question_bank_import", args=[ours.slug]), {"file": file})
        assert "1 text changed" in body.content.decode()

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "empty"),
            (
                FFIT.replace(b"ENV02", b"ENV01"),
                "ENV01 is used twice",
            ),
            ("{}".encode("utf-16"), "UTF-16"),
            (b"PK\x03\x04", "damaged"),
        ],
    )
    def test_a_bad_file_is_refused_with_a_sentence(
        self, desk: Client, ours: Organisation, content: bytes, says: str
    ) -> None:
        file = SimpleUploadedFile("a.json", content)
        answer = desk.post(reverse("question_bank_import", args=[ours.slug]), {"file": file})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert Version.objects.count() == 0


def test_the_preview_is_the_respondents_document_in_the_chosen_language(
    desk: Client, ours: Organisation, draft: Version, editor: User
) -> None:
    edition = draft.editions.get(is_verbatim=False)
    add_translation(edition=edition, language="cy", by=editor)
    address = reverse(
        "question_bank_preview_document", args=[ours.slug, draft.pk, edition.pk, "ward"]
    )
    body = desk.get(address, {"lang": "cy"}).content.decode()
    assert "<html lang=cy>" in body
    assert "Rhagolwg" in body
    assert "Nid oes neb wedi gwirio" in body
    assert "lang=en-GB dir=ltr>tell everyone who needs to know?" in body
    assert desk.get(address, {"lang": "tlh"}).status_code == 200


def test_a_language_from_right_to_left(
    desk: Client,
    ours: Organisation,
    draft: Version,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = draft.editions.get(is_verbatim=False)
    add_translation(edition=edition, language="ur", by=editor)
    # Without words of ours in it, the statements turn and the page around them stays English.
    body = desk.get(preview_of(ours, edition), {"lang": "ur"}).content.decode()
    assert "<html lang=en-GB>" in body
    assert re.search(r"<form id=sheet[^>]* lang=ur dir=rtl", body)
    english = LANGUAGES[DEFAULT_LANGUAGE]
    catalogue = replace(english, tag="ur", name="اردو", direction="rtl")
    monkeypatch.setitem(LANGUAGES, "ur", catalogue)
    body = desk.get(preview_of(ours, edition), {"lang": "ur"}).content.decode()
    assert "<html lang=ur dir=rtl>" in body
    assert "lang=en-GB dir=ltr>tell everyone who needs to know?" in body
    section = draft.sections.get(code="MSG")
    body = desk.get(at("section", ours, draft.pk, section.pk) + "?language=ur").content.decode()
    assert 'lang="ur" dir="rtl"' in body


def test_a_new_instrument_with_its_own_scale(desk: Client, ours: Organisation) -> None:
    address = reverse("question_bank_new", args=[ours.slug])
    typed = {
        "title": "Team climate",
        "code": "CLIMATE",
        "minimum": "1",
        "labels": "No\nPerhaps\nYes",
    }
    for wrong in ({"code": "a b"}, {"labels": "only one"}, {"minimum": "x"}, {"title": ""}):
        assert desk.post(address, typed | wrong).status_code == 422
    assert Version.objects.count() == 0
    assert desk.post(address, typed).status_code == 302
    version = Version.objects.get()
    assert (version.scale_minimum, version.scale_maximum) == (1, 3)
    assert desk.post(address, typed).status_code == 422
    edition = version.editions.get()
    preview = reverse(
        "question_bank_preview_document", args=[ours.slug, version.pk, edition.pk, "ward"]
    )
    assert "<b>1</b> No" in desk.get(preview).content.decode()


@pytest.mark.parametrize("name", ["new", "import"])
def test_an_empty_form_is_answered_with_what_is_missing(
    desk: Client, ours: Organisation, name: str
) -> None:
    answer = desk.post(at(name, ours))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Version.objects.exists()
