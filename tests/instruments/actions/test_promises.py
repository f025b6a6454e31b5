"""What a copy owes its original: notice and purpose, and no claim to be verbatim."""

import json
from dataclasses import replace

import pytest

from instruments.actions import editions, structure
from instruments.actions.describe_version import describe_version
from instruments.actions.draft import copy_to_draft
from instruments.actions.import_instrument import import_instrument
from instruments.actions.load_instrument import load_instrument
from instruments.actions.publish_version import publication_blockers, publish_version
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.exchange.read_file import read_content
from instruments.exchange.read_json import read_json
from instruments.exchange.write_xlsx import as_xlsx
from instruments.models import Edition, ItemWording, Version
from instruments.queries.wording_changes import difference
from instruments.rules.version_text import VersionText
from organisations.models import Organisation, User
from organisations.rules.refusal import Refused
from tests.instruments.drafts import front_line
from tests.instruments.shipped import shipped_document, shipped_ffit

pytestmark = pytest.mark.django_db
NOTICE = shipped_ffit().instrument.notice
PURPOSE = shipped_ffit().instrument.purpose


def described(version: Version, by: User, **changes: str) -> None:
    words = {name: getattr(version, name) for name in ("title", "purpose", "notice", "source")}
    describe_version(version=version, by=by, **{**words, **changes})
    version.refresh_from_db()


def verbatim(version: Version) -> Edition:
    return version.editions.get(is_verbatim=True)


def own_code(of: VersionText, statements: int, **changes: object) -> VersionText:
    """The text under another code, with only so many of its statements as they were."""
    count = iter(range(10_000))
    sections = tuple(
        replace(
            section,
            items=tuple(
                item if next(count) < statements else replace(item, text=f"another {item.code}?")
                for item in section.items
            ),
        )
        for section in of.instrument.sections
    )
    instrument = replace(of.instrument, code="OTHER", sections=sections, **changes)  # type: ignore[arg-type]
    return replace(of, instrument=instrument, editions=(), translations=(), labels={})


class TestNoticeAndPurpose:
    @pytest.mark.parametrize(
        ("changes", "missing"),
        [
            ({"notice": ""}, "notice"),
            ({"notice": NOTICE.replace("not been", "been")}, "notice"),
            ({"purpose": ""}, "purpose"),
            ({"purpose": PURPOSE[:-30]}, "purpose"),
        ],
    )
    def test_a_copy_is_not_published_without_them(
        self, draft: Version, editor: User, changes: dict[str, str], missing: str
    ) -> None:
        described(draft, editor, **changes)
        with pytest.raises(Refused, match=f"The {missing} of .* must stand, word for word"):
            publish_version(version=draft, by=editor)
        assert Version.objects.get(pk=draft.pk).state == Version.State.DRAFT

    def test_a_copy_may_say_more(self, draft: Version, editor: User) -> None:
        described(draft, editor, notice=f"Ours.  {NOTICE} Ask us.", title="Ours")
        assert publish_version(version=draft, by=editor).state == Version.State.PUBLISHED

    def test_a_copy_of_a_copy_is_not_either(
        self, draft: Version, ours: Organisation, editor: User
    ) -> None:
        publish_version(version=draft, by=editor)
        again = copy_to_draft(version=draft, organisation=ours, by=editor)
        described(again, editor, notice="")
        assert any("The notice of" in one for one in publication_blockers(again))

    @pytest.mark.parametrize(("statements", "owes"), [(22, False), (23, True), (45, True)])
    def test_a_file_with_half_of_its_statements_is_a_copy_whatever_its_code(
        self, ours: Organisation, editor: User, statements: int, owes: bool
    ) -> None:
        text = own_code(shipped_ffit(), statements, notice="", title="Other")
        version, _ = import_instrument(text=text, organisation=ours, by=editor)
        blockers = [one for one in publication_blockers(version) if "must stand" in one]
        assert len(blockers) == int(owes)

    def test_the_ffit_itself_is_not_loaded_without_them(self) -> None:
        text = shipped_ffit()
        for name, of in (
            ("notice", replace(text.instrument, notice="")),
            ("purpose", replace(text.instrument, purpose="")),
        ):
            with pytest.raises(Refused, match=f"The {name} of"):
                load_instrument(text=replace(text, instrument=of))
        assert Version.objects.count() == 0

    def test_a_comparison_shows_what_became_of_them(self, draft: Version, editor: User) -> None:
        described(draft, editor, notice="Ours.", purpose="")
        assert difference(draft).described == [
            ("purpose", PURPOSE, ""),
            ("notice", NOTICE, "Ours."),
        ]


