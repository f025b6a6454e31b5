"""From how many people on something is shown: the numbers that the rules share."""

import pytest

from scoring.rules.release import tier_of
from scoring.rules.thresholds import half
from tests.scoring.worlds import layout_of, released


@pytest.mark.parametrize(
    ("answers", "tier"),
    [
        *((0, "too_few"), (4, "too_few"), (5, "words"), (6, "words"), (7, "small")),
        *((8, "small"), (10, "small"), (11, "figures"), (12, "figures")),
    ],
)
def test_tiers_begin_at_five_seven_and_eleven(answers: int, tier: str) -> None:
    assert tier_of(answers) == tier


@pytest.mark.parametrize(("size", "least"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3)])
def test_half_is_at_least_half(size: int, least: int) -> None:
    assert half(size) == least


@pytest.mark.parametrize(("size", "is_fine"), [(3, False), (4, True), (5, True)])
def test_a_section_is_fine_enough_for_a_mean_without_bars_from_four_statements(
    size: int, is_fine: bool
) -> None:
    shown = released(layout_of([size]), ["2" * size, "3" * size] * 4)["sections"][0]
    assert (shown["mean"] is not None) is is_fine
