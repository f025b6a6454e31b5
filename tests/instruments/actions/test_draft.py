"""Drafts: copied, reworded, declared, put in order; what never happens to what is published."""

import pytest

from instruments.actions import editions, structure
from instruments.actions.change_words import change_words
from instruments.actions.declare import declare_item, declare_section
from instruments.actions.draft import copy_to_draft, discard_draft, new_instrument
from instruments.actions.publish_version import publication_blockers, publish_version
from instruments.actions.wording import EditConflict, NewText, TextKey, save_together
from instruments.models import Instrument, Item, ItemMapping, ItemWording, SectionWording, Version
from instruments.queries.answer_wording import form_wording
from instruments.queries.stored_version import stored_version
from instruments.queries.wording_changes import difference, joined_codes
from instruments.queries.wording_history import wording_history
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused
from tests.factories import UserFactory, published_ffit
from tests.instruments.drafts import front_line, place_of, reword

pytestmark = pytest.mark.django_db


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
        place = TextKey("text", item.pk, verbatim.pk, "en-GB")
        with pytest.raises(Refused, match="authors’ words"):
            save_together(
                version=draft,
                texts=[NewText(place, text, "Anything else?")],
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
            texts=[NewText(place, "tell everyone who needs to know?", "tell everybody?")],
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
                texts=[
                    NewText(
                        place_of(version, "MSG01"), "tell everyone who needs to know?", "x" * 401
                    )
                ],
                by=editor,
            )
        assert Version.objects.count() == 1


class TestSaving:
    def test_the_second_editor_is_told_and_nothing_is_overwritten(
        self, draft: Version, editor: User
    ) -> None:
        seen = "tell everyone who needs to know?"
        place = place_of(draft, "MSG01")
        save_together(version=draft, texts=[NewText(place, seen, "tell everybody?")], by=editor)
        with pytest.raises(EditConflict) as told:
            save_together(
                version=draft,
                texts=[NewText(place, seen, "tell the night staff?")],
                by=UserFactory.create(),
            )
        assert told.value.theirs == "tell everybody?"
        assert ItemWording.objects.get(item=place.of_id, edition=place.edition_id).text == (
            "tell everybody?"
        )

    def test_saving_twice_is_saving_once(self, draft: Version, editor: User) -> None:
        place = place_of(draft, "MSG01")
        for _ in range(2):
            save_together(
                version=draft,
                texts=[NewText(place, "tell everyone who needs to know?", "tell everybody?")],
                by=editor,
            )
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
        assert publication_blockers(draft) == [
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
        assert "LRN05" in ItemMapping.objects.get(version=draft).maps["items"]
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
        assert publication_blockers(draft) == []

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
        place = TextKey("stem", section.pk, edition.pk, "en-GB")
        save_together(version=draft, texts=[NewText(place, stem, "How far do you:")], by=editor)
        assert len(difference(draft).pending) == 1
        declare_section(section=section, edition=edition, same=False, by=editor)
        codes = list(Item.objects.filter(section=section).values_list("code", flat=True))
        assert codes == ["MSG05", "MSG06", "MSG07", "MSG08"]
        assert publication_blockers(draft) == []

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
        codes = form_wording(edition_id=edition.pk).codes
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
