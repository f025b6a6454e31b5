from datetime import timedelta
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from organisations import tasks
from organisations.actions.urgent_email import LEASE, send_kept_mail, store_email
from organisations.models import Membership, RememberedDevice, Session, UrgentEmail
from tests.factories import MembershipFactory, UserFactory


def test_the_sweep_tells_whom_it_must_and_forgets_old_sessions(db: None, mailoutbox: list) -> None:
    MembershipFactory.create(invitation_due=True, user__email="robin@merrowfield.example")
    MembershipFactory.create(invitation_due=True, is_active=False)
    MembershipFactory.create()
    now = timezone.now()
    for key, end in (("old", now - timedelta(seconds=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(session_key=key, started_at=now, seen_at=now, expire_date=end)
    user = UserFactory.create()
    year = timedelta(days=365)
    for mark, used in (
        ("old", now - year - timedelta(hours=1)),
        ("new", now - year + timedelta(hours=1)),
    ):
        RememberedDevice.objects.create(account=user, mark=mark, used_at=used)
    for _ in range(2):
        tasks.sweep()
    assert [mail.to for mail in mailoutbox] == [["robin@merrowfield.example"]]
    assert not Membership.objects.filter(invitation_due=True, is_active=True).exists()
    assert Session.objects.get().session_key == "new"
    assert RememberedDevice.objects.get().mark == "new"


def test_mail_to_nobody_is_not_sent(db: None, mailoutbox: list) -> None:
    store_email(to="", subject="Subject", body="Body")
    tasks.sweep()
    assert mailoutbox == []
    assert not UrgentEmail.objects.exists()


def test_a_refused_mail_is_tried_again_and_goes_once(
    db: None, mailoutbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = store_email(to="robin@merrowfield.example", subject="Subject", body="Body")
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", mock.Mock(side_effect=ConnectionRefusedError))
        tasks.send_urgent_email(mail.pk)
        tasks.sweep()
    assert UrgentEmail.objects.get().claimed_at is None
    for _ in range(2):
        tasks.send_urgent_email(mail.pk)
    assert [one.to for one in mailoutbox] == [["robin@merrowfield.example"]]


def test_a_mail_that_another_worker_has_in_hand_is_left_to_it_until_it_died(
    db: None, mailoutbox: list
) -> None:
    mail = store_email(to="robin@merrowfield.example", subject="Subject", body="Body")
    now = timezone.now()
    UrgentEmail.objects.update(claimed_at=now)
    assert send_kept_mail(now=now + LEASE, only=mail.pk) == 0
    assert send_kept_mail(now=now + LEASE + timedelta(seconds=1)) == 1
    assert len(mailoutbox) == 1


def test_while_one_worker_sends_it_another_finds_nothing_to_do(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_email(to="robin@merrowfield.example", subject="Subject", body="Body")
    now, sent, others = timezone.now(), [], []

    def send(mail: EmailMessage) -> None:
        sent.append(mail.to)
        assert len(sent) == 1, "two workers send one code"
        others.append(send_kept_mail(now=now))

    monkeypatch.setattr(EmailMessage, "send", send)
    assert send_kept_mail(now=now) == 1
    assert others == [0]
