"""The sums over a survey's units: for leads whose reach has all of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role, Unit
from scoring.models import ParentSnapshot
from scoring.rules.sums import KeptPools
from surveys.models import Survey
from tests.factories import UnitFactory
from tests.published_house import House
from tests.results.payloads import change, payload
from tests.results.published import publish


@pytest.fixture
def divisions(house: House) -> list[Unit]:
    """Two divisions with two wards each in the survey of Ward 7, and the sums over them."""
    survey: Survey = house.result.survey
    found = [
        UnitFactory.create(organisation=house.organisation, name=name)
        for name in ("Surgery", "Medicine")
    ]
    for division in found:
        for _ in range(2):
            ward = UnitFactory.create(organisation=house.organisation, parent=division)
            publish(organisation=house.organisation, unit=ward, payload=payload(), survey=survey)
    for unit, name in ((None, house.organisation.name), *((one, one.name) for one in found)):
        summed = payload(units={"released": 2, "asked": 3}, answered=41, headcount=60, leaders=None)
        for section in summed["sections"]:
            change(section, interval=None, agreement=None, people=30, units=2, scored=None)
        change(summed["sections"][1], mean=None, word=None, withheld="one_unit", people=None)
        ParentSnapshot.objects.create(
            survey=survey, unit=unit, name=name, released_at=timezone.now(), parts=[],
            pools=KeptPools(items={}, sections={}), payload=summed,
        )  # fmt: skip
    return found


def address(house: House) -> str:
    return f"{house.results}together/{house.result.survey_id}/"


def test_the_lead_of_all_sees_the_whole_first_then_divisions_by_name(
    house: House, divisions: list[Unit], client: Client
) -> None:
    client.force_login(house.member(Role.LEAD))
    page = client.get(address(house)).content.decode()
    names = ("Merrowfield Hospitals", "Medicine", "Surgery")
    heads = [page.index(f"<h2>{name}</h2>") for name in names]
    assert heads == sorted(heads)
    assert page.count("2 of 3 units have a result") == 3
    assert page.count("41 of 60 answered") == 3
    assert page.count("there is no combined result") >= 3
    assert "30 of 41 people, 2 of 3 units" in page
    assert address(house) in client.get(house.results).content.decode()


def test_the_lead_of_one_division_sees_its_sum_only(
    house: House, divisions: list[Unit], client: Client
) -> None:
    client.force_login(house.member(Role.LEAD, divisions[1]))
    page = client.get(address(house)).content.decode()
    assert "<h2>Medicine</h2>" in page
    assert "<h2>Surgery</h2>" not in page
    assert "<h2>Merrowfield Hospitals</h2>" not in page


def test_a_lead_of_one_ward_sees_no_sum(
    house: House, divisions: list[Unit], client: Client
) -> None:
    client.force_login(house.member(Role.LEAD, house.ward_7))
    assert "no combined results yet" in client.get(address(house)).content.decode()
    assert "Combined results" not in client.get(house.results).content.decode()
    client.force_login(house.member(Role.LEAD, house.ward_9))
    assert client.get(address(house)).status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_are_refused(
    house: House, divisions: list[Unit], client: Client, role: Role
) -> None:
    client.force_login(house.member(role))
    assert client.get(address(house)).status_code == 403


def test_more_divisions_take_no_more_queries(
    house: House,
    divisions: list[Unit],
    client: Client,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for _ in range(6):
        unit = UnitFactory.create(organisation=house.organisation)
        ParentSnapshot.objects.create(
            survey=house.result.survey, unit=unit, name=unit.name, released_at=timezone.now(),
            parts=[], pools=KeptPools(items={}, sections={}),
            payload=payload(units={"released": 2, "asked": 2}),
        )  # fmt: skip
    client.force_login(house.member(Role.LEAD))
    with django_assert_max_num_queries(7):
        assert client.get(address(house)).content.decode().count("units have a result") == 9
