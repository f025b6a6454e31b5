"""The demonstration on a site that has no sample."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from demo import access
from demo.carriers.outbox import OutboxBackend
from demo.models import SentMessage


def test_before_seeding_the_page_says_what_to_do(client: Client, db: None) -> None:
    assert "./dev run" in client.get("/demo").content.decode()
    assert access.organisation() is None


def test_mail_is_kept_and_not_sent(db: None) -> None:
    message = mail.EmailMessage("Subject", "Words", to=["a@example.org", "b@example.org"])
    assert OutboxBackend().send_messages([message]) == 1
    assert sorted(SentMessage.objects.values_list("to", flat=True)) == [
        "a@example.org",
        "b@example.org",
    ]


@pytest.mark.django_db
def test_text_messages_of_the_fake_notify_are_shown(client: Client, settings: Settings) -> None:
    said = {"channel": "sms", "to": "07700900123", "subject": "", "body": "Could this work here?"}
    settings.NOTIFY_CALLBACK_TOKEN = "a token that is long enough for anybody"
    for token, status in (("wrong", 404), (settings.NOTIFY_CALLBACK_TOKEN, 204)):
        answer = client.post(
            "/demo/messages",
            said,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == status
    assert SentMessage.objects.get().to == "07700900123"
    assert "Text message</span>" in client.get("/demo").content.decode()
