"""Which statements ask the same in plainer words: a mark that other words take away."""

import pytest

from instruments.actions.draft import copy_to_draft
from instruments.actions.editions import remove_edition
from instruments.actions.load_instrument import load_instrument
from instruments.actions.wording import NewText, TextKey, save_together
from instruments.exchange.read_json import read_document
from instruments.models import Edition, ItemWording, SectionWording, Version
from instruments.queries.item_mappings import same_meaning_of
from instruments.queries.stored_version import stored_version
from organisations.models import User
from tests.factories import OrganisationFactory, UserFactory
from tests.instruments.shipped import shipped_document, shipped_ffit

pytestmark = pytest.mark.django_db

ENV = frozenset(f"ENV{number:02}" for number in range(1, 12))


@pytest.fixture
def editor() -> User:
    return UserFactory.create()


@pytest.fixture
def draft(editor: User) -> Version:
    version, _ = load_instrument(text=shipped_ffit())
    return copy_to_draft(version=version, organisation=OrganisationFactory.create(), by=editor)


def second(draft: Version) -> Edition:
    return draft.editions.get(code="front-line-2")


def change(edition: Edition, code: str, editor: User, field: str = "text") -> None:
    """Other words for a statement, or for the stem of a section."""
    if field == "stem":
        section = edition.version.sections.get(code=code)
        of, seen = section.pk, SectionWording.objects.get(section=section, edition=edition).stem
    else:
        item = edition.version.items.get(code=code)
        of = item.pk
        seen = getattr(ItemWording.objects.get(item=item, edition=edition, language="en-GB"), field)
    place = TextKey(field, of, edition.pk, "en-GB")
    save_together(
        version=edition.version, texts=[NewText(place, seen, "Something else?")], by=editor
    )


def test_a_copy_has_the_marks(draft: Version) -> None:
    assert len(same_meaning_of(second(draft))) == 34


def test_a_reworded_statement_loses_its_mark(draft: Version, editor: User) -> None:
    before = same_meaning_of(second(draft))
    change(second(draft), "ENV01", editor)
    assert before - same_meaning_of(second(draft)) == {"ENV01"}


def test_a_reworded_stem_takes_the_marks_of_its_section(draft: Version, editor: User) -> None:
    before = same_meaning_of(second(draft))
    change(second(draft), "ENV", editor, "stem")
    assert before - same_meaning_of(second(draft)) == ENV


def test_another_help_changes_no_mark(draft: Version, editor: User) -> None:
    before = same_meaning_of(second(draft))
    change(second(draft), "ENV01", editor, "help")
    assert same_meaning_of(second(draft)) == before


def test_words_of_another_edition_change_no_mark(draft: Version, editor: User) -> None:
    before = same_meaning_of(second(draft))
    change(draft.editions.get(code="front-line"), "ENV01", editor)
    assert same_meaning_of(second(draft)) == before


def test_what_is_stored_without_an_edition_has_no_marks_for_it(
    draft: Version, editor: User
) -> None:
    remove_edition(edition=second(draft), by=editor)
    reading = stored_version(draft).reading
    assert reading is not None
    assert reading.maps["same_meaning"] == {}


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ({"nights": ["ENV01"]}, "there is no adapted edition nights."),
        ({"verbatim": ["ENV01"]}, "there is no adapted edition verbatim."),
        ({"front-line-2": ["ENV99"]}, "there is no statement ENV99."),
    ],
)
def test_marks_of_what_is_not_there_are_refused(marks: dict[str, list[str]], sentence: str) -> None:
    document = shipped_document()
    document["reading"]["same_meaning"] = marks
    assert sentence in " ".join(read_document(document).errors)
