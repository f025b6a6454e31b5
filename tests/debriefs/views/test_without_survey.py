"""Deciding without a survey: only where none of the improvement ran on the unit."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from debriefs.actions.deciding import ASKED, decide_without_survey
from initiatives.models import Commitment, Decision
from organisations.models import Role
from organisations.rules.refusal import Refused
from surveys.models import SurveyUnit
from tests.published_house import House

CONCERNS = {"choice": "hold", "reason": "The ward moves in March."}
STATES = SurveyUnit.State


def address(house: House) -> str:
    initiative = house.result.survey.initiative
    Commitment.objects.get_or_create(
        initiative=initiative, unit=house.ward_7, defaults={"begins_on": "2026-01-05"}
    )
    slug = house.organisation.slug
    return f"/o/{slug}/initiatives/{initiative.pk}/units/{house.ward_7.pk}/decide"


@pytest.mark.parametrize(
    "state", [STATES.OPEN, STATES.CLOSED, STATES.COUNTED, STATES.TOO_FEW], ids=str
)
def test_a_team_that_was_asked_decides_in_its_debrief(
    house: House, client: Client, state: str
) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(state=state)
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    for answer in (client.get(address(house)), client.post(address(house), CONCERNS)):
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "This team was asked" in answer.text
        assert f"{house.address()}debrief" in answer.text
    assert not Decision.objects.exists()


def test_after_too_few_answers_it_names_the_debrief_without_figures(
    house: House, client: Client
) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(state=STATES.TOO_FEW)
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    assert "A debrief without figures takes 20 minutes" in client.get(address(house)).text


@pytest.mark.parametrize("state", [STATES.NOT_OPEN, STATES.CANCELLED], ids=str)
def test_where_the_survey_never_ran_it_can_be_decided(
    house: House, client: Client, state: str
) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(state=state)
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    assert client.post(address(house), CONCERNS).status_code == HTTPStatus.FOUND
    assert Decision.objects.get().without_survey


def test_the_action_refuses_it_too(house: House) -> None:
    address(house)
    initiative = house.result.survey.initiative
    by = house.member(Role.MANAGER, house.ward_7)
    with pytest.raises(Refused, match=ASKED):
        decide_without_survey(
            initiative=initiative,
            unit=house.ward_7,
            choice=Decision.Choice.HOLD,
            reason="The ward moves.",
            by=by,
        )


def test_nothing_is_decided_on_a_unit_that_has_closed(house: House, client: Client) -> None:
    SurveyUnit.objects.filter(pk=house.result.pk).update(state=STATES.CANCELLED)
    place = address(house)
    client.force_login(house.member(Role.MANAGER, house.ward_7))
    page = place.split("units/")[0]
    assert place in client.get(page).text
    house.ward_7.valid_to = timezone.localdate()
    house.ward_7.save(update_fields=["valid_to"])
    assert place not in client.get(page).text
    for answer in (client.get(place, follow=True), client.post(place, CONCERNS)):
        assert "so nothing can be added to it." in answer.text
    with pytest.raises(Refused, match="nothing can be added"):
        decide_without_survey(
            initiative=house.result.survey.initiative,
            unit=house.ward_7,
            choice=Decision.Choice.HOLD,
            reason="So.",
            by=house.member(Role.LEAD),
        )
    assert not Decision.objects.exists()
