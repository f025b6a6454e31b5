"""Figures for monitoring: what was counted, and nothing that leads to a person or a unit."""

import re

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from ffit_site import health
from organisations.models import Organisation
from tests.factories import MembershipFactory
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, send

pytestmark = pytest.mark.django_db


def scraped(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    text = client.get("/metrics").text
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_answers_are_counted_by_route_and_respondents_as_one(client: Client) -> None:
    unit = open_unit()
    before = scraped(client)
    client.get("/privacy")
    client.get(f"/q/{unit.answer_code}")
    send(client, f"/a/{invite(unit)}", body())
    client.get("/nowhere")
    after = scraped(client)

    def more(route: str, method: str, status: str) -> float:
        key = ("ffit_requests_total", (method, route, status))
        return after.get(key, 0) - before.get(key, 0)

    assert more("privacy", "GET", "2xx") == 1
    assert more("respondent", "GET", "2xx") == 1
    assert more("respondent", "POST", "2xx") == 1
    assert more("none", "GET", "4xx") == 1
    assert after["ffit_surveys", ("open",)] == 1


def test_no_label_and_no_figure_leads_to_anybody(client: Client) -> None:
    held = MembershipFactory.create()
    client.force_login(held.user)
    client.get(f"/o/{held.organisation.slug}/")
    unit = open_unit()
    token = invite(unit)
    send(client, f"/a/{token}", body())
    client.get(f"/o/{unit.survey.organisation.slug}/surveys/{unit.survey_id}")
    text = client.get("/metrics").text
    for secret in (
        *(token, unit.answer_code, unit.unit_name, held.user.email, held.organisation.slug),
        *Organisation.objects.values_list("name", flat=True),
    ):
        assert secret not in text
    routes = set(re.findall(r'route="([^"]*)"', text))
    assert routes and not any("/" in route for route in routes)


def test_without_the_database_only_that_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.probe, "answers", lambda: False)
    found = scraped(client)
    assert found["ffit_database_answers", ()] == 0
    assert ("ffit_surveys", ("open",)) not in found
