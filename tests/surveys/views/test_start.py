"""The start page and the list of surveys, for each role, empty and full."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Role
from surveys.actions.distribution import Leader
from surveys.actions.launch import UnitToAsk
from surveys.models import NamedSheet, Survey, SurveyUnit
from tests.factories import MembershipFactory, UnitFactory
from tests.surveys.launching import Trust, a_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "You launch in about 3 minutes."),
        (Role.LEAD, "You launch in about 3 minutes."),
        (Role.ADMINISTRATOR, "You launch in about 3 minutes."),
        (Role.REVIEWER, "once the team has had its time with them"),
        (Role.EDITOR, "You get an e-mail once there is something to do."),
    ],
)
def test_nothing_waits(trust: Trust, client: Client, role: Role, words: str) -> None:
    client.force_login(trust.member(role))
    page = page_of(client, trust.url())
    assert "Nothing waits for you." in page
    assert words in page
    assert ("Launch a survey" in page) == words.startswith("You launch")


def test_the_first_administrator_is_sent_to_units_and_people(client: Client) -> None:
    first = MembershipFactory.create(role=Role.ADMINISTRATOR)
    client.force_login(first.user)
    assert "once a manager has a unit" in page_of(client, f"/o/{first.organisation.slug}/")


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url()).status_code == 404
    assert client.get(trust.url("surveys/")).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_the_list_is_for_those_who_steer(trust: Trust, client: Client, role: Role) -> None:
    client.force_login(trust.member(role))
    assert client.get(trust.url("surveys/")).status_code == 403


@pytest.mark.parametrize(
    ("state", "unit", "words"),
    [
        ("open", {"state": "open"}, ["Tell everyone about the survey", "not enough answers yet"]),
        ("open", {"state": "open", "enough": True}, ["enough answers for a result"]),
        ("scheduled", {"state": "waiting"}, ["The survey opens"]),
        ("closed", {"state": "closed"}, ["The survey is being counted"]),
        (
            "published",
            {"state": "counted", "published_at": timezone.now()},
            ["Talk the result through with the team", "See the result"],
        ),
        (
            "published",
            {"state": "too_few", "published_at": timezone.now()},
            ["Too few answers", "deleted unopened"],
        ),
    ],
)
def test_what_waits_for_a_manager(
    trust: Trust, client: Client, state: str, unit: dict[str, Any], words: list[str]
) -> None:
    survey = trust.open()
    Survey.objects.filter(pk=survey.pk).update(state=state)
    SurveyUnit.objects.update(**unit)
    client.force_login(trust.manager)
    page = page_of(client, trust.url())
    for said in words:
        assert said in page
    assert "Ward 7</span> What waits for you" in page


def test_an_old_result_and_a_cancelled_survey_wait_no_longer(trust: Trust, client: Client) -> None:
    survey = trust.open()
    Survey.objects.filter(pk=survey.pk).update(state="published")
    SurveyUnit.objects.update(state="counted", published_at=timezone.now() - timedelta(days=31))
    client.force_login(trust.manager)
    assert "Nothing waits for you." in page_of(client, trust.url())
    SurveyUnit.objects.update(state="cancelled", published_at=None)
    assert "Nothing waits for you." in page_of(client, trust.url())


def test_one_list_by_date_with_the_units_named_for_a_lead(trust: Trust, client: Client) -> None:
    trust.open(closes_at=trust.closing(9))
    trust.open(UnitToAsk(trust.ward_9, 22), closes_at=trust.closing(5), title="Sooner")
    client.force_login(trust.lead)
    page = page_of(client, trust.url())
    assert page.index("Ward 9: tell everyone") < page.index("Ward 7: tell everyone")
    assert page.count("nhsuk-button nhsuk-button--secondary") == 2  # launch, and the second row


def test_beyond_five_the_rest_is_folded(trust: Trust, client: Client) -> None:
    for number in range(7):
        trust.open(title=f"Improvement {number}")
    client.force_login(trust.manager)
    assert "2 more" in page_of(client, trust.url())


def test_ones_own_leaders_sheet_waits_until_it_is_sent(trust: Trust, client: Client) -> None:
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=[Leader("L", trust.lead.email, trust.lead)]))
    client.force_login(trust.lead)
    assert "fill in your leaders’ sheet" in page_of(client, trust.url())
    client.force_login(trust.manager)
    assert "leaders’ sheet" not in page_of(client, trust.url())
    NamedSheet.objects.update(sent_at=timezone.now())
    client.force_login(trust.lead)
    assert "leaders’ sheet" not in page_of(client, trust.url())


def test_no_survey_yet_says_what_one_gets(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    page = page_of(client, trust.url("surveys/"))
    assert "No surveys yet" in page
    assert "Launch your first survey" in page
    assert "example, not a real ward" in page


def test_the_list_holds_what_is_within_reach(trust: Trust, client: Client) -> None:
    trust.open(title="Ours")
    trust.open(UnitToAsk(trust.ward_9, 22), title="Theirs")
    trust.open(UnitToAsk(trust.ward_7, 12), UnitToAsk(trust.ward_9, 22), title="Both")
    client.force_login(trust.manager)
    page = page_of(client, trust.url("surveys/"))
    assert "Ours" in page
    assert "Both" in page
    assert "Theirs" not in page
    assert "Ward 9" not in page


def test_the_pages_cost_the_same_for_many_surveys(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader = Leader("L", trust.lead.email, trust.lead)
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.open(UnitToAsk(unit, 12, leaders=[leader]), title=f"Improvement {number}")
    client.force_login(trust.lead)
    with django_assert_num_queries(14):
        client.get(trust.url())
    with django_assert_num_queries(11):
        client.get(trust.url("surveys/"))
