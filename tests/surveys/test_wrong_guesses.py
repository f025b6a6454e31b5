"""Whoever guesses codes and links has to wait; nobody else does."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.cache import cache, caches
from django.test import Client
from pytest_django import Settings

from ffit_site.cache import LimitsCache
from organisations import wrong_guesses
from surveys import tokens
from surveys.models import Envelope, SurveyUnit
from tests.servers import Server
from tests.surveys.ballots import invite, open_unit
from tests.surveys.sheets import body, named_link, send

pytestmark = pytest.mark.django_db
WAIT = "Please wait a little"
WRONG = ("/a/nobody", "/q/ZZZZZZZZ", "/q/ZZZZZZZZZZ", "/l/nobody", "/stop/1-nobody", "/w/nobody")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three wrong ones are enough here, and no window ends within a test."""
    monkeypatch.setattr(wrong_guesses, "MOST", 3)
    monkeypatch.setattr(wrong_guesses, "_now", lambda: 1_800_000_100)
    monkeypatch.setattr(wrong_guesses, "_stopped", set())
    monkeypatch.setattr(LimitsCache, "_away_until", 0.0)
    yield
    LimitsCache._away_until = 0.0


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit(answer_code="7KX4M2PQ")


def guess(client: Client, times: int = 4) -> list[int]:
    return [client.get(f"/q/WRNG{number:04d}").status_code for number in range(times)]


@pytest.mark.parametrize("address", WRONG)
def test_every_kind_of_wrong_link_counts(client: Client, address: str) -> None:
    assert [client.get(address).status_code for _ in range(5)] == [404, 404, 404, 429, 429]


def test_the_page_says_what_happened_and_when_to_try_again(client: Client) -> None:
    guess(client)
    response = client.get("/q/ZZZZZZZZ")
    text = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (429, "500")
    assert WAIT in text and "try again in 9 minutes, or use mobile data" in text
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    said = client.get("/q/ZZZZZZZZ", headers={"accept": "application/json"})
    assert (said.status_code, said.json()["sent"]) == (429, False)


def test_a_code_that_can_be_guessed_waits_and_a_link_does_not(
    client: Client, unit: SurveyUnit
) -> None:
    own, leader = f"/a/{invite(unit)}", named_link(unit)
    guess(client)
    assert client.get("/q/7KX4M2PQ").status_code == 429
    assert send(client, "/q/7KX4M2PQ", body()).status_code == 429
    assert client.get(own).status_code == 200
    assert client.get(leader).status_code == 200
    assert client.get(f"/w/{unit.ward_page_code}").status_code == 200
    assert client.get(f"/a/talk/{unit.ward_page_code}.ics").status_code == 200
    assert send(client, own, body()).status_code == 200
    assert Envelope.objects.count() == 1


def test_what_is_right_never_counts_nor_what_a_ward_page_has_not_yet(
    client: Client, unit: SurveyUnit
) -> None:
    for _ in range(5):
        assert client.get("/q/7KX4M2PQ").status_code == 200
        assert client.get(f"/w/{unit.ward_page_code}/you-said-we-did").status_code == 404
        assert client.get("/a/").status_code == 200
    assert guess(client) == [404, 404, 404, 429]


def test_another_address_is_not_stopped(
    client: Client, unit: SurveyUnit, settings: Settings
) -> None:
    guess(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get("/q/7KX4M2PQ").status_code == 200
    # One site's whole IPv6 network is one address; behind our proxy it is the one passed on.
    assert guess(Client(REMOTE_ADDR="2001:db8::1"))[-1] == 429
    assert Client(REMOTE_ADDR="2001:db8::2").get("/q/7KX4M2PQ").status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    passed_on = Client(headers={"x-forwarded-for": "198.51.100.9, 192.0.2.8"})
    assert passed_on.get("/q/7KX4M2PQ").status_code == 200


def test_after_the_window_it_begins_anew(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(client)
    monkeypatch.setattr(wrong_guesses, "_now", lambda: 1_800_000_600)
    assert client.get("/q/7KX4M2PQ").status_code == 200


def test_with_the_cache_away_people_go_on(client: Client, unit: SurveyUnit, valkey: Server) -> None:
    guess(client, times=3)
    valkey.kill()
    assert client.get("/q/ZZZZZZZZ").status_code == 404
    assert client.get("/q/7KX4M2PQ").status_code == 200
    assert send(client, "/q/7KX4M2PQ", body()).status_code == 200


def test_a_cache_that_fails_stops_nobody(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitsCache, "incr", mock.Mock(side_effect=ValueError("gone meanwhile")))
    assert guess(client, times=6) == [404] * 6
    assert client.get("/q/7KX4M2PQ").status_code == 200


def test_whoever_is_right_asks_the_cache_nothing(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = mock.Mock(side_effect=AssertionError)
    for name in ("add", "get", "incr"):
        monkeypatch.setattr(LimitsCache, name, asked)
    assert client.get("/q/7KX4M2PQ").status_code == 200


def test_another_process_learns_it_from_the_first_wrong_guess(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess(client)
    monkeypatch.setattr(wrong_guesses, "_stopped", set())
    assert client.get("/q/7KX4M2PQ").status_code == 200
    assert client.get("/q/ZZZZZZZZ").status_code == 429
    assert client.get("/q/7KX4M2PQ").status_code == 429


def test_the_cache_holds_no_address(client: Client) -> None:
    client.get("/q/ZZZZZZZZ")
    kept = caches["redis"]._cache.get_client().keys("*")  # type: ignore[attr-defined]
    assert kept and not any(b"127.0.0.1" in key for key in kept)
    assert all(cache.get(key.decode().rpartition(":1:")[2]) == 1 for key in kept)


def test_wrong_tokens_of_the_api_count(client: Client) -> None:
    address = "/api/v1/organisations/merrowfield/surveys"
    assert client.get(address).status_code == 401
    wrong = {"authorization": "Bearer ffit_wrong"}
    said = [client.get(address, headers=wrong).status_code for _ in range(5)]
    assert said == [401, 401, 401, 429, 429]
    assert client.get(address).status_code == 401


def test_a_hospital_may_be_wrong_more_often_than_it_ever_is() -> None:
    """The figures of ADR 33."""
    a_day = 300 * 24 * 60 * 60 // wrong_guesses.WINDOW
    assert a_day == 43_200
    posters = len(tokens.ALPHABET) ** tokens.CODE_LENGTH / 1_000
    slips = len(tokens.ALPHABET) ** tokens.SLIP_LENGTH / 20_000
    assert round(posters / a_day / 365) == 70
    assert round(slips / a_day / 365) == 3570
    assert Path("docs/adr/0033-who-guesses-waits.md").read_text().count("43,200") == 1
