"""Digests of snapshots: what a page of many units needs, read once in each process."""

from typing import Any

import pytest
from django.utils import timezone

from overview.queries import summaries
from overview.queries.summaries import summaries_of
from scoring.models import Snapshot
from tests.factories import UnitFactory
from tests.published_house import House
from tests.results.payloads import change, payload
from tests.results.published import publish


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "_kept", {})


def test_a_payload_is_read_once(house: House, django_assert_num_queries: Any) -> None:
    key = house.result.pk
    with django_assert_num_queries(2):
        first = summaries_of([key])
    with django_assert_num_queries(1):
        assert summaries_of([key])[key] is first[key]
    with django_assert_num_queries(0):
        assert summaries_of([]) == {}


def test_it_says_what_was_released_and_nothing_else(house: House) -> None:
    shown = payload()
    change(shown["sections"][1], mean=None, word=None, anchors=None, withheld="few_answers")
    change(shown["sections"][1]["items"][0], level=None, withheld="few_answers")
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown)
    digest = summaries_of([unit.pk])[unit.pk]
    assert (digest.tier, digest.answered, digest.headcount, digest.k) == ("figures", 14, 22, 7)
    assert [one.mean for one in digest.sections][:3] == [3.6, None, 2.8]
    assert digest.sections[1].phrase == ""
    assert digest.sections[0].phrase == "a moderate to a great extent"
    assert digest.leaders == 4
    assert "RES01" not in digest.levels
    assert digest.levels["RES02"] == "middle"


def test_a_joint_sheet_has_the_level_of_what_was_agreed(house: House) -> None:
    shown = payload("joint")
    change(shown["sections"][1]["items"][0], mean=1.0, level="low")
    change(shown["sections"][1]["items"][1], mean=5.0, level="high")
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=shown)
    levels = summaries_of([unit.pk])[unit.pk].levels
    assert (levels["RES01"], levels["RES02"]) == ("low", "high")


def test_a_correction_is_another_digest(house: House) -> None:
    unit = house.result
    before = summaries_of([unit.pk])[unit.pk]
    corrected = payload()
    corrected["headcount"] = 30
    first = Snapshot.objects.get(survey_unit=unit)
    Snapshot.objects.create(
        survey_unit=unit, number=2, released_at=timezone.now(), payload=corrected,
        replaces=first, reason="A wrong number of staff.",
    )  # fmt: skip
    after = summaries_of([unit.pk])[unit.pk]
    assert (before.headcount, after.headcount) == (22, 30)


def test_the_oldest_go_when_there_are_too_many(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "MOST", 2)
    units = [house.result.pk]
    for number in range(3):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 20}")
        unit = publish(organisation=house.organisation, unit=ward, payload=payload())
        units.append(unit.pk)
    assert summaries_of(units).keys() == set(units)
    assert len(summaries._kept) == 2
