"""A bucket of tokens."""

from hypothesis import given
from hypothesis import strategies as st

from organisations.rules.token_bucket import Bucket

THREE = Bucket(most=3, seconds=60)


def taken(bucket: Bucket, moments: list[float]) -> list[float]:
    full_at, waits = 0.0, []
    for now in moments:
        full_at, wait = bucket.taken(full_at, now)
        waits.append(wait)
    return waits


def test_all_at_once_and_then_one_after_the_other() -> None:
    assert taken(THREE, [100, 100, 100]) == [0, 0, 0]
    assert taken(THREE, [100, 100, 100, 100]) == [0, 0, 0, 20]
    assert taken(THREE, [100, 100, 100, 119, 120, 121]) == [0, 0, 0, 1, 0, 19]


def test_who_must_wait_has_taken_nothing() -> None:
    assert taken(THREE, [0, 0, 0, 1, 2, 3, 20]) == [0, 0, 0, 19, 18, 17, 0]


def test_after_a_while_it_is_full_again() -> None:
    assert taken(THREE, [0, 0, 0, 60, 60, 60, 60])[3:] == [0, 0, 0, 20]


@given(
    most=st.integers(1, 600),
    seconds=st.integers(1, 3600),
    gaps=st.lists(st.floats(0, 100), max_size=50),
)
def test_no_window_lets_through_more_than_twice_the_most(
    most: int, seconds: int, gaps: list[float]
) -> None:
    bucket, now, moments = Bucket(most, seconds), 1e9, []
    for gap in gaps:
        now += gap
        moments.append(now)
    waits = taken(bucket, moments)
    let_in = [at for at, wait in zip(moments, waits, strict=True) if wait == 0]
    for start in let_in:
        assert sum(start <= at < start + seconds for at in let_in) <= 2 * most
    assert all(wait >= 0 for wait in waits)
