"""Buckets in Valkey and, while it is away, in memory."""

import math
from collections.abc import Iterator

import pytest
from django.core.cache import caches

from organisations.carriers import limits
from organisations.carriers.limits import seconds_to_wait
from organisations.rules.token_bucket import Bucket
from tests.servers import Server

FEW = Bucket(most=3, seconds=60)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    monkeypatch.setattr(limits, "memory", limits._Memory())
    yield now


def waits(who: str, times: int) -> list[int]:
    return [seconds_to_wait("ideas", who, FEW) for _ in range(times)]


def keys() -> list[bytes]:
    found: list[bytes] = caches["redis"]._cache.get_client().keys("*")  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("is_away", [False, True])
def test_three_and_then_one_each_twenty_seconds(
    is_away: bool, clock: list[float], valkey: Server
) -> None:
    if is_away:
        valkey.kill()
    assert waits("ann", 5) == [0, 0, 0, 20, 20]
    assert waits("bo", 1) == [0]
    assert seconds_to_wait("uploads", "ann", FEW) == 0
    clock[0] += 20.5
    assert waits("ann", 2) == [0, math.ceil(19.5)]


@pytest.mark.parametrize("is_away", [False, True])
def test_whoever_was_right_has_them_all_back(is_away: bool, valkey: Server) -> None:
    if is_away:
        valkey.kill()
    assert waits("ann", 4) == [0, 0, 0, 20]
    assert waits("bo", 4)[-1] == 20
    limits.give_back("ideas", "ann")
    assert waits("ann", 4) == [0, 0, 0, 20]
    assert waits("bo", 1) == [20]


def test_valkey_holds_nobody_s_name_and_forgets_what_is_full() -> None:
    waits("192.0.2.7", 2)
    (key,) = keys()
    assert b"192.0.2.7" not in key and b"ideas" not in key
    client = caches["redis"]._cache.get_client()  # type: ignore[attr-defined]
    assert 0 < client.ttl(key) <= 40


def test_when_it_comes_back_it_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, valkey: Server
) -> None:
    valkey.kill()
    assert waits("ann", 1) == [0]
    valkey.start()
    assert waits("ann", 1) == [0]
    assert not keys()
    limits.memory.away_until = 0.0
    assert waits("ann", 1) == [0]
    assert len(keys()) == 1


def test_memory_is_bounded_and_then_stops_nobody_new(
    monkeypatch: pytest.MonkeyPatch, valkey: Server, clock: list[float]
) -> None:
    valkey.kill()
    monkeypatch.setattr(limits, "MOST_IN_MEMORY", 10)
    for number in range(50):
        assert waits(f"guest {number}", 1) == [0]
    assert len(limits.memory.full_at) == 10
    clock[0] += 61
    assert waits("guest 50", 1) == [0]
    assert list(limits.memory.full_at.values()) == [clock[0] + 20]
