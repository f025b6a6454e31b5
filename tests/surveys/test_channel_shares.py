"""The ways people came by: rounded, and nothing that tells of a few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.channel_shares import shares


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"qr": 12, "email": 7}, [("qr", 60), ("email", 40)]),
        ({"qr": 16, "sms": 3}, [("qr", 80)]),
        ({"qr": 19, "sms": 0}, [("qr", 100)]),
        ({"qr": 196, "sms": 4}, [("qr", 100)]),
        ({"qr": 9}, []),
        ({"qr": 3, "email": 4, "sms": 4}, []),
        ({}, []),
    ],
)
def test_what_is_said_of_the_ways(counts: dict[str, int], said: list[tuple[str, int]]) -> None:
    assert shares(counts) == said


@given(st.dictionaries(st.sampled_from(["qr", "email", "sms", "slip"]), st.integers(0, 60)))
def test_no_small_number_shows(counts: dict[str, int]) -> None:
    said = dict(shares(counts))
    assert all(counts[name] >= 5 and percent % 10 == 0 for name, percent in said.items())
    # Whether a rare way had none or a few makes no difference to what is said of the others.
    for name, count in counts.items():
        if count < 5 and sum(counts.values()) >= 40:
            near = dict(shares({**counts, name: max(0, count - 1)}))
            assert near.keys() == said.keys()
