"""The page that asks before a poster gets a new code."""

import pytest
from django.test import Client

from organisations.models import Role
from surveys.models import SurveyUnit
from tests.factories import MembershipFactory
from tests.responses.ballots import open_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> SurveyUnit:
    return open_unit(unit_name="Ward 7")


@pytest.fixture
def manager(client: Client, unit: SurveyUnit) -> Client:
    held = MembershipFactory.create(
        organisation=unit.survey.organisation, unit=unit.unit, role=Role.MANAGER
    )
    client.force_login(held.user)
    return client


def base(unit: SurveyUnit) -> str:
    return f"/o/{unit.survey.organisation.slug}/surveys/{unit.survey_id}/"


def address(unit: SurveyUnit) -> str:
    return f"{base(unit)}units/{unit.pk}/poster/new"


def test_it_asks_first_and_then_the_old_address_says_so(manager: Client, unit: SurveyUnit) -> None:
    old = unit.answer_code
    page = manager.get(address(unit))
    assert page.status_code == 200
    assert "You can do this twice" in page.text
    assert find_link(manager, unit)
    assert manager.post(address(unit)).status_code == 302
    unit.refresh_from_db()
    assert unit.answer_code != old
    survey = manager.get(base(unit)).text
    assert "has a new code" in survey
    assert "The poster code was replaced. We cannot remove answers" in survey
    gone = Client().get(f"/q/{old}")
    assert gone.status_code == 410
    assert "This poster was replaced" in gone.text and "Scan the new poster" in gone.text
    assert Client().get(f"/q/{unit.answer_code}").status_code == 200
    assert "This is the last time you can" in manager.get(address(unit)).text


def find_link(client: Client, unit: SurveyUnit) -> bool:
    return address(unit) in client.get(base(unit)).text


def test_after_two_it_says_why_not(manager: Client, unit: SurveyUnit) -> None:
    for _ in range(2):
        manager.post(address(unit))
    refused = manager.post(address(unit))
    assert refused.status_code == 409
    assert "replaced 2 times" in refused.text
    assert not find_link(manager, unit)
    assert "replaced 2 times. We cannot remove" in manager.get(base(unit)).text


def test_a_full_poster_is_said_on_the_survey_s_page(manager: Client, unit: SurveyUnit) -> None:
    assert "cannot take any more" not in manager.get(base(unit)).text
    SurveyUnit.objects.filter(pk=unit.pk).update(poster_full=True)
    assert "This poster cannot take any more answers" in manager.get(base(unit)).text
