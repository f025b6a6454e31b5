"""What the clock has brought due and what lies about: the measure of whether the sweeps run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import Count, Expression, F, Min, Model, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from organisations.models import UrgentEmail
from surveys.models import Message, Survey, SurveyUnit
from surveys.models.distribution import NEWS, REMINDERS

GRACE = timedelta(minutes=3)
_KINDS_OF_MESSAGES = ("invitations", "reminders", "notices")
_STEPS: dict[str, str] = {
    Message.Step.INVITATION: "invitations",
    **dict.fromkeys(REMINDERS, "reminders"),
}
# Since when each kind of work is due; messages, since they were to go or were to be tried again.
_DUE_SINCE: dict[str, F | Expression] = {
    "keys": F("launched_at"),
    "opening": F("opens_at"),
    "closing": F("closes_at"),
    "counting": F("closes_at"),
    "results": Greatest("closes_at", Coalesce("survey__result_at", "closes_at")),
    "messages": Greatest("due_at", Coalesce("retry_at", "due_at")),
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


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of one kind of work is due, and for how many seconds the oldest of it."""

    number: int = 0
    seconds: float = 0.0


def waiting_work(now: datetime) -> dict[str, Waiting]:
    """Each kind of work, and sign-in codes, as it waits now. Seven queries."""
    work = overdue(now)
    messages = work.pop("messages").values("step")
    found = {kind: _waiting(rows, _DUE_SINCE[kind], now) for kind, rows in work.items()}
    found |= dict.fromkeys(_KINDS_OF_MESSAGES, Waiting())
    steps = messages.annotate(number=Count("pk"), at=Min(_DUE_SINCE["messages"]))
    for row in steps.order_by("step"):
        kind = _STEPS.get(row["step"], "notices")
        seconds = max(found[kind].seconds, (now - row["at"]).total_seconds())
        found[kind] = Waiting(found[kind].number + row["number"], seconds)
    codes = UrgentEmail.objects.exclude(to="")
    return {**found, "codes": _waiting(codes, F("made_at"), now)}


def _waiting(rows: QuerySet[Model], since: F | Expression, now: datetime) -> Waiting:
    found = rows.aggregate(number=Count("pk"), at=Min(since))
    if found["at"] is None:
        return Waiting()
    return Waiting(found["number"], (now - found["at"]).total_seconds())


def held_messages() -> dict[str, int]:
    """By kind, messages that wait for somebody to look at them. One query."""
    return _by_step(Q(state=Message.State.HELD))


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
        "held": held_messages(),
        "put_off": _by_step(Q(state=Message.State.PLANNED, retry_at__gt=now)),
        "sending": _by_step(Q(state__in=(Message.State.CLAIMED, Message.State.SENDING))),
        "paused_surveys": Survey.objects.filter(messages_paused=True).count(),
    }


def _numbers(work: dict[str, QuerySet[Model]]) -> dict[str, int]:
    messages = work["messages"]
    others = {kind: rows.count() for kind, rows in work.items() if kind != "messages"}
    return {**others, **_by_step(Q(pk__in=messages.values("pk")))}


def _by_step(which: Q) -> dict[str, int]:
    found = dict.fromkeys(_KINDS_OF_MESSAGES, 0)
    steps = Message.objects.filter(which).values("step").annotate(number=Count("pk"))
    for row in steps.order_by("step"):
        found[_STEPS.get(row["step"], "notices")] += row["number"]
    return found
