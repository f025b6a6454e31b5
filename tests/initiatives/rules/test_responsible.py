"""Who holds an improvement."""

import pytest

from initiatives.rules.responsible import holders


@pytest.mark.parametrize(
    ("named", "held_by"),
    [
        ([], {1}),
        ([("led_by", 2)], {2}),
        ([("sponsor", 3)], {1, 3}),
        ([("sponsor", 3), ("led_by", 2)], {2, 3}),
        ([("led_by", 1), ("deputy", 1)], {1}),
    ],
)
def test_who_added_it_holds_it_while_no_lead_is_a_user(
    named: list[tuple[str, int]], held_by: set[int]
) -> None:
    assert holders(1, iter(named)) == held_by
