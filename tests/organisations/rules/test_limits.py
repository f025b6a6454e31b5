"""What a unit stays below: its own limits where it has some, else those of its organisation."""

import pytest

from organisations.rules.limits import Limits

HOUSE = Limits(hours=8, improvements=3)


@pytest.mark.parametrize(
    ("own", "limits"),
    [
        ((None, None), HOUSE),
        ((5, None), Limits(hours=5, improvements=3)),
        ((None, 1), Limits(hours=8, improvements=1)),
        ((0, 0), Limits(hours=0, improvements=0)),
    ],
)
def test_each_of_its_own_goes_before_that_of_its_organisation(
    own: tuple[int | None, int | None], limits: Limits
) -> None:
    assert HOUSE.with_own(*own) == limits
