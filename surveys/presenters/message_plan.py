"""The plan of messages in words: when, to whom, and what became of it.

A reminder says only a band of how many it went to: a number would tell how many have answered.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from surveys.actions.distribution import DAY_OF_STEP
from surveys.messages import REMINDERS
from surveys.models import Message, Survey
from surveys.queries.outbox import StepCount

_NAMES = {
    Message.Step.INVITATION: "Invitation",
    Message.Step.REMINDER_1: "First reminder",
    Message.Step.REMINDER_2: "Second reminder",
    Message.Step.REMINDER_3: "Third reminder",
}


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


def plan_rows(survey: Survey, steps: list[StepCount]) -> list[Planned]:
    """The plan in order of time."""
    return [_row(survey, count) for count in steps]


def band(number: int) -> str:
    """As exact as a page may be about reminders."""
    if number < 5:
        return "fewer than 5"
    if number < 10:
        return "5 to 9"
    return f"{number // 10 * 10} or more"


def _row(survey: Survey, count: StepCount) -> Planned:
    is_reminder = count.step in REMINDERS
    skipped = is_reminder and DAY_OF_STEP.get(count.step) not in survey.reminder_days
    waiting = any(
        people.get(Message.State.PLANNED, 0) + people.get(Message.State.SENDING, 0)
        for people in (count.staff, count.leaders)
    )
    ended = survey.state not in (
        Survey.State.PREPARING,
        Survey.State.SCHEDULED,
        Survey.State.OPEN,
    )
    ahead = count.due_at > timezone.now()
    needless = ended and ahead
    if skipped:
        state = "Skipped"
    elif needless:
        state = "Not needed"
    elif is_reminder:
        state = "Planned" if ahead else _reminded(count)
    else:
        state = "Planned" if waiting and not ended else _invited(count)
    return Planned(
        step=count.step,
        name=_NAMES[count.step],
        due_at=count.due_at,
        to=_whom(count, is_reminder=is_reminder),
        state=state,
        is_reminder=is_reminder,
        in_plan=not skipped and not needless,
        can_skip=is_reminder and ahead and not skipped and not ended,
    )


def _whom(count: StepCount, *, is_reminder: bool) -> str:
    staff, leaders = sum(count.staff.values()), sum(count.leaders.values())
    if is_reminder:
        both = "Staff and leaders" if staff and leaders else "Staff" if staff else "Leaders"
        return f"{both} who have not answered"
    parts = [f"{staff} staff"] if staff else []
    parts += [f"{leaders} leader{'' if leaders == 1 else 's'}"] if leaders else []
    return ", ".join(parts)


def _reminded(count: StepCount) -> str:
    if not count.staff:
        return "Sent"
    return f"Sent to {band(count.staff.get(Message.State.SENT, 0))} staff"


def _invited(count: StepCount) -> str:
    failed = count.staff.get(Message.State.FAILED, 0) + count.leaders.get(Message.State.FAILED, 0)
    sent = count.staff.get(Message.State.SENT, 0) + count.leaders.get(Message.State.SENT, 0)
    if not sent and not failed:
        return "Not sent"
    return f"Sent, {failed} did not arrive" if failed else "Sent"
