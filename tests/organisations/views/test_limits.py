"""Limits: who sets them, what is refused, and that they warn only."""

import pytest
from django.test import Client

from organisations.models import AuditEntry, Organisation, Role, Unit
from organisations.rules.limits import Limits
from tests.organisations.conftest import House

FILLED = {
    "weekly_hours_limit": "8",
    "improvements_limit": "3",
    "hours_guess": "2",
    "review_weeks": "8",
}


def test_a_reviewer_changes_the_limits_once(house: House, client: Client) -> None:
    client.force_login(house.member(Role.REVIEWER))
    assert "Limits and reviews" in client.get(house.url("limits/")).text
    for _ in range(2):
        sent = client.post(house.url("limits/"), {**FILLED, "improvements_limit": "4"})
        assert sent.status_code == 302
    assert AuditEntry.objects.get(action="limits changed").detail == {"improvements_limit": 4}
    assert Organisation.objects.get().improvements_limit == 4


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"weekly_hours_limit": "much"}, "Enter the hours as one whole number"),
        ({"weekly_hours_limit": "201"}, "Enter the hours as one whole number"),
        ({"improvements_limit": "0"}, "Enter the improvements as one whole number"),
        ({"improvements_limit": "21"}, "Enter the improvements as one whole number"),
        ({"hours_guess": "0"}, "Enter the hours as one whole number from 1 to 8"),
        ({"hours_guess": "9"}, "Enter the hours as one whole number from 1 to 8"),
        ({"review_weeks": "3"}, "Enter the weeks as one whole number from 4 to 26"),
        ({"review_weeks": "27"}, "Enter the weeks as one whole number from 4 to 26"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    office: Client, house: House, posted: dict[str, str], sentence: str
) -> None:
    before = Organisation.objects.values().get()
    answer = office.post(house.url("limits/"), {**FILLED, **posted})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Organisation.objects.values().get() == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"weekly_hours_limit": "0", "improvements_limit": "1", "hours_guess": "1"},
        {"weekly_hours_limit": "200", "improvements_limit": "20", "hours_guess": "8"},
        {"review_weeks": "4"},
        {"review_weeks": "26"},
    ],
)
def test_the_ends_are_possible(office: Client, house: House, values: dict[str, str]) -> None:
    assert office.post(house.url("limits/"), {**FILLED, **values}).status_code == 302


def test_a_unit_has_limits_of_its_own(office: Client, house: House) -> None:
    address = house.url(f"units/{house.bay.pk}/limits")
    assert "8 hours and 3 improvements" in office.get(address).text
    for _ in range(2):
        assert office.post(address, {"hours": "5"}).status_code == 302
    unit = Unit.objects.get(pk=house.bay.pk)
    assert unit.limits(house.organisation) == Limits(hours=5, improvements=3)
    assert house.ward_9.limits(house.organisation) == Limits(hours=8, improvements=3)
    entry = AuditEntry.objects.get(action="unit limits changed")
    assert entry.detail == {"hours": 5, "improvements": None}
    page = office.get(house.url("load/")).text
    assert "Its own limit: 5 hours" in page
    assert f"units/{house.ward_9.pk}/limits" in page
    # Blank again is the organisation's.
    office.post(address, {"hours": "", "improvements": ""})
    assert Unit.objects.get(pk=house.bay.pk).limits(house.organisation).hours == 8


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"hours": "201"}, "Enter the hours as one whole number"),
        ({"hours": "-1"}, "Enter the hours as one whole number"),
        ({"improvements": "0"}, "Enter the improvements as one whole number"),
        ({"improvements": "21"}, "Enter the improvements as one whole number"),
    ],
)
def test_own_limits_that_are_none_are_refused(
    office: Client, house: House, posted: dict[str, str], sentence: str
) -> None:
    answer = office.post(house.url(f"units/{house.ward_7.pk}/limits"), posted)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not AuditEntry.objects.exists()


def test_a_reviewer_of_a_division_sets_limits_there_alone(house: House, client: Client) -> None:
    client.force_login(house.member(Role.REVIEWER, house.medicine))
    assert client.post(house.url("limits/"), FILLED).status_code == 403
    there = house.url(f"units/{house.ward_7.pk}/limits")
    elsewhere = house.url(f"units/{house.ward_9.pk}/limits")
    assert client.post(there, {"hours": "5"}).status_code == 302
    assert client.post(elsewhere, {"hours": "5"}).status_code == 403
    for role in (Role.MANAGER, Role.LEAD, Role.EDITOR):
        client.force_login(house.member(role))
        assert client.post(there, {"hours": "6"}).status_code == 403
        assert client.post(house.url("limits/"), FILLED).status_code == 403
    assert AuditEntry.objects.filter(action__contains="limits").count() == 1
