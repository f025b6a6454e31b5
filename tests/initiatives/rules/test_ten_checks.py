"""How far a check is answered, by what somebody said or by what the register knows."""

import pytest

from initiatives.rules.suggestions import catalogue
from initiatives.rules.ten_checks import CHECKS, Known, Stands, open_numbers, stands

ANSWERED, PARTLY, OPEN = Stands.ANSWERED, Stands.PARTLY, Stands.OPEN


def test_there_are_ten_with_suggestions_that_exist() -> None:
    codes = {one.code for one in catalogue().suggestions}
    assert [check.number for check in CHECKS] == list(range(1, 11))
    assert {code for check in CHECKS for code in check.helps} <= codes


@pytest.mark.parametrize("number", range(1, 11))
def test_a_sentence_answers_and_nothing_known_leaves_it_open(number: int) -> None:
    assert stands(number, is_said=True, known=Known()) == ANSWERED
    assert stands(number, is_said=False, known=Known()) == OPEN


@pytest.mark.parametrize(
    ("number", "known", "expected"),
    [
        (1, Known(numbers=1), PARTLY),
        (2, Known(measures=1, numbers=9, before=9, parts=3, watches=1, has_hours=True), OPEN),
        (3, Known(measures=1, before=3), PARTLY),
        (3, Known(measures=1, before=4), ANSWERED),
        (3, Known(measures=1, before=5), ANSWERED),
        (4, Known(has_hours=True), PARTLY),
        (4, Known(has_hours=True, is_below_limit=False), OPEN),
        (7, Known(parts=1), PARTLY),
        (7, Known(parts=2), PARTLY),
        (7, Known(parts=3), ANSWERED),
        (10, Known(watches=1), PARTLY),
    ],
)
def test_what_the_register_knows(number: int, known: Known, expected: Stands) -> None:
    assert stands(number, is_said=False, known=known) == expected


def test_open_are_those_that_nothing_answers_even_partly() -> None:
    assert open_numbers({}, Known()) == list(range(1, 11))
    known = Known(measures=1, before=4, parts=1)
    assert open_numbers({1: "x", 2: "x", 5: "x"}, known) == [4, 6, 8, 9, 10]
    assert open_numbers(dict.fromkeys(range(1, 11), "x"), Known()) == []
