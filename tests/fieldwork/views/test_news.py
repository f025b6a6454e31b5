"""The survey's page lists messages after the close, and shows how each reads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from surveys.actions.news import tell_result
from surveys.exchange.addresses import Address
from surveys.models import Survey, SurveyUnit
from tests.fieldwork.launching import a_trust, only_unit, page_of

pytestmark = pytest.mark.django_db


def test_they_stand_in_the_plan_and_can_be_read(client: Client) -> None:
    trust = a_trust()
    staff = [Address("ann@ward.example"), Address("sian@ward.example", language="cy")]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    SurveyUnit.objects.update(
        state=SurveyUnit.State.COUNTED,
        closes_at=timezone.now() - timedelta(minutes=5),
        published_at=timezone.now(),
    )
    Survey.objects.update(state=Survey.State.PUBLISHED)
    tell_result(survey_unit=only_unit(survey), answered=9)
    client.force_login(trust.manager)
    assert "Result is ready" in page_of(client, trust.url(f"surveys/{survey.pk}/"))
    page = page_of(client, trust.url(f"surveys/{survey.pk}/messages/result"))
    assert "9 people answered the survey about “Fewer falls at night” on Ward 7." in page
    assert "Atebodd 9 o bobl yr arolwg" in page
    assert "Change the words" not in page
    assert "Skip this reminder" not in page
