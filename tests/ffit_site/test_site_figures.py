"""Figures that the database and the certificate give at each scrape."""

import math
import subprocess
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from devtools import ROOT
from ffit_site import health
from organisations.models import Deployment, Heartbeat
from reports.models import Document, Export
from responses.models import Backup
from surveys.models import Survey, SurveyUnit
from tests.factories import SurveyUnitFactory
from tests.ffit_site.scraping import made_files, scraped
from tests.published_house import House
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("ago", "is_told"), [(3599, True), (3601, False)])
def test_how_long_the_slowest_file_of_the_last_hour_took(
    client: Client, house: House, ago: int, is_told: bool
) -> None:
    made_files(house)
    back = timezone.now() - timedelta(seconds=ago)
    for files, seconds in ((Document.objects, 40), (Export.objects, 90)):
        files.update(asked_at=back - timedelta(seconds=seconds), finished_at=back)
    found = scraped(client)
    assert found["ffit_document_seconds", ("table",)] == (40 if is_told else 0)
    assert found["ffit_document_seconds", ("export_table",)] == (90 if is_told else 0)
    assert found["ffit_document_seconds", ("full",)] == 0
    Document.objects.update(state="failed", finished_at=timezone.now())
    assert scraped(client)["ffit_document_seconds", ("table",)] == 0


@pytest.mark.parametrize(("ago", "seconds"), [(3599, 70), (3601, 0)])
def test_how_long_the_slowest_count_of_the_last_hour_took(
    client: Client, ago: int, seconds: int
) -> None:
    assert scraped(client)["ffit_count_seconds", ()] == 0
    counted_at = timezone.now() - timedelta(seconds=ago)
    for took in (10, 70):
        unit = open_unit(state="counted")
        closed_at = counted_at - timedelta(seconds=took)
        SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=closed_at)
        Survey.objects.filter(pk=unit.survey_id).update(counted_at=counted_at)
        # One that closed before the others is no slow count.
        SurveyUnitFactory.create(
            survey=unit.survey, state="counted", closes_at=closed_at - timedelta(days=2)
        )
    assert scraped(client)["ffit_count_seconds", ()] == seconds


def test_which_version_runs(client: Client) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert scraped(client)["ffit_build_info", (project["version"],)] == 1


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
    with django_assert_max_num_queries(36):
        client.get("/metrics")


def test_without_the_database_only_that_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.probe, "answers", lambda: False)
    found = scraped(client)
    assert found["ffit_database_answers", ()] == 0
    assert ("ffit_surveys", ("open",)) not in found
