"""The verdict on change in a sentence: no section that cannot be told has "no clear change"."""

import pytest

from results.words.change_sentences import lede
from scoring.rules.payload import ChangeShown, ChangeWord, SectionChange
from tests.results.payloads import payload

FEW: ChangeWord = "too few answers to tell"
NONE: ChangeWord = "no clear change"
RISE: ChangeWord = "clear rise"
SECTIONS = {section["code"]: section for section in payload()["sections"]}


def change(*words: ChangeWord | None) -> ChangeShown:
    def section(code: str, word: ChangeWord | None) -> SectionChange:
        return {
            "code": code, "before": None, "before_interval": None, "now": None,
            "now_interval": None, "statements": None, "difference": None, "interval": None,
            "word": word, "why": None, "withheld": None if word else "other_wording",
        }  # fmt: skip

    return {
        "since": 1, "closed_on": "2026-03-02", "improvement": "", "answered": 14, "headcount": 22,
        "version": "1", "edition": {"name": "", "label": ""}, "detectable": None,
        "sections": [section(*pair) for pair in zip(SECTIONS, words, strict=False)], "rounds": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ((RISE, NONE, NONE), "On the others: no clear change."),
        ((RISE, NONE, FEW), "On 1 more: no clear change."),
        ((RISE, NONE, NONE, "not told", None), "On 2 more: no clear change."),
        ((RISE, FEW, FEW), "."),
        ((RISE, RISE), "."),
    ],
)
def test_only_sections_without_a_clear_change_are_said_to_have_none(
    words: tuple[ChangeWord | None, ...], ending: str
) -> None:
    _, said = lede(change(*words), SECTIONS)
    assert said.removesuffix(" That does not mean that nothing changed.").endswith(ending)
    assert ("no clear change" in said) is (NONE in words)


def test_where_nothing_can_be_told_nothing_is_claimed() -> None:
    assert lede(change(FEW, "not told"), SECTIONS)[0] == "Too few answers to tell."
    assert lede(change(None, None), SECTIONS)[0] == "No section can be compared."
    assert lede(change(NONE, FEW), SECTIONS)[0] == "No clear change."
