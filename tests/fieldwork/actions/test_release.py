"""After a restore: nothing goes out twice, nobody loses time to answer, and work goes on."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from fieldwork import counting, tasks
from fieldwork.actions.closing import close_early
from fieldwork.actions.release import MAY_HAVE_GONE, release_after_restore
from organisations.models import AuditEntry, Deployment
from organisations.queries.deployment import held
from organisations.rules.refusal import Refused
from responses.models import Envelope
from surveys import tasks as survey_tasks
from surveys.actions.distribution import Leader, invite_leaders, invite_staff
from surveys.actions.sending import send_due_messages
from surveys.exchange.addresses import Address
from surveys.models import Message, Survey, SurveyUnit
from tests.factories import UserFactory
from tests.responses.ballots import invite, open_unit
from tests.responses.forms import body, send
from tests.servers import Mailbox

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def lost_from() -> datetime:
    return timezone.now() - HOUR


@pytest.fixture
def unit(lost_from: datetime) -> SurveyUnit:
    """A unit with two people and a leader, whose invitations had just come due; then a hold."""
    unit = open_unit()
    invite_staff(
        survey_unit=unit, addresses=[Address(f"{n}@merrowfield.example") for n in range(2)]
    )
    invite_leaders(survey_unit=unit, leaders=[Leader("Matron", "matron@merrowfield.example")])
    Message.objects.filter(step="invitation").update(due_at=lost_from)
    Message.objects.filter(step="reminder_1").update(due_at=lost_from + HOUR / 2)
    Message.objects.exclude(step__in=("invitation", "reminder_1")).update(
        due_at=timezone.now() + 24 * HOUR
    )
    Deployment.objects.update(hold_since=timezone.now(), lost_from=lost_from)
    return unit


def states(step: str) -> set[str]:
    return set(Message.objects.filter(step=step).values_list("state", flat=True))


def test_on_hold_nothing_is_sent_opened_closed_counted_or_destroyed(
    unit: SurveyUnit, mailbox: Mailbox
) -> None:
    due = open_unit(state="waiting")
    Survey.objects.filter(pk=due.survey_id).update(
        state="scheduled", opens_at=timezone.now() - HOUR
    )
    SurveyUnit.objects.filter(pk=unit.pk).update(
        closes_at=timezone.now() - timedelta(seconds=1), extended=True, enough=True
    )
    before = list(SurveyUnit.objects.order_by("pk").values())
    for sweep in (tasks.sweep, counting.sweep, survey_tasks.send_due, survey_tasks.sweep):
        sweep()
    send_due_messages()  # a worker that had begun its round before the hold
    assert mailbox.messages == []
    assert list(SurveyUnit.objects.order_by("pk").values()) == before
    assert not Message.objects.filter(state="sent").exists()
    with pytest.raises(Refused, match="records were restored"):
        close_early(survey_unit=unit, by=UserFactory.create())


def test_on_hold_people_still_answer(unit: SurveyUnit, client: Client) -> None:
    assert send(client, f"/a/{invite(unit)}", body()).status_code == 200
    assert Envelope.objects.count() == 1


def test_what_may_have_gone_out_is_held_and_reminders_of_then_are_dropped(
    unit: SurveyUnit, lost_from: datetime, mailbox: Mailbox
) -> None:
    # Due before the lost time, and still waiting in the backup: it too may have gone.
    early = Message.objects.filter(step="invitation").order_by("pk")[0]
    Message.objects.filter(pk=early.pk).update(due_at=lost_from - HOUR)
    now = timezone.now()
    done = release_after_restore(lost_from=lost_from, now=now)
    assert (done.held, done.dropped) == ({unit.survey_id: 3}, {unit.survey_id: 3})
    assert states("invitation") == {"held"}
    assert set(Message.objects.filter(state="held").values_list("failure", flat=True)) == {
        MAY_HAVE_GONE
    }
    assert states("reminder_1") == {"dropped"}
    assert states("reminder_2") == {"planned"}
    for sweep in (tasks.sweep, survey_tasks.send_due):
        sweep()
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("step", "seconds", "state"),
    [
        ("decided", -1, "held"),
        ("decided", 0, "held"),
        ("decided", 1, "planned"),
        ("stopped", 1, "planned"),
        ("result", 1, "held"),  # as soon as it was counted: perhaps in the lost time
    ],
)
def test_what_a_team_decided_on_hold_is_said_after_it(
    unit: SurveyUnit, lost_from: datetime, step: str, seconds: int, state: str
) -> None:
    on_hold = held()
    assert on_hold is not None
    assert on_hold.hold_since is not None
    message = Message.objects.filter(step="reminder_2", invitation__isnull=False)[0]
    at = on_hold.hold_since + timedelta(seconds=seconds)
    Message.objects.filter(pk=message.pk).update(step=step, due_at=at)
    release_after_restore(lost_from=lost_from, now=at + HOUR)
    message.refresh_from_db()
    assert message.state == state


@pytest.mark.parametrize("step", ["result", "too_few"])
@pytest.mark.parametrize(
    ("result_after", "due_after", "state"),
    [(-1, 1, "held"), (0, 1, "held"), (1, 1, "planned"), (1, 0, "held"), (-1, -1, "held")],
)
def test_a_result_whose_time_came_on_hold_is_told_after_it(
    unit: SurveyUnit, lost_from: datetime, step: str, result_after: int, due_after: int, state: str
) -> None:
    on_hold = held()
    assert on_hold is not None
    assert on_hold.hold_since is not None
    second = timedelta(seconds=1)
    Survey.objects.update(result_at=on_hold.hold_since + result_after * second)
    message = Message.objects.filter(step="reminder_2", invitation__isnull=False)[0]
    Message.objects.filter(pk=message.pk).update(
        step=step, due_at=on_hold.hold_since + due_after * second
    )
    release_after_restore(lost_from=lost_from, now=on_hold.hold_since + HOUR)
    message.refresh_from_db()
    assert message.state == state


def test_units_open_in_the_lost_time_stay_open_for_two_days(
    unit: SurveyUnit, lost_from: datetime
) -> None:
    now = timezone.now()
    soon, over, late = open_unit(), open_unit(), open_unit()
    at = {
        unit.pk: lost_from,
        soon.pk: now + HOUR,
        over.pk: lost_from - timedelta(seconds=1),
        late.pk: now + timedelta(days=2, seconds=1),
    }
    for pk, closes_at in at.items():
        SurveyUnit.objects.filter(pk=pk).update(closes_at=closes_at)
    done = release_after_restore(lost_from=lost_from, now=now)
    assert done.kept_open == [unit.pk, soon.pk]
    closes = dict(SurveyUnit.objects.values_list("pk", "closes_at"))
    more = now + timedelta(days=2)
    assert closes == {**at, unit.pk: more, soon.pk: more}
    assert AuditEntry.objects.filter(action="survey extended").count() == 2


def test_released_once_and_work_goes_on(unit: SurveyUnit, lost_from: datetime) -> None:
    due = open_unit(state="waiting")
    Survey.objects.filter(pk=due.survey_id).update(
        state="scheduled", opens_at=timezone.now() - HOUR
    )
    release_after_restore(lost_from=lost_from, now=timezone.now())
    assert held() is None
    assert Deployment.objects.get().generation == 2
    with pytest.raises(Refused, match="not on hold"):
        release_after_restore(lost_from=lost_from, now=timezone.now())
    tasks.sweep()
    due.refresh_from_db()
    assert due.state == "open"


def test_a_moment_to_come_is_refused(unit: SurveyUnit) -> None:
    now = timezone.now()
    with pytest.raises(Refused, match="still to come"):
        release_after_restore(lost_from=now + timedelta(seconds=1), now=now)
    assert held() is not None


def test_the_command_shows_first_and_does_it_when_told(unit: SurveyUnit) -> None:
    shown, done = StringIO(), StringIO()
    call_command("release_after_restore", stdout=shown)
    assert f"Survey {unit.survey_id}: 3 messages held, 3 reminders dropped." in shown.getvalue()
    assert "Nothing was changed. Add --yes to do this." in shown.getvalue()
    assert held() is not None
    with pytest.raises(CommandError, match="with its offset"):
        call_command("release_after_restore", "--lost-from", "2026-11-29T09:40")
    call_command("release_after_restore", "--lost-from", "now", "--yes", stdout=done)
    assert "Released." in done.getvalue()
    assert states("invitation") == {"held"}
    with pytest.raises(CommandError, match="not on hold"):
        call_command("release_after_restore")
