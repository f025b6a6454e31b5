"""Requests to departments and members: sent, answered once, moved once, withdrawn, forgotten.

Messages follow on commit, by the signal `request_changed`. Over 300 lines: all that can become of a
request stands side by side.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from initiatives.models import Action, Commitment, DepartmentRequest, Priority
from initiatives.queries.requests import (
    OPEN_ACTIONS,
    Recipient,
    RequestStanding,
    with_standing,
)
from initiatives.rules.requests import (
    ADDRESS_KEPT,
    ADDRESS_KEPT_AT_MOST,
    MOST_A_DAY,
    USUAL,
    Standing,
    is_due_day,
    link_opens,
)
from initiatives.rules.status import TAKES_NO_MORE
from initiatives.signals import request_changed
from organisations.actions.audit_log import record
from organisations.actions.deployment import refuse_while_held
from organisations.actions.units import refuse_closed
from organisations.models import Department, Organisation, User
from organisations.queries.units import is_open
from organisations.rules.personal_links import token_hash
from organisations.rules.refusal import Refused

ANSWERS = DepartmentRequest.Answer
TOO_MANY = f"You have sent {MOST_A_DAY} requests today. Send the next one tomorrow."
NOT_A_DAY = "Choose a day from tomorrow to 90 days ahead"
IS_OVER = "This improvement has stopped on this unit, so there is nothing to ask for."
ACTION_IS_CLOSED = "This action is done or dropped. Nothing was sent."
ANSWERED_ALREADY = "This request has an answer already. Nothing has changed."
ASKED_AGAIN = "Someone else has asked again already. Nothing was sent."
STILL_WAITS = "This request still waits for an answer. Withdraw it before you ask someone else."
NOT_WANTED = "This request is no longer needed. You have nothing to do."


@transaction.atomic
def send_request(
    *,
    commitment: Commitment,
    action: Action | None,
    priority: Priority | None,
    to: Recipient,
    needs: str,
    answer_by: date,
    by: User,
    instead_of: DepartmentRequest | None = None,
) -> DepartmentRequest:
    """Asks; the same again, while it waits, is the one that is there. Raises `Refused`.

    `instead_of` is one that came back, which then counts as moved, one that was withdrawn or
    answered with no, or one that waits for somebody who has left, which is withdrawn.
    """
    organisation = commitment.initiative.organisation
    # Whoever sends twice at once waits: counted and kept in one.
    User.objects.select_for_update().get(pk=by.pk)
    _check_wanted(commitment, action)
    about = {"action": action, "priority": priority or (action.priority if action else None)}
    there = DepartmentRequest.objects.filter(
        initiative=commitment.initiative, unit=commitment.unit, whom=to.whom, member=to.member,
        needs=needs, answer="", withdrawn_at=None, **about,
    ).first()  # fmt: skip
    if there is not None:
        return there
    today = timezone.localdate(timezone=organisation.zone)
    if not is_due_day(answer_by, today=today):
        raise Refused(NOT_A_DAY, field="answer_by")
    if _sent_today(organisation, by, today) >= MOST_A_DAY:
        raise Refused(TOO_MANY)
    moved_from = _ended_for_another(instead_of, by) if instead_of else None
    made = DepartmentRequest(
        initiative=commitment.initiative,
        unit=commitment.unit,
        needs=needs,
        answer_by=answer_by,
        asked_by=by,
        moved_from=moved_from,
        **about,
    )
    return _send(made, to, by)


def _check_wanted(commitment: Commitment, action: Action | None) -> None:
    refuse_closed(commitment.unit)
    if Commitment.objects.filter(pk=commitment.pk, state__in=TAKES_NO_MORE).exists():
        raise Refused(IS_OVER)
    if action is not None and action.state not in OPEN_ACTIONS:
        raise Refused(ACTION_IS_CLOSED)


def _ended_for_another(one: DepartmentRequest, by: User) -> DepartmentRequest | None:
    """It waits no more, since somebody else is asked; itself where it moves to them."""
    one = _locked(one)
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=one.pk))
    refuse_another(state)
    if state.standing is Standing.RETURNED:
        return one
    if state.standing is Standing.WAITING:
        _withdraw(one, by)
    return None


def refuse_another(state: RequestStanding) -> None:
    """`Refused` where the same cannot be asked of somebody else."""
    if state.may_ask_another:
        return
    refuse_closed(state.request.unit)
    match state.standing:
        case Standing.WAITING:
            raise Refused(STILL_WAITS)
        case Standing.ANSWERED:
            raise Refused(ANSWERED_ALREADY)
        case Standing.MOVED:
            raise Refused(ASKED_AGAIN)
        case _:
            raise Refused(NOT_WANTED)


def _sent_today(organisation: Organisation, by: User, today: date) -> int:
    midnight = datetime.combine(today, time(), organisation.zone)
    return DepartmentRequest.objects.filter(
        initiative__organisation=organisation, asked_by=by, moved_from=None, asked_at__gte=midnight
    ).count()


def _send(made: DepartmentRequest, to: Recipient, by: User | None) -> DepartmentRequest:
    made.whom, made.member = to.whom, to.member
    if to.department is not None:
        made.email, made.seed = to.department.email, secrets.token_urlsafe(16)
        made.token_hash = token_hash(made.link_token)
    made.save(force_insert=True)
    _record("request sent", made, by, moved_from=made.moved_from_id)
    _tell(made)
    return made


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: a "yes" has its day, a "no" its reason, "not ours" perhaps another department."""

    answer: str
    words: str = ""
    promised_on: date | None = None
    instead: Department | None = None


