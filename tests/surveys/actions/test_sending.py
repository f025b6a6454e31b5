"""The outbox: each message at most once, none after an answer or a close, doubt is held."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from surveys.actions import sending
from surveys.actions.distribution import Leader, skip_reminder
from surveys.actions.launch import UnitToAsk
from surveys.actions.life import cancel_survey
from surveys.actions.sending import send_due_messages
from surveys.actions.turning import NotPossible
from surveys.addresses import Address
from surveys.models import Invitation, Message, NamedSheet, Survey, SurveyUnit
from tests.servers import Mailbox
from tests.surveys.launching import Trust, a_trust

pytestmark = pytest.mark.django_db

ANN, BOB = "ann@merrowfield.example", "bob@merrowfield.example"
STATE, STEP = Message.State, Message.Step


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def survey(trust: Trust, mailoutbox: list[Any]) -> Survey:
    """Open, with two staff; what managers hear is left out."""
    asked = UnitToAsk(trust.ward_7, 12, staff=[Address(ANN), Address(BOB)])
    survey = trust.open(asked)
    Message.objects.exclude(user=None).delete()
    return survey


def make_due(*steps: str) -> None:
    """As if the reminders' time had come, the first before the second."""
    for number, step in enumerate(steps):
        at = timezone.now() - timedelta(minutes=10 - number)
        Message.objects.filter(step=step).update(due_at=at)


def invitation_of(email: str) -> Invitation:
    return Invitation.objects.get(contact__email=email)


def states(step: str) -> list[str]:
    return sorted(Message.objects.filter(step=step).values_list("state", flat=True))


def test_what_is_due_goes_out_once(survey: Survey, mailoutbox: list[Any]) -> None:
    assert send_due_messages() == 2
    assert send_due_messages() == 0
    assert sorted(mail.to[0] for mail in mailoutbox) == [ANN, BOB]
    assert states(STEP.INVITATION) == [STATE.SENT, STATE.SENT]
    assert Message.objects.filter(state=STATE.SENT, sent_at=None).count() == 0
    assert states(STEP.REMINDER_1) == [STATE.PLANNED, STATE.PLANNED]


