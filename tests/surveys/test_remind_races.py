"""Sheets sent against reminders: none reaches the mail server long after "Sent" was said."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from organisations.rules import personal_links
from responses.actions.submission import SubmissionResult, submit_sealed
from responses.queries.answer_page import find_by_token
from surveys.actions.distribution import invite_staff
from surveys.actions.sending import send_due_messages
from surveys.carriers import mail
from surveys.carriers.delivery import DeliveryResult, DeliveryStatus, OutgoingMessage
from surveys.exchange.addresses import Address
from surveys.models import Invitation, Message
from tests.responses.ballots import ALL_THREES, new_secret, open_unit

MOST_LATE = 2.0  # seconds after the acknowledgement


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("races", [150, pytest.param(1000, marks=pytest.mark.long)])
def test_no_reminder_arrives_long_after_the_answer(
    races: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = open_unit(headcount=races)
    emails = [f"person{number}@merrowfield.example" for number in range(races)]
    invite_staff(survey_unit=unit, addresses=[Address(one) for one in emails])
    Message.objects.filter(step=Message.Step.INVITATION).update(state=Message.State.SENT)
    Message.objects.filter(step=Message.Step.REMINDER_1).update(due_at=timezone.now())
    invited = Invitation.objects.select_related("contact")
    rows = [(one.link_source, one.contact.email) for one in invited if one.contact]
    random.shuffle(rows)
    acknowledged: dict[str, float] = {}
    arrived: dict[str, float] = {}
    some = threading.Semaphore(0)

    def take(self: mail.MailService, letter: OutgoingMessage, *, reference: str) -> DeliveryResult:
        time.sleep(random.random() / 10)  # a batch then takes longer than MOST_LATE
        assert letter.to not in arrived, "a reminder went twice"
        arrived[letter.to] = time.monotonic()
        some.release()
        return DeliveryResult(DeliveryStatus.TAKEN)

    monkeypatch.setattr(mail.MailService, "send", take)

    def answer(share: list[tuple[str, str]]) -> None:
        try:
            for source, email in share:
                token = personal_links.token(
                    purpose=personal_links.Purpose.INVITATION, source=source
                )
                page = find_by_token(token)
                assert page is not None
                outcome = submit_sealed(page=page, secret=new_secret(), answers=ALL_THREES)
                assert outcome is SubmissionResult.SENT
                acknowledged[email] = time.monotonic()
        finally:
            connections.close_all()

    def remind() -> None:
        try:
            while Message.objects.filter(
                step=Message.Step.REMINDER_1, state__in=Message.WAITING
            ).exists():
                send_due_messages()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(remind) for _ in range(2)]
        some.acquire(timeout=30)
        work += [pool.submit(answer, rows[half::2]) for half in range(2)]
        for one in work:
            one.result()
    late = [arrived[one] - acknowledged[one] for one in set(arrived) & set(acknowledged)]
    assert max(late, default=0) < MOST_LATE
    assert len(acknowledged) == races
    reached = Message.objects.filter(step=Message.Step.REMINDER_1, state=Message.State.SENT)
    assert reached.count() == len(arrived)
    assert 0 < len(arrived) < races, "both sides must have won some"
