"""Nobody is told to ask an administrator who is one."""

import pytest
from django.test import Client

from organisations.models import Role
from surveys.models import Survey
from tests.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust

PAGES = ("", "surveys/", "surveys/launch", "initiatives/add", "overview/")
ASKS = ("sk your administrator", "ell your administrator", "sk an administrator")


@pytest.fixture
def trust(db: None) -> Trust:
    return a_trust()


def asks(client: Client, address: str) -> bool:
    answer = client.get(address)
    assert answer.status_code == 200
    return any(words in answer.content.decode() for words in ASKS)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("empty", ["units", "statements"])
def test_where_something_is_missing(client: Client, address: str, empty: str) -> None:
    organisation = OrganisationFactory.create()
    if empty == "statements":
        UnitFactory.create(organisation=organisation)
    lead = MembershipFactory.create(organisation=organisation, role=Role.LEAD).user
    client.force_login(lead)
    place = f"/o/{organisation.slug}/{address}"
    others = asks(client, place)
    MembershipFactory.create(organisation=organisation, role=Role.ADMINISTRATOR, user=lead)
    assert not asks(client, place)
    if empty == "units" or address == "surveys/launch":
        assert others, "everybody else is told whom to ask"


def test_where_answers_could_not_be_counted(client: Client, trust: Trust) -> None:
    survey = trust.open()
    Survey.objects.update(count_failure="its key is lost")
    client.force_login(trust.manager)
    pages = (trust.url(""), trust.url(f"surveys/{survey.pk}/"))
    assert [asks(client, page) for page in pages] == [True, True]
    MembershipFactory.create(
        organisation=trust.organisation, role=Role.ADMINISTRATOR, user=trust.manager
    )
    assert [asks(client, page) for page in pages] == [False, False]
