"""What must wake somebody, each just before and just after it does."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from fieldwork import counting, tasks
from fieldwork.queries.watch import reasons
from organisations.actions.urgent_email import store_email
from organisations.models import Deployment, Heartbeat, UrgentEmail
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


@pytest.mark.parametrize(
    ("carrier", "channel", "other"), [("Email", "email", "sms"), ("Text messages", "sms", "email")]
)
def test_a_carrier_that_takes_nothing_is_told_of_after_15_and_30_minutes(
    carrier: str, channel: str, other: str
) -> None:
    due_at = timezone.now()
    message = invited(due_at=due_at)
    Message.objects.update(channel=channel)
    none_taken = f"{carrier}: messages are due and none was taken for 15 minutes."
    too_long = f"{carrier}: the oldest message due has waited more than 30 minutes."

    def said(**after: int) -> list[str]:
        at = due_at + timedelta(**after)
        Heartbeat.objects.update(at=at)
        return reasons(at)

    for minutes, expected in ((15, none_taken), (30, too_long)):
        assert expected not in said(minutes=minutes, seconds=-1) + said(minutes=minutes)
        assert said(minutes=minutes, seconds=1) == [expected]
    # One that was taken meanwhile, by this carrier and not by the other, is a sign that it works.
    taken = Message.objects.create(
        survey=message.survey,
        survey_unit=message.survey_unit,
        step="reminder_1",
        state="sent",
        channel=other,
        due_at=due_at,
        sent_at=due_at + timedelta(minutes=5),
    )
    assert said(minutes=16) == [none_taken]
    Message.objects.filter(pk=taken.pk).update(channel=channel)
    assert said(minutes=20) == []
    assert said(minutes=20, seconds=1) == [none_taken]


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


def test_a_sweep_that_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = open_unit()
    now = timezone.now()
    for seconds, expected in ((179, []), (180, []), (181, ["Late: closing."])):
        monkeypatch.setattr(timezone, "now", lambda at=now + seconds * SECOND: at)
        SurveyUnit.objects.filter(pk=unit.pk).update(closes_at=now)
        assert woken() == expected


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


def test_records_that_were_restored() -> None:
    Deployment.objects.update(hold_since=timezone.now())
    assert woken() == ["Records were restored. The site waits to be released."]


@pytest.mark.postgresql
@pytest.mark.parametrize(("failed", "is_told"), [(None, False), (-1, False), (0, False), (1, True)])
def test_a_log_that_cannot_be_archived(
    settings: Settings, failed: int | None, is_told: bool
) -> None:
    """A table of the session's own stands before the server's view of that name."""
    settings.KEY_WAITS_FOR_BACKUP = True
    Backup.objects.create(taken_at=timezone.now())
    archived_at = timezone.now()
    failed_at = None if failed is None else archived_at + failed * SECOND
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE pg_stat_archiver (last_archived_time timestamptz, "
            "last_failed_time timestamptz) ON COMMIT DROP"
        )
        cursor.execute("INSERT INTO pg_stat_archiver VALUES (%s, %s)", [archived_at, failed_at])
    said = ["PostgreSQL cannot archive its log."]
    assert woken() == (said if is_told else [])
    if is_told:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pg_stat_archiver SET last_archived_time = NULL")
        assert woken() == said, "it never could"
        settings.KEY_WAITS_FOR_BACKUP = False
        assert woken() == [], "nobody wants backups here"


@pytest.mark.postgresql
@pytest.mark.parametrize(("ahead", "is_told"), [(4, False), (6, True), (-4, False), (-6, True)])
def test_a_clock_that_is_wrong(monkeypatch: pytest.MonkeyPatch, ahead: int, is_told: bool) -> None:
    """The database's own cannot be moved, so a second is left on either side."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=ahead)  # type: ignore[arg-type]

    monkeypatch.setattr("fieldwork.queries.watch.datetime", Wrong)
    said = ["The clock of this machine is more than 5 seconds from the database’s."]
    assert woken() == (said if is_told else [])
