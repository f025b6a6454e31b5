"""The list of results: what it shows whom, by name and page by page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisations.models import Role
from results.presenters.charts import CARD_WIDTH
from surveys.models import SurveyUnit
from tests.factories import UnitFactory
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def test_the_list_is_by_name_with_states(house: House, client: Client) -> None:
    few = UnitFactory.create(organisation=house.organisation, name="Ward 10")
    publish(organisation=house.organisation, unit=few, payload=payload("too_few"))
    publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    gone = UnitFactory.create(organisation=house.organisation, name="Ward 2")
    publish(
        organisation=house.organisation,
        unit=gone,
        payload=None,
        state=SurveyUnit.State.CANCELLED,
    )
    page = signed_in(client, house.member(Role.LEAD)).get(house.results).content.decode()
    assert re.findall(r"Ward \d+", re.sub(r"<[^>]+>", "", page)) == ["Ward 7", "Ward 9", "Ward 10"]
    for words in ("No result: too few answers", "Result ready", "Open until"):
        assert words in page
    assert "3.6" not in page


def test_a_joint_form_that_was_not_sent_is_no_result_and_not_too_few_answers(
    house: House, client: Client
) -> None:
    publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"),
            mode="joint")  # fmt: skip
    page = signed_in(client, house.member(Role.LEAD)).get(house.results).content.decode()
    assert "No result: joint form not sent" in page
    assert "too few" not in page


@pytest.mark.parametrize(
    ("mode", "words"),
    [("sealed", "No result: too few answers"), ("joint", "No result: joint form not sent")],
)
def test_every_list_and_search_says_that_there_is_no_result(
    house: House, client: Client, mode: str, words: str
) -> None:
    unit = publish(organisation=house.organisation, unit=house.ward_9, payload=payload("too_few"),
                   mode=mode)  # fmt: skip
    improvement = unit.survey.initiative
    signed_in(client, house.member(Role.MANAGER, house.ward_9))
    home = f"/o/{house.organisation.slug}/"
    for path in ("", "surveys/?q=ward 9", "results/?q=ward 9", f"initiatives/?q={improvement}"):
        page = client.get(home + path).text
        assert words in page, path
        assert "Result ready" not in page, path
    signed_in(client, house.member(Role.LEAD))
    page = client.get(f"{home}overview/?q=ward 9").text
    words = words if mode == "joint" else "No result: fewer than 7 of 22 answered"
    assert words in page
    assert "Ward 9" in page
    assert f"0 0 {CARD_WIDTH}" not in page, "no chart"


def test_a_reviewers_list_says_from_when(house: House, client: Client) -> None:
    publish(organisation=house.organisation, unit=house.ward_9, payload=None)
    page = signed_in(client, house.member(Role.REVIEWER)).get(house.results).content.decode()
    assert "You can read it from" in page
    assert house.address() not in page
    assert "Ward 9" not in page


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "Launch a survey"),
        (Role.REVIEWER, "You can see a unit’s result after its team has discussed it"),
    ],
)
def test_the_empty_list_says_what_comes_next(
    house: House, client: Client, role: Role, words: str
) -> None:
    ward = UnitFactory.create(organisation=house.organisation, name="New ward")
    page = signed_in(client, house.member(role, ward)).get(house.results).content.decode()
    assert "No result yet" in page
    assert words in page
    assert ("Each person takes about 8 minutes to answer." in page) is (role == Role.MANAGER)


def test_five_hundred_units_take_as_many_queries_as_five(
    house: House, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(60):
        publish(
            organisation=house.organisation,
            unit=UnitFactory.create(organisation=house.organisation),
            payload=None,
            survey=house.result.survey,
        )
    signed_in(client, house.member(Role.LEAD))
    with django_assert_num_queries(6):
        page = client.get(house.results).content.decode()
    assert page.count('role="rowheader"') == 50
    assert "?page=2" in page
    last = client.get(house.results, {"page": "999"}).content.decode()
    assert last.count('role="rowheader"') == 11


def test_the_list_finds_a_unit(house: House, client: Client) -> None:
    signed_in(client, house.member(Role.LEAD))
    found = client.get(house.results, {"q": "older"}).content.decode()
    assert "Ward 7" in found
    none = client.get(house.results, {"q": "<none>"}).content.decode()
    assert "No units match “&lt;none&gt;”" in none
    assert "Clear the search" in none


@pytest.mark.parametrize("page", ["x", "-1", "0", "1e9", "²"])
def test_a_wrong_page_number_is_harmless(house: House, client: Client, page: str) -> None:
    signed_in(client, house.member(Role.LEAD))
    assert client.get(house.results, {"page": page, "unit": "²"}).status_code == 200
