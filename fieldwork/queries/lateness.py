"""What the clock has brought due and what lies about: the measure of whether the sweeps run."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from surveys.models import Message, Survey, SurveyUnit
from surveys.models.distribution import NEWS, REMINDERS

GRACE = timedelta(minutes=3)
_STEPS: dict[str, str] = {
    Message.Step.INVITATION: "invitations",
    **dict.fromkeys(REMINDERS, "reminders"),
}


def overdue(before: datetime) -> dict[str, QuerySet[Model]]:
    """By kind of work, what should have been done by that moment.

    What was tried and cannot be done is not among them: for a lost key it is a failed count, and a
    message that a provider put off waits for its own time.
    """
    messages = Message.objects.filter(
        Q(retry_at=None) | Q(retry_at__lt=before), state=Message.State.PLANNED, due_at__lt=before
    )
    return {
        "keys": Survey.objects.filter(
            state=Survey.State.PREPARING, launched_at__lt=before, count_failure=""
        ),
        "opening": Survey.objects.filter(state=Survey.State.SCHEDULED, opens_at__lt=before),
        "closing": SurveyUnit.objects.filter(state=SurveyUnit.State.OPEN, closes_at__lt=before),
        "counting": SurveyUnit.objects.filter(
            state=SurveyUnit.State.CLOSED, closes_at__lt=before, survey__count_failure=""
        ),
        "results": SurveyUnit.objects.filter(
            Q(survey__result_at=None) | Q(survey__result_at__lt=before),
            state__in=(SurveyUnit.State.COUNTED, SurveyUnit.State.TOO_FEW),
            closes_at__lt=before,
            published_at=None,
        ),
        "messages": messages.filter(
            Q(user__isnull=False) | Q(survey__messages_paused=False) | Q(step__in=NEWS)
        ),
    }


def late_work() -> list[str]:
    """Names of kinds of work overdue by more than three minutes. Six queries."""
    late = overdue(timezone.now() - GRACE)
    return [kind for kind, rows in late.items() if rows.exists()]


def failed_counts() -> int:
    """Surveys that cannot be counted until an operator brings back a key. One query."""
    return Survey.objects.exclude(count_failure="").count()


class FieldworkStatus(TypedDict):
    """What `fieldwork_status` says; numbers by kind of work."""

    at: str
    due: dict[str, int]
    late: dict[str, int]
    held: dict[str, int]
    put_off: dict[str, int]
    sending: dict[str, int]
    paused_surveys: int


def fieldwork_status(now: datetime) -> FieldworkStatus:
    """What is due, late, held and put off, in numbers over the whole site; names nobody."""
    return {
        "at": now.isoformat(timespec="seconds"),
        "due": _numbers(overdue(now)),
        "late": _numbers(overdue(now - GRACE)),
        "held": _by_step(Q(state=Message.State.HELD)),
        "put_off": _by_step(Q(state=Message.State.PLANNED, retry_at__gt=now)),
        "sending": _by_step(Q(state__in=(Message.State.CLAIMED, Message.State.SENDING))),
        "paused_surveys": Survey.objects.filter(messages_paused=True).count(),
    }


def _numbers(work: dict[str, QuerySet[Model]]) -> dict[str, int]:
    messages = work["messages"]
    others = {kind: rows.count() for kind, rows in work.items() if kind != "messages"}
    return {**others, **_by_step(Q(pk__in=messages.values("pk")))}


def _by_step(which: Q) -> dict[str, int]:
    found = {"invitations": 0, "reminders": 0, "notices": 0}
    steps = Message.objects.filter(which).values("step").annotate(number=Count("pk"))
    for row in steps.order_by("step"):
        found[_STEPS.get(row["step"], "notices")] += row["number"]
    return found
