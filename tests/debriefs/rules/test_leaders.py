"""What leaders discuss before the team's debrief: where their own forms differ."""

import pytest

from debriefs.rules.leaders import leaders_points

CODES = ["E1", "E2", "E3", "E4", "E5"]


def form(*scores: int | None) -> dict[str, int]:
    """A leader's form: the scored options of the statements in their order."""
    return {code: score for code, score in zip(CODES, scores, strict=True) if score is not None}


def found(*forms: dict[str, int]) -> list[tuple[str, str]]:
    points = leaders_points(dict(zip("ABC", forms, strict=False)), CODES)
    return [(point.code, point.why) for point in points]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (form(3, 3, 3, 3, 4), "lowest"),
        (form(3, 3, 3, 3, 5), "differ"),
        (form(3, 3, 3, 3, 1), "differ"),
        (form(3, 3, 3, 3, 2), "lowest"),
    ],
)
def test_forms_differ_from_two_options_on(other: dict[str, int], said: str) -> None:
    assert {why for _, why in found(form(3, 3, 3, 3, 3), other)} == {said}


def test_the_widest_come_first_then_the_order_of_the_survey_and_three_at_most() -> None:
    assert found(form(0, 0, 0, 0, 0), form(2, 4, 2, 3, 2)) == [
        ("E2", "differ"), ("E4", "differ"), ("E1", "differ")
    ]  # fmt: skip


def test_the_width_is_that_of_all_leaders() -> None:
    assert found(form(1, 3, 3, 3, 3), form(2, 3, 3, 3, 3), form(3, 3, 3, 3, 3)) == [
        ("E1", "differ")
    ]


def test_where_none_differ_what_a_leader_could_not_score_comes_up() -> None:
    assert found(form(0, None, 3, 3, None), form(0, 3, 3, 3, None)) == [
        ("E2", "unscored"), ("E5", "unscored")
    ]  # fmt: skip


def test_where_all_agree_the_lowest_come_up_by_the_lowest_leader() -> None:
    assert found(form(4, 2, 3, 1, 4), form(4, 2, 2, 2, 3)) == [
        ("E4", "lowest"), ("E2", "lowest"), ("E3", "lowest")
    ]  # fmt: skip


def test_the_marks_are_each_leaders_own() -> None:
    [first, *_] = leaders_points({"A": form(0, 3, 3, 3, 3), "B": form(4, 3, 3, 3, 3)}, CODES)
    assert first.marks == {"A": 0, "B": 4}
    [blank, *_] = leaders_points({"A": form(0, 3, 3, 3, None), "B": form(0, 3, 3, 3, 2)}, CODES)
    assert (blank.code, blank.marks) == ("E5", {"B": 2})


def test_without_forms_nothing_comes_up() -> None:
    assert leaders_points({}, CODES) == ()
    assert leaders_points({"A": form(3, 3, 3, 3, 3)}, []) == ()
