"""The plan: each person in their own hours, and what a manager may change of it.

Over 300 lines: one plan and all that moves it.
"""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from organisations.models import AuditEntry
from organisations.rules.refusal import Refused
from surveys.actions import outbox_leases, sending
from surveys.actions.locks import NotPossible
from surveys.actions.plan import (
    pause_messages,
    resume_messages,
    send_reminder_now,
    skip_reminder,
)
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Invitation, Message, Survey
from surveys.words.messages import letter_of
from tests.fieldwork.launching import Trust, a_trust

pytestmark = pytest.mark.django_db

STATE, STEP = Message.State, Message.Step
DAY, NIGHT = "day@merrowfield.example", "night@merrowfield.example"
STAFF = [Address(DAY), Address(NIGHT, works_nights=True)]


@pytest.fixture
def trust() -> Trust:
    trust = a_trust()
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(20), time(8)
    trust.organisation.save()
    return trust


@pytest.fixture
def survey(trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch) -> Survey:
    """Open since the morning, with one member of staff by day and one by night."""
    at_the_clock(monkeypatch, trust, 9)
    survey = trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF))
    Message.objects.exclude(user=None).delete()
    return survey


def at_the_clock(
    monkeypatch: pytest.MonkeyPatch, trust: Trust, hour: int, days: int = 0
) -> datetime:
    """Makes it that hour, today or some days on, wherever the product asks for the time."""
    day = datetime.now(trust.organisation.zone) + timedelta(days=days)
    moment = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def due(trust: Trust, step: str, email: str) -> datetime:
    message = Message.objects.get(step=step, invitation__contact__email=email)
    return message.due_at.astimezone(trust.organisation.zone)


def states(step: str) -> list[str]:
    return sorted(Message.objects.filter(step=step).values_list("state", flat=True))


def used(email: str) -> None:
    Invitation.objects.filter(contact__email=email).update(used=True)


def test_each_is_planned_in_their_own_hours(survey: Survey, trust: Trust) -> None:
    opened = survey.opens_at.astimezone(trust.organisation.zone)
    assert due(trust, STEP.INVITATION, DAY) == opened
    assert due(trust, STEP.INVITATION, NIGHT).time() == time(18)
    for step, days in ((STEP.REMINDER_1, 4), (STEP.REMINDER_2, 8)):
        for email, clock in ((DAY, time(10)), (NIGHT, time(18))):
            planned = due(trust, step, email)
            assert (planned.date(), planned.time()) == (
                (opened + timedelta(days=days)).date(),
                clock,
            )


def test_days_are_chosen_at_launch_three_at_most(trust: Trust) -> None:
    asked = UnitToAsk(trust.ward_7, 12, staff=STAFF[:1])
    survey = trust.launch(asked, reminder_days=[8, 2, 6], closes_at=trust.closing(20))
    opened = survey.opens_at.astimezone(trust.organisation.zone).date()
    steps = (STEP.REMINDER_1, STEP.REMINDER_2, STEP.REMINDER_3)
    assert [(due(trust, step, DAY).date() - opened).days for step in steps] == [2, 6, 8]
    with pytest.raises(Refused, match="up to 3 reminders"):
        trust.launch(asked, reminder_days=[2, 4, 6, 8])


