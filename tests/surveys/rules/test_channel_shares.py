"""The ways people came by: rounded, and nothing that tells of a few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.channel_shares import shares


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"qr": 12, "email": 7}, [("qr", 60), ("email", 40)]),
        ({"qr": 16, "sms": 3}, [("qr", 80)]),
        ({"qr": 19, "sms": 0}, [("qr", 100)]),
        ({"qr": 196, "sms": 4}, [("qr", 100)]),
        ({"qr": 9}, []),
        ({"qr": 10}, [("qr", 100)]),
        ({"qr": 11}, [("qr", 100)]),
        ({"qr": 20, "sms": 4}, [("qr", 80)]),
        ({"qr": 20, "sms": 5}, [("qr", 80), ("sms", 20)]),
        ({"qr": 20, "sms": 6}, [("qr", 80), ("sms", 20)]),
        ({"qr": 94, "sms": 6}, [("qr", 90), ("sms", 10)]),
        ({"qr": 95, "sms": 5}, [("qr", 100), ("sms", 10)]),
        ({"qr": 189, "sms": 11}, [("qr", 90), ("sms", 10)]),
        ({"qr": 195, "sms": 5}, [("qr", 100), ("sms", 10)]),
        ({"qr": 3, "email": 4, "sms": 4}, []),
        ({}, []),
    ],
)
def test_what_is_said_of_the_ways(counts: dict[str, int], said: list[tuple[str, int]]) -> None:
    assert shares(counts) == said


@given(st.dictionaries(st.sampled_from(["qr", "email", "sms", "slip"]), st.integers(0, 60)))
def test_no_small_number_shows(counts: dict[str, int]) -> None:
    said = dict(shares(counts))
    assert all(
        counts[name] >= 5 and percent in range(10, 101, 10) for name, percent in said.items()
    )
    # Whether a rare way had none or a few makes no difference to what is said of the others.
    for name, count in counts.items():
        if count < 5 and sum(counts.values()) >= 40:
            near = dict(shares({**counts, name: max(0, count - 1)}))
            assert near.keys() == said.keys()