class TestNoClaim:
    def test_a_copy_is_verbatim_until_a_statement_goes(self, draft: Version, editor: User) -> None:
        assert (verbatim(draft).name, verbatim(draft).label) == ("Verbatim", "as published")
        structure.remove_item(item=draft.items.get(code="MSG01"), by=editor)
        assert (verbatim(draft).name, verbatim(draft).label) == ("Own wording", "adapted wording")

    def test_moving_there_and_back_is_verbatim_again(self, draft: Version, editor: User) -> None:
        item = draft.items.get(code="MSG01")
        structure.move_item(item=item, up=False, by=editor)
        assert verbatim(draft).name == "Own wording"
        structure.move_item(item=item, up=True, by=editor)
        assert verbatim(draft).name == "Verbatim"

    def test_what_only_an_adapted_edition_asks_changes_nothing(
        self, draft: Version, editor: User
    ) -> None:
        structure.add_item(section=draft.sections.get(code="MSG"), text="do we rest?", by=editor)
        assert verbatim(draft).name == "Verbatim"

    def test_an_imported_ffit_with_other_words_is_adapted(
        self, ours: Organisation, editor: User
    ) -> None:
        document = shipped_document()
        document["instrument"]["sections"][0]["items"][0]["text"] = "feel at ease?"
        text = read_json(json.dumps(document), "a.json").version
        assert text is not None
        version, _ = import_instrument(text=text, organisation=ours, by=editor)
        assert (verbatim(version).name, verbatim(version).label) == (
            "Own wording",
            "adapted wording",
        )
        publish_version(version=version, by=editor)
        assert verbatim(version).label == "adapted wording"

    def test_an_instrument_of_ones_own_that_was_published_elsewhere(
        self, ours: Organisation, editor: User
    ) -> None:
        text = own_code(shipped_ffit(), 0, notice="", title="Other", source="A journal")
        first, _ = import_instrument(text=text, organisation=ours, by=editor)
        publish_version(version=first, by=editor)
        assert verbatim(first).label == "as published"
        later = copy_to_draft(version=first, organisation=ours, by=editor)
        wording = ItemWording.objects.filter(item__version=later).order_by("pk")[0]
        place = TextKey("text", wording.item_id, wording.edition_id, "en-GB")
        save_together(version=later, texts=[NewText(place, wording.text, "reworded?")], by=editor)
        assert verbatim(later).label == "adapted wording"

    @pytest.mark.parametrize(
        "claim", ["Verbatim for nights", "FFIT word for word", "as published", "Authors’ own words"]
    )
    @pytest.mark.parametrize("field", ["name", "label"])
    def test_an_adapted_edition_cannot_claim_it(
        self, draft: Version, editor: User, field: str, claim: str
    ) -> None:
        words = {"name": "Nights", "label": "adapted wording", "why": "", field: claim}
        edition = front_line(draft)
        for attempt in (editions.copy_edition, editions.describe_edition):
            with pytest.raises(Refused, match="cannot be called verbatim"):
                attempt(edition=edition, by=editor, **words)

    def test_a_file_cannot_claim_it(self) -> None:
        document = shipped_document()
        document["editions"][0]["label"] = "as published"
        assert "cannot be called verbatim" in str(read_json(json.dumps(document), "a.json").errors)
        edition = replace(shipped_ffit().editions[0], name="Verbatim")
        book = as_xlsx(replace(shipped_ffit(), editions=(edition,), translations=()))
        assert "cannot be called verbatim" in str(read_content(book, "a.xlsx").errors)
