"""Which statements stand out: three, and up to five where the third place is shared."""

from fractions import Fraction

import pytest

from scoring.rules.columns import count_columns
from scoring.rules.standing_out import first_places, most_cant_say, most_mixed
from tests.results.payloads import change, payload
from tests.scoring.worlds import layout_of


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], ""),
        ([1, 3], "BA"),
        ([1, 3, 2], "BCA"),
        ([1, 4, 3, 2], "BCD"),
        ([5, 1, 3, 3, 3], "ACD" + "E"),
        ([2, 2, 1, 2, 2], "ABDE"),
        ([1, 2, 2, 2, 2, 2, 2], "BCDEF"),
        ([9, 8, 1, 1, 1, 1], "ABCDE"),
        ([9, 8, 7, 7, 1], "ABCD"),
    ],
)
def test_the_first_three_and_whoever_shares_the_third_place(values: list[int], found: str) -> None:
    ranked = ((Fraction(value), code) for value, code in zip(values, "ABCDEFG", strict=False))
    assert first_places(ranked) == list(found)


def test_what_most_could_not_say_and_nothing_that_all_could() -> None:
    layout = layout_of([4])
    columns = count_columns(layout, ["1?2?", "1??2", "122-"])
    assert most_cant_say(layout, columns) == ["A2", "A3", "A4"]
    assert most_cant_say(layout, count_columns(layout, ["1?2-", "1-22"])) == ["A2"]


def test_the_widest_spread_is_the_most_mixed() -> None:
    said = payload()
    spreads = {
        "ENV01": [0, 50, 0, 0, 50, 0],  # 1 and 4: variance 2.25
        "ENV02": [50, 0, 0, 0, 0, 50],  # 6.25
        "RES01": [0, 0, 60, 0, 0, 40],  # 2 and 5: 2.16
        "RES02": [20, 0, 0, 80, 0, 0],  # 0 and 3: 1.44
        "MGR01": [0, 0, 50, 50, 0, 0],  # 0.25
        "MGR02": [0, 0, 0, 0, 50, 50],  # as wide, later
    }
    for section in said["sections"]:
        for item in section["items"]:
            differ = item["code"] in spreads
            change(item, agreement="people differ" if differ else "people agree")
            if differ:
                change(item, distribution=spreads[item["code"]])
    assert most_mixed(said) == ["ENV02", "ENV01", "RES01", "RES02", "MGR01", "MGR02"]


def test_a_statement_without_bars_is_not_called_mixed() -> None:
    said = payload()
    for section in said["sections"]:
        for item in section["items"]:
            change(item, agreement="people differ", distribution=None)
    assert most_mixed(said) == []


def test_percents_that_do_not_add_up_to_a_hundred_are_no_wider_for_it() -> None:
    said = payload()
    for section in said["sections"]:
        for item in section["items"]:
            change(item, agreement="people agree")
    narrower, wider = said["sections"][0]["items"][:2]
    change(narrower, agreement="people differ", distribution=[0, 48, 0, 0, 53, 0])
    change(wider, agreement="people differ", distribution=[0, 49, 0, 0, 50, 0])
    assert most_mixed(said) == ["ENV02", "ENV01"]
