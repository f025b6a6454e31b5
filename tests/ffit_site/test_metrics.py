"""Figures for monitoring: what was counted, and nothing that leads to a person or a unit."""

import math
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from ffit_site import health
from organisations.models import Deployment, Heartbeat, Organisation
from responses.models import Backup
from surveys.models import Survey
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


def test_wrong_ones_are_counted_by_kind(client: Client) -> None:
    before = scraped(client)
    assert {labels for name, labels in before if name == "ffit_wrong_total"} == {
        ("code",),
        ("link",),
        ("token",),
    }
    client.get("/a/no-such-link")
    client.get("/q/" + open_unit().answer_code)  # a right one
    client.get("/api/v1/organisations", headers={"Authorization": "Bearer ffit_wrong"})
    client.get("/api/v1/organisations")  # brings none
    after = scraped(client)
    more = {
        labels[0]: after[name, labels] - before[name, labels]
        for name, labels in after
        if name == "ffit_wrong_total"
    }
    assert more == {"code": 0, "link": 1, "token": 1}


def test_what_waits_and_what_was_restored(client: Client, settings: Settings) -> None:
    open_unit(state="counted")
    settings.KEY_WAITS_FOR_BACKUP = True
    Heartbeat.objects.create(process="counting", at=timezone.now(), problem="The disk is full.")
    found = scraped(client)
    assert found["ffit_keys_waiting_seconds", ()] == 0
    assert found["ffit_backup_age_seconds", ()] == math.inf
    assert found["ffit_restore_hold", ()] == 0
    assert found["ffit_process_problem", ("counting",)] == 1
    assert found["ffit_heartbeat_age_seconds", ("worker",)] == math.inf
    long_ago = timezone.now() - timedelta(days=3)
    Survey.objects.update(state="counted", counted_at=long_ago)
    Backup.objects.create(taken_at=long_ago)
    Deployment.objects.update(hold_since=timezone.now())
    Heartbeat.objects.update(problem="")
    found = scraped(client)
    assert found["ffit_keys_waiting_seconds", ()] == pytest.approx(3 * 86400, abs=600)
    assert found["ffit_backup_age_seconds", ()] == pytest.approx(3 * 86400, abs=600)
    assert found["ffit_restore_hold", ()] == 1
    assert found["ffit_process_problem", ("counting",)] == 0
    settings.KEY_WAITS_FOR_BACKUP = False
    assert ("ffit_backup_age_seconds", ()) not in scraped(client)


def test_how_long_the_certificate_is_good_for(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    assert ("ffit_certificate_seconds", ()) not in scraped(client)
    file = tmp_path / "certificate"
    settings.CERTIFICATE_FILE = str(file)
    assert scraped(client)["ffit_certificate_seconds", ()] == 0
    file.write_text("no certificate")
    assert scraped(client)["ffit_certificate_seconds", ()] == 0
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "20",
         "-subj", "/CN=ffit.example.org", "-keyout", tmp_path / "key", "-out", file],
        check=True, capture_output=True,
    )  # fmt: skip
    assert scraped(client)["ffit_certificate_seconds", ()] == pytest.approx(20 * 86400, abs=600)


def test_no_figure_asks_for_each_row(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        open_unit()
    with django_assert_max_num_queries(40):
        client.get("/metrics")


def test_without_the_database_only_that_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.probe, "answers", lambda: False)
    found = scraped(client)
    assert found["ffit_database_answers", ()] == 0
    assert ("ffit_surveys", ("open",)) not in found
