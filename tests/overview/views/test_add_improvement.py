"""Adding an improvement: six questions, and one more where a unit would be full."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from initiatives.models import Commitment, Initiative, Responsibility
from organisations.models import AuditEntry, Role
from surveys.models import Survey
from tests.factories import CommitmentFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def typed(trust: Trust, **fields: Any) -> dict[str, Any]:
    return {
        "units": [trust.ward_7.pk],
        "title": "Swallow check on arrival",
        "problem": "New patients wait a day for a swallow check.",
        "change": "A nurse checks on arrival.",
        "hours": "3",
        "led_by": "Therapy lead",
        **fields,
    }


def test_it_is_on_the_register_without_a_survey(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    address = trust.url("initiatives/add")
    assert "checked" in client.get(address).text  # the only unit is ticked
    answer = client.post(address, typed(trust))
    again = client.post(address, typed(trust))  # pressed twice
    assert answer.status_code == again.status_code == 302
    added = Initiative.objects.get()
    here = Commitment.objects.get()
    assert (added.state, here.state, here.hours_a_week) == ("proposed", "proposed", Decimal(3))
    assert (here.hours_at_start, here.why_now) == (None, "")
    assert Responsibility.objects.get().words == "Therapy lead"
    assert added.review_on is not None
    assert not Survey.objects.exists()
    assert AuditEntry.objects.filter(action="improvement added").count() == 1
    page = client.get(answer["Location"]).text
    assert "Swallow check on arrival" in page and "3 planned" in page


@pytest.mark.parametrize(("running", "asks"), [("4.5", False), ("5", True), ("5.5", True)])
def test_where_the_week_is_full_one_line_more_is_asked(
    trust: Trust, client: Client, running: str, asks: bool
) -> None:
    CommitmentFactory.create(
        initiative=an_initiative(trust, state="active"), unit=trust.ward_7, hours_a_week=running
    )
    client.force_login(trust.manager)
    answer = client.post(trust.url("initiatives/add"), typed(trust))
    assert (answer.status_code == 200) is asks
    assert Initiative.objects.count() == (1 if asks else 2)
    if asks:
        assert "Why now?" in answer.text and "would have a full week" in answer.text
        again = client.post(trust.url("initiatives/add"), typed(trust, why_now=" The lift opens. "))
        assert again.status_code == 302
        here = Commitment.objects.get(initiative__title="Swallow check on arrival")
        assert here.hours_at_start == Decimal(running) + 3
        assert here.why_now == "The lift opens."
        page = client.get(again["Location"]).text
        full = (
            f"Added at {float(here.hours_at_start):g} staff hours a week. Why now: The lift opens."
        )
        assert full in page


def test_why_may_stay_empty(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    full = typed(trust, hours="other", hours_other="8", why_now="")
    assert client.post(trust.url("initiatives/add"), full).status_code == 302
    here = Commitment.objects.get()
    assert (here.hours_at_start, here.why_now) == (Decimal(8), "")


def test_we_cannot_say_yet_is_a_guess(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    answer = client.post(trust.url("initiatives/add"), typed(trust, hours="unknown"))
    assert Commitment.objects.get().hours_a_week is None
    assert "2 (a guess)" in client.get(answer["Location"]).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"units": []}, "Select at least one unit"),
        ({"title": " "}, "Enter a short name"),
        ({"title": "x" * 81}, "Use 80 characters or fewer"),
        ({"problem": "x" * 241}, "Use 240 characters or fewer"),
        ({"change": ""}, "Enter what would change"),
        ({"hours": ""}, "Choose how many hours it takes"),
        ({"hours": "40"}, "Choose the hours from the list"),
        ({"hours": "other"}, "Enter the hours as a number, like 3 or 2.5"),
        ({"hours": "other", "hours_other": "-1"}, "Enter the hours as a number"),
        ({"hours": "other", "hours_other": "81"}, "Enter 80 hours or fewer"),
        ({"led_by": "x" * 81}, "Use 80 characters or fewer"),
        ({"units": ["999999"]}, "Choose units from the list"),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    trust: Trust, client: Client, fields: dict[str, Any], sentence: str
) -> None:
    client.force_login(trust.manager)
    answer = client.post(trust.url("initiatives/add"), typed(trust, **fields))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Initiative.objects.exists()


def test_a_unit_beyond_reach_cannot_be_chosen(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    answer = client.post(trust.url("initiatives/add"), typed(trust, units=[trust.ward_9.pk]))
    assert answer.status_code == 422
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MANAGER, 200), (Role.LEAD, 200), (Role.REVIEWER, 200), (Role.ADMINISTRATOR, 200),
        (Role.EDITOR, 403),
    ],
)  # fmt: skip
def test_who_may_add(trust: Trust, client: Client, role: Role, status: int) -> None:
    client.force_login(trust.member(role))
    assert client.get(trust.url("initiatives/add")).status_code == status


def test_the_page_costs_the_same_for_many_units(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        UnitFactory.create(
            organisation=trust.organisation, parent=trust.medicine, name=f"Ward {number + 20}"
        )
    client.force_login(trust.lead)
    with django_assert_num_queries(5):
        page = client.get(trust.url("initiatives/add")).text
    assert 'name="q"' in page
    found = client.get(trust.url("initiatives/add?q=ward 21")).text
    assert "Ward 21" in found and "Ward 22" not in found
