"""Drafts, declarations, publishing, translations: what an editor may do, and what never happens."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from organisations.models import AuditEntry, Organisation, User
from organisations.refusal import Refused
from surveys.actions import editions, structure, translations
from surveys.actions.change_words import change_words
from surveys.actions.declare import declare_item, declare_section
from surveys.actions.draft import copy_to_draft, discard_draft, new_instrument
from surveys.actions.import_instrument import import_instrument
from surveys.actions.publish_version import hindrances, publish_version, retire_version
from surveys.actions.wording import Place, SavedMeanwhile, confirm_translation, save_text
from surveys.exchange_document import as_json
from surveys.exchange_json import read_json
from surveys.management.commands.load_instrument import SHIPPED
from surveys.models import (
    Edition,
    Instrument,
    Item,
    ItemWording,
    Reading,
    SectionWording,
    Translation,
    Version,
)
from surveys.queries.answer_wording import sheet_wording
from surveys.queries.launching import editions_on_offer
from surveys.queries.question_bank import completeness
from surveys.queries.stored_version import stored_version
from surveys.queries.wording_changes import difference, joined_codes
from surveys.queries.wording_history import wording_history
from tests.factories import OrganisationFactory, UserFactory, published_ffit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Organisation:
    organisation: Organisation = OrganisationFactory.create()
    return organisation


@pytest.fixture
def editor() -> User:
    user: User = UserFactory.create(name="Edith Editor")
    return user


@pytest.fixture
def draft(ours: Organisation, editor: User) -> Version:
    return copy_to_draft(version=published_ffit(), organisation=ours, by=editor)


def front_line(version: Version) -> Edition:
    return version.editions.get(is_verbatim=False)


def place_of(version: Version, code: str, *, language: str = "en-GB") -> Place:
    return Place("text", version.items.get(code=code).pk, front_line(version).pk, language)


def reword(version: Version, code: str, text: str, by: User, *, language: str = "en-GB") -> None:
    place = place_of(version, code, language=language)
    found = ItemWording.objects.filter(
        item=place.of_id, edition=place.edition_id, language=language
    ).first()
    save_text(version=version, place=place, seen=found.text if found else "", text=text, by=by)


class TestCopies:
    def test_a_copy_says_the_same_and_is_the_organisations_own(
        self, draft: Version, ours: Organisation
    ) -> None:
        assert (draft.instrument.organisation, draft.number) == (ours, "2")
        assert draft.state == Version.State.DRAFT
        before, after = stored_version(draft.copied_from or draft), stored_version(draft)
        assert after.instrument.sections == before.instrument.sections
        assert [e.sections for e in after.editions] == [e.sections for e in before.editions]
        assert after.reading == before.reading
        assert difference(draft).changes == []

    def test_the_authors_words_stay_locked_in_a_copy(self, draft: Version, editor: User) -> None:
        verbatim = draft.editions.get(is_verbatim=True)
        item = draft.items.get(code="ENV01")
        text = ItemWording.objects.get(item=item, edition=verbatim).text
        with pytest.raises(Refused, match="authors’ words"):
            save_text(
                version=draft,
                place=Place("text", item.pk, verbatim.pk, "en-GB"),
                seen=text,
                text="Anything else?",
                by=editor,
            )

    def test_a_copy_takes_a_bounded_number_of_queries(
        self, ours: Organisation, editor: User, django_assert_max_num_queries
    ) -> None:
        version = published_ffit()
        with django_assert_max_num_queries(30):
            copy_to_draft(version=version, organisation=ours, by=editor)

    def test_discarding_leaves_nothing(self, draft: Version, editor: User) -> None:
        discard_draft(version=draft, by=editor)
        assert Version.objects.count() == 1
        assert Instrument.objects.count() == 1

    def test_one_word_of_a_published_version_goes_to_a_draft(
        self, ours: Organisation, editor: User
    ) -> None:
        version = published_ffit()
        place = place_of(version, "MSG01")
        draft, edition_id = change_words(
            version=version,
            organisation=ours,
            texts=[(place, "tell everyone who needs to know?", "tell everybody?")],
            by=editor,
        )
        assert edition_id == front_line(draft).pk
        assert [c.after for c in difference(draft).changes] == ["tell everybody?"]
        assert ItemWording.objects.get(item=place.of_id, edition=place.edition_id).text == (
            "tell everyone who needs to know?"
        )

    def test_a_refused_word_leaves_no_draft(self, ours: Organisation, editor: User) -> None:
        version = published_ffit()
        with pytest.raises(Refused):
            change_words(
                version=version,
                organisation=ours,
                texts=[(place_of(version, "MSG01"), "tell everyone who needs to know?", "x" * 401)],
                by=editor,
            )
        assert Version.objects.count() == 1


class TestSaving:
    def test_the_second_editor_is_told_and_nothing_is_overwritten(
        self, draft: Version, editor: User
    ) -> None:
        seen = "tell everyone who needs to know?"
        place = place_of(draft, "MSG01")
        save_text(version=draft, place=place, seen=seen, text="tell everybody?", by=editor)
        with pytest.raises(SavedMeanwhile) as told:
            save_text(
                version=draft, place=place, seen=seen, text="tell the night staff?",
                by=UserFactory.create(),
            )  # fmt: skip
        assert told.value.theirs == "tell everybody?"
        assert ItemWording.objects.get(item=place.of_id, edition=place.edition_id).text == (
            "tell everybody?"
        )

    def test_saving_twice_is_saving_once(self, draft: Version, editor: User) -> None:
        place = place_of(draft, "MSG01")
        for _ in range(2):
            save_text(
                version=draft, place=place, seen="tell everyone who needs to know?",
                text="tell everybody?", by=editor,
            )  # fmt: skip
        assert len(wording_history(draft)) == 1

    def test_history_names_the_editor_and_both_texts(self, draft: Version, editor: User) -> None:
        reword(draft, "MSG01", "tell everybody?", editor)
        reword(draft, "MSG01", "tell us all?", editor)
        lines = wording_history(draft)
        assert [(line.who, line.was, line.became) for line in lines] == [
            (editor, "tell everybody?", "tell us all?"),
            (editor, "…", "tell everybody?"),
        ]

    @pytest.mark.parametrize("text", ["", "x" * 401, "a\x00b", "\ud800"])
    def test_what_is_no_statement_is_refused(self, draft: Version, editor: User, text: str) -> None:
        with pytest.raises(Refused):
            reword(draft, "MSG01", text, editor)


class TestDeclaring:
    def test_a_changed_wording_must_be_declared_before_publishing(
        self, draft: Version, editor: User
    ) -> None:
        reword(draft, "MSG01", "tell everybody?", editor)
        assert hindrances(draft) == [
            "Front-line edition: say whether MSG01 still measures the same."
        ]
        with pytest.raises(Refused):
            publish_version(version=draft, by=editor)
        item = draft.items.get(code="MSG01")
        declare_item(item=item, edition=front_line(draft), same=True, by=editor)
        publish_version(version=draft, by=editor)
        before = draft.copied_from
        assert before is not None
        codes = joined_codes(earlier=front_line(before), later=front_line(draft))
        assert "MSG01" in codes
        assert len(codes) == 45

    def test_another_measure_gets_a_code_that_was_never_used(
        self, draft: Version, editor: User
    ) -> None:
        item = draft.items.get(code="LRN02")
        reword(draft, "LRN02", "we will have paid time to learn on shift?", editor)
        declare_item(item=item, edition=front_line(draft), same=False, by=editor)
        item.refresh_from_db()
        assert (item.code, item.replaces) == ("LRN05", "LRN02")
        assert "LRN05" in Reading.objects.get(version=draft).maps["items"]
        publish_version(version=draft, by=editor)
        before = draft.copied_from
        assert before is not None
        codes = joined_codes(earlier=front_line(before), later=front_line(draft))
        assert {"LRN02", "LRN05"}.isdisjoint(codes)
        assert structure.free_code(draft, "LRN") == "LRN06"

    def test_the_declaration_can_be_taken_back(self, draft: Version, editor: User) -> None:
        item = draft.items.get(code="LRN02")
        reword(draft, "LRN02", "we will have paid time?", editor)
        declare_item(item=item, edition=front_line(draft), same=False, by=editor)
        item.refresh_from_db()
        declare_item(item=item, edition=front_line(draft), same=True, by=editor)
        item.refresh_from_db()
        assert (item.code, item.replaces) == ("LRN02", "")
        assert hindrances(draft) == []

    def test_changing_the_words_again_asks_again(self, draft: Version, editor: User) -> None:
        reword(draft, "MSG01", "tell everybody?", editor)
        item = draft.items.get(code="MSG01")
        declare_item(item=item, edition=front_line(draft), same=True, by=editor)
        reword(draft, "MSG01", "tell nobody?", editor)
        assert len(difference(draft).pending) == 1

    def test_a_stem_that_asks_something_else_ends_every_code_under_it(
        self, draft: Version, editor: User
    ) -> None:
        section = draft.sections.get(code="MSG")
        edition = front_line(draft)
        stem = SectionWording.objects.get(section=section, edition=edition).stem
        place = Place("stem", section.pk, edition.pk, "en-GB")
        save_text(version=draft, place=place, seen=stem, text="How far do you:", by=editor)
        assert len(difference(draft).pending) == 1
        declare_section(section=section, edition=edition, same=False, by=editor)
        codes = list(Item.objects.filter(section=section).values_list("code", flat=True))
        assert codes == ["MSG05", "MSG06", "MSG07", "MSG08"]
        assert hindrances(draft) == []

    def test_another_edition_or_scale_is_never_joined(self, draft: Version, editor: User) -> None:
        before = draft.copied_from
        assert before is not None
        verbatim = draft.editions.get(is_verbatim=True)
        assert joined_codes(earlier=front_line(before), later=verbatim) == frozenset()
        Version.objects.filter(pk=draft.pk).update(scale_maximum=4)
        assert (
            joined_codes(
                earlier=front_line(before), later=front_line(Version.objects.get(pk=draft.pk))
            )
            == frozenset()
        )


class TestStructure:
    def test_a_new_statement_is_left_out_of_the_authors_wording(
        self, draft: Version, editor: User
    ) -> None:
        item = structure.add_item(
            section=draft.sections.get(code="MSG"), text="listen to nights?", by=editor
        )
        assert item.code == "MSG05"
        asked = {
            w.edition.is_verbatim: not w.left_out for w in item.wordings.select_related("edition")
        }
        assert asked == {True: False, False: True}

    def test_moving_and_removing(self, draft: Version, editor: User) -> None:
        section = draft.sections.get(code="MSG")
        structure.move_item(item=draft.items.get(code="MSG03"), up=True, by=editor)
        structure.move_item(item=draft.items.get(code="MSG01"), up=True, by=editor)
        structure.remove_item(item=draft.items.get(code="MSG04"), by=editor)
        codes = section.items.order_by("position").values_list("code", flat=True)
        assert list(codes) == ["MSG01", "MSG03", "MSG02"]
        assert difference(draft).order_differs

    def test_the_last_statement_and_section_stay(self, ours: Organisation, editor: User) -> None:
        version = new_instrument(
            organisation=ours, code="OWN", title="Own", minimum=0, labels=("No", "Yes"), by=editor
        )
        with pytest.raises(Refused):
            structure.remove_item(item=version.items.get(), by=editor)
        with pytest.raises(Refused):
            structure.remove_section(section=version.sections.get(), by=editor)

    def test_an_edition_asks_what_it_does_not_leave_out(self, draft: Version, editor: User) -> None:
        edition = front_line(draft)
        item = draft.items.get(code="MSG04")
        structure.leave_out(item=item, edition=edition, left_out=True, by=editor)
        codes = sheet_wording(edition_id=edition.pk).codes
        assert len(codes) == 44
        assert "MSG04" not in codes
        with pytest.raises(Refused):
            structure.leave_out(
                item=item, edition=draft.editions.get(is_verbatim=True), left_out=True, by=editor
            )

    def test_a_copied_edition_is_another_edition(self, draft: Version, editor: User) -> None:
        copy = editions.copy_edition(
            edition=front_line(draft), name="Night edition", label="adapted wording", why="",
            by=editor,
        )  # fmt: skip
        assert copy.code == "night"
        assert ItemWording.objects.filter(edition=copy).count() == 45


class TestTranslations:
    def test_a_missing_text_falls_back_one_by_one(self, draft: Version, editor: User) -> None:
        edition = front_line(draft)
        translations.add_translation(edition=edition, language="pl", by=editor)
        reword(draft, "MSG01", "powiedzieć wszystkim?", editor, language="pl")
        wording = sheet_wording(edition_id=edition.pk, language="pl")
        texts = {item.code: item.text for section in wording.sections for item in section.items}
        assert texts["MSG01"] == "powiedzieć wszystkim?"
        assert texts["MSG02"] == "explain it to suit different people?"
        assert len(texts) == 45
        assert "" not in texts.values()
        assert wording.scale[0] == "Not at all"
        assert "MSG02" in wording.untranslated
        assert wording.unreviewed

    def test_review_and_its_end(self, draft: Version, editor: User) -> None:
        edition = front_line(draft)
        made = translations.add_translation(edition=edition, language="cy", by=editor)
        reword(draft, "MSG01", "dweud?", editor, language="cy")
        translations.review_translation(translation=made, by=editor)
        assert not sheet_wording(edition_id=edition.pk, language="cy").unreviewed
        reword(draft, "MSG01", "dweud wrth bawb?", editor, language="cy")
        made.refresh_from_db()
        assert (made.reviewed_by, made.reviewed_on) == (None, None)

    def test_english_that_changed_asks_for_a_check(self, draft: Version, editor: User) -> None:
        edition = front_line(draft)
        translations.add_translation(edition=edition, language="cy", by=editor)
        reword(draft, "MSG01", "dweud?", editor, language="cy")
        reword(draft, "MSG01", "tell everybody?", editor)
        welsh = next(c for c in completeness(draft) if c.translation.language == "cy")
        assert (welsh.worded, welsh.to_check) == (1, 1)
        place = place_of(draft, "MSG01", language="cy")
        confirm_translation(version=draft, place=place, by=editor)
        welsh = next(c for c in completeness(draft) if c.translation.language == "cy")
        assert welsh.to_check == 0

    def test_a_published_translation_can_still_be_reviewed(
        self, draft: Version, editor: User
    ) -> None:
        made = translations.add_translation(edition=front_line(draft), language="cy", by=editor)
        publish_version(version=draft, by=editor)
        translations.review_translation(translation=made, by=editor)
        assert Translation.objects.get(pk=made.pk).reviewed_by == editor

    def test_the_shipped_welsh_is_whole_and_unreviewed(self) -> None:
        call_command("load_instrument", verbosity=0)
        edition = front_line(Version.objects.get())
        wording = sheet_wording(edition_id=edition.pk, language="cy")
        assert wording.languages == ("en-GB", "cy")
        assert wording.untranslated == frozenset()
        assert wording.unreviewed
        assert wording.scale[0] == "Dim o gwbl"


class TestPublishing:
    def test_published_is_locked_for_every_action(self, draft: Version, editor: User) -> None:
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
            "UPDATE surveys_itemwording SET left_out = NOT left_out",
            "UPDATE surveys_itemwording SET measures_same = NOT measures_same",
            "UPDATE surveys_item SET replaces = 'ENV99'",
            "UPDATE surveys_edition SET is_locked = NOT is_locked",
            "UPDATE surveys_version SET copied_from_id = id",
            "UPDATE surveys_version SET saved_at = '2020-01-01'",
            "UPDATE surveys_sectionwording SET translated_from = 'x'",
        ],
    )
    def test_the_database_locks_the_new_columns_too(self, statement: str) -> None:
        published_ffit()
        with (
            pytest.raises(DatabaseError, match="published version cannot change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_an_import_makes_a_draft_beside_what_is_published(
        self, draft: Version, ours: Organisation, editor: User
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

    def test_an_instrument_without_words_cannot_be_published(
        self, ours: Organisation, editor: User
    ) -> None:
        version = new_instrument(
            organisation=ours, code="OWN", title="Own", minimum=0, labels=("No", "Yes"), by=editor
        )
        assert hindrances(version) == ["Verbatim: write the statement A01."]

    def test_launch_offers_what_is_published_and_not_what_is_retired(
        self, draft: Version, ours: Organisation, editor: User
    ) -> None:
        assert front_line(draft) not in editions_on_offer(ours)
        publish_version(version=draft, by=editor)
        assert front_line(draft) in editions_on_offer(ours)
        retire_version(version=draft, by=editor)
        retire_version(version=draft, by=editor)
        assert front_line(draft) not in editions_on_offer(ours)
        actions = AuditEntry.objects.filter(object_id=str(draft.pk)).values_list(
            "action", flat=True
        )
        assert sorted(actions) == ["version copied", "version published", "version retired"]


def test_the_command_prints_one_object_and_stores_nothing_with_errors(
    capsys: pytest.CaptureFixture[str], tmp_path
) -> None:
    call_command("import_instrument", SHIPPED / "ffit.json", "--dry-run", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["scale"]["max"] == 5
    assert [section["code"] for section in told["sections"]][:2] == ["ENV", "RES"]
    assert (told["languages"], told["not_carried"], told["errors"]) == (["en-GB"], [], [])
    assert Version.objects.count() == 0

    wrong = tmp_path / "wrong.json"
    wrong.write_text((SHIPPED / "ffit.json").read_text().replace("ENV02", "ENV01"))
    with pytest.raises(SystemExit) as left:
        call_command("import_instrument", wrong, "--json")
    assert left.value.code == 1
    assert "ENV01 is used twice" in json.loads(capsys.readouterr().out)["errors"][0]
    assert Version.objects.count() == 0

    call_command("import_instrument", SHIPPED / "ffit.json")
    call_command("import_instrument", SHIPPED / "ffit.json")
    assert Version.objects.get().state == Version.State.DRAFT
