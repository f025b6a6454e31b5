"""News after the close with real parts: a mail server, a worker, GOV.UK Notify, and SIGKILL."""

from collections import Counter
from datetime import timedelta

import pytest
from celery import current_app
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from devtools.fake_notify import API_KEY, Notify
from fieldwork.actions.launch import UnitToAsk
from surveys.actions import outbox_leases
from surveys.actions.news import tell_result
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Contact, Invitation, Message, Survey, SurveyUnit
from tests import servers
from tests.fieldwork.launching import a_trust, only_unit
from tests.responses.killed import killed_at
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)

EMAILS = {f"person{number}@merrowfield.example" for number in range(6)}
STATE = Message.State
SEND = "from surveys.actions.sending import send_due_messages\nsend_due_messages()"
TELL = (
    "from surveys.actions.news import tell_result\nfrom surveys.models import SurveyUnit\n"
    "tell_result(survey_unit=SurveyUnit.objects.get(), answered=9)"
)


@pytest.fixture
def unit() -> SurveyUnit:
    """A unit with a result; half of its list has answered."""
    trust = a_trust()
    trust.organisation.quiet_from = trust.organisation.quiet_until
    trust.organisation.save()
    survey = trust.open(UnitToAsk(trust.ward_7, 40, staff=[Address(one) for one in EMAILS]))
    Message.objects.all().delete()
    half = Invitation.objects.order_by("pk").values_list("pk", flat=True)[:3]
    Invitation.objects.filter(pk__in=list(half)).update(used=True)
    closed = timezone.now() - timedelta(minutes=5)
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED, closes_at=closed, published_at=closed)
    Survey.objects.update(state=Survey.State.PUBLISHED)
    return only_unit(survey)


def time_passes(wait: timedelta) -> None:
    Message.objects.update(claimed_at=F("claimed_at") - wait, retry_at=F("retry_at") - wait)


def received(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(one["To"]) for one in mailbox.messages)


@pytest.mark.parametrize(
    "point",
    ["surveys.actions.news.record", "surveys.actions.news.enqueue_on_commit"],
)
def test_killed_while_it_is_planned_nothing_is_there_and_again_plans_all_once(
    unit: SurveyUnit, point: str
) -> None:
    killed_at(point, TELL)
    assert not Message.objects.exists()
    for _ in range(2):
        tell_result(survey_unit=unit, answered=9)
    assert Message.objects.count() == len(EMAILS)


@pytest.mark.parametrize(
    ("point", "arrived", "in_doubt"),
    [
        ("surveys.actions.sending.begin", 0, 0),
        ("surveys.carriers.mail._over", 0, 1),
        ("surveys.actions.sending._record", 1, 1),
    ],
)
def test_killed_while_it_is_sent_nobody_hears_twice(
    unit: SurveyUnit, mailbox: Mailbox, point: str, arrived: int, in_doubt: int
) -> None:
    tell_result(survey_unit=unit, answered=9)
    env = {"FFIT_EMAIL_HOST": "127.0.0.1", "FFIT_EMAIL_PORT": str(mailbox.port)}
    killed_at(point, SEND, **env)
    assert len(mailbox.messages) == arrived
    time_passes(outbox_leases.LEASE)
    assert send_due_messages() == len(EMAILS) - in_doubt
    time_passes(outbox_leases.LOST_AFTER)
    assert send_due_messages() == 0
    times = received(mailbox)
    assert set(times.values()) == {1}, "nobody twice"
    held = set(
        Message.objects.filter(state=STATE.HELD).values_list(
            "invitation__contact__email", flat=True
        )
    )
    assert len(held) == in_doubt
    assert set(times) | held == EMAILS, "nobody lost"


@pytest.mark.worker
def test_a_real_worker_sends_it_to_answered_and_not_answered(
    unit: SurveyUnit, mailbox: Mailbox, worker: servers.Server
) -> None:
    tell_result(survey_unit=unit, answered=9)
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(lambda: len(mailbox.messages) == len(EMAILS), what="all have arrived")
    assert received(mailbox) == Counter(EMAILS)
    assert {str(one["Subject"]) for one in mailbox.messages} == {
        "Result ready: Fewer falls at night"
    }
    assert all("List-Unsubscribe" in one for one in mailbox.messages)


def test_a_text_message_by_notify_has_one_link(unit: SurveyUnit, settings: Settings) -> None:
    service = Notify()
    service.start()
    try:
        settings.NOTIFY_URL, settings.NOTIFY_API_KEY = service.url, API_KEY
        settings.NOTIFY_SMS_TEMPLATE = "template"
        Contact.objects.exclude(pk=Contact.objects.order_by("pk")[0].pk).delete()
        Contact.objects.update(email="", mobile="+447700900123")
        Invitation.objects.update(channel="sms")
        tell_result(survey_unit=unit, answered=9)
        assert send_due_messages() == 1
        (sms,) = service.taken
        assert sms.to == "+447700900123"
        assert sms.body.startswith(
            "Merrowfield Hospitals, Ward 7: the result of your staff survey is ready. "
            "Read it or opt out: "
        )
        assert sms.body.count("://") == 1
    finally:
        service.stop()
