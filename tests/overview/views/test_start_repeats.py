"""Home after a survey was repeated, and where it cannot be: what it says of which result."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.early_plan import open_early
from initiatives.actions.register import add_initiative
from organisations.models import Role, Unit
from organisations.words.dates import day as in_words
from surveys.models import SurveyUnit
from tests.debriefs.held import held_debrief
from tests.factories import SurveyUnitFactory
from tests.published_house import House

pytestmark = pytest.mark.django_db


def start_page(house: House, role: Role, unit: Unit | None = None) -> str:
    client = Client()
    client.force_login(house.member(role, unit))
    answer = client.get(f"/o/{house.organisation.slug}/")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def published(house: House, *, days_ago: int) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        published_at=timezone.now() - timedelta(days=days_ago)
    )


def asked_again(house: House, **fields: Any) -> SurveyUnit:
    """Ward 7 in a later survey about the same improvement, open unless said otherwise."""
    made: SurveyUnit = SurveyUnitFactory.create(
        survey__organisation=house.organisation,
        survey__initiative=house.result.survey.initiative,
        unit=house.ward_7,
        **fields,
    )
    return made


def test_debriefs_that_differ_of_a_result_before_the_latest_wait_no_more(house: House) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(
        debrief_state="differ", differ_since=timezone.now() - timedelta(days=20)
    )
    later = asked_again(house, state="cancelled")
    assert f"{house.address()}debrief/views" in start_page(house, Role.MANAGER, house.ward_7)
    SurveyUnit.objects.filter(pk=later.pk).update(state="open")
    for role in (Role.MANAGER, Role.LEAD):
        assert "he debriefs differ" not in start_page(house, role)
    now = timezone.now()
    SurveyUnit.objects.filter(pk=later.pk).update(
        state="counted", published_at=now, debrief_state="differ", differ_since=now
    )
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert f"{house.address(later)}debrief/views" in page
    assert f"{house.address()}debrief/views" not in page


def test_an_early_plan_of_a_result_before_the_latest_is_named_no_more(house: House) -> None:
    lead, early = house.member(Role.LEAD), "before the team debrief"
    open_early(survey_unit=house.result, reason="A visit on Monday.", by=lead)
    later = asked_again(house, state="cancelled")
    assert early in start_page(house, Role.REVIEWER)
    SurveyUnit.objects.filter(pk=later.pk).update(state="counted", published_at=timezone.now())
    assert early not in start_page(house, Role.REVIEWER)
    open_early(survey_unit=later, reason="The rota changes.", by=lead)
    page = start_page(house, Role.REVIEWER)
    assert "The rota changes." in page and "A visit on Monday." not in page
    house.ward_7.commitments.update(state="stopped")
    assert early not in start_page(house, Role.REVIEWER)


def test_asking_again_ends_the_wait_for_the_earlier_talk(house: House) -> None:
    published(house, days_ago=60)
    asked_again(house)
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Discuss the result" not in page
    assert "Tell everyone about the survey" in page


def test_a_unit_that_has_closed_is_not_to_be_asked_again(house: House) -> None:
    held_debrief(house.result, by=house.member(Role.LEAD))
    published(house, days_ago=85)
    add_initiative(
        organisation=house.organisation, title="Soft shoes", problem="Noise.", change="Shoes.",
        units=[house.ward_7], by=house.member(Role.LEAD),
    )  # fmt: skip
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Repeat the survey" in page and "launch?initiative=" in page
    Unit.objects.filter(pk=house.ward_7.pk).update(valid_to=timezone.localdate())
    page = start_page(house, Role.MANAGER, house.ward_7)
    assert "Repeat the survey" not in page and "launch?" not in page
    said = f"The unit closed on {in_words(timezone.localdate())}"
    assert said in page, "the list of improvements says why"
