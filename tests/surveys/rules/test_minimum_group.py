"""k by headcount, as a table."""

import pytest

from surveys.rules import minimum_group


@pytest.mark.parametrize(
    ("headcount", "choices", "default"),
    [
        (1, (1,), 1),
        (7, (1,), 1),
        (8, (5, 7), 7),
        (11, (5, 7), 7),
        (12, (7,), 7),
        (19, (7,), 7),
        (20, (7, 10), 7),
        (400, (7, 10), 7),
    ],
)
def test_choices(headcount: int, choices: tuple[int, ...], default: int) -> None:
    assert minimum_group.choices(headcount) == choices
    assert minimum_group.default(headcount) == default
    assert [k for k in range(12) if minimum_group.is_allowed(headcount=headcount, minimum_group=k)]
    assert all(minimum_group.is_allowed(headcount=headcount, minimum_group=k) for k in choices)
    assert not minimum_group.is_allowed(headcount=headcount, minimum_group=6)


def test_below_eight_the_team_scores_together() -> None:
    assert minimum_group.is_joint(7)
    assert not minimum_group.is_joint(8)


def test_it_is_said_in_peoples_terms() -> None:
    assert (
        minimum_group.sentence(headcount=12, minimum_group=7) == "12 staff: at least 7 must answer"
    )
    assert (
        minimum_group.sentence(headcount=6, minimum_group=1)
        == "6 staff: fill in one joint form together"
    )
