"""The outbox: each message at most once, none after an answer or a close, doubt is held.

Over 300 lines: one outbox and all that can happen to a message.
"""

from collections.abc import Callable
from datetime import timedelta
from email.header import decode_header, make_header
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from fieldwork.actions.launch import UnitToAsk
from fieldwork.actions.life import cancel_survey
from surveys.actions import outbox_leases, sending
from surveys.actions.distribution import Leader, invite_leaders
from surveys.actions.opt_out import opt_out
from surveys.actions.sending import send_due_messages
from surveys.carriers.delivery import DeliveryResult, DeliveryStatus
from surveys.exchange.addresses import Address
from surveys.models import Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.words.messages import letter_of, opt_out_link
from tests.fieldwork.launching import Trust, a_trust
from tests.servers import Mailbox

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


def stopped_after_the_claim(monkeypatch: pytest.MonkeyPatch, stop: Callable[[], object]) -> None:
    """Sends; between the claim of a batch and its first letter, something happens."""
    with monkeypatch.context() as patch:
        patch.setattr(sending, "claim", lambda *given: (outbox_leases.claim(*given), stop())[0])
        send_due_messages()


def test_an_answer_between_claim_and_sending_is_seen(
    survey: Survey, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_after_the_claim(monkeypatch, lambda: Invitation.objects.update(used=True))
    assert mailoutbox == []
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.DROPPED, STATE.DROPPED]


@pytest.mark.parametrize(
    ("seconds", "gone"), [(-1, True), (0, False), (1, False)], ids=["before", "at", "after"]
)
def test_a_letter_begun_after_closing_is_not_sent(
    survey: Survey,
    trust: Trust,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    gone: bool,
) -> None:
    """Claimed in time; the batch before it was slow, and no sweep has closed the unit yet."""
    leader = Leader("Improvement lead", trust.lead.email, trust.lead)
    invite_leaders(survey_unit=SurveyUnit.objects.get(), leaders=[leader])
    closes = timezone.now() + timedelta(seconds=10)
    SurveyUnit.objects.update(closes_at=closes)

    def time_passes() -> None:
        monkeypatch.setattr(timezone, "now", lambda: closes + timedelta(seconds=seconds))

    stopped_after_the_claim(monkeypatch, time_passes)
    assert len(mailoutbox) == (3 if gone else 0)
    send_due_messages()
    assert set(states(STEP.INVITATION)) == {STATE.SENT if gone else STATE.DROPPED}


def test_news_for_managers_goes_after_closing_too(
    trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.open()
    SurveyUnit.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    send_due_messages()
    assert trust.manager.email in {mail.to[0] for mail in mailoutbox}


def test_a_leaders_form_sent_between_claim_and_sending_is_seen(
    trust: Trust, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = Leader("Improvement lead", trust.lead.email, trust.lead)
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=[leader]))
    Message.objects.exclude(user=None).delete()
    stopped_after_the_claim(
        monkeypatch, lambda: NamedResponse.objects.update(sent_at=timezone.now())
    )
    assert mailoutbox == []


