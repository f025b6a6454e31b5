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
from initiatives.actions.status import change_status
from initiatives.models import Decision, Initiative, StatusChange
from surveys.actions import outbox_leases
from surveys.actions.erasure import KEPT_FOR, erase_addresses
from surveys.actions.news import repair_stops, tell_decided, tell_result
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
STEPS = {
    "result": "Result ready: Fewer falls at night",
    "too_few": "No result this time: Fewer falls at night",
    "decided": "What the team decided: Fewer falls at night",
    "stopped": "Stopped: Fewer falls at night",
}
SEND = "from surveys.actions.sending import send_due_messages\nsend_due_messages()"


def happens(step: str) -> None:
    """What makes this news: a result, none, a decision, a stop."""
    unit = SurveyUnit.objects.get()
    initiative, by = unit.survey.initiative, unit.survey.launched_by
    match step:
        case "decided":
            tell_decided(survey_unit=unit, by=by)
        case "stopped" if not StatusChange.objects.exists():
            change_status(
                initiative=initiative,
                units=[unit.unit],
                to=Initiative.State.STOPPED,
                why="No money for it.",
                by=by,
            )
        case "stopped":
            repair_stops()
        case _:
            tell_result(survey_unit=unit, answered=9 if step == "result" else None)


@pytest.fixture
def unit() -> SurveyUnit:
    """A unit with a result; half of its list has answered."""
    trust = a_trust()
    survey = trust.open(UnitToAsk(trust.ward_7, 40, staff=[Address(one) for one in EMAILS]))
    Message.objects.all().delete()
    half = Invitation.objects.order_by("pk").values_list("pk", flat=True)[:3]
    Invitation.objects.filter(pk__in=list(half)).update(used=True)
    closed = timezone.now() - timedelta(minutes=5)
    SurveyUnit.objects.update(state=SurveyUnit.State.COUNTED, closes_at=closed, published_at=closed)
    Survey.objects.update(state=Survey.State.PUBLISHED)
    Decision.objects.create(
        initiative=survey.initiative, unit=trust.ward_7, result=only_unit(survey).pk,
        choice="strengthen", reason="Nights are short of staff.", decided_by=trust.manager,
    )  # fmt: skip
    return only_unit(survey)


def time_passes(wait: timedelta) -> None:
    Message.objects.update(claimed_at=F("claimed_at") - wait, retry_at=F("retry_at") - wait)


def received(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(one["To"]) for one in mailbox.messages)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("point", ["record", "enqueue_on_commit"])
@pytest.mark.usefixtures("unit")
def test_killed_while_it_is_planned_nothing_is_there_and_again_plans_all_once(
    step: str, point: str
) -> None:
    happen = f"from tests.surveys.test_news_faults import happens\nhappens({step!r})"
    killed_at(f"surveys.actions.news.{point}", happen)
    assert not Message.objects.exists()
    for _ in range(2):
        happens(step)
    assert Message.objects.filter(step=step).count() == Message.objects.count() == len(EMAILS)


def in_state(*states: str) -> set[str]:
    held = Message.objects.filter(state__in=states)
    return set(held.values_list("invitation__contact__email", flat=True))


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
    held = in_state(STATE.HELD)
    assert len(held) == in_doubt
    assert set(times) | held == EMAILS, "nobody lost"


@pytest.mark.worker
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("unit")
def test_a_real_worker_killed_in_the_midst_and_the_next_one(
    mailbox: Mailbox, worker: servers.Server, step: str
) -> None:
    mailbox.delay = 0.3
    happens(step)
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(lambda: len(mailbox.messages) >= 2, what="two have heard")
    worker.kill()
    mailbox.delay = 0
    in_doubt = in_state(STATE.SENDING)
    time_passes(outbox_leases.LEASE)
    worker.start()
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(
        lambda: in_state(*Message.WAITING, STATE.SENDING) <= in_doubt, what="all others heard"
    )
    time_passes(outbox_leases.LOST_AFTER)
    outbox_leases.repair(timezone.now())
    times, held = received(mailbox), in_state(STATE.HELD)
    assert set(times.values()) == {1}, "nobody twice"
    assert len(held) <= 1
    assert set(times) | held == EMAILS, "answered or not, nobody is lost"
    assert {str(one["Subject"]) for one in mailbox.messages} == {STEPS[step]}
    assert all("List-Unsubscribe" in one for one in mailbox.messages)


@pytest.mark.worker
def test_of_a_worker_killed_in_the_midst_the_next_sends_nothing_after_erasure(
    unit: SurveyUnit, mailbox: Mailbox, worker: servers.Server
) -> None:
    mailbox.delay = 0.3
    happens("result")
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(lambda: len(mailbox.messages) >= 2, what="two have heard")
    worker.kill()
    mailbox.delay = 0
    had_it = set(received(mailbox)) | in_state(STATE.SENDING)
    SurveyUnit.objects.update(closes_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    assert erase_addresses(now=timezone.now()) == len(EMAILS)
    for step in STEPS:
        happens(step)
    time_passes(outbox_leases.LEASE)
    worker.start()
    current_app.send_task("surveys.send_due_messages")
    servers.wait_until(
        lambda: not Message.objects.filter(state__in=(STATE.PLANNED, STATE.CLAIMED)).exists(),
        what="nothing is to be sent",
    )
    times = received(mailbox)
    assert set(times) <= had_it, "what was under way may have arrived, nothing else"
    assert set(times.values()) == {1}
    assert len(had_it) < len(EMAILS)
    assert not Message.objects.filter(step__in=("decided", "stopped", "too_few")).exists()


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
