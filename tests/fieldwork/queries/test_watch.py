"""What must wake somebody, each just before and just after it does."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from fieldwork import counting, tasks
from fieldwork.queries.watch import reasons
from organisations.actions.urgent_email import store_email
from organisations.models import Heartbeat, UrgentEmail
from responses.models import Backup
from surveys.actions.distribution import invite_staff
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Message, Survey, SurveyUnit
from tests.responses.ballots import open_unit
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def woken(after: timedelta = timedelta()) -> list[str]:
    """What is said so much later; sweeps are running then too."""
    now = timezone.now() + after
    Heartbeat.objects.update(at=now)
    return reasons(now)


@pytest.fixture(autouse=True)
def sweeps_run() -> None:
    for process in Heartbeat.Process.values:
        Heartbeat.objects.create(process=process, at=timezone.now())


def invited(*, due_at: datetime | None = None) -> Message:
    invite_staff(survey_unit=open_unit(), addresses=[Address("one@merrowfield.example")])
    message = Message.objects.get(step="invitation")
    Message.objects.exclude(pk=message.pk).delete()
    Message.objects.update(due_at=due_at or timezone.now())
    return message


def test_both_sweeps_give_a_sign() -> None:
    Heartbeat.objects.all().delete()
    tasks.sweep()
    counting.sweep()
    assert reasons(timezone.now()) == []


@pytest.mark.parametrize(
    ("silent", "said"),
    [
        (["worker"], "No sign of life for 2 minutes: worker."),
        (["counting"], "No sign of life for 2 minutes: counting."),
        (["worker", "counting"], "No sign of life for 2 minutes: beat, or worker and counting."),
    ],
)
def test_a_process_that_stopped(silent: list[str], said: str) -> None:
    now = timezone.now()
    for seconds, expected in ((119, []), (120, []), (121, [said])):
        Heartbeat.objects.update(at=now)
        Heartbeat.objects.filter(process__in=silent).update(at=now - seconds * SECOND)
        assert reasons(now) == expected
    Heartbeat.objects.filter(process__in=silent).delete()
    assert reasons(now) == [said]


def test_a_process_says_itself_what_is_wrong() -> None:
    Heartbeat.objects.filter(process="counting").update(problem="The disk of the keys is full.")
    assert reasons(timezone.now()) == ["The disk of the keys is full."]


@pytest.mark.django_db(transaction=True)
def test_a_dead_mail_server_wakes_somebody_and_letters_go_later_once_each(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    began = timezone.now()
    settings.EMAIL_PORT = 9  # nobody listens there
    invited(due_at=began)
    said: dict[int, list[str]] = {}
    for minute in (0, 1, 14, 16, 29, 31):
        at = began + timedelta(minutes=minute)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        send_due_messages()
        Heartbeat.objects.update(at=at)
        said[minute] = [one for one in reasons(at) if one.startswith("Email")]
    none_taken = "Email: messages are due and none was taken for 15 minutes."
    too_long = "Email: the oldest message due has waited more than 30 minutes."
    assert said == {0: [], 1: [], 14: [], 16: [none_taken], 29: [none_taken], 31: [too_long]}
    settings.EMAIL_PORT = mailbox.port
    at = began
    for hour in (2, 3):
        at = began + timedelta(hours=hour)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        send_due_messages()
    assert len(mailbox.messages) == 1
    assert [one for one in reasons(at) if one.startswith("Email")] == []


def test_one_carrier_that_works_says_nothing_for_the_other() -> None:
    message = invited(due_at=timezone.now() - timedelta(minutes=20))
    Message.objects.create(
        survey=message.survey,
        survey_unit=message.survey_unit,
        step="reminder_1",
        state="sent",
        channel="sms",
        due_at=timezone.now(),
        sent_at=timezone.now(),
    )
    assert "Email: messages are due and none was taken for 15 minutes." in woken()
    Message.objects.filter(state="sent").update(channel="email")
    assert not [one for one in woken() if one.startswith("Email")]


def test_what_a_manager_paused_waits_for_no_mail_server() -> None:
    invited(due_at=timezone.now() - timedelta(hours=2))
    Survey.objects.update(messages_paused=True)
    assert woken() == []


def test_a_sign_in_code_that_waits() -> None:
    store_email(to="one@merrowfield.example", subject="Code", body="Code")
    store_email(to="", subject="Code", body="to nobody: never sent")
    assert woken(timedelta(minutes=2, seconds=50)) == []
    said = ["Email: a sign-in code has waited more than 3 minutes."]
    assert woken(timedelta(minutes=3, seconds=10)) == said
    UrgentEmail.objects.exclude(to="").delete()
    assert woken(timedelta(minutes=3, seconds=10)) == []


def test_a_sweep_that_is_late() -> None:
    unit = open_unit()
    SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=timezone.now() - timedelta(minutes=4))
    assert woken() == ["Late: closing."]


def test_a_count_that_failed() -> None:
    open_unit()
    Survey.objects.update(count_failure="its key is not in the key folder")
    assert woken() == ["Surveys that cannot be counted: 1."]


def test_a_key_that_waits() -> None:
    open_unit(state="counted")
    Survey.objects.update(state="counted", counted_at=timezone.now())
    SurveyUnit.objects.update(published_at=timezone.now())
    assert woken(timedelta(days=7) - SECOND) == []
    said = ["Keys that have waited more than 7 days to be destroyed: 1."]
    assert woken(timedelta(days=7) + SECOND) == said
    Survey.objects.update(key_destroyed=True)
    assert woken(timedelta(days=7) + SECOND) == []


def test_a_backup_that_is_old(settings: Settings) -> None:
    settings.KEY_WAITS_FOR_BACKUP = True
    assert woken() == ["No backup is on record."]
    Backup.objects.create(taken_at=timezone.now())
    assert woken(timedelta(hours=26) - SECOND) == []
    said = ["The newest backup on record is more than 26 hours old."]
    assert woken(timedelta(hours=26) + SECOND) == said
    settings.KEY_WAITS_FOR_BACKUP = False
    assert woken(timedelta(hours=26) + SECOND) == []


@pytest.mark.postgresql
def test_a_clock_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fast(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=6)  # type: ignore[arg-type]

    monkeypatch.setattr("fieldwork.queries.watch.datetime", Fast)
    assert "The clock of this machine is more than 5 seconds from the database’s." in woken()
