"""Nobody is told to ask an administrator who is one."""

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Responsibility
from organisations.models import Role
from surveys.models import Message, Survey
from surveys.words.messages import notice_text
from tests.factories import CommitmentFactory, MembershipFactory, OrganisationFactory, UnitFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

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


def test_where_a_page_is_for_other_roles(client: Client, trust: Trust) -> None:
    client.force_login(trust.manager)
    address = trust.url("settings/")
    refused = client.get(address)
    assert (refused.status_code, "ask your administrator" in refused.text) == (403, True)
    client.force_login(trust.member(Role.ADMINISTRATOR))
    refused = client.get(trust.url("reviews/"))
    assert (refused.status_code, "ask your administrator" in refused.text) == (403, False)
    assert "give yourself a role on the People page" in refused.text


def test_where_they_are_signed_in(client: Client, trust: Trust) -> None:
    for user, told in ((trust.manager, True), (trust.member(Role.ADMINISTRATOR), False)):
        client.force_login(user)
        assert asks(client, "/account/sessions") is told


def test_where_every_reviewer_is_responsible(client: Client, trust: Trust) -> None:
    reviewer = trust.member(Role.REVIEWER)
    one = an_initiative(trust, state="active", review_on=timezone.localdate())
    Responsibility.objects.create(initiative=one, part="led_by", user=reviewer)
    CommitmentFactory.create(initiative=one, unit=trust.ward_7)
    client.force_login(reviewer)
    assert asks(client, trust.url("reviews/"))
    MembershipFactory.create(
        organisation=trust.organisation, role=Role.ADMINISTRATOR, user=reviewer
    )
    page = client.get(trust.url("reviews/")).text
    assert ">name another reviewer</a>" in page
    assert not any(words in page for words in ASKS)


def test_the_message_about_a_failed_count(trust: Trust) -> None:
    survey = trust.open()
    administrator = trust.member(Role.ADMINISTRATOR)
    elsewhere = MembershipFactory.create(role=Role.ADMINISTRATOR, user=trust.manager).user
    said = {
        who.pk: notice_text(survey=survey, unit=None, step=Message.Step.COUNT_FAILED, reader=who)[1]
        for who in (elsewhere, administrator)
    }
    assert "Tell your administrator. See what happened:" in said[elsewhere.pk]
    assert "We’ll keep trying automatically. See what happened:" in said[administrator.pk]