@transaction.atomic
def answer_request(*, one: DepartmentRequest, said: Said, by: User | None) -> None:
    """Once; `by` is None for whoever holds the link. The same again changes nothing.

    "Not ours" moves it to the department named, if it has not moved before and its unit works.
    Raises `Refused`.
    """
    one = _locked(one)
    words = said.instead.name if said.instead is not None else said.words
    if one.answer:
        if (one.answer, one.answer_words, one.promised_on) == (
            said.answer,
            words,
            said.promised_on,
        ):
            return
        raise Refused(ANSWERED_ALREADY)
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=one.pk))
    if state.standing is not Standing.WAITING:
        raise Refused(NOT_WANTED)
    today = timezone.localdate(timezone=one.initiative.organisation.zone)
    if said.promised_on is not None and said.promised_on < today:
        raise Refused("Enter today or a later day", field="promised_on")
    one.answer, one.answer_words, one.promised_on = said.answer, words, said.promised_on
    one.answered_at = timezone.now()
    one.save(update_fields=["answer", "answer_words", "promised_on", "answered_at"])
    _record("request answered", one, by, answer=said.answer)
    _tell(one)
    if said.instead is not None and one.moved_from_id is None and is_open(one.unit):
        moved = DepartmentRequest(
            initiative=one.initiative,
            unit=one.unit,
            action=one.action,
            priority=one.priority,
            needs=one.needs,
            answer_by=max(one.answer_by, today + USUAL),
            asked_by=one.asked_by,
            moved_from=one,
        )
        to = Recipient("", said.instead.name, department=said.instead)
        _send(moved, to, by)


@transaction.atomic
def send_request_again(*, one: DepartmentRequest, by: User) -> None:
    """The same request once more, after it could not be delivered; raises `Refused`.

    It goes to the address that the department has in Settings now. Its link stays the same. A
    second press finds it on its way and changes nothing.
    """
    refuse_while_held()
    one = _locked(one)
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=one.pk))
    if state.standing is not Standing.WAITING:
        raise Refused(NOT_WANTED)
    if not one.undelivered:
        return
    organisation = one.initiative.organisation
    today = timezone.localdate(timezone=organisation.zone)
    if one.member_id is None and not (one.email and link_opens(one.answer_by, today=today)):
        raise Refused("This request is too old to be sent again. Withdraw it and send a new one.")
    department = Department.objects.filter(organisation=organisation, name=one.whom).first()
    if one.member_id is None and department is not None:
        one.email = department.email
    one.undelivered, one.sent_again_at = "", timezone.now()
    one.save(update_fields=["email", "undelivered", "sent_again_at"])
    _record("request sent again", one, by)
    _tell(one)


