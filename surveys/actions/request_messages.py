"""Messages about requests: at once, on the day, three days later, when answered, when promised;
and what became of those that ask.

What is due follows from the rows alone and the database holds that each is one, so the news of a
request and the sweep plan alike, whatever was lost or killed in between.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from initiatives.actions.requests import note_undelivered
from initiatives.models import DepartmentRequest
from initiatives.queries.requests import RequestStanding, unanswered, with_standing
from initiatives.rules.requests import REVIEWER_AFTER, Standing, is_reviewers
from organisations.carriers.task_queue import enqueue_on_commit
from organisations.models import Membership, Role, Unit
from surveys.actions.outbox_leases import hours_of
from surveys.models import Message

STEPS, STATES, ANSWERS = Message.Step, Message.State, DepartmentRequest.Answer
UNDELIVERED = DepartmentRequest.Undelivered
TO_THE_ASKED = (STEPS.REQUEST, STEPS.REQUEST_DUE)
# Dropped while the request waits: whoever has this address asked for no messages.
NOT_ARRIVED = (*Message.STUCK, STATES.DROPPED)
# What happened longer ago is not told any more.
TOLD_WITHIN = timedelta(days=30)
A_DAY = timedelta(days=1)


def when_request_changed(*, request: int, **_: object) -> None:
    """The news of a request that was sent, answered or moved."""
    plan_request_messages(timezone.now(), only=request)


def plan_request_messages(now: datetime, *, only: int | None = None) -> None:
    """Plans what is to be said by now and was not, about all requests or one."""
    one = Q() if only is None else Q(pk=only)
    _send_again(now, one)
    _note_undelivered(one)
    _ask(now, one)
    _tell_answers(now, one)
    _ask_if_come(now, one)


def _send_again(now: datetime, one: Q) -> None:
    """What did not arrive and was sent again since goes out anew, to the address of now."""
    for request in unanswered().filter(one, sent_again_at__isnull=False):
        since = Q(again_at=None) | Q(again_at__lt=request.sent_again_at)
        stuck = _to_the_asked(request).filter(since, state__in=NOT_ARRIVED)
        due_at = hours_of(request.initiative.organisation).first_from(now)
        rows = stuck.update(
            state=STATES.PLANNED,
            due_at=due_at,
            again_at=request.sent_again_at,
            retry_at=None,
            attempts=0,
            failure="",
        )
        if rows:
            enqueue_on_commit("surveys.send_due_messages")


def _note_undelivered(one: Q) -> None:
    """Tells each request that waits what became of the messages that ask for its answer."""
    asking = Message.objects.filter(
        Q(user=F("department_request__member")) | Q(user=None, department_request__member=None),
        department_request=OuterRef("pk"),
        step__in=TO_THE_ASKED,
    )
    failed = Exists(asking.filter(state__in=(STATES.FAILED, STATES.RETURNED)))
    opted_out = Exists(asking.filter(state=STATES.DROPPED, step=STEPS.REQUEST))
    found = (
        unanswered()
        .filter(one)
        .annotate(
            says=Case(
                When(failed | opted_out, then=Value(UNDELIVERED.NO.value)),
                When(
                    Exists(asking.filter(state=STATES.HELD)), then=Value(UNDELIVERED.UNKNOWN.value)
                ),
                default=Value(""),
            )
        )
    )
    for request in found.exclude(undelivered=F("says")).order_by("pk"):
        note_undelivered(one=request, undelivered=request.says)


def _to_the_asked(request: DepartmentRequest) -> QuerySet[Message]:
    return Message.objects.filter(
        department_request=request, user=request.member_id, step__in=TO_THE_ASKED
    )


def _ask(now: datetime, one: Q) -> None:
    """The request, its reminder from its day to the third after, then the reviewers' notice."""
    waiting = unanswered().filter(one, asked_at__gt=now - 4 * TOLD_WITHIN)
    for state in with_standing(_untold(waiting, STEPS.REQUEST)):
        _plan(state, STEPS.REQUEST, [state.request.member_id], now)
    latest = now.date() + A_DAY
    due = waiting.filter(answer_by__lte=latest)
    for state in with_standing(_untold(due, STEPS.REQUEST_DUE)):
        today = _today(state, now)
        is_theirs = is_reviewers(state.request.answer_by, today=today)
        if state.request.answer_by <= today and not is_theirs:
            _plan(state, STEPS.REQUEST_DUE, [state.request.member_id], now)
    overdue = waiting.filter(answer_by__lte=latest - REVIEWER_AFTER)
    for state in with_standing(_untold(overdue, STEPS.REQUEST_OVERDUE)):
        if is_reviewers(state.request.answer_by, today=_today(state, now)):
            told = _held_over(state.request.unit, Role.REVIEWER) - {state.request.member_id}
            _plan(state, STEPS.REQUEST_OVERDUE, told, now)


def _tell_answers(now: datetime, one: Q) -> None:
    """To whoever asked; to the leads too, where it is theirs again."""
    found = DepartmentRequest.objects.filter(one, answered_at__gt=now - TOLD_WITHIN)
    for state in with_standing(_untold(found, STEPS.REQUEST_ANSWERED)):
        told = {state.request.asked_by_id}
        if state.standing is Standing.RETURNED:
            told |= _held_over(state.request.unit, Role.LEAD)
        _plan(state, STEPS.REQUEST_ANSWERED, told, now)


def _ask_if_come(now: datetime, one: Q) -> None:
    """Whoever asked and the managers of exactly the unit, on the day that was promised."""
    found = DepartmentRequest.objects.filter(
        one,
        answer=ANSWERS.YES,
        has_come="",
        promised_on__lte=now.date() + A_DAY,
        promised_on__gt=now.date() - TOLD_WITHIN,
    )
    for state in with_standing(_untold(found, STEPS.HAS_IT_COME)):
        promised = state.request.promised_on
        if promised is not None and promised <= _today(state, now):
            managers = Membership.objects.filter(
                unit=state.request.unit, role=Role.MANAGER, is_active=True, user__is_active=True
            )
            told = {state.request.asked_by_id, *managers.values_list("user", flat=True)}
            _plan(state, STEPS.HAS_IT_COME, told, now)


def _untold(found: QuerySet[DepartmentRequest], step: str) -> QuerySet[DepartmentRequest]:
    told = Message.objects.filter(department_request=OuterRef("pk"), step=step)
    return found.exclude(Exists(told)).order_by("pk")


def _today(state: RequestStanding, now: datetime) -> date:
    return timezone.localdate(now, state.request.initiative.organisation.zone)


def _held_over(unit: Unit, role: Role) -> set[int]:
    """Who has this role over the unit. One query."""
    above = [int(part) for part in unit.path.strip("/").split("/")]
    held = Membership.objects.filter(
        Q(unit=None) | Q(unit__in=above),
        organisation=unit.organisation_id,
        role=role,
        is_active=True,
        user__is_active=True,
    )
    return set(held.values_list("user", flat=True))


@transaction.atomic
def _plan(state: RequestStanding, step: str, users: Iterable[int | None], now: datetime) -> None:
    """One for each; without a user it goes to the department."""
    organisation = state.request.initiative.organisation
    due_at = hours_of(organisation).first_from(now)
    Message.objects.bulk_create(
        (
            Message(
                organisation=organisation,
                department_request=state.request,
                user_id=user,
                step=step,
                due_at=due_at,
            )
            for user in users
        ),
        ignore_conflicts=True,
    )
    enqueue_on_commit("surveys.send_due_messages")
