"""Whoever guesses codes and links has to wait; nobody else does."""

import re
from pathlib import Path
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from organisations.carriers import failed_attempts, limits
from organisations.rules.token_bucket import Bucket
from responses.models import Envelope
from surveys.models import SurveyUnit
from surveys.rules import tokens
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, named_link, send
from tests.servers import Server

pytestmark = pytest.mark.django_db
WAIT = "Too many attempts"
WRONG = (
    "/a/nobody",
    "/q/ZZZZZZZZ",
    "/q/ZZZZZZZZZZ",
    "/l/nobody",
    "/stop/1-nobody",
    "/w/nobody",
    "/ask/nobody",
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Three wrong ones are enough here, six of a site, and no time passes by itself."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(failed_attempts, "A_NETWORK", Bucket(3, 600))
    monkeypatch.setattr(failed_attempts, "A_SITE", Bucket(6, 600))
    monkeypatch.setattr(limits, "_now", lambda: now[0])
    monkeypatch.setattr(limits, "memory", limits._Memory())
    return now


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit(answer_code="7KX4M2PQRS")


def guess(client: Client, times: int = 4) -> list[int]:
    return [client.get(f"/q/WRNG{number:06d}").status_code for number in range(times)]


@pytest.mark.parametrize("address", WRONG)
def test_every_kind_of_wrong_link_counts(client: Client, address: str) -> None:
    assert [client.get(address).status_code for _ in range(5)] == [404, 404, 404, 429, 429]


def test_the_page_says_what_happened_and_when_to_try_again(client: Client) -> None:
    guess(client)
    response = client.get("/q/ZZZZZZZZ")
    text = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (429, "200")
    assert WAIT in text and "Try again in 4 minutes, or use mobile data" in text
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    said = client.get("/q/ZZZZZZZZ", headers={"accept": "application/json"})
    assert (said.status_code, said.json()["sent"]) == (429, False)


def test_a_plain_form_that_has_to_wait_is_kept(client: Client, clock: list[float]) -> None:
    """Somebody typed the code wrong who had answered without script."""
    unit = open_unit()
    guess(client)
    form = body()
    response = send(client, "/q/7KX4M2PQRT", form, script=False)
    text = response.content.decode()
    assert response.status_code == 429
    assert "Try again now" in text
    again = urlencode(re.findall(r'type=hidden name="(\w+)" value="([^"]*)"', text))
    assert again == form
    SurveyUnit.objects.filter(pk=unit.pk).update(answer_code="7KX4M2PQRT")
    for _ in range(2):
        assert send(client, "/q/7KX4M2PQRT", again, script=False).status_code == 200
    assert Envelope.objects.count() == 1


def test_what_is_right_opens_whatever_else_came_from_there(
    client: Client, unit: SurveyUnit
) -> None:
    own, leader = f"/a/{invite(unit)}", named_link(unit)
    assert guess(client)[-1] == 429
    for address in ("/q/7KX4M2PQRS", own, leader, f"/w/{unit.ward_page_code}"):
        assert client.get(address).status_code == 200
    assert client.get(f"/a/talk/{unit.ward_page_code}.ics").status_code == 200
    for address in ("/q/7KX4M2PQRS", own):
        assert send(client, address, body()).status_code == 200
    assert Envelope.objects.count() == 2


def test_what_is_right_never_counts_nor_what_a_ward_page_has_not_yet(
    client: Client, unit: SurveyUnit
) -> None:
    for _ in range(5):
        assert client.get("/q/7KX4M2PQRS").status_code == 200
        assert client.get(f"/w/{unit.ward_page_code}/you-said-we-did").status_code == 404
        assert client.get("/a/").status_code == 200
    assert guess(client) == [404, 404, 404, 429]


def test_another_address_does_not_wait(client: Client, settings: Settings) -> None:
    guess(client)
    assert guess(Client(REMOTE_ADDR="192.0.2.7"), times=1) == [404]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    passed_on = Client(headers={"x-forwarded-for": "198.51.100.9, 192.0.2.8"})
    assert guess(passed_on, times=1) == [404]
    # Without the proxy's word the proxy itself is counted.
    assert guess(Client(), times=1) == [429]


def test_a_64_is_one_network_and_a_48_takes_more() -> None:
    def wrong(address: str) -> int:
        return guess(Client(REMOTE_ADDR=address), times=1)[0]

    assert [wrong(f"2001:db8:1:1::{number}") for number in range(4)] == [404, 404, 404, 429]
    # The fourth was the fourth of its site too.
    assert [wrong("2001:db8:1:2::1"), wrong("2001:db8:1:3::1")] == [404, 404]
    assert wrong("2001:db8:1:4::1") == 429
    assert wrong("2001:db8:2:1::1") == 404


def test_a_place_comes_back_after_a_while(client: Client, clock: list[float]) -> None:
    guess(client)
    clock[0] += 201
    assert guess(client, times=2) == [404, 429]


def test_with_valkey_away_people_go_on_and_guessers_wait(
    client: Client, unit: SurveyUnit, valkey: Server
) -> None:
    valkey.kill()
    assert guess(client) == [404, 404, 404, 429]
    assert client.get("/q/7KX4M2PQRS").status_code == 200
    assert send(client, "/q/7KX4M2PQRS", body()).status_code == 200


def test_whoever_is_right_asks_valkey_nothing(
    client: Client, unit: SurveyUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_wait", mock.Mock(side_effect=AssertionError))
    assert client.get("/q/7KX4M2PQRS").status_code == 200


def test_wrong_tokens_of_the_api_count(client: Client) -> None:
    address = "/api/v1/organisations/merrowfield/surveys"
    assert client.get(address).status_code == 401
    wrong = {"authorization": "Bearer ffit_wrong"}
    said = [client.get(address, headers=wrong).status_code for _ in range(5)]
    assert said == [401, 401, 401, 429, 429]
    assert client.get(address).status_code == 401


def test_a_code_cannot_be_guessed_even_where_nobody_waits() -> None:
    """The figures of ADR 54: at 100 guesses a second."""
    a_year = 100 * 3600 * 24 * 365
    posters = len(tokens.ALPHABET) ** tokens.CODE_LENGTH / 1_000
    slips = len(tokens.ALPHABET) ** tokens.SLIP_LENGTH / 20_000
    decision = Path("docs/adr/0054-wrong-ones-wait.md").read_text()
    for years in (round(posters / a_year), round(slips / a_year)):
        assert f"{years:,} years" in decision