def test_a_worker_that_was_away_wakes_nobody(
    survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_clock(monkeypatch, trust, 22)
    assert send_due_messages() == 0
    assert due(trust, STEP.INVITATION, DAY).time() == time(8)
    assert due(trust, STEP.INVITATION, NIGHT).time() == time(18)
    at_the_clock(monkeypatch, trust, 8, days=1)
    assert send_due_messages() == 1
    at_the_clock(monkeypatch, trust, 15, days=1)
    assert send_due_messages() == 0
    at_the_clock(monkeypatch, trust, 18, days=1)
    assert send_due_messages() == 1
    assert [mail.to[0] for mail in mailoutbox] == [DAY, NIGHT]


def test_new_quiet_hours_hold_for_a_survey_that_runs(
    survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.organisation.quiet_from, trust.organisation.quiet_until = time(9), time(11)
    trust.organisation.save()
    at_the_clock(monkeypatch, trust, 10)
    assert send_due_messages() == 0
    assert due(trust, STEP.INVITATION, DAY).time() == time(11)
    at_the_clock(monkeypatch, trust, 11)
    assert send_due_messages() == 1
    assert [mail.to for mail in mailoutbox] == [[DAY]]


def test_a_batch_that_runs_into_the_quiet_hours_stops(
    survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = outbox_leases.claim

    def slow(*given: Any) -> list[Message]:
        claimed = claim(*given)
        trust.organisation.quiet_from = time(9)  # settings hold at once, too
        trust.organisation.save()
        for message in claimed:
            assert message.survey is not None
            message.survey.organisation.refresh_from_db()
        return claimed

    monkeypatch.setattr(sending, "claim", slow)
    assert send_due_messages() == 0
    assert states(STEP.INVITATION) == [STATE.PLANNED, STATE.PLANNED]


class TestPausing:
    def test_nothing_goes_until_it_is_resumed(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pause_messages(survey=survey, by=trust.manager)
        pause_messages(survey=survey, by=trust.manager)
        assert send_due_messages() == 0
        resume_messages(survey=survey, by=trust.manager)
        resume_messages(survey=survey, by=trust.manager)
        assert send_due_messages() == 1
        actions = AuditEntry.objects.filter(action__startswith="messages").order_by("pk")
        said = list(actions.values_list("action", flat=True))
        assert said == ["messages paused", "messages resumed"]

    def test_of_what_came_due_meanwhile_only_the_last_goes(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send_due_messages()
        at_the_clock(monkeypatch, trust, 19)
        send_due_messages()
        assert len(mailoutbox) == 2
        pause_messages(survey=survey, by=trust.manager)
        at_the_clock(monkeypatch, trust, 19, days=8)
        assert send_due_messages() == 0
        resume_messages(survey=survey, by=trust.manager)
        assert send_due_messages() == 2
        assert states(STEP.REMINDER_1) == [STATE.DROPPED, STATE.DROPPED]
        assert states(STEP.REMINDER_2) == [STATE.SENT, STATE.SENT]

    def test_a_survey_that_is_over_has_nothing_to_pause(self, survey: Survey, trust: Trust) -> None:
        Survey.objects.update(state=Survey.State.CLOSED)
        with pytest.raises(NotPossible, match="not sending any more messages"):
            pause_messages(survey=survey, by=trust.manager)


class TestSendingNow:
    def test_it_goes_to_those_who_have_not_answered_in_their_hours(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send_due_messages()
        at_the_clock(monkeypatch, trust, 19)
        send_due_messages()
        mailoutbox.clear()
        now = at_the_clock(monkeypatch, trust, 12, days=1)
        used(NIGHT)
        send_reminder_now(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        assert due(trust, STEP.REMINDER_1, DAY) == now
        assert due(trust, STEP.REMINDER_1, NIGHT).hour == 18
        send_due_messages()
        assert [mail.to for mail in mailoutbox] == [[DAY]]
        at_the_clock(monkeypatch, trust, 18, days=1)
        send_due_messages()
        assert states(STEP.REMINDER_1) == [STATE.DROPPED, STATE.SENT]

    def test_quiet_hours_still_hold(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send_due_messages()
        mailoutbox.clear()
        at_the_clock(monkeypatch, trust, 21)
        send_reminder_now(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        send_due_messages()
        assert mailoutbox == []
        assert due(trust, STEP.REMINDER_1, DAY).hour == 8

    @pytest.mark.parametrize(
        ("minutes", "moved"), [(-60, False), (-1, False), (0, False), (1, True), (60, True)]
    )
    def test_it_never_postpones(
        self, survey: Survey, trust: Trust, monkeypatch: pytest.MonkeyPatch,
        minutes: int, moved: bool,
    ) -> None:  # fmt: skip
        now = at_the_clock(monkeypatch, trust, 12, days=1)
        planned = now + timedelta(minutes=minutes)
        Message.objects.filter(step=STEP.REMINDER_1).update(due_at=planned)
        send_reminder_now(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        assert due(trust, STEP.REMINDER_1, DAY) == (now if moved else planned)
        # Their hours begin at six in the evening: sooner they were not due, later they never are.
        assert due(trust, STEP.REMINDER_1, NIGHT) == planned

    def test_nor_when_it_is_due_already_and_the_hours_are_quiet(
        self, survey: Survey, trust: Trust, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = at_the_clock(monkeypatch, trust, 21)
        planned = now - timedelta(hours=2)
        Message.objects.filter(step=STEP.REMINDER_1).update(due_at=planned)
        send_reminder_now(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        assert {due(trust, STEP.REMINDER_1, email) for email in (DAY, NIGHT)} == {planned}

    @pytest.mark.parametrize(
        ("step", "change", "said"),
        [
            (STEP.INVITATION, {}, "Only a reminder"),
            (STEP.REMINDER_2, {}, "Send the earlier reminder first"),
            (STEP.REMINDER_3, {}, "already been sent, or was skipped"),
            (STEP.REMINDER_1, {"messages_paused": True}, "paused"),
            (STEP.REMINDER_1, {"state": Survey.State.CLOSED}, "only while the survey is open"),
        ],
    )
    def test_when_it_is_refused(
        self, survey: Survey, trust: Trust, step: Message.Step, change: dict[str, Any], said: str
    ) -> None:
        if change:
            Survey.objects.update(**change)
        planned = list(Message.objects.order_by("pk").values_list("due_at", "state"))
        with pytest.raises(NotPossible, match=said):
            send_reminder_now(survey=survey, step=step, by=trust.manager)
        assert list(Message.objects.order_by("pk").values_list("due_at", "state")) == planned


class TestSkipping:
    def test_a_skipped_reminder_goes_to_nobody(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
        survey.refresh_from_db()
        assert (survey.reminder_days, survey.skipped_steps) == ([4, 8], [STEP.REMINDER_1])
        assert states(STEP.REMINDER_1) == [STATE.DROPPED, STATE.DROPPED]
        # Who is added later gets none either.
        send_reminder_now(survey=survey, step=STEP.REMINDER_2, by=trust.manager)

    def test_only_a_reminder_that_is_still_planned(
        self, survey: Survey, trust: Trust, mailoutbox: list[Any]
    ) -> None:
        with pytest.raises(NotPossible, match="Only a reminder"):
            skip_reminder(survey=survey, step=STEP.INVITATION, by=trust.manager)
        Message.objects.filter(step=STEP.REMINDER_1).update(state=STATE.SENT)
        with pytest.raises(NotPossible, match="already been sent"):
            skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)


class TestThanks:
    def test_everyone_gets_them_and_they_say_so(
        self, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at_the_clock(monkeypatch, trust, 19)
        trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF), reminds_everyone=True)
        Message.objects.exclude(user=None).delete()
        send_due_messages()
        assert all("any more reminders" not in mail.body for mail in mailoutbox)
        mailoutbox.clear()
        used(DAY)
        at_the_clock(monkeypatch, trust, 19, days=4)
        assert send_due_messages() == 2
        assert {mail.to[0] for mail in mailoutbox} == {DAY, NIGHT}
        one, other = (mail.body.split("/a/")[0] for mail in mailoutbox)
        assert one == other
        assert "Thank you if you’ve answered" in one

    def test_an_invitation_is_no_thanks(
        self, trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at_the_clock(monkeypatch, trust, 19)
        trust.open(UnitToAsk(trust.ward_7, 12, staff=STAFF), reminds_everyone=True)
        used(DAY)
        send_due_messages()
        assert DAY not in {mail.to[0] for mail in mailoutbox}
        message = Message.objects.filter(step=STEP.REMINDER_1).first()
        assert message is not None and letter_of(message) is not None
