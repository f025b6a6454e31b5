"""How many sheets one browser may send."""

import pytest

from responses.rules import browser_limit
from surveys.rules import minimum_group


@pytest.mark.parametrize(
    ("headcount", "most"), [(8, 5), (11, 5), (12, 6), (13, 6), (22, 11), (40, 20), (2000, 1000)]
)
def test_half_of_the_posts_and_never_fewer_than_five(headcount: int, most: int) -> None:
    assert browser_limit.most_sheets(headcount) == most


def test_on_a_usual_unit_no_browser_alone_makes_a_result() -> None:
    for headcount in range(8, 14):
        assert browser_limit.most_sheets(headcount) < minimum_group.default(headcount)
