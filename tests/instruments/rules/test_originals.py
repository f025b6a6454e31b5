"""When an instrument is a copy of another, and what a copy may say of its words."""

from dataclasses import replace

import pytest

from instruments.rules.originals import is_copy, keeps, same_words, says_verbatim
from instruments.rules.texts import InstrumentText, ItemText, SectionText

ORIGINAL = ["We talk about care.", "We’re listened to …", "Staff have time.", "Ideas are tried."]

TWO = (ItemText("A1", "We talk about care."), ItemText("A2", "Staff have time.", help="In a week"))
FFIT = InstrumentText(
    code="OWN", title="Our own", version="1.0", language="en-GB", source="", purpose="", notice="",
    recommended_respondents="", section_titles_are="authors", minimum=0, maximum=2,
    labels=("never", "sometimes", "always"),
    sections=(SectionText("A", "Talk", "On this ward", TWO), SectionText("B", "Time", "Here", ())),
)  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "own", "copies"),
    [(1, 2, False), (2, 3, False), (2, 2, True), (3, 3, True), (3, 2, True), (4, 0, True),
     (0, 3, False), (0, 0, False)],
)  # fmt: skip
def test_half_of_the_statements_make_a_copy(taken: int, own: int, copies: bool) -> None:
    statements = [*ORIGINAL[:taken], *(f"Our own, number {place}." for place in range(own))]
    assert is_copy(statements, ORIGINAL) is copies


def test_a_copy_is_known_however_its_words_are_set() -> None:
    assert is_copy(["we  TALK\nabout care.", "We're listened to"], ORIGINAL)


def test_a_notice_is_kept_word_for_word_and_may_say_more() -> None:
    owed = "© The authors’ own. Not for sale."
    assert keeps(f"Adapted by us. {owed.upper()} Ask us.", owed)
    assert keeps("© The authors' own.  Not for\nsale.", owed)
    assert not keeps("© The authors. Not for sale.", owed)


@pytest.mark.parametrize(
    "claim",
    ["Verbatim", "as published", "Word-for-word", "original wording", "in the authors’ words",
     "the author's own words"],
)  # fmt: skip
def test_a_claim_to_the_authors_words_is_seen(claim: str) -> None:
    assert says_verbatim(f"For wards ({claim})")


def test_an_honest_label_claims_nothing() -> None:
    assert not says_verbatim("Adapted for surgery, with the authors’ leave")


def test_titles_and_help_may_differ() -> None:
    bare = tuple(ItemText(f"Z{item.code}", item.text) for item in TWO)
    other = replace(FFIT, code="X", sections=(SectionText("Z", "Other", "On this ward", bare),))
    assert same_words(FFIT, other)
    assert same_words(other, FFIT)


@pytest.mark.parametrize(
    "other",
    [
        replace(FFIT, minimum=1),
        replace(FFIT, maximum=3),
        replace(FFIT, labels=("never", "sometimes", "mostly")),
        replace(FFIT, sections=(SectionText("A", "Talk", "In this team", TWO),)),
        replace(FFIT, sections=(SectionText("A", "Talk", "On this ward", TWO[::-1]),)),
        replace(FFIT, sections=(SectionText("A", "Talk", "On this ward", TWO[:1]),)),
    ],
)
def test_another_scale_stem_statement_or_order_is_not_the_same(other: InstrumentText) -> None:
    assert not same_words(FFIT, other)
