"""`/readyz`: what stops the site from working, and what only somebody should know."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from ffit_site import health
from surveys import counting, key_folder
from surveys.models import Survey, SurveyUnit
from tests.servers import Server
from tests.surveys.ballots import open_unit

pytestmark = pytest.mark.django_db
WELL = {"database": "ok", "broker": "ok", "sweeps": "ok", "counts": "ok"}


def status(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def closed_a_while_ago() -> Survey:
    unit = open_unit(state="closed")
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(minutes=4))
    Survey.objects.update(state="closed")
    return unit.survey


def test_ready(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        open_unit()
    with django_assert_num_queries(8):
        assert status(client) == (200, WELL)


def test_late_sweeps_are_not_ready(client: Client) -> None:
    closed_a_while_ago()
    assert status(client) == (503, {**WELL, "sweeps": "late: counting"})


def test_a_lost_key_is_told_and_takes_nothing_away(
    client: Client,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    survey = closed_a_while_ago()
    assert survey.public_key is not None
    public_key = bytes(survey.public_key)
    key_folder.destroy(settings.KEYS_DIR, survey_id=survey.pk, public_key=public_key)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        counting.sweep()
    assert f"Survey {survey.pk}: Answers cannot be counted: its key is not in" in caplog.text
    assert status(client) == (200, {**WELL, "counts": "failed: 1"})


def test_without_the_broker_it_is_not_ready(client: Client, valkey: Server) -> None:
    valkey.stop()
    assert status(client) == (503, {**WELL, "broker": "does not answer"})


def test_without_the_database_nothing_else_is_known(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> list[str]:
        raise OperationalError

    monkeypatch.setattr(health, "late_work", away)
    assert status(client) == (
        503,
        {**WELL, "database": "does not answer", "sweeps": "not known", "counts": "not known"},
    )
