"""What the answer page weighs. The goal is one first window: 13,900 bytes, 14,600 with headers."""

from collections.abc import Mapping
from datetime import timedelta
from unittest import mock

import brotli
import pytest
from django.core.cache import caches
from django.test import Client

from instruments.actions.load_instrument import load_instrument
from instruments.models import Edition, Translation
from responses.tasks import compress_documents
from surveys.models import Contact, SurveyUnit
from tests.factories import SurveyFactory
from tests.instruments.shipped import shipped_ffit
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db

MOST = 13_900
MOST_WITH_HEADERS = 14_600
BY_THE_SERVER = 166  # the status line, date, server, connection and, in production, HSTS
PROBLEM = (
    "Too many patients fall at night on the way to the toilet. Most falls are between 2 and 5am."
)
CHANGE = "We offer help to the toilet at 10pm, 2am and 5am, and a light stays on beside each bed."


def widest(edition: Edition) -> SurveyUnit:
    """Comments by section, days of result and debrief, a staff list, long words."""
    survey = SurveyFactory.create(
        version=edition.version,
        ward_edition=edition,
        comments="section",
        problem=PROBLEM,
        change=CHANGE,
    )
    survey.result_at = survey.closes_at + timedelta(days=2)
    survey.debrief_at = survey.closes_at + timedelta(days=5)
    survey.save()
    unit = open_unit(survey=survey, unit_name="Ward 7 – care of older people", headcount=30)
    # "Answers sent" then says what we send to the staff list.
    Contact.objects.create(survey_unit=unit, email="ann@merrowfield.example")
    return unit


def with_headers(headers: Mapping[str, str]) -> int:
    """Bytes of an answer with its headers and what the server adds to them."""
    lines = sum(len(f"{name}: {value}\r\n") for name, value in headers.items())
    return int(headers["Content-Length"]) + lines + BY_THE_SERVER


def test_every_edition_and_language_fits(client: Client) -> None:
    version, _ = load_instrument(text=shipped_ffit())
    for edition in version.editions.all():
        unit = widest(edition)
        compress_documents(unit.pk)
        for language in Translation.objects.filter(edition=edition).values_list(
            "language", flat=True
        ):
            response = client.get(
                f"/q/{unit.answer_code}?lang={language}", headers={"accept-encoding": "br"}
            )
            assert response["Content-Encoding"] == "br"
            assert len(response.content) <= MOST, (edition.code, language)
            assert with_headers(response.headers) <= MOST_WITH_HEADERS, (edition.code, language)
            brotli.decompress(response.content)


def test_the_widest_fits_whenever_it_closes(client: Client) -> None:
    """The names of days and months move it by some 50 bytes."""
    version, _ = load_instrument(text=shipped_ffit())
    unit = widest(version.editions.get(code="front-line-2"))
    survey, weights = unit.survey, {}
    for _ in range(12):
        for name in ("closes_at", "result_at", "debrief_at"):
            setattr(survey, name, getattr(survey, name) + timedelta(days=31))
        survey.save()
        unit.closes_at = survey.closes_at
        unit.save()
        for cache in caches.all():
            cache.clear()
        compress_documents(unit.pk)
        response = client.get(f"/q/{unit.answer_code}", headers={"accept-encoding": "br"})
        weights[str(unit.closes_at)] = with_headers(response.headers)
    assert len(set(weights.values())) > 1
    assert max(weights.values()) <= MOST_WITH_HEADERS, weights


def test_the_task_makes_what_the_page_asks_for(client: Client) -> None:
    """By poster and by link, compressed once: a second run finds them there."""
    unit = open_unit()
    page = f"/q/{unit.answer_code}"
    quick = len(client.get(page, headers={"accept-encoding": "br"}).content)
    compress_documents(unit.pk)
    caches["documents"].clear()
    with mock.patch("responses.presenters.document_cache.begin") as begin:
        best = len(client.get(page, headers={"accept-encoding": "br"}).content)
        compress_documents(unit.pk)
    assert not begin.called
    assert best < quick


def test_who_comes_first_asks_once_for_the_best(client: Client) -> None:
    unit = open_unit()
    with mock.patch("responses.presenters.document_cache.enqueue_on_commit") as asked:
        for _ in range(3):
            caches["documents"].clear()
            client.get(f"/q/{unit.answer_code}", headers={"accept-encoding": "br"})
    asked.assert_called_once_with("responses.compress_documents", unit.pk)
