"""Figures for monitoring: what was counted, and nothing that leads to a person or a unit."""

import math
import re

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from ffit_site import breaker as breaking
from organisations.carriers import limits
from organisations.models import Organisation
from organisations.rules.token_bucket import Bucket
from surveys.models import Survey
from tests.factories import MembershipFactory
from tests.ffit_site.scraping import made_files, more, scraped
from tests.published_house import House
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, send
from tests.servers import Server

pytestmark = pytest.mark.django_db


def test_answers_are_counted_by_route_and_respondents_as_one(client: Client) -> None:
    unit = open_unit()
    before = scraped(client)
    client.get("/privacy")
    client.get(f"/q/{unit.answer_code}")
    send(client, f"/a/{invite(unit)}", body())
    client.get("/nowhere")
    after = scraped(client)

    def grown(route: str, method: str, status: str) -> float:
        key = ("ffit_requests_total", (method, route, status))
        return after.get(key, 0) - before.get(key, 0)

    assert grown("privacy", "GET", "2xx") == 1
    assert grown("respondent", "GET", "2xx") == 1
    assert grown("respondent", "POST", "2xx") == 1
    assert grown("none", "GET", "4xx") == 1
    assert after["ffit_surveys", ("open",)] == 1


def test_no_label_and_no_figure_leads_to_anybody(
    client: Client,
    house: House,
    valkey: Server,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "memory", limits._Memory())
    before = scraped(client)
    held = MembershipFactory.create()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.KEY_WAITS_FOR_BACKUP = True
    asked = made_files(house)
    Survey.objects.update(counted_at=timezone.now())
    wait(limits_of="ideas", who=held.user.email)
    valkey.stop()
    limits.seconds_to_wait("uploads", held.user.email, Bucket(most=1, seconds=60))
    breaking.database_away(RequestFactory().get(f"/o/{held.organisation.slug}/"))
    client.force_login(held.user)
    client.get(f"/o/{held.organisation.slug}/")
    unit = open_unit()
    token = invite(unit)
    send(client, f"/a/{token}", body())
    client.get(f"/o/{unit.survey.organisation.slug}/surveys/{unit.survey_id}")
    client.get("/q/no-such-code")
    # All that counts has counted, and what took time is told.
    assert {name.split()[0] for name in more(before, client)} >= {
        *("ffit_requests_total", "ffit_wrong_total", "ffit_limited_total"),
        *("ffit_redis_away_total", "ffit_database_away_total", "ffit_without_forwarded_for_total"),
    }
    assert scraped(client)["ffit_document_seconds", ("export_table",)] == 90
    text = client.get("/metrics").text
    for secret in (
        *(token, unit.answer_code, unit.unit_name, held.user.email, held.organisation.slug),
        *("no-such-code", asked.email, house.ward_7.name, house.organisation.slug),
        *Organisation.objects.values_list("name", flat=True),
    ):
        assert secret not in text
    # No label is a number that could be a row's.
    labels = set(re.findall(r'(\w+)="(\d+)"', text))
    assert not {name for name, _ in labels} - {"le"}
    routes = set(re.findall(r'route="([^"]*)"', text))
    assert routes and not any("/" in route for route in routes)


def test_wrong_ones_are_counted_by_kind(client: Client) -> None:
    before = scraped(client)
    assert {labels for name, labels in before if name == "ffit_wrong_total"} == {
        (kind,) for kind in ("link", "poster", "code", "app_code", "token")
    }
    client.get("/a/no-such-link")
    client.get("/stop/no-such-link")
    client.get("/q/no-such-code")
    client.get("/q/" + open_unit().answer_code)  # a right one
    client.get("/api/v1/organisations", headers={"Authorization": "Bearer ffit_wrong"})
    client.get("/api/v1/organisations")  # brings none
    wrong = {kind for kind in more(before, client).items() if kind[0].startswith("ffit_wrong")}
    assert wrong == {
        ("ffit_wrong_total link", 2),
        ("ffit_wrong_total poster", 1),
        ("ffit_wrong_total token", 1),
    }


def wait(*, limits_of: limits.Limited, who: str) -> None:
    """Asks once too often, and once more."""
    asked = [limits.seconds_to_wait(limits_of, who, Bucket(2, 60)) > 0 for _ in range(4)]
    assert asked == [False, False, True, True]


def test_whoever_must_wait_is_counted_by_what_for(client: Client) -> None:
    before = scraped(client)
    assert ("ffit_limited_total", ("wrong_of_a_site",)) in before
    wait(limits_of="API", who="ann")
    wait(limits_of="app codes", who="ann")
    grown = more(before, client)
    assert grown["ffit_limited_total api"] == grown["ffit_limited_total app_codes"] == 2
    assert not any("downloads" in name for name in grown)


@pytest.mark.parametrize("is_away", [False, True])
def test_redis_is_counted_when_it_does_not_answer(
    client: Client, valkey: Server, monkeypatch: pytest.MonkeyPatch, is_away: bool
) -> None:
    monkeypatch.setattr(limits, "memory", limits._Memory())
    before = scraped(client)
    if is_away:
        valkey.stop()
    for _ in range(3):
        limits.seconds_to_wait("ideas", "ann", Bucket(9, 60))
        caches["default"].get("tries")
    # Each notices once, and asks again after some seconds.
    assert more(before, client).get("ffit_redis_away_total", 0) == (2 if is_away else 0)


def test_each_request_that_met_no_database_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scraped(client)
    own = breaking.Breaker()
    monkeypatch.setattr(breaking, "breaker", own)
    monkeypatch.setattr(own, "is_open", True)
    monkeypatch.setattr(own, "_next_look", math.inf)
    for address in ("/privacy", "/a/no-such-link", "/livez"):
        client.get(address)
    monkeypatch.setattr(own, "is_open", False)
    client.get("/privacy")
    assert more(before, client)["ffit_database_away_total"] == 2


@pytest.mark.parametrize(
    ("proxies", "headers", "counted"),
    [(1, {}, 2), (1, {"X-Forwarded-For": "192.0.2.7"}, 0), (0, {}, 0)],
)
def test_requests_that_name_no_address_are_counted_behind_a_proxy(
    client: Client, settings: Settings, proxies: int, headers: dict[str, str], counted: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    before = scraped(client)
    for address in ("/privacy", "/a/no-such-link", "/livez", "/readyz", "/watchz"):
        client.get(address, headers=headers)
    assert more(before, client).get("ffit_without_forwarded_for_total", 0) == counted
