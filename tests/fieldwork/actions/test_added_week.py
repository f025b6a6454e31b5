"""An extension plans one reminder for its week, and overrules nobody."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fieldwork.actions.closing import close_survey_unit, extend_once
from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry
from surveys.actions.distribution import Leader, invite_staff
from surveys.actions.plan import pause_messages, remind_in_added_week, skip_reminder
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Invitation, Message, Survey, SurveyUnit
from tests.fieldwork.launching import Trust, a_trust, only_unit

pytestmark = pytest.mark.django_db

STATE, STEP = Message.State, Message.Step
DAY, NIGHT, LATER = (f"{who}@merrowfield.example" for who in ("day", "night", "later"))
STAFF = [Address(DAY), Address(NIGHT, works_nights=True)]


@pytest.fixture
def trust() -> Trust:
    trust = a_trust()
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(20), time(8)
    trust.organisation.save()
    return trust


def opened(trust: Trust, **fields: Any) -> Survey:
    leaders = [Leader("Matron", "matron@merrowfield.example")]
    return trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF, leaders=leaders), **fields)


def times(trust: Trust, step: str) -> dict[str, datetime]:
    """When this step is due, by address, on the wall clock."""
    rows = Message.objects.filter(step=step, user=None)
    return {
        staff or leader: due_at.astimezone(trust.organisation.zone)
        for staff, leader, due_at in rows.values_list(
            "invitation__contact__email", "named_response__email", "due_at"
        )
    }


def test_everybody_gets_one_more_four_days_before_the_new_close(trust: Trust) -> None:
    survey = opened(trust)
    first = only_unit(survey).closes_at.astimezone(trust.organisation.zone).date()
    extend_once(survey_unit=only_unit(survey), by=trust.manager)
    planned = times(trust, STEP.REMINDER_3)
    assert set(planned) == {DAY, NIGHT, "matron@merrowfield.example"}
    assert {when.date() for when in planned.values()} == {first + timedelta(days=3)}
    assert (planned[DAY].time(), planned[NIGHT].time()) == (time(10), time(18))
    said = AuditEntry.objects.get(action="survey extended").detail
    assert said["reminder"] == "reminder_3"


def test_the_clock_that_extends_plans_it_too_and_those_who_answered_get_none(
    trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = opened(trust, reminder_days=[4])
    unit = only_unit(survey)
    monkeypatch.setattr(timezone, "now", lambda: unit.closes_at)
    assert close_survey_unit(survey_unit=unit) == SurveyUnit.State.OPEN
    planned = times(trust, STEP.REMINDER_2)
    # A row for everybody: none of them tells who has answered.
    assert set(planned) == {DAY, NIGHT, "matron@merrowfield.example"}
    Message.objects.exclude(step=STEP.REMINDER_2).update(state=STATE.SENT)
    Invitation.objects.filter(contact__email=NIGHT).update(used=True)
    monkeypatch.setattr(timezone, "now", lambda: planned[NIGHT])
    while send_due_messages():
        pass
    assert {mail.to[0] for mail in mailoutbox} == {DAY, "matron@merrowfield.example"}


def test_twice_plans_nothing_more(trust: Trust) -> None:
    survey = opened(trust)
    extend_once(survey_unit=only_unit(survey), by=trust.manager)
    before = list(Message.objects.order_by("pk").values_list("pk", "due_at", "state"))
    assert remind_in_added_week(survey, only_unit(survey)) is None
    assert list(Message.objects.order_by("pk").values_list("pk", "due_at", "state")) == before


@pytest.mark.parametrize(
    ("days", "step"),
    [
        ([], None),
        ([4], STEP.REMINDER_2),
        # The twelfth day is after the first close, so that reminder was never planned.
        ([4, 12], STEP.REMINDER_2),
        ([4, 8], STEP.REMINDER_3),
        ([2, 4, 8], None),
    ],
)
def test_three_at_most_and_none_where_none_was_chosen(
    trust: Trust, days: list[int], step: str | None
) -> None:
    survey = opened(trust, reminder_days=days)
    before = set(Message.objects.values_list("step", flat=True))
    extend_once(survey_unit=only_unit(survey), by=trust.manager)
    after = set(Message.objects.values_list("step", flat=True)) - {STEP.CLOSES_TOMORROW}
    assert after - before == ({step} if step else set())
    detail = AuditEntry.objects.get(action="survey extended").detail
    assert detail.get("reminder") == step


def test_a_manager_who_paused_or_skipped_is_not_overruled(trust: Trust, client: Client) -> None:
    paused, skipped = opened(trust), trust.open(UnitToAsk(trust.ward_9, 22, staff=STAFF))
    pause_messages(survey=paused, by=trust.manager)
    skip_reminder(survey=skipped, step=STEP.REMINDER_2, by=trust.lead)
    client.force_login(trust.lead)
    for survey, said in (
        (paused, "Messages are paused, so we will not send a reminder"),
        (skipped, "A reminder was skipped, so none is planned"),
    ):
        unit = only_unit(survey)
        page = client.get(trust.url(f"surveys/{survey.pk}/units/{unit.pk}/extend"))
        assert said in page.content.decode()
        extend_once(survey_unit=unit, by=trust.lead)
        assert not Message.objects.filter(survey=survey, step=STEP.REMINDER_3).exists()


def test_the_page_that_asks_and_the_plan_say_it(trust: Trust, client: Client) -> None:
    survey = opened(trust)
    unit = only_unit(survey)
    client.force_login(trust.manager)
    address = trust.url(f"surveys/{survey.pk}/units/{unit.pk}/extend")
    day = (unit.closes_at + timedelta(days=3)).astimezone(trust.organisation.zone)
    asked = client.get(address).content.decode()
    assert f"We’ll send one more reminder on {day:%A} {day.day} {day:%B}" in asked
    client.post(address)
    page = " ".join(client.get(trust.url(f"surveys/{survey.pk}/")).content.decode().split())
    assert f'{day:%A} {day.day} {day:%B}, 10am</th> <td role="cell">Third reminder</td>' in page


def test_who_is_added_later_gets_it_too_unless_it_was_skipped_since(trust: Trust) -> None:
    survey = opened(trust)
    extend_once(survey_unit=only_unit(survey), by=trust.manager)
    invite_staff(survey_unit=only_unit(survey), addresses=[Address(LATER)])
    planned = times(trust, STEP.REMINDER_3)
    assert planned[LATER] == planned[DAY]
    skip_reminder(survey=survey, step=STEP.REMINDER_3, by=trust.manager)
    invite_staff(survey_unit=only_unit(survey), addresses=[Address("last@merrowfield.example")])
    assert "last@merrowfield.example" not in times(trust, STEP.REMINDER_3)


def test_one_unit_of_two_extends_for_itself(trust: Trust) -> None:
    trust.open(
        UnitToAsk(trust.ward_7, 12, staff=STAFF),
        UnitToAsk(trust.ward_9, 22, staff=[Address(LATER)]),
    )
    extend_once(survey_unit=SurveyUnit.objects.get(unit=trust.ward_7), by=trust.lead)
    assert set(times(trust, STEP.REMINDER_3)) == {DAY, NIGHT}