def test_all_go_over_one_connection(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    monkeypatch.setattr(EmailBackend, "open", lambda self: opened.append(1))
    send_due_messages()
    assert opened == [1]


def test_a_long_outbox_is_emptied_in_batches(survey: Survey, mailoutbox: list[Any]) -> None:
    assert send_due_messages(limit=1) == 1
    assert send_due_messages(limit=1) == 1
    assert len(mailoutbox) == 2


def test_nothing_goes_before_the_survey_opens(trust: Trust, mailoutbox: list[Any]) -> None:
    trust.launch(UnitToAsk(trust.ward_7, 12, staff=[Address(ANN)]))
    assert send_due_messages() == 0
    assert states(STEP.INVITATION) == [STATE.PLANNED]
    assert mailoutbox == []


def test_who_has_answered_gets_no_reminder(survey: Survey, mailoutbox: list[Any]) -> None:
    send_due_messages()
    Invitation.objects.filter(pk=invitation_of(ANN).pk).update(used=True)
    make_due(STEP.REMINDER_1)
    send_due_messages()
    assert [mail.to for mail in mailoutbox[2:]] == [[BOB]]
    assert states(STEP.REMINDER_1) == [STATE.DROPPED, STATE.SENT]


def test_an_answer_between_claim_and_sending_is_seen(
    survey: Survey, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = sending._claim

    def claim_then_answer(*given: Any) -> list[int]:
        claimed = claim(*given)
        Invitation.objects.update(used=True)
        return claimed

    monkeypatch.setattr(sending, "_claim", claim_then_answer)
    send_due_messages()
    assert mailoutbox == []
    assert states(STEP.INVITATION) == [STATE.DROPPED, STATE.DROPPED]


@pytest.mark.parametrize("how", ["closed", "late", "cancelled"])
def test_nothing_goes_after_the_end(
    survey: Survey, trust: Trust, mailoutbox: list[Any], how: str
) -> None:
    unit = SurveyUnit.objects.filter(survey=survey)
    if how == "closed":
        unit.update(state=SurveyUnit.State.CLOSED)
    elif how == "late":  # the sweep has not closed it yet
        unit.update(closes_at=timezone.now() - timedelta(seconds=1))
    else:
        cancel_survey(survey=survey, by=trust.manager)
    make_due(STEP.REMINDER_1, STEP.REMINDER_2)
    send_due_messages()
    assert mailoutbox == []
    assert not Message.objects.filter(state=STATE.PLANNED).exists()


def test_after_days_without_a_worker_only_one_goes(survey: Survey, mailoutbox: list[Any]) -> None:
    make_due(STEP.INVITATION, STEP.REMINDER_1, STEP.REMINDER_2)
    send_due_messages()
    assert len(mailoutbox) == 2
    assert states(STEP.INVITATION) == [STATE.SENT, STATE.SENT]
    assert states(STEP.REMINDER_1) == states(STEP.REMINDER_2) == [STATE.DROPPED, STATE.DROPPED]


def test_of_two_late_reminders_the_second_goes(survey: Survey, mailoutbox: list[Any]) -> None:
    send_due_messages()
    make_due(STEP.REMINDER_1, STEP.REMINDER_2)
    send_due_messages()
    assert states(STEP.REMINDER_1) == [STATE.DROPPED, STATE.DROPPED]
    assert states(STEP.REMINDER_2) == [STATE.SENT, STATE.SENT]


def test_a_broken_line_is_held_and_the_next_still_goes(
    survey: Survey, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailBackend.send_messages
    lines = iter([SMTPServerDisconnected("gone"), None])

    def break_once(self: EmailBackend, mails: Any) -> int:
        broken = next(lines, None)
        if broken:
            raise broken
        return send(self, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", break_once)
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.HELD, STATE.SENT]
    assert len(mailoutbox) == 1
    send_due_messages()
    assert len(mailoutbox) == 1


def test_a_worker_that_died_while_sending_leaves_a_held_message(
    survey: Survey, mailoutbox: list[Any]
) -> None:
    Message.objects.filter(step=STEP.INVITATION).update(
        state=STATE.SENDING, claimed_at=timezone.now() - sending.LOST_AFTER * 2
    )
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.HELD, STATE.HELD]
    assert mailoutbox == []
    # A fresh claim is left alone: its worker is at it.
    Message.objects.filter(step=STEP.INVITATION).update(
        state=STATE.SENDING, claimed_at=timezone.now()
    )
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.SENDING, STATE.SENDING]


def test_while_the_mail_server_is_away_all_stays_planned(
    survey: Survey, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmailBackend) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        assert send_due_messages() == 0
    assert states(STEP.INVITATION) == [STATE.PLANNED, STATE.PLANNED]
    assert send_due_messages() == 2


@pytest.mark.parametrize(("code", "state"), [(550, STATE.FAILED), (451, STATE.PLANNED)])
def test_a_clear_no_fails_and_a_not_now_waits(
    survey: Survey, monkeypatch: pytest.MonkeyPatch, code: int, state: str
) -> None:
    def refuse(self: EmailBackend, mails: Any) -> int:
        raise SMTPDataError(code, b"no")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        send_due_messages()
        assert states(STEP.INVITATION) == [state, state]
    assert send_due_messages() == 0  # put off for some minutes, or for good
    Message.objects.update(claimed_at=timezone.now() - sending.RETRY_AFTER)
    assert send_due_messages() == (2 if state == STATE.PLANNED else 0)


def test_a_refused_address_gets_no_reminder(survey: Survey, mailoutbox: list[Any]) -> None:
    Message.objects.filter(step=STEP.INVITATION, invitation=invitation_of(ANN)).update(
        state=STATE.FAILED
    )
    send_due_messages()
    make_due(STEP.REMINDER_1)
    send_due_messages()
    assert {mail.to[0] for mail in mailoutbox} == {BOB}


def test_a_real_mail_server_that_refuses_one_address(survey: Survey, mailbox: Mailbox) -> None:
    mailbox.refusal = "550 no such person"
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.FAILED, STATE.FAILED]
    assert Message.objects.filter(failure__contains="550").count() == 2


def test_a_leader_who_has_sent_gets_no_reminder(trust: Trust, mailoutbox: list[Any]) -> None:
    leader = Leader("Improvement lead", trust.lead.email, trust.lead)
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=[leader]))
    Message.objects.exclude(user=None).delete()
    send_due_messages()
    assert len(mailoutbox) == 1
    NamedSheet.objects.update(sent_at=timezone.now())
    make_due(STEP.REMINDER_1)
    send_due_messages()
    assert len(mailoutbox) == 1


def test_a_manager_who_has_left_hears_nothing(trust: Trust, mailoutbox: list[Any]) -> None:
    trust.open()
    trust.manager.is_active = False
    trust.manager.save()
    send_due_messages()
    assert [mail.to for mail in mailoutbox] == [[trust.lead.email]]


def test_a_skipped_reminder_goes_to_nobody(
    survey: Survey, trust: Trust, mailoutbox: list[Any]
) -> None:
    send_due_messages()
    skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
    skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
    survey.refresh_from_db()
    assert survey.reminder_days == [8]
    make_due(STEP.REMINDER_1)
    send_due_messages()
    assert len(mailoutbox) == 2


def test_only_a_reminder_that_is_still_planned_can_be_skipped(
    survey: Survey, trust: Trust, mailoutbox: list[Any]
) -> None:
    with pytest.raises(NotPossible, match="Only a reminder"):
        skip_reminder(survey=survey, step=STEP.INVITATION, by=trust.manager)
    send_due_messages()
    make_due(STEP.REMINDER_1)
    send_due_messages()
    with pytest.raises(NotPossible, match="gone out already"):
        skip_reminder(survey=survey, step=STEP.REMINDER_1, by=trust.manager)