@pytest.mark.parametrize("how", ["closed", "paused", "opted out", "cancelled", "taken over"])
def test_whatever_stops_a_message_stops_a_claimed_one(
    survey: Survey,
    trust: Trust,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    def stop() -> None:
        if how == "closed":
            SurveyUnit.objects.update(state=SurveyUnit.State.CLOSED)
        elif how == "paused":
            Survey.objects.update(messages_paused=True)
        elif how == "opted out":
            for invitation in Invitation.objects.all():
                opt_out(invitation=invitation)
        elif how == "cancelled":
            cancel_survey(survey=survey, by=trust.manager)
        else:  # its lease was over, and another worker has it now
            Message.objects.filter(state=STATE.CLAIMED).update(reference="another")

    stopped_after_the_claim(monkeypatch, stop)
    assert mailoutbox == []
    assert not Message.objects.filter(state=STATE.SENDING).exists()


def test_who_opted_out_in_an_earlier_survey_gets_nothing(
    survey: Survey, mailoutbox: list[Any]
) -> None:
    opt_out(invitation=invitation_of(ANN))
    Message.objects.filter(invitation=invitation_of(ANN)).update(state=STATE.PLANNED)
    send_due_messages()
    assert [mail.to for mail in mailoutbox] == [[BOB]]
    assert states(STEP.INVITATION) == [STATE.DROPPED, STATE.SENT]


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


def after(wait: timedelta) -> None:
    """As if that much time had passed since each claim and each try."""
    for message in Message.objects.exclude(claimed_at=None):
        message.claimed_at = message.claimed_at and message.claimed_at - wait
        message.retry_at = message.retry_at and message.retry_at - wait
        message.save()


def test_a_broken_line_is_held_and_the_others_wait(
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
    assert states(STEP.INVITATION) == [STATE.HELD, STATE.PLANNED]
    assert send_due_messages() == 0
    after(sending.FIRST_WAIT)
    send_due_messages()
    assert states(STEP.INVITATION) == [STATE.HELD, STATE.SENT]
    after(timedelta(days=1))
    send_due_messages()
    assert len(mailoutbox) == 1


def test_what_a_dead_worker_had_claimed_goes_out_and_what_it_sent_is_held(
    survey: Survey, mailoutbox: list[Any]
) -> None:
    ann, bob = Message.objects.filter(step=STEP.INVITATION).order_by("invitation__contact__email")
    Message.objects.filter(pk=ann.pk).update(state=STATE.CLAIMED, claimed_at=timezone.now())
    Message.objects.filter(pk=bob.pk).update(state=STATE.SENDING, claimed_at=timezone.now())
    # Fresh: their worker is at them.
    assert send_due_messages() == 0
    after(outbox_leases.LEASE * 2)
    assert send_due_messages() == 1
    assert states(STEP.INVITATION) == [STATE.SENDING, STATE.SENT]
    after(outbox_leases.LOST_AFTER)
    assert send_due_messages() == 0
    assert states(STEP.INVITATION) == [STATE.HELD, STATE.SENT]
    assert [mail.to for mail in mailoutbox] == [[ANN]]


def test_while_the_mail_server_is_away_all_stays_planned(
    survey: Survey, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmailBackend) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        assert send_due_messages() == 0
    assert states(STEP.INVITATION) == [STATE.PLANNED, STATE.PLANNED]
    after(sending.FIRST_WAIT)
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
        assert send_due_messages() == 0  # put off, or for good
        after(sending.FIRST_WAIT)
        assert send_due_messages() == (2 if state == STATE.PLANNED else 0)
    # The second wait is twice as long.
    after(sending.FIRST_WAIT)
    assert send_due_messages() == 0
    after(sending.FIRST_WAIT)
    assert send_due_messages() == (2 if state == STATE.PLANNED else 0)


def test_a_mail_server_that_says_not_now_for_two_days_has_said_no(survey: Survey) -> None:
    message = Message.objects.filter(step=STEP.INVITATION)[0]
    message.due_at = timezone.now() - sending.GIVE_UP_AFTER
    message.state, message.reference = STATE.SENDING, "ours"
    message.save()
    sending._record(
        message, DeliveryResult(DeliveryStatus.LATER, "The mail server refused it (451).")
    )
    message.refresh_from_db()
    assert (message.state, message.failure) == (
        STATE.FAILED,
        "The mail server refused it (451).",
    )


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
    said = Message.objects.filter(state=STATE.FAILED).values_list("failure", flat=True)
    assert set(said) == {"The mail server refused it (550)."}


def test_a_letter_arrives_whole_with_our_reference(survey: Survey, mailbox: Mailbox) -> None:
    SurveyUnit.objects.update(unit_name="Ward 7 – care of older people")
    send_due_messages()
    letter = mailbox.messages[0]
    message = Message.objects.get(step=STEP.INVITATION, invitation=invitation_of(letter["To"]))
    assert letter["Message-ID"].startswith(f"<{message.letter_id}@")
    sender = str(make_header(decode_header(letter["From"])))
    assert sender.startswith("Ward 7 – care of older people <")
    assert letter["Subject"] == "Staff survey: Fewer falls at night"
    assert message.invitation is not None
    assert letter["List-Unsubscribe"] == f"<{opt_out_link(message.invitation)}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = bytes(letter.get_payload(decode=True)).decode()
    wanted = letter_of(message)
    assert wanted is not None
    assert text.splitlines() == wanted.body.splitlines()


def test_a_leader_who_has_sent_gets_no_reminder(trust: Trust, mailoutbox: list[Any]) -> None:
    leader = Leader("Improvement lead", trust.lead.email, trust.lead)
    trust.open(UnitToAsk(trust.ward_7, 12, leaders=[leader]))
    Message.objects.exclude(user=None).delete()
    send_due_messages()
    assert len(mailoutbox) == 1
    NamedResponse.objects.update(sent_at=timezone.now())
    make_due(STEP.REMINDER_1)
    send_due_messages()
    assert len(mailoutbox) == 1


def test_a_manager_who_has_left_hears_nothing(trust: Trust, mailoutbox: list[Any]) -> None:
    trust.open()
    trust.manager.is_active = False
    trust.manager.save()
    send_due_messages()
    assert [mail.to for mail in mailoutbox] == [[trust.lead.email]]
