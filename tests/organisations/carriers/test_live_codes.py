"""The one code of an address: whoever asks gets it, the first who enters it is in."""

import re

import pytest
from django.core.cache import caches

from ffit_site.cache import LimitsCache
from organisations.carriers import live_codes
from organisations.carriers.live_codes import MOST_AN_HOUR, LiveCode, code_for, may_mail, take
from tests.servers import Server

EMAIL, OTHER = "robin@merrowfield.example", "ann@merrowfield.example"
# Counted in this process, which forgets it in an hour.
AWAY = "while.away@merrowfield.example"


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two minutes have passed whenever a letter is asked for."""
    monkeypatch.setattr(live_codes, "NOT_AGAIN_WITHIN", -1)


def test_everybody_who_asks_gets_the_same_code_and_each_address_its_own() -> None:
    first, again, other = code_for(EMAIL), code_for(EMAIL), code_for(OTHER)
    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{5}-[BCDFGHJKLMNPQRSTVWXZ]{5}", first.code)
    assert again == LiveCode(first.code, is_new=False, shared=True)
    assert first.is_new and first.code != other.code


def test_a_code_counts_once_and_for_its_own_address() -> None:
    code = code_for(EMAIL).code
    assert not take(OTHER, code)
    assert not take(EMAIL, "BCDFG-HJKLM")
    assert not take(EMAIL, "")
    assert take(EMAIL, code.lower().replace("-", " "))
    assert not take(EMAIL, code)
    assert code_for(EMAIL).is_new


def test_of_two_who_enter_it_at_the_same_moment_one_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(EMAIL).code
    # Both have read the code before either has taken it out.
    monkeypatch.setattr(live_codes, "_live", lambda email: code)
    assert [take(EMAIL, code), take(EMAIL, code)] == [True, False]


def test_the_cache_tells_neither_code_nor_address() -> None:
    code = code_for(EMAIL).code
    may_mail(code_for(EMAIL), email=EMAIL, device="")
    client = caches["redis"]._cache.get_client()  # type: ignore[attr-defined]
    names = client.keys()
    kept = [*names, *map(client.get, names)]
    assert kept
    for told in (EMAIL, code, code.replace("-", "")):
        assert not any(told.encode() in one for one in kept)


def test_what_somebody_else_wrote_into_the_cache_is_no_code() -> None:
    code = code_for(OTHER).code
    caches["redis"].set(live_codes._place(EMAIL), caches["redis"].get(live_codes._place(OTHER)))
    assert not take(EMAIL, code)


def test_the_same_code_is_not_mailed_again_within_two_minutes() -> None:
    assert may_mail(code_for(EMAIL), email=EMAIL, device="")
    assert not may_mail(code_for(EMAIL), email=EMAIL, device="")
    assert may_mail(code_for(OTHER), email=OTHER, device="")


def test_six_letters_an_hour_and_then_new_codes_only(rested: None) -> None:
    sent = [may_mail(code_for(EMAIL), email=EMAIL, device="") for _ in range(MOST_AN_HOUR + 2)]
    assert sent == [True] * MOST_AN_HOUR + [False] * 2
    take(EMAIL, code_for(EMAIL).code)
    assert may_mail(code_for(EMAIL), email=EMAIL, device=""), "its owner is kept out"
    assert not may_mail(code_for(EMAIL), email=EMAIL, device="")


def test_a_device_has_two_minutes_and_six_letters_of_its_own(rested: None) -> None:
    for _ in range(MOST_AN_HOUR + 1):
        may_mail(code_for(EMAIL), email=EMAIL, device="")
    sent = [may_mail(code_for(EMAIL), email=EMAIL, device="c") for _ in range(MOST_AN_HOUR + 1)]
    assert sent == [True] * MOST_AN_HOUR + [False]


def test_while_redis_is_away_each_session_has_its_own_and_six_letters_go(
    valkey: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitsCache, "_away_until", 0.0)
    kept = code_for(AWAY).code
    valkey.kill()
    codes = [code_for(AWAY) for _ in range(MOST_AN_HOUR + 1)]
    assert len({one.code for one in codes}) == len(codes)
    assert all(one.is_new and not one.shared for one in codes)
    sent = [may_mail(one, email=AWAY, device="") for one in codes]
    assert sent == [True] * MOST_AN_HOUR + [False]
    assert take(AWAY, kept), "the session alone decides"
