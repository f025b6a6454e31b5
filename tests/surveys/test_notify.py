"""GOV.UK Notify: at most once, whatever it answers, with a fake that speaks its API."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from devtools.fake_notify import API_KEY, Notify
from fieldwork.actions.launch import UnitToAsk
from surveys.actions import receipts, sending
from surveys.actions.receipts import ask_about_held
from surveys.actions.sending import send_due_messages
from surveys.carriers import notify as carrier
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message
from tests.fieldwork.launching import a_trust

pytestmark = pytest.mark.django_db
TOKEN = "the bearer token of the receipts, long enough"
STATE = Message.State


@pytest.fixture
def notify(settings: Settings) -> Iterator[Notify]:
    service = Notify()
    service.start()
    settings.NOTIFY_URL, settings.NOTIFY_API_KEY = service.url, API_KEY
    settings.NOTIFY_SMS_TEMPLATE = settings.NOTIFY_EMAIL_TEMPLATE = "template"
    settings.NOTIFY_CALLBACK_TOKEN = TOKEN
    yield service
    service.stop()


@pytest.fixture
def messages(notify: Notify, mailoutbox: list[Any]) -> list[Message]:
    """Three due invitations, one of them to a phone."""
    trust = a_trust()
    staff = [Address(f"{name}@merrowfield.example") for name in ("ann", "bob", "cat")]
    trust.open(UnitToAsk(trust.ward_7, 12, staff=staff))
    Message.objects.exclude(step=Message.Step.INVITATION).delete()
    Contact.objects.filter(email=staff[2].email).update(email="", mobile="07700900123")
    phone = Invitation.objects.get(contact__email="")
    Message.objects.filter(invitation=phone).update(channel="sms")
    return list(Message.objects.order_by("pk"))


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def later(wait: timedelta) -> None:
    """As if that much time had passed."""
    for message in Message.objects.all():
        message.claimed_at = message.claimed_at and message.claimed_at - wait
        message.retry_at = message.retry_at and message.retry_at - wait
        message.save()


def test_an_e_mail_if_there_is_an_address_else_a_text_message(
    notify: Notify, messages: list[Message], mailoutbox: list[Any]
) -> None:
    assert send_due_messages() == 3
    assert states() == [STATE.SENT] * 3
    assert mailoutbox == []
    assert [one.channel for one in notify.taken] == ["email", "email", "sms"]
    sms = notify.taken[-1]
    assert (sms.to, sms.subject) == ("07700900123", "")
    assert "/a/" in sms.body
    ids = [message.letter_id for message in Message.objects.order_by("pk")]
    assert [one.reference for one in notify.taken] == ids


def test_text_messages_are_off_unless_there_is_a_template(
    notify: Notify, messages: list[Message], settings: Settings, mailoutbox: list[Any]
) -> None:
    settings.NOTIFY_SMS_TEMPLATE = settings.NOTIFY_EMAIL_TEMPLATE = ""
    send_due_messages()
    assert notify.requests == 0
    assert states() == [STATE.SENT, STATE.SENT, STATE.FAILED]
    assert Message.objects.get(state=STATE.FAILED).failure == "Text messages are switched off."
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("code", [429, 503, 403])
def test_asked_to_wait_all_wait_in_their_rows(
    notify: Notify, messages: list[Message], code: int
) -> None:
    notify.behaviour.refuse_with = code
    send_due_messages()
    assert states() == [STATE.PLANNED] * 3
    assert notify.requests == 1, "one refusal is enough"
    notify.behaviour.refuse_with = 0
    assert send_due_messages() == 0
    later(sending.FIRST_WAIT)
    assert send_due_messages() == 3
    assert len(notify.taken) == 3


def test_away_is_no_doubt(notify: Notify, messages: list[Message]) -> None:
    notify.stop()
    send_due_messages()
    assert states() == [STATE.PLANNED] * 3


def test_a_wrong_number_fails_alone(notify: Notify, messages: list[Message]) -> None:
    Contact.objects.filter(email="").update(mobile="not a number")
    send_due_messages()
    assert states() == [STATE.SENT, STATE.SENT, STATE.FAILED]
    assert Message.objects.get(state=STATE.FAILED).failure == "GOV.UK Notify refused the address."


@pytest.mark.parametrize("taken", [True, False])
def test_a_letter_in_doubt_is_asked_about(
    notify: Notify, messages: list[Message], monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """A time-out after Notify took it, and one before: neither is sent twice, neither is lost."""
    monkeypatch.setattr(carrier, "TIMEOUT", 0.3)
    notify.behaviour.forget_to_answer = taken
    notify.behaviour.hang = 0 if taken else 1.0
    send_due_messages()
    assert states() == [STATE.HELD, STATE.PLANNED, STATE.PLANNED]
    notify.behaviour.forget_to_answer, notify.behaviour.hang = False, 0
    settled = ask_about_held(now=timezone.now())
    assert (settled, states()[0]) == ((1, STATE.SENT) if taken else (0, STATE.HELD))
    asked = notify.requests
    ask_about_held(now=timezone.now())
    assert notify.requests == asked, "not asked again at once"
    later(receipts.NEVER_TAKEN_AFTER + timedelta(seconds=1))
    ask_about_held(now=timezone.now())
    send_due_messages()
    assert states() == [STATE.SENT] * 3
    to = sorted(one.to for one in notify.taken)
    assert to == ["07700900123", "ann@merrowfield.example", "bob@merrowfield.example"]


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (timedelta(minutes=9), STATE.HELD),
        (timedelta(minutes=11), STATE.PLANNED),
        (timedelta(days=2, hours=23), STATE.PLANNED),
        (timedelta(days=3, hours=1), STATE.HELD),
    ],
)
def test_what_a_release_held_is_asked_about(
    notify: Notify, messages: list[Message], due: timedelta, state: str
) -> None:
    """Of letters that the database forgot Notify knows those that went out; others go now, unless
    it may have forgotten them too."""
    send_due_messages()
    went, lost = messages[0], messages[1]
    notify.taken = [one for one in notify.taken if one.reference != lost.letter_id]
    Message.objects.filter(pk__in=(went.pk, lost.pk)).update(
        state=STATE.HELD,
        reference="",
        claimed_at=None,
        sent_at=None,
        due_at=timezone.now() - due,
    )
    ask_about_held(now=timezone.now())
    assert states()[:2] == [STATE.SENT, state]


def test_500_is_a_doubt_too(notify: Notify, messages: list[Message]) -> None:
    notify.behaviour.refuse_with = 500
    send_due_messages()
    assert states() == [STATE.HELD, STATE.PLANNED, STATE.PLANNED]
    ask_about_held(now=timezone.now())  # it cannot be asked either
    assert states()[0] == STATE.HELD


class TestReceipts:
    @staticmethod
    def post(client: Client, said: object, token: str = TOKEN) -> int:
        body = said if isinstance(said, str) else json.dumps(said)
        answer = client.post(
            "/notify/receipts",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        return answer.status_code

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("delivered", STATE.SENT),
            ("permanent-failure", STATE.FAILED),
            ("temporary-failure", STATE.RETURNED),
            ("technical-failure", STATE.RETURNED),
            ("something new", STATE.SENT),
        ],
    )
    def test_a_receipt_is_followed_and_twice_is_once(
        self, client: Client, messages: list[Message], status: str, state: str
    ) -> None:
        send_due_messages()
        first = Message.objects.order_by("pk")[0]
        for _ in range(2):
            assert self.post(client, {"reference": first.letter_id, "status": status}) == 204
            assert states() == [state, STATE.SENT, STATE.SENT]
        first.refresh_from_db()
        assert bool(first.failure) == (state != STATE.SENT)

    @pytest.mark.parametrize("reference", ["", "a claim"])
    def test_a_receipt_settles_a_doubt(
        self, client: Client, messages: list[Message], reference: str
    ) -> None:
        """Also of a letter that was sent before records were restored, so of no claim we know."""
        Message.objects.filter(pk=messages[0].pk).update(state=STATE.HELD, reference=reference)
        said = {"reference": messages[0].letter_id, "status": "delivered"}
        assert self.post(client, said) == 204
        assert states()[0] == STATE.SENT

    @pytest.mark.parametrize(
        ("said", "token", "answer"),
        [
            ({"reference": "ours", "status": "delivered"}, "wrong", 401),
            ("no json", TOKEN, 400),
            ("[]", TOKEN, 400),
            ({"reference": "ours"}, TOKEN, 400),
            ({"reference": 7, "status": "delivered"}, TOKEN, 400),
            ({"reference": None, "status": "delivered"}, TOKEN, 204),
            ({"reference": "o\0urs", "status": "delivered"}, TOKEN, 204),
            ({"reference": "somebody else’s", "status": "delivered"}, TOKEN, 204),
        ],
    )
    def test_bad_receipts_change_nothing(
        self, client: Client, messages: list[Message], said: object, token: str, answer: int
    ) -> None:
        Message.objects.filter(pk=messages[0].pk).update(state=STATE.HELD, reference="ours")
        assert self.post(client, said, token) == answer
        assert states()[0] == STATE.HELD

    def test_without_a_token_of_ours_there_is_no_such_address(
        self, client: Client, settings: Settings
    ) -> None:
        settings.NOTIFY_CALLBACK_TOKEN = ""
        assert self.post(client, {"reference": "ours", "status": "delivered"}, "") == 404

    def test_the_fake_reports_by_itself(
        self, notify: Notify, messages: list[Message], live_server: Any
    ) -> None:
        """Needs a committed row, so it runs last of its kind on a real server."""
        notify.receipts_to, notify.token = f"{live_server.url}/notify/receipts", TOKEN
        send_due_messages()
        notify.report(notify.taken[0], "permanent-failure")
        assert states()[0] == STATE.FAILED
