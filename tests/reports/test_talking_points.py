"""What is put up for talking, and what a plan copies: released figures only."""

import pytest

from reports.debrief_steps import MINUTES, STEPS, minutes_left
from reports.talking_points import evidence, items_of, most_mixed, surprises
from scoring.payload import SnapshotPayload, Tier
from tests.reports.payloads import change, payload


def mixed(*spreads: tuple[str, list[int], str]) -> SnapshotPayload:
    """A result in which only these statements are mixed."""
    said = payload()
    known = {item["code"]: item for _, item in items_of(said)}
    for code, distribution, agreement in spreads:
        change(known[code], distribution=distribution, agreement=agreement)
    return said


def test_the_widest_spread_comes_first_and_agreement_is_not_mixed() -> None:
    said = mixed(
        ("ENV02", [0, 20, 30, 30, 20, 0], "weak"),
        ("RES03", [40, 10, 0, 0, 10, 40], "none"),
        ("LRN01", [50, 0, 0, 0, 0, 50], "strong"),
    )
    assert most_mixed(said) == ["RES03", "ENV02"]


def test_equal_spreads_stay_in_the_surveys_order() -> None:
    same = [20, 20, 10, 10, 20, 20]
    said = mixed(("RES03", same, "none"), ("ENV02", same, "weak"))
    assert most_mixed(said) == ["ENV02", "RES03"]


def test_three_mixed_then_cant_say_then_furthest_apart_each_once() -> None:
    wide = [40, 10, 0, 0, 10, 40]
    said = mixed(*((code, wide, "none") for code in ("MGR04", "ENV01", "ENV02", "ENV03")))
    points = [(point.item["code"], point.why) for point in surprises(said)]
    assert points == [
        ("ENV01", "mixed"),
        ("ENV02", "mixed"),
        ("ENV03", "mixed"),
        ("CTX01", "cant_say"),
        ("MGR04", "apart"),
    ]


@pytest.mark.parametrize("tier", ["small", "words", "joint"])
def test_without_distributions_nothing_is_called_mixed(tier: Tier) -> None:
    assert all(point.why != "mixed" for point in surprises(payload(tier)))


def test_nothing_comes_of_a_result_that_was_not_released() -> None:
    assert surprises(payload("too_few")) == ()
    assert evidence(payload("too_few"), "ENV01") is None


def test_evidence_copies_the_words_the_figure_and_its_n() -> None:
    copy = evidence(payload(), "ENV07")
    assert copy is not None
    assert copy.wording.endswith("feel encouraged to make suggestions about improving care?")
    assert copy.figure == "3.2 on a scale to 5"
    assert copy.n == 13


@pytest.mark.parametrize(
    ("tier", "code", "figure"),
    [
        ("small", "ENV07", "high, in words only"),
        ("words", "ENV07", "the whole section: between to a moderate extent and to a great extent"),
        ("joint", "ENV07", "3 of 5, agreed by the team"),
    ],
)
def test_evidence_says_no_more_than_was_released(tier: Tier, code: str, figure: str) -> None:
    copy = evidence(payload(tier), code)
    assert copy is not None
    assert (copy.figure, copy.n) == (figure, None)


def test_a_withheld_statement_gives_its_section_and_no_figure_of_its_own() -> None:
    said = payload()
    copy = evidence(said, "CTX01")
    assert copy is not None
    assert copy.figure.startswith("the whole section: ")


def test_an_unknown_code_gives_nothing() -> None:
    assert evidence(payload(), "ENV99") is None


def test_the_steps_take_thirty_minutes() -> None:
    assert MINUTES == 30
    assert minutes_left(STEPS[0]) == 30
    assert minutes_left(STEPS[2], part=1, parts=2) == 17
    assert minutes_left(STEPS[-1]) == 5
