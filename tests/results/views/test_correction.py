"""Correcting the number of staff on a page."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Deployment, Role
from scoring.models import Correction, Snapshot
from tests.published_house import House
from tests.results.payloads import payload
from tests.results.published import publish


def signed_in(client: Client, house: House, role: Role) -> Client:
    client.force_login(house.member(role, house.ward_7 if role != Role.REVIEWER else None))
    return client


def posted(**values: Any) -> dict[str, Any]:
    return {
        "headcount": "30",
        "reason": "The ward had 30 staff.",
        "snapshot": str(Snapshot.objects.latest("number").pk),
        **values,
    }


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_manager_and_lead_ask_and_come_back_to_the_result(
    house: House, client: Client, role: Role
) -> None:
    signed_in(client, house, role)
    page = client.get(house.address() + "correct").content.decode()
    assert "14 people answered" in page
    assert "Do not name anyone" in page
    for _ in range(2):
        answer = client.post(house.address() + "correct", posted())
        assert (answer.status_code, answer["Location"]) == (302, house.address())
    assert Correction.objects.get().headcount == 30


def test_on_hold_nothing_is_counted_again(house: House, client: Client) -> None:
    signed_in(client, house, Role.MANAGER)
    Deployment.objects.update(hold_since=timezone.now())
    answer = client.post(house.address() + "correct", posted())
    assert answer.status_code == 409
    assert "records were restored on this site" in answer.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_may_not(house: House, client: Client, role: Role) -> None:
    client.force_login(house.member(role))
    assert client.post(house.address() + "correct", posted()).status_code == 403
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"headcount": ""}, "one whole number, like 24"),
        ({"headcount": "many"}, "one whole number, like 24"),
        ({"headcount": "13"}, "14 people answered"),
        ({"headcount": "2001"}, "from 1 to 2000"),
        ({"reason": ""}, "Say in a few words"),
        ({"reason": "x" * 500}, "200 characters or fewer"),
        ({"snapshot": "1000000"}, "Someone else has corrected this result"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    house: House, client: Client, values: dict[str, str], sentence: str
) -> None:
    answer = signed_in(client, house, Role.MANAGER).post(
        house.address() + "correct", posted(**values)
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Correction.objects.exists()


def test_every_page_of_the_result_says_when_and_why(house: House, client: Client) -> None:
    first = Snapshot.objects.get()
    Snapshot.objects.create(
        survey_unit=house.result,
        number=2,
        released_at=first.released_at,
        payload=payload(headcount=30),
        replaces=first,
        reason="The ward had 30 staff.",
    )
    signed_in(client, house, Role.MANAGER)
    for address in (house.address(), "/w/ward-7-unguessable"):
        page = client.get(address).content.decode()
        assert "because: The ward had 30 staff.</p>" in page
        assert "<b>14 of 30</b>" in page


def test_without_a_result_there_is_nothing_to_correct(house: House, client: Client) -> None:
    unit = publish(
        organisation=house.organisation, unit=house.ward_7, payload=payload(tier="too_few")
    )
    page = signed_in(client, house, Role.MANAGER).get(house.address(unit) + "correct")
    assert "no result to correct" in page.content.decode()
    assert "correct this result" not in client.get(house.address(unit)).content.decode()
