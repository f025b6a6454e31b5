"""The list of surveys, for each role, empty and full."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from organisations.models import Role
from surveys.actions.distribution import Leader
from surveys.actions.launch import UnitToAsk
from surveys.models import Version
from surveys.queries.launching import editions_on_offer
from tests.factories import MembershipFactory, UnitFactory, edition_without
from tests.surveys.launching import Trust, a_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust() -> Trust:
    return a_trust()


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_stranger_finds_nothing(trust: Trust, client: Client) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(trust.url("surveys/")).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_the_list_is_for_those_who_steer(trust: Trust, client: Client, role: Role) -> None:
    client.force_login(trust.member(role))
    assert client.get(trust.url("surveys/")).status_code == 403


def test_no_survey_yet_says_what_one_gets(trust: Trust, client: Client) -> None:
    client.force_login(trust.manager)
    page = page_of(client, trust.url("surveys/"))
    assert "No surveys yet" in page
    assert "Launch your first survey" in page
    assert "example, not a real ward" in page
    assert "It takes about 8 minutes." in page


def test_it_says_how_long_the_usual_wording_takes(trust: Trust, client: Client) -> None:
    shorter = edition_without("CTX05", trust.organisation)
    assert editions_on_offer(trust.organisation)[0] == shorter
    client.force_login(trust.manager)
    assert "It takes about 7 minutes." in page_of(client, trust.url("surveys/"))
    Version.objects.update(state=Version.State.RETIRED)
    assert "It takes a few minutes." in page_of(client, trust.url("surveys/"))


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


def test_the_page_costs_the_same_for_many_surveys(
    trust: Trust, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leader = Leader("L", trust.lead.email, trust.lead)
    for number in range(6):
        unit = UnitFactory.create(organisation=trust.organisation, parent=trust.medicine)
        trust.open(UnitToAsk(unit, 12, leaders=[leader]), title=f"Improvement {number}")
    client.force_login(trust.lead)
    with django_assert_num_queries(10):
        client.get(trust.url("surveys/"))
