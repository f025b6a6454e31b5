"""Every form in which a result without bars leaves the server, searched for what is held back.

Everybody scored the first statement high and all others low, and one could not say. So any figure
from 4.1 to 5 would be that statement's mean, which no tier but the one with bars shows.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork import counting
from organisations.models import Unit
from scoring import tasks
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.factories import SurveyFactory, UnitFactory
from tests.responses.ballots import answer, open_unit
from tests.results.views.test_withheld import (
    HIGH,
    answers_of_the_api,
    documents,
    lead,
    pages,
    words,
)
from tests.scoring.actions.test_publish import close

pytestmark = pytest.mark.django_db

FEWEST = 5
# Bars, and how many scored a statement or could not say.
COUNTS = re.compile(r"\d% (chose \d|“I can|can’t say)|\d of \d+ scored|[Ss]cored by \d")
OF_ALL = ("scored", "cant_say", "interval")
OF_STATEMENTS = ("n", "mean", "distribution", "cant_say", "cant_say_count", "agreement")
MEASURES = ("share of answers", "scored by, least", "scored by, most", "interval from")


def sheets(number: int, first: str) -> list[str]:
    random = Random(number)
    made = ["".join(random.choice("0123") for _ in range(45)) for _ in range(number)]
    made = [first[place % len(first)] + sheet[1:] for place, sheet in enumerate(made)]
    return [made[0][:-1] + "?", *made[1:]]


def surveyed(unit: Unit, answers: list[str], *, days_ago: float = 0) -> SurveyUnit:
    """A survey of the unit that closed then and is released now; at least 5 must answer."""
    survey = SurveyFactory.create(organisation=unit.organisation)
    found = open_unit(survey=survey, unit=unit, minimum_group=FEWEST)
    for sheet in answers:
        answer(found, answers=sheet)
    # Of too few it stays open once more.
    close(found, times=1 if len(answers) >= FEWEST else 2)
    counting.sweep()
    closed_at = timezone.now() - timedelta(days=days_ago)
    SurveyUnit.objects.filter(pk=found.pk).update(closes_at=closed_at)
    tasks.sweep()
    return found


def without_bars(tier: str) -> SurveyUnit:
    unit = UnitFactory.create()
    if tier == "too soon":
        surveyed(unit, sheets(12, "01"), days_ago=20)
    number = {"too few": 4, "words": 6, "small": 8, "too soon": 14}[tier]
    return surveyed(unit, sheets(number, "45"))


def searched(unit: SurveyUnit, client: Client) -> dict[str, str]:
    """What any form says, by its name."""
    user = lead(unit)
    client.force_login(user)
    forms = {name: words(page) for name, page in pages(unit, client)}
    return forms | {f"api {name}": text for name, text in answers_of_the_api(unit, user)}


def held_back(forms: dict[str, str]) -> dict[str, list[str]]:
    found = {
        name: [hit[0] for pattern in (HIGH, COUNTS) for hit in pattern.finditer(text)]
        for name, text in forms.items()
    }
    return {name: hits for name, hits in found.items() if hits}


def figures_in(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """What stands under any of these keys, wherever it is, but for reasons."""
    if isinstance(value, list):
        for each in value:
            yield from figures_in(each, keys)
    if isinstance(value, dict):
        for key, each in value.items():
            if key in keys and each is not None:
                yield key, each
            if key != "why":
                yield from figures_in(each, keys)


@pytest.mark.parametrize(
    ("tier", "shown", "section_means"),
    [
        ("words", ("words", "words_only"), 0),
        ("small", ("small", "small_ward"), 7),
        ("too soon", ("small", "too_soon"), 7),
    ],
)
def test_no_form_of_a_result_without_bars_holds_what_its_tier_does_not_show(
    tier: str, shown: tuple[str, str], section_means: int, client: Client
) -> None:
    unit = without_bars(tier)
    payload = Snapshot.objects.get(survey_unit=unit).payload
    assert (payload["tier"], payload["why"]) == shown
    means = [section["mean"] for section in payload["sections"]]
    assert sum(mean is not None for mean in means) == section_means
    forms = searched(unit, client)
    made = dict(documents(unit))
    assert held_back(forms | made) == {}
    sections = json.loads(forms[f"api /snapshots/{unit.pk}"])
    assert list(figures_in(sections, OF_ALL)) == []
    items = [one["items"] for one in payload["sections"]]
    assert list(figures_in(items, OF_STATEMENTS)) == []
    table = list(csv.DictReader(io.StringIO(made["csv"])))
    kept = [row for row in table if row["value"] and row["measure"] in MEASURES]
    kept += [row for row in table if row["value"] and row["measure"].startswith("cannot say")]
    kept += [
        row for row in table
        if row["value"] and (row["level"], row["measure"]) == ("statement", "mean")
    ]  # fmt: skip
    assert kept == []
    levels = [row for row in table if row["measure"] == "high, middle or low" and row["value"]]
    assert len(levels) == (0 if tier == "words" else 45)


def test_of_too_few_answers_no_form_says_anything(client: Client) -> None:
    unit = without_bars("too few")
    payload = Snapshot.objects.get(survey_unit=unit).payload
    assert (payload["withheld"], payload["answered"]) == ("below_k", None)
    forms = searched(unit, client)
    assert held_back(forms) == {}
    about = ("sections", "answered", "mean", "word", "level", "distribution")
    said = json.loads(forms[f"api /snapshots/{unit.pk}"])
    assert [each for _, each in figures_in(said, about) if each] == []


def test_the_search_finds_counts() -> None:
    for text in ("12% chose 3", "7 of 8 scored it", "Scored by 7 of 8 people", "13% “I can’t say”"):
        assert COUNTS.search(text), text
    for text in ("more than 30% chose it", "8 of 12 staff", "Bars are shown from 11"):
        assert not COUNTS.search(text), text
