"""The leaders' forms beside a result: each leader's dots, and where the ward is furthest away."""

import pytest

from scoring.rules.leaders import Leaders, furthest_apart, section_scores, shown_leaders
from scoring.rules.payload import SnapshotPayload
from tests.results.payloads import change, payload
from tests.scoring.worlds import layout_of, wording_of

LAYOUT = layout_of([4, 3])


def test_without_a_form_there_is_nothing_to_show() -> None:
    assert shown_leaders(LAYOUT, Leaders([], {}), wording_of(LAYOUT).sections) is None


@pytest.mark.parametrize(("leaders", "mean"), [(2, None), (3, 3.0), (4, 3.0)])
def test_a_mean_of_leaders_needs_three(leaders: int, mean: float | None) -> None:
    found = shown_leaders(LAYOUT, Leaders(["3333333"] * leaders, {}), wording_of(LAYOUT).sections)
    assert found is not None
    assert found["n"] == leaders
    assert found["sections"]["A"] == {"dots": [3.0] * leaders, "mean": mean}
    assert found["items"]["B3"] == {"dots": [3.0] * leaders, "mean": mean}


@pytest.mark.parametrize(
    ("sheet", "scores"),
    [
        ("5432111", {"A": 3.5, "B": 1.0}),
        ("54??1-?", {"A": 4.5}),
        ("5???11-", {"B": 1.0}),
        ("????---", {}),
    ],
)
def test_a_leader_has_a_score_where_they_scored_half(sheet: str, scores: dict[str, float]) -> None:
    assert section_scores(LAYOUT, sheet) == scores


def test_the_same_wording_is_told_by_the_text() -> None:
    found = shown_leaders(
        LAYOUT,
        Leaders(["3333333"], {"A1": "statement A1?", "A2": "statement A1?", "B3": "statement B3?"}),
        wording_of(LAYOUT).sections,
    )
    assert found is not None
    assert found["same_wording"] == ["A1", "B3"]


def apart(**means: tuple[float | None, float | None]) -> SnapshotPayload:
    """A result in which only these statements have a ward's mean and a leaders' mean."""
    said = payload()
    leaders = said["leaders"]
    assert leaders is not None
    leaders["same_wording"] = list(means)
    leaders["items"] = dict(leaders["items"])
    for section in said["sections"]:
        for item in section["items"]:
            ward, theirs = means.get(item["code"], (3.0, 3.0))
            change(item, mean=ward)
            leaders["items"][item["code"]] = {"dots": [], "mean": theirs}
    return said


def test_the_furthest_apart_come_first_in_either_direction() -> None:
    said = apart(ENV01=(2.0, 3.0), ENV02=(4.4, 2.1), RES01=(1.1, 4.0), RES02=(3.0, 3.1))
    assert furthest_apart(said) == ["RES01", "ENV02", "ENV01"]


def test_what_is_as_far_as_the_third_is_named_too() -> None:
    said = apart(
        ENV01=(2.0, 3.0), ENV02=(4.4, 2.1), RES01=(1.1, 4.0), RES02=(3.3, 2.3), RES03=(3.0, 3.9)
    )
    assert furthest_apart(said) == ["RES01", "ENV02", "ENV01", "RES02"]


def test_only_what_has_a_mean_on_both_sides_one_wording_and_a_distance_is_named() -> None:
    said = apart(ENV01=(None, 3.0), ENV02=(4.4, None), RES01=(2.5, 2.5), RES02=(3.0, 3.1))
    assert furthest_apart(said) == ["RES02"]
    leaders = said["leaders"]
    assert leaders is not None
    leaders["same_wording"] = []
    assert furthest_apart(said) == []
    said["leaders"] = None
    assert furthest_apart(said) == []


def test_a_form_agreed_together_is_one_mark_and_never_a_mean() -> None:
    assert not Leaders(["3333334"], {}).together
    agreed = Leaders(["3333334"], {}, together=True)
    found = shown_leaders(LAYOUT, agreed, wording_of(LAYOUT).sections)
    assert found is not None
    assert (found["n"], found["together"]) == (1, True)
    for shown in (*found["sections"].values(), *found["items"].values()):
        assert (len(shown["dots"]), shown["mean"]) == (1, None)
