"""Instruments that are not the FFIT: other scales, odd parts, from a file to the ward's page."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork import counting, tasks
from fieldwork.actions.launch import UnitToAsk
from instruments.actions.import_instrument import import_instrument
from instruments.actions.publish_version import publish_version
from instruments.exchange.read_file import read_content
from instruments.models import Version
from scoring import tasks as scoring_tasks
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.fieldwork.launching import Trust, a_trust, only_unit
from tests.responses.forms import body, send

pytestmark = pytest.mark.django_db


def published(trust: Trust, *, low: int, high: int, parts: tuple[int, ...]) -> Version:
    """An own instrument with so many statements in each part, brought from JSON."""
    document = {
        "instrument": {
            "code": "OWN",
            "title": "Our own questions",
            "scale": {
                "min": low,
                "max": high,
                "labels": [f"Point {value}" for value in range(low, high + 1)],
            },
            "sections": [
                {
                    "code": f"P{part}",
                    "title": f"Part {part}",
                    "stem": "How often do we:",
                    "items": [
                        {"code": f"P{part}I{item:02}", "text": f"do thing {item} of {part}?"}
                        for item in range(1, size + 1)
                    ],
                }
                for part, size in enumerate(parts, start=1)
            ],
        }
    }
    found = read_content(json.dumps(document).encode(), "own.json")
    assert found.version is not None
    assert found.errors == ()
    draft, _ = import_instrument(
        text=found.version, organisation=trust.organisation, by=trust.manager
    )
    return publish_version(version=draft, by=trust.manager)


@pytest.mark.parametrize(
    ("low", "high", "parts"),
    [(0, 3, (1, 2, 5)), (0, 10, (3, 8)), (1, 7, (13,))],
)
def test_from_a_file_to_the_wards_page(
    client: Client, low: int, high: int, parts: tuple[int, ...]
) -> None:
    trust = a_trust()
    version = published(trust, low=low, high=high, parts=parts)
    edition = version.editions.get()
    survey = trust.open(UnitToAsk(trust.ward_9, 22), ward_edition=edition)
    unit = only_unit(survey)
    codes = [
        f"P{part}I{item:02}"
        for part, size in enumerate(parts, start=1)
        for item in range(1, size + 1)
    ]
    page = client.get(f"/q/{unit.answer_code}").content.decode()
    points = high - low + 1
    assert page.count("<select") == sum(parts)
    assert page.count("<option value") == sum(parts) * (points + 2)
    assert f">{high} Point {high}" in page
    assert f"<b>{high}</b> Point {high}" in page
    # Half say the lowest, half the highest: the mean is in the middle of the scale.
    for person in range(14):
        choice = 0 if person % 2 else points - 1
        answers = dict.fromkeys(codes, str(choice))
        # Each on a phone of their own.
        assert send(Client(), f"/q/{unit.answer_code}", body(**answers)).status_code == 200
    beyond = body(**dict.fromkeys(codes, str(points)))
    assert send(client, f"/q/{unit.answer_code}", beyond).status_code == 400
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    counting.sweep()
    scoring_tasks.sweep()
    payload = Snapshot.objects.get().payload
    middle = (low + high) / 2
    assert payload["scale"]["min"] == low
    assert payload["scale"]["max"] == high
    assert [section["mean"] for section in payload["sections"]] == [middle] * len(parts)
    assert payload["answered"] == 14
    shown = client.get(f"/w/{unit.ward_page_code}?figures=1").content.decode()
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())
    assert "14 of 22 answered" in text
    assert f"{middle:.1f}" in text
    assert f"Point {high}" in text
    assert f"The {sum(parts)} statements" in text
    assert "To a very great extent" not in text
    client.force_login(trust.lead)
    assert client.get(trust.url(f"results/{unit.pk}/")).status_code == 200
