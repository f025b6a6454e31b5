"""Which rows of the outbox a worker may send now: what is due, in its hours, and still wanted.

A claim carries a fresh reference. Whoever stops a message (an answer, a close, an opt-out, another
worker after `LEASE`) takes the row out of `claimed`, and the claim's holder then cannot begin it.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from initiatives.models import DepartmentRequest
from organisations.models import Organisation
from organisations.queries.deployment import may_act_sql
from surveys.actions.erasure import KEPT_FOR
from surveys.models import Contact, Invitation, Message, NamedResponse, Survey, SurveyUnit
from surveys.models.distribution import (
    ABOUT_DECISION,
    ABOUT_IMPROVEMENTS,
    ABOUT_RESULT,
    ASKING,
    NEWS,
    REMINDERS,
)
from surveys.queries.opt_outs import addresses_of, opted_out
from surveys.rules.quiet_hours import Hours

# A claim this old belongs to a worker that died: its rows are free again.
LEASE = timedelta(seconds=25)
# A message begun this long ago is in doubt: longer than the slowest exchange that ends.
LOST_AFTER = timedelta(minutes=2)
NOT_KNOWN = "We do not know if this was sent, so we will not send it again automatically."

_State = Message.State
_TO_RESPONDENTS = Q(invitation__isnull=False) | Q(named_response__isnull=False)
_NIGHTS = Q(invitation__contact__works_nights=True)

_NEWS = ", ".join(f"'{step}'" for step in NEWS)
_ASKING = ", ".join(f"'{step}'" for step in ASKING)
# Plain SQL, once for each message: an answer, a close or an erasure that is committed stops it
# here. News after the close never asks who has answered, and a pause holds only what comes before.
# Records that were put back send nothing: what they know as planned may have gone out.
_BEGIN = f"""
UPDATE {Message._meta.db_table} SET state = 'sending'
WHERE id = %s AND state = 'claimed' AND reference = %s AND step = %s
AND NOT EXISTS (
    SELECT 1 FROM {Survey._meta.db_table} survey
    WHERE survey.id = {Message._meta.db_table}.survey_id
    AND (survey.state = 'cancelled'
        OR (survey.messages_paused AND user_id IS NULL AND step NOT IN ({_NEWS})))
)
AND (user_id IS NOT NULL OR department_request_id IS NOT NULL OR EXISTS (
    SELECT 1 FROM {SurveyUnit._meta.db_table} unit
    WHERE unit.id = {Message._meta.db_table}.survey_unit_id
    AND (unit.state = 'open' OR (step IN ({_NEWS}) AND unit.state <> 'cancelled'))
))
AND (invitation_id IS NULL OR EXISTS (
    SELECT 1 FROM {Invitation._meta.db_table} invitation
    WHERE invitation.id = invitation_id AND invitation.contact_id IS NOT NULL
    AND (NOT invitation.used OR %s OR step IN ({_NEWS}))
))
AND (named_response_id IS NULL OR EXISTS (
    SELECT 1 FROM {NamedResponse._meta.db_table} sheet
    WHERE sheet.id = named_response_id AND sheet.sent_at IS NULL
))
AND (department_request_id IS NULL OR step NOT IN ({_ASKING}) OR EXISTS (
    SELECT 1 FROM {DepartmentRequest._meta.db_table} request
    WHERE request.id = department_request_id AND request.answer = ''
    AND request.withdrawn_at IS NULL AND (request.email <> '' OR request.member_id IS NOT NULL)
))
AND {may_act_sql()}
"""  # noqa: S608 (our own names)


def hours_of(organisation: Organisation) -> Hours:
    """When this organisation writes to people, as its settings say now."""
    return Hours(organisation.quiet_from, organisation.quiet_until, organisation.zone)


def repair(now: datetime) -> None:
    """Frees what a dead worker had claimed, and holds what it may have sent."""
    Message.objects.filter(state=_State.CLAIMED, claimed_at__lt=now - LEASE).update(
        state=_State.PLANNED
    )
    Message.objects.filter(state=_State.SENDING, claimed_at__lt=now - LOST_AFTER).update(
        state=_State.HELD, failure=NOT_KNOWN
    )


def due(now: datetime) -> QuerySet[Message]:
    """Planned for now or earlier; what was put off waits for its own time."""
    return Message.objects.filter(
        Q(retry_at=None) | Q(retry_at__lte=now), state=_State.PLANNED, due_at__lte=now
    )


def drop_needless(now: datetime) -> None:
    """Takes out of the plan what was overtaken: an answer, a close, a later reminder."""
    over = ~Q(survey_unit__state__in=(SurveyUnit.State.NOT_OPEN, SurveyUnit.State.OPEN))
    late = Q(survey_unit__closes_at__lte=now)
    thanks = Q(step__in=REMINDERS, survey__reminds_everyone=True)
    done = (Q(invitation__used=True) & ~thanks) | Q(named_response__sent_at__isnull=False)
    refused = Exists(_of_same_person().filter(state=_State.FAILED))
    asking = due(now).filter(_TO_RESPONDENTS).exclude(step__in=NEWS)
    drop(asking.filter(over | late | done | refused))
    news = due(now).filter(step__in=NEWS)
    later_news = _of_same_person().filter(
        step__in=ABOUT_DECISION, state=_State.PLANNED, due_at__lte=now
    )
    told = Q(step__in=ABOUT_RESULT) & Exists(later_news)
    drop(news.filter(Q(survey_unit__closes_at__lte=now - KEPT_FOR) | refused | told))
    drop(due(now).filter(Q(user__is_active=False) | Q(survey__state=Survey.State.CANCELLED)))
    # The worker was away: of several due at once only one goes, the invitation before reminders
    # and otherwise the latest.
    later = Q(due_at__gt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__gt=OuterRef("pk"))
    first = Q(step=Message.Step.INVITATION, state__in=(*Message.WAITING, _State.SENDING))
    overtaken = Exists(
        _of_same_person().filter(first | (Q(state=_State.PLANNED, due_at__lte=now) & later))
    )
    reminders = due(now).filter(step__in=REMINDERS, survey_unit__state=SurveyUnit.State.OPEN)
    drop(reminders.filter(overtaken))


def _of_same_person() -> QuerySet[Message]:
    return Message.objects.filter(
        Q(invitation=OuterRef("invitation")) | Q(named_response=OuterRef("named_response"))
    ).exclude(pk=OuterRef("pk"))


def drop(rows: QuerySet[Message]) -> None:
    """These are not sent any more, unless their bytes are on the way."""
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Message.objects.filter(pk__in=ids, state__in=Message.WAITING).update(state=_State.DROPPED)


def wait_for_hours(now: datetime) -> None:
    """What is due in somebody's quiet hours is planned for their end."""
    rows = due(now).exclude(survey_unit__state=SurveyUnit.State.NOT_OPEN)
    writes = Coalesce("organisation", "survey__organisation")
    for organisation in Organisation.objects.filter(pk__in=rows.values(of=writes)):
        hours = hours_of(organisation)
        for works_nights, who in ((False, ~_NIGHTS), (True, _NIGHTS)):
            if hours.allow(now, works_nights=works_nights):
                continue
            theirs = rows.alias(of=writes).filter(who, of=organisation.pk)
            Message.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).update(
                due_at=hours.first_from(now, works_nights=works_nights)
            )


