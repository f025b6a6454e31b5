"""Organisational support over all units: only what was released, in words, bars and tables."""

import re
from typing import Any

import pytest
from django.test import Client

from organisations.models import Role, Unit
from overview.presenters.organisational_base import spread_words
from scoring.rules.payload import Level, SnapshotPayload
from tests.factories import SurveyFactory, UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish

LEVELS: tuple[Level, ...] = ("low", "middle", "high")


def page_of(house: House, query: str = "", role: Role = Role.LEAD, unit: Unit | None = None) -> str:
    client = Client()
    client.force_login(house.member(role, unit))
    text = client.get(f"/o/{house.organisation.slug}/overview/base/{query}").text
    return " ".join(text.split())


def with_level(code: str, level: Level | None) -> SnapshotPayload:
    said = payload()
    for section in said["sections"]:
        for item in section["items"]:
            if item["code"] == code:
                item["level"] = level
                item["withheld"] = None if level else "few_answers"
    return said


def test_each_statement_of_the_base_is_counted_by_its_released_level(house: House) -> None:
    survey = house.result.survey
    for number, level in enumerate(("low", "low", "high", None)):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 30}")
        publish(
            organisation=house.organisation,
            unit=ward,
            payload=with_level("RES02", level),  # type: ignore[arg-type]
            survey=survey,
        )
    text = page_of(house)
    assert "Results across 5 units" in text
    row = text.split("<strong>necessary equipment?</strong>")[1].split("</li>")[0]
    assert "From low to high" in row
    assert "low in 2, middle in 1, high in 1, of 4 units" in row
    cells = text.split(">necessary equipment?</th>")[1].split("</tr>")[0]
    assert re.findall(r">(\d)</td>", cells) == ["2", "1", "1", "1"]
    unit = text.split('<th scope="row">Ward 33</th>')[1].split("</tr>")[0]
    assert "not shown" in unit
    assert text.count('class="app-chart"') == 10
    assert "has not been validated" in text


def test_what_is_not_released_counts_nowhere(house: House) -> None:
    for number, tier in enumerate(("words", "too_few")):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 30}")
        publish(organisation=house.organisation, unit=ward, payload=payload(tier))  # type: ignore[arg-type]
    text = page_of(house)
    assert "of 1 unit" in text
    assert "Ward 31" not in text  # deleted unopened: there is nothing to say
    unit = text.split('<th scope="row">Ward 30</th>')[1].split("</tr>")[0]
    assert unit.count("not shown") == 10


def test_without_a_result_it_says_so(house: House) -> None:
    text = page_of(house, role=Role.MANAGER, unit=house.ward_9)
    assert "No result to look at yet." in text
    assert "Ward 7" not in text


def test_the_division_stays_in_the_address(house: House) -> None:
    surgery = UnitFactory.create(organisation=house.organisation, name="Surgery")
    ward = UnitFactory.create(organisation=house.organisation, name="Ward 30", parent=surgery)
    publish(organisation=house.organisation, unit=ward, payload=payload())
    assert "1 of 1 units have a result" in page_of(house, f"?division={surgery.pk}")
    assert "2 of 3 units have a result" in page_of(house)
    assert "No result to look at yet" in page_of(house, "?division=x&page=%C2%B2")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), "Shown in no unit"),
        ((1, 0, 0), "Low in the one unit"),
        ((0, 0, 5), "High in all"),
        ((8, 1, 1), "Low in most"),
        ((2, 2, 0), "From low to middle"),
        ((2, 0, 2), "From low to high"),
    ],
)
def test_the_spread_in_words(counts: tuple[int, int, int], words: str) -> None:
    assert spread_words(dict(zip(LEVELS, counts, strict=True))) == words


def test_many_units_cost_no_more_queries(house: House, django_assert_num_queries: Any) -> None:
    survey = SurveyFactory.create(organisation=house.organisation)
    for number in range(70):
        ward = UnitFactory.create(organisation=house.organisation, name=f"Ward {number + 100}")
        publish(organisation=house.organisation, unit=ward, payload=payload(), survey=survey)
    client = Client()
    client.force_login(house.member(Role.LEAD))
    address = f"/o/{house.organisation.slug}/overview/base/"
    with django_assert_num_queries(11):
        client.get(address)
    with django_assert_num_queries(10):  # what was released is known by now
        client.get(address)
