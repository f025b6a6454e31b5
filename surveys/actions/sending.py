"""The outbox: what is due is claimed, looked at again, sent over one connection, and recorded.

A message that may or may not have gone out is held and never sent again by itself. Nothing goes
to anybody who has answered, nor after their unit has closed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from surveys.messages import email_of
from surveys.models import Message, Survey, SurveyUnit

BATCH = 50
# A claim older than this belongs to a worker that died: longer than any batch can take.
LOST_AFTER = timedelta(minutes=15)
RETRY_AFTER = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=2)
_TO_RESPONDENTS = Q(invitation__isnull=False) | Q(named_sheet__isnull=False)
NOT_KNOWN = "It is not known whether this was sent, so it is not sent again."


def send_due_messages(*, limit: int = BATCH) -> int:
    """Sends up to `limit` due messages; how many were dealt with. Twice at once is safe."""
    now = timezone.now()
    _hold_lost(now)
    _drop_needless(now)
    claimed = _claim(now, limit)
    if not claimed:
        return 0
    connection = get_connection()
    waiting = list(claimed)
    try:
        while waiting and _opened(connection):
            line_holds = True
            while waiting and line_holds:
                line_holds = _send_one(waiting.pop(0), connection)
            connection.close()
    finally:
        # The mail server is away: these have not gone out, so they may be tried again.
        Message.objects.filter(pk__in=waiting, state=Message.State.SENDING).update(
            state=Message.State.PLANNED, claimed_at=None
        )
    return len(claimed) - len(waiting)


def _opened(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except (OSError, SMTPException):
        return False
    return True


def _hold_lost(now: datetime) -> None:
    Message.objects.filter(state=Message.State.SENDING, claimed_at__lt=now - LOST_AFTER).update(
        state=Message.State.HELD,
        failure=NOT_KNOWN,
    )


def _due(now: datetime) -> Q:
    """Planned for now or earlier; what a mail server put off waits a little."""
    tried_lately = Q(claimed_at__gt=now - RETRY_AFTER)
    return Q(state=Message.State.PLANNED, due_at__lte=now) & ~tried_lately


def _drop_needless(now: datetime) -> None:
    """Takes out of the plan what was overtaken: an answer, a close, a later reminder."""
    respondents = Message.objects.filter(_due(now)).filter(_TO_RESPONDENTS)
    over = ~Q(survey_unit__state__in=(SurveyUnit.State.WAITING, SurveyUnit.State.OPEN))
    late = Q(survey_unit__closes_at__lte=now)
    done = Q(invitation__used=True) | Q(named_sheet__sent_at__isnull=False)
    failed = Message.State.FAILED
    refused = Q(invitation__messages__state=failed) | Q(named_sheet__messages__state=failed)
    _drop(respondents.filter(over | late | done | refused).values_list("pk", flat=True))
    # The worker was away: of several due at once only one goes, the invitation before reminders
    # and otherwise the latest.
    by_person: dict[tuple[int | None, int | None], list[tuple[datetime, int, str]]] = {}
    for pk, invitation, sheet, step, due_at in respondents.filter(
        survey_unit__state=SurveyUnit.State.OPEN
    ).values_list("pk", "invitation_id", "named_sheet_id", "step", "due_at"):
        by_person.setdefault((invitation, sheet), []).append((due_at, pk, step))
    for waiting in by_person.values():
        if len(waiting) > 1:
            waiting.sort()
            kept = waiting[0] if waiting[0][2] == Message.Step.INVITATION else waiting[-1]
            _drop([pk for _, pk, _ in waiting if pk != kept[1]])


def _drop(ids: Iterable[int]) -> None:
    Message.objects.filter(pk__in=list(ids), state=Message.State.PLANNED).update(
        state=Message.State.DROPPED
    )


@transaction.atomic
def _claim(now: datetime, limit: int) -> list[int]:
    """Marks what is due as being sent; two workers never claim the same row."""
    waits = _TO_RESPONDENTS & Q(survey_unit__state=SurveyUnit.State.WAITING)
    candidates = (
        Message.objects.filter(_due(now)).exclude(waits).order_by("due_at", "pk").values("pk")
    )[:limit]
    ids = list(
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk__in=[row["pk"] for row in candidates], state=Message.State.PLANNED)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)
    )
    Message.objects.filter(pk__in=ids).update(state=Message.State.SENDING, claimed_at=now)
    return ids


@transaction.atomic
def _still_wanted(message_id: int) -> Message | None:
    """The claimed message, looked at once more under lock just before it goes."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related(
            "survey__organisation",
            "survey__version",
            "survey_unit",
            "invitation__contact",
            "named_sheet",
            "user",
        )
        .get(pk=message_id)
    )
    if message.state != Message.State.SENDING:
        return None
    if _is_wanted(message):
        return message
    message.state = Message.State.DROPPED
    message.save(update_fields=["state"])
    return None


def _is_wanted(message: Message) -> bool:
    if message.survey.state == Survey.State.CANCELLED:
        return False
    if message.user_id is not None:
        return bool(message.user and message.user.is_active)
    unit = message.survey_unit
    if unit is None or unit.state != SurveyUnit.State.OPEN or unit.closes_at <= timezone.now():
        return False
    if message.invitation is not None:
        return not message.invitation.used
    return message.named_sheet is not None and message.named_sheet.sent_at is None


def _send_one(message_id: int, connection: BaseEmailBackend) -> bool:
    """Sends and records one; False if the line to the mail server broke."""
    message = _still_wanted(message_id)
    if message is None:
        return True
    with timezone.override(message.survey.organisation.zone):
        email = email_of(message)
    if email is None:
        _record(message, Message.State.DROPPED)
        return True
    mail = EmailMessage(email.subject, email.body, email.sender, [email.to], connection=connection)
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as refusal:
        _refused(message, refusal)
    except (SMTPNotSupportedError, ValueError):
        _record(message, Message.State.FAILED, failure="No e-mail can be written to this address.")
    except (OSError, SMTPException):
        # It may have arrived, so it is not sent again.
        _record(message, Message.State.HELD, failure=NOT_KNOWN)
        return False
    else:
        _record(message, Message.State.SENT)
    return True


def _refused(message: Message, refusal: SMTPRecipientsRefused | SMTPResponseException) -> None:
    """A clear no from the mail server: for good (5xx), or not now (4xx)."""
    if isinstance(refusal, SMTPRecipientsRefused):
        code = max((code for code, _ in refusal.recipients.values()), default=550)
    else:
        code = refusal.smtp_code
    if 400 <= code < 500 and message.due_at > timezone.now() - GIVE_UP_AFTER:
        _record(message, Message.State.PLANNED)
    else:
        _record(message, Message.State.FAILED, failure=f"The mail server refused it ({code}).")


def _record(message: Message, state: Message.State, *, failure: str = "") -> None:
    sent_at = timezone.now() if state == Message.State.SENT else None
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING).update(
        state=state, sent_at=sent_at, failure=failure
    )