def claim(now: datetime, limit: int) -> list[Message]:
    """Marks up to `limit` due rows as ours and gives them with all that a letter needs."""
    batch = secrets.token_hex(8)
    with transaction.atomic():
        paused = Q(survey__messages_paused=True) & ~Q(step__in=NEWS)
        waits = _TO_RESPONDENTS & (Q(survey_unit__state=SurveyUnit.State.NOT_OPEN) | paused)
        candidates = due(now).exclude(waits).order_by("due_at", "pk").values("pk")[:limit]
        ids = list(
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk__in=[row["pk"] for row in candidates], state=_State.PLANNED)
            .values_list("pk", flat=True)
        )
        if not ids:
            return []
        Message.objects.filter(pk__in=ids).update(
            state=_State.CLAIMED,
            claimed_at=now,
            reference=Concat(Value(f"{batch}."), Cast("pk", CharField())),
        )
    return _without_opted_out(
        list(
            Message.objects.filter(pk__in=ids, state=_State.CLAIMED)
            .select_related(
                *("survey__organisation", "survey_unit"),
                *("invitation__contact", "named_response", "user", "organisation"),
                *("review__initiative", "review__into", "commitment__initiative"),
                *("commitment__unit", "department_request"),
            )
            .order_by("due_at", "pk")
        )
    )


def _without_opted_out(claimed: list[Message]) -> list[Message]:
    """Whoever asked for no more messages gets none; asking later drops the claimed row."""
    addresses: dict[int, set[str]] = {}
    for message in claimed:
        addresses.setdefault(message.written_by.pk, set()).update(_addresses(message))
    stopped = {
        (organisation, one)
        for organisation, wanted in addresses.items()
        for one in opted_out(organisation=organisation, addresses=wanted)
    }
    unwanted = [
        message.pk
        for message in claimed
        if any((message.written_by.pk, one) in stopped for one in _addresses(message))
    ]
    drop(Message.objects.filter(pk__in=unwanted))
    return [message for message in claimed if message.pk not in unwanted]


def _addresses(message: Message) -> list[str]:
    """Those by which somebody may have opted out of it. A notice of a survey is work, not asked."""
    if message.step in ABOUT_IMPROVEMENTS:
        asked, user = message.department_request, message.user
        return [user.email if user is not None else asked.email if asked is not None else ""]
    return addresses_of(_contact(message))


def _contact(message: Message) -> Contact | None:
    return message.invitation.contact if message.invitation else None


def begin(message: Message, *, now: datetime) -> bool:
    """Marks a claimed message as going out, committed before its bytes go; False if it must not.

    Looks again under the row's lock: the unit is open, nobody has answered, the hours are right.
    News after the close goes to answered and not answered alike, until addresses are erased.
    """
    survey, unit = message.survey, message.survey_unit
    contact = _contact(message)
    nights = contact is not None and contact.works_nights
    if not hours_of(message.written_by).allow(now, works_nights=nights):
        return False
    last = timedelta() if message.step not in NEWS else KEPT_FOR
    to_respondent = message.user_id is None and message.department_request_id is None
    if to_respondent and (unit is None or unit.closes_at + last <= now):
        return False
    thanks = survey is not None and survey.reminds_everyone and message.step in REMINDERS
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [message.pk, message.reference, message.step, thanks])
        return bool(cursor.rowcount)


def release(rows: Iterable[Message], *, retry_at: datetime | None = None) -> None:
    """What was claimed and not begun is planned again, if need be for later."""
    by_lot: dict[str, list[int]] = {}
    for message in rows:
        by_lot.setdefault(message.reference.partition(".")[0], []).append(message.pk)
    for batch, ids in by_lot.items():
        mine = Message.objects.filter(
            pk__in=ids, state=_State.CLAIMED, reference__startswith=f"{batch}."
        )
        if retry_at is None:
            mine.update(state=_State.PLANNED)
        else:
            mine.update(state=_State.PLANNED, retry_at=retry_at, attempts=F("attempts") + 1)
