from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from organisations import tasks
from organisations.models import Membership
from tests.factories import MembershipFactory


def test_the_sweep_tells_whom_it_must_and_forgets_old_sessions(db: None, mailoutbox: list) -> None:
    MembershipFactory.create(invitation_due=True, user__email="robin@merrowfield.example")
    MembershipFactory.create(invitation_due=True, is_active=False)
    MembershipFactory.create()
    now = timezone.now()
    Session.objects.create(session_key="old", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="new", expire_date=now + timedelta(days=1))
    for _ in range(2):
        tasks.sweep()
    assert [mail.to for mail in mailoutbox] == [["robin@merrowfield.example"]]
    assert not Membership.objects.filter(invitation_due=True, is_active=True).exists()
    assert Session.objects.get().session_key == "new"


def test_mail_to_nobody_is_not_sent(mailoutbox: list) -> None:
    tasks.send_mail("Subject", "Body", None)
    assert mailoutbox == []