@transaction.atomic
def note_undelivered(*, one: DepartmentRequest, undelivered: str) -> None:
    """Keeps what the outbox says of its message, while it waits."""
    one = _locked(one)
    if one.undelivered == undelivered:
        return
    one.undelivered = undelivered
    one.save(update_fields=["undelivered"])
    _record("delivery of request noted", one, None, undelivered=undelivered)


@transaction.atomic
def withdraw_request(*, one: DepartmentRequest, by: User) -> None:
    """Nobody has to answer it, or ask again, any more. Again changes nothing. Raises `Refused`."""
    one = _locked(one)
    if one.withdrawn_at is not None:
        return
    (state,) = with_standing(DepartmentRequest.objects.filter(pk=one.pk))
    if state.standing in (Standing.ANSWERED, Standing.MOVED):
        raise Refused(ANSWERED_ALREADY)
    _withdraw(one, by)


def _withdraw(one: DepartmentRequest, by: User) -> None:
    one.withdrawn_at = timezone.now()
    one.save(update_fields=["withdrawn_at"])
    _record("request withdrawn", one, by)


@transaction.atomic
def say_if_it_came(*, one: DepartmentRequest, has_come: str, by: User) -> None:
    """What was promised has come, or not yet; a later word replaces it. Raises `Refused`."""
    one = _locked(one)
    if one.answer != ANSWERS.YES:
        raise Refused("Nothing was promised, so nothing can have come.")
    if one.has_come == has_come:
        return
    one.has_come = has_come
    one.save(update_fields=["has_come"])
    _record("said if it has come", one, by, answer=has_come)


@transaction.atomic
def erase_asked_addresses(now: datetime) -> int:
    """Addresses and links of requests 30 days after their end, at the latest 120 after asking.

    How many were erased.
    """
    ended = Q(answered_at__lt=now - ADDRESS_KEPT) | Q(withdrawn_at__lt=now - ADDRESS_KEPT)
    old = ended | Q(asked_at__lt=now - ADDRESS_KEPT_AT_MOST)
    found = list(
        DepartmentRequest.objects.select_for_update(of=("self",))
        .filter(old)
        .exclude(email="", token_hash=None)
        .select_related("initiative__organisation")
        .order_by("pk")
    )
    for one in found:
        one.email, one.seed, one.token_hash = "", "", None
        one.save(update_fields=["email", "seed", "token_hash"])
        organisation = one.initiative.organisation
        record(action="address erased", on=one, organisation=organisation, by=None)
    return len(found)


def usual_day(organisation: Organisation) -> date:
    """The day that a new request names unless another is chosen."""
    return timezone.localdate(timezone=organisation.zone) + USUAL


def _locked(one: DepartmentRequest) -> DepartmentRequest:
    return (
        DepartmentRequest.objects.select_for_update(of=("self",))
        .select_related("initiative__organisation", "unit", "action", "priority", "asked_by")
        .get(pk=one.pk)
    )


def _record(what: str, one: DepartmentRequest, by: User | None, **detail: object) -> None:
    record(
        action=what,
        on=one,
        organisation=one.initiative.organisation,
        by=by,
        unit=one.unit_id,
        **detail,
    )


def _tell(one: DepartmentRequest) -> None:
    key = one.pk
    transaction.on_commit(
        lambda: request_changed.send(sender=DepartmentRequest, request=key), robust=True
    )
