"""Leaders’ own forms beside a result: whose mark is whose, and for whom."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Role
from surveys.models import NamedResponse, SurveyUnit
from tests.published_house import House
from tests.results.payloads import leaders, payload
from tests.results.published import add_leaders, publish

NAMES = ("Ann Lee", "Bo Khan", "Cy Ortiz", "Di Moss")


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def led(house: House) -> SurveyUnit:
    """Ward 9's result with two leaders who scored all 3 and all 4."""
    said = payload(leaders=leaders(2))
    assert said["leaders"] is not None
    for section in said["leaders"]["sections"].values():
        section["dots"] = [3.0, 4.0]
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=said)
    add_leaders(unit, "Ann Lee", "Bo Khan")
    NamedResponse.objects.filter(survey_unit=unit, name="Ann Lee").update(answers="4" * 45)
    return unit


def test_the_lead_and_leaders_see_whose_mark_is_whose_and_the_ward_never(
    house: House, client: Client, led: SurveyUnit
) -> None:
    manager = house.member(Role.MANAGER, house.ward_9)
    reviewer = house.member(Role.REVIEWER)
    SurveyUnit.objects.filter(pk=led.pk).update(published_at=timezone.now() - timedelta(days=20))
    for user in (manager, reviewer):
        page = signed_in(client, user).get(house.address(led)).content.decode()
        assert "app-chart__letter" not in page
        assert "Ann Lee" not in page
    NamedResponse.objects.filter(survey_unit=led, name="Ann Lee").update(user=manager)
    for user in (manager, house.member(Role.LEAD)):
        page = signed_in(client, user).get(house.address(led)).content.decode()
        assert re.findall(r'app-chart__letter"[^>]*>([^<]*)<', page)[:2] == ["B", "A"]
        assert "<b>A</b> Ann Lee" in page
        assert "3.0" not in page
        with_figures = client.get(f"{house.address(led)}?figures=1").content.decode()
        assert '3.0&nbsp;<span class="app-screen-only">B</span>' in with_figures
    ward = client.get(f"/w/{led.ward_page_code}").content.decode()
    assert "app-chart__letter" not in ward
    assert "Ann Lee" not in ward


def test_a_form_agreed_together_is_one_mark_and_names_nobodys(house: House, client: Client) -> None:
    said = payload(leaders=leaders(1, together=True))
    unit = publish(
        organisation=house.organisation, unit=house.ward_9, payload=said, leaders_together=True
    )
    add_leaders(unit, "Ann Lee", "Bo Khan")
    page = signed_in(client, house.member(Role.LEAD)).get(house.address(unit)).content.decode()
    assert "14 of 22</b> staff answered 45 statements. The leaders agreed one form" in page
    assert "the leaders, who agreed one form" in page
    assert "Leaders, together: " in page
    assert "<b>A</b> Ann Lee, Bo Khan" in page
    assert "They agreed one form together." in page
    own = client.get(f"{house.address(unit)}leaders").content.decode()
    assert "The leaders agreed one form together." in own
    assert own.count('scope="col" class="app-number"') == 1
    ward = client.get(f"/w/{unit.ward_page_code}").content.decode()
    assert "The leaders agreed one form together." in ward
    assert "one leader<" not in ward
    assert "Ann Lee" not in ward


def test_leaders_sheets_are_kept_where_the_ward_has_no_result(house: House, client: Client) -> None:
    few = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"))
    add_leaders(few, "Ann Lee", "Bo Khan")
    manager = house.member(Role.MANAGER, house.ward_9)
    address = f"{house.address(few)}leaders"
    signed_in(client, manager)
    assert address not in client.get(house.address(few)).content.decode()
    assert client.get(address).status_code == 403
    NamedResponse.objects.filter(survey_unit=few, name="Ann Lee").update(user=manager)
    for user in (manager, house.member(Role.LEAD)):
        signed_in(client, user)
        assert address in client.get(house.address(few)).content.decode()
        page = client.get(address).content.decode()
        assert "Ann Lee" in page and "Bo Khan" in page
        assert page.count(">3.0<") == 2 * 7
    signed_in(client, house.member(Role.REVIEWER))
    assert client.get(address).status_code == 403


def test_leaders_sheets_wait_for_the_result(house: House, client: Client) -> None:
    running = publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    add_leaders(running, "Ann Lee")
    signed_in(client, house.member(Role.LEAD))
    page = client.get(f"{house.address(running)}leaders").content.decode()
    assert "The survey is still open" in page
    assert ">3.0<" not in page


def test_leaders_sheets_cost_the_same_for_many(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    add_leaders(house.result, *(f"Leader {number}" for number in range(6)))
    signed_in(client, house.member(Role.LEAD))
    client.get(f"{house.address()}leaders")
    with django_assert_num_queries(8):
        client.get(f"{house.address()}leaders")


def test_no_letter_of_a_leader_is_kept_for_whoever_reads_next(house: House, client: Client) -> None:
    marks = '<text class="app-chart__count app-chart__letter"'
    made = payload()
    assert made["leaders"] is not None
    for section in made["leaders"]["sections"].values():
        section["dots"] = [3.0] * len(NAMES)  # as their sheets say
    result = publish(
        organisation=house.organisation, unit=house.ward_9, payload=made, ward_page_code="ward-9"
    )
    add_leaders(result, *NAMES)
    lead = house.member(Role.LEAD)
    for _ in range(2):
        client.logout()
        assert marks not in client.get("/w/ward-9").content.decode()
        assert marks in signed_in(client, lead).get(house.address(result)).content.decode()
