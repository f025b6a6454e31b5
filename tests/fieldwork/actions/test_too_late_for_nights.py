"""A survey that closes before the evening of those who work nights: the plan says so."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork.actions.closing import extend_once
from fieldwork.actions.launch import UnitToAsk
from surveys.exchange.addresses import Address
from surveys.models import Message, Survey
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db
NIGHT = "night@merrowfield.example"


@pytest.fixture
def trust(monkeypatch: pytest.MonkeyPatch) -> Trust:
    """In the evening, an hour after those who work nights were last written to."""
    trust = a_trust()
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(22), time(8)
    trust.organisation.save()
    now = datetime.now(trust.organisation.zone).replace(hour=21, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return trust


def short_survey(trust: Trust) -> Survey:
    """From tonight until tomorrow at 10:00."""
    staff = [Address("day@merrowfield.example"), Address(NIGHT, works_nights=True)]
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=staff), closes_at=trust.closing(1))


def test_the_plan_says_that_they_get_none_and_an_extension_brings_it_back(
    trust: Trust, client: Client
) -> None:
    survey = short_survey(trust)
    client.force_login(trust.manager)
    address = trust.url(f"surveys/{survey.pk}/")
    said = "1 person gets none, because the survey closes before we can message them"
    assert said in client.get(address).content.decode()
    message = Message.objects.get(invitation__contact__email=NIGHT, step="invitation")
    assert message.due_at >= only_unit(survey).closes_at
    extend_once(survey_unit=only_unit(survey), by=trust.manager)
    assert said not in client.get(address).content.decode()
    message.refresh_from_db()
    assert message.due_at < only_unit(survey).closes_at
    assert message.due_at.astimezone(trust.organisation.zone).time() == time(18)


@pytest.mark.parametrize(("days", "is_said"), [(1, True), (2, False)])
def test_the_check_of_a_list_says_it_too(
    trust: Trust, client: Client, days: int, is_said: bool
) -> None:
    survey = trust.open(UnitToAsk(trust.ward_7, 12), closes_at=trust.closing(days))
    client.force_login(trust.manager)
    text = f"email,works nights\n{NIGHT},yes\nday@merrowfield.example,\n"
    page = client.post(trust.url(f"surveys/{survey.pk}/staff"), {"people": text}).content.decode()
    assert "Invite 2 people" in page
    assert (
        "1 person works nights and the survey closes before we can message them" in page
    ) is is_said
    assert ("gets messages between 6pm and 8pm" in page) is not is_said


def test_a_reminder_sent_now_on_the_last_evening_says_what_becomes_of_nights(
    trust: Trust, client: Client
) -> None:
    staff = [Address(NIGHT, works_nights=True)]
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=staff), reminder_days=[4])
    later = trust.closing(10) - timedelta(hours=12)
    Message.objects.filter(step="reminder_1").update(due_at=later + timedelta(hours=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        client.force_login(trust.manager)
        page = client.get(trust.url(f"surveys/{survey.pk}/messages/reminder_1")).content.decode()
    assert "Staff who work nights still get it as planned" in page
