"""The plan of messages in words: when, to whom, and what became of it.

A reminder says only a band of how many it went to: a number would tell how many have answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from organisations.words.dates import clock, in_days, moment
from surveys.actions.outbox_leases import hours_of
from surveys.actions.plan import may_add_reminder
from surveys.models import Message, Survey
from surveys.models.distribution import NEWS, REMINDERS
from surveys.presenters.without_message import without_message
from surveys.queries.outbox import StepCount
from surveys.rules import closing_times

NAMES = {
    Message.Step.INVITATION: "Invitation",
    Message.Step.REMINDER_1: "First reminder",
    Message.Step.REMINDER_2: "Second reminder",
    Message.Step.REMINDER_3: "Third reminder",
    Message.Step.RESULT: "Result is ready",
    Message.Step.TOO_FEW: "No result",
    Message.Step.DECIDED: "What the team decided",
    Message.Step.STOPPED: "Improvement stopped",
}
_WAITING = (Message.State.PLANNED, Message.State.CLAIMED, Message.State.SENDING)
_NOT_ARRIVED = (Message.State.FAILED, Message.State.RETURNED)
_RUNNING = (Survey.State.PREPARING, Survey.State.SCHEDULED, Survey.State.OPEN)
AT_ONCE = timedelta(minutes=1)
# So many numbers at least are left open above a band's edge.
NARROWEST = 2


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of the plan."""

    step: Message.Step
    name: str
    due_at: datetime
    to: str
    state: str
    is_reminder: bool
    in_plan: bool
    can_skip: bool
    can_send_now: bool


def plan_rows(survey: Survey, steps: list[StepCount]) -> list[Planned]:
    """The plan in order of time. Only the next reminder can be sent now."""
    waiting = [one.step for one in steps if _waits(survey, one)]
    return [_row(survey, count, is_next=count.step in waiting[:1]) for count in steps]


def band(number: int, *, of: int) -> str:
    """As exact as a page may be about reminders to `number` of so many; empty where it is not.

    No band holds fewer than three numbers: "5 or more" of five would say that nobody has answered.
    """
    edges = [edge for edge in (5, *range(10, of, 10)) if edge <= of - NARROWEST]
    if not edges:
        return ""
    lower = max((edge for edge in edges if edge <= number), default=0)
    if not lower:
        return f"fewer than {edges[0]}"
    return "5 to 9" if lower == 5 and len(edges) > 1 else f"{lower} or more"


def can_pause(survey: Survey, steps: list[StepCount]) -> bool:
    """Whether anything is left that a pause would keep back."""
    return survey.state in _RUNNING and any(
        people.get(Message.State.PLANNED) for one in steps for people in (one.staff, one.leaders)
    )


def sent_now_words(survey: Survey, count: StepCount) -> str:
    """When a reminder that is sent now reaches people."""
    now = timezone.now()
    hours = hours_of(survey.organisation)
    first = hours.first_from(now)
    if first <= now + AT_ONCE:
        said = "We’ll send it within a minute."
    else:
        said = f"It’s quiet hours now. We’ll send it {in_days(first)} at {clock(first)}."
    nights = hours.first_from(now, works_nights=True)
    if count.nights and nights >= survey.closes_at:
        said += (
            " Staff who work nights still get it as planned, because the next evening is too late."
        )
    elif count.nights and nights > now + AT_ONCE:
        said += f" Staff who work nights get it {in_days(nights)} at {clock(nights)}."
    return said


def extension_words(survey: Survey, later: datetime) -> str:
    """What an extension to this closing time does about reminders."""
    if may_add_reminder(survey):
        when = closing_times.added_reminder(later, zone=survey.organisation.zone)
        first = hours_of(survey.organisation).first_from(when)
        return f"We’ll send one more reminder on {moment(first)}."
    if survey.messages_paused:
        return "Messages are paused, so we will not send a reminder in the extra days."
    if survey.skipped_steps:
        return "A reminder was skipped, so none is planned for the added days."
    return "We will not send any more reminders."


def _waits(survey: Survey, count: StepCount) -> bool:
    return (
        count.step in REMINDERS
        and count.step not in survey.skipped_steps
        and count.due_at > timezone.now()
    )


def _row(survey: Survey, count: StepCount, *, is_next: bool) -> Planned:
    is_reminder = count.step in REMINDERS
    skipped = count.step in survey.skipped_steps
    waiting = any(
        people.get(state, 0) for people in (count.staff, count.leaders) for state in _WAITING
    )
    # A unit's news goes after it has closed, also while others are still open, and is not paused.
    ended = survey.state not in _RUNNING and count.step not in NEWS
    ahead = count.due_at > timezone.now()
    needless = ended and ahead
    held_back = survey.messages_paused and waiting and not ended and count.step not in NEWS
    if skipped:
        state = "Skipped"
    elif needless:
        state = "Not needed"
    elif held_back:
        state = "Paused"
    elif is_reminder:
        state = "Planned" if ahead else _reminded(count)
    else:
        state = "Planned" if waiting and not ended else _invited(count)
    return Planned(
        step=count.step,
        name=NAMES[count.step],
        due_at=count.due_at,
        to=_whom(survey, count, is_reminder=is_reminder),
        state=state,
        is_reminder=is_reminder,
        in_plan=not skipped and not needless,
        can_skip=is_reminder and (ahead or held_back) and not skipped and not ended,
        can_send_now=is_next and survey.state == Survey.State.OPEN and not survey.messages_paused,
    )


def _whom(survey: Survey, count: StepCount, *, is_reminder: bool) -> str:
    staff, leaders = sum(count.staff.values()), sum(count.leaders.values())
    nights = ". Night staff: 6pm to 8pm" if count.nights else ""
    if count.too_late and survey.state in _RUNNING:
        people = "1 person gets" if count.too_late == 1 else f"{count.too_late} people get"
        nights += f". {people} none, because the survey closes before we can message them"
    if is_reminder and survey.reminds_everyone and staff:
        return f"Everyone with a personal link{nights}"
    if is_reminder:
        both = "Staff and leaders" if staff and leaders else "Staff" if staff else "Leaders"
        return f"{both} who have not answered{nights}"
    lost = without_message(count.mobiles)
    parts = [f"{staff} staff" + (f" ({lost} cannot be reached)" if lost else "")] if staff else []
    parts += [f"{leaders} leader{'' if leaders == 1 else 's'}"] if leaders else []
    return ", ".join(parts) + nights


def _reminded(count: StepCount) -> str:
    said = band(count.staff.get(Message.State.SENT, 0), of=sum(count.staff.values()))
    return f"Sent to {said} staff" if said else "Sent"


def _invited(count: StepCount) -> str:
    both = (count.staff, count.leaders)
    failed = sum(people.get(state, 0) for people in both for state in _NOT_ARRIVED)
    sent = sum(people.get(Message.State.SENT, 0) for people in both)
    held = sum(people.get(Message.State.HELD, 0) for people in both)
    if not sent and not failed and not held:
        return "Not sent"
    said = ["Sent"] if sent else []
    said += [f"{failed} not delivered"] if failed else []
    said += [f"{held} not known"] if held else []
    return ", ".join(said)
