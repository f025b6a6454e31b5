"""The joint form of a team of fewer than 8: its agreed scores, as they are."""

import pytest

from scoring.rules.joint import release_joint
from scoring.rules.leaders import Leaders
from scoring.rules.payload import ItemShown, SectionShown, SnapshotPayload
from tests.scoring.worlds import layout_of, wording_of

LAYOUT = layout_of([4, 2])


def joint(sheet: str) -> SnapshotPayload:
    return release_joint(layout=LAYOUT, sheet=sheet, headcount=6, wording=wording_of(LAYOUT))


def first(sheet: str) -> SectionShown:
    return joint(sheet)["sections"][0]


def items(sheet: str) -> list[ItemShown]:
    return first(sheet)["items"]


def test_it_is_one_form_of_a_small_team() -> None:
    payload = joint("3?5-44")
    assert (payload["tier"], payload["answered"], payload["k"]) == ("joint", 1, 1)
    assert (payload["headcount"], payload["withheld"], payload["leaders"]) == (6, None, None)


def test_a_sections_mean_is_that_of_its_scored_statements() -> None:
    shown = first("3?5-44")
    assert (shown["mean"], shown["anchors"], shown["word"]) == (4.0, [4, 4], "label 4")
    assert (shown["statements"], shown["item_count"]) == ([2, 4], 4)
    assert (shown["withheld"], shown["relatively_low"], shown["cant_say_leads"]) == (
        None, False, False
    )  # fmt: skip
    third = first("3233-4")
    assert (third["mean"], third["anchors"]) == (2.8, [2, 3])
    assert third["word"] == "between label 2 and label 3"


def test_a_section_without_a_score_says_so() -> None:
    shown = first("??--44")
    assert (shown["mean"], shown["anchors"], shown["word"], shown["statements"]) == (None,) * 4
    assert shown["withheld"] == "no_answer"


def test_a_statement_has_its_score_and_its_level_or_says_why_not() -> None:
    found = items("1?5-44")
    assert [one["mean"] for one in found] == [1.0, None, 5.0, None]
    assert [one["level"] for one in found] == ["low", None, "high", None]
    assert [one["withheld"] for one in found] == [None, "no_answer", None, "no_answer"]
    assert [one["cant_say_often"] for one in found] == [False, True, False, False]
    assert {one["distribution"] for one in found} == {None}
    assert {one["n"] for one in found} == {None}


@pytest.mark.parametrize(
    ("score", "level"), [(1, "low"), (2, "middle"), (3, "middle"), (4, "high")]
)
def test_a_level_is_that_of_one_score(score: int, level: str) -> None:
    assert items(f"{score}00000")[0]["level"] == level


def test_leaders_stand_beside_it() -> None:
    payload = release_joint(
        layout=LAYOUT, sheet="1?5-44", headcount=6, wording=wording_of(LAYOUT),
        leaders=Leaders(["444444"] * 3, {"A1": "statement A1?", "A3": "statement A3?"}),
    )  # fmt: skip
    assert payload["leaders"] is not None
    assert payload["furthest_apart"] == ["A1", "A3"]
