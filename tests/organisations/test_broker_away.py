"""Signing in with the real broker killed and a real worker: the code comes once it is back."""

import re

import pytest
from celery import current_app
from django.test import Client

from ffit_site.cache import LimitsCache
from organisations.models import UrgentEmail, User
from tests import servers
from tests.factories import MembershipFactory

LATE = "we’ll send it a code, but later than usual"


@pytest.mark.worker
@pytest.mark.usefixtures("worker")
def test_a_code_asked_for_without_the_broker_arrives_after_its_return(
    valkey: servers.Server, mailbox: servers.Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitsCache, "_away_until", 0.0)
    user: User = MembershipFactory.create(user__email="lin@merrowfield.example").user
    client = Client()
    valkey.kill()
    assert client.post("/account/login", {"login": user.email}).status_code == 302
    assert LATE in client.get("/account/login/code").content.decode()
    assert mailbox.messages == [] and UrgentEmail.objects.count() == 1
    valkey.start()
    # What beat says every 20 seconds.
    current_app.send_task("organisations.sweep")
    servers.wait_until(lambda: bool(mailbox.messages), what="the code is sent")
    servers.wait_until(lambda: not UrgentEmail.objects.exists(), what="its row is gone")
    (mail,) = mailbox.messages
    code = re.search(r"\b[A-Z]{5}-[A-Z]{5}\b", bytes(mail.get_payload(decode=True)).decode())
    assert code is not None
    assert client.post("/account/login/code", {"code": code[0]}).status_code == 302
    assert "_auth_user_id" in client.session
    assert client.get("/account/login/code").status_code == 302
