"""What GOV.UK Notify reports of a letter, and what it says when asked about one in doubt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from notifications_python_client.errors import APIError

from surveys.carriers import text_messages
from surveys.carriers.notify import status_of
from surveys.models import Channel, Invitation, Message, NamedResponse
from surveys.rules.tokens import letter_named

_State = Message.State
_IN_DOUBT = (_State.SENDING, _State.HELD)
_TAKEN = ("created", "sending", "pending", "sent", "delivered")
_NOT_REACHED = {
    "temporary-failure": "The phone or mailbox was not accepting messages.",
    "technical-failure": "GOV.UK Notify could not pass it on.",
}
ASK_AGAIN_AFTER = timedelta(minutes=1)
# Notify keeps a request for a moment before it can be found; this is far longer.
NEVER_TAKEN_AFTER = timedelta(minutes=10)
# For the fewest days that a service can be set to; what it forgot it may have taken.
NOTIFY_KEEPS = timedelta(days=3)
ASKED_AT_ONCE = 20


def take_receipt(*, reference: str, status: str, now: datetime) -> bool:
    """Follows Notify's word about the letter with our reference; twice changes nothing.

    False if no message of ours has it or the status says nothing new.
    """
    if not reference:
        return False
    rows = _called(reference)
    if status in _TAKEN:
        return bool(
            rows.filter(state__in=_IN_DOUBT).update(state=_State.SENT, sent_at=now, failure="")
        )
    out = rows.filter(state__in=(*_IN_DOUBT, _State.SENT))
    if status == "permanent-failure":
        return bool(
            out.update(
                state=_State.FAILED, failure="This email address or mobile number does not exist."
            )
        )
    if status in _NOT_REACHED:
        return bool(out.update(state=_State.RETURNED, failure=_NOT_REACHED[status]))
    return False


def ask_about_held(*, now: datetime) -> int:
    """Asks Notify about messages in doubt: what it took was sent, what it never took goes again.

    How many were settled. Those of a mail server stay held: it cannot be asked.
    """
    channels = [Channel.SMS] if text_messages.is_enabled() else []
    channels += [Channel.EMAIL] if settings.NOTIFY_EMAIL_TEMPLATE else []
    held = (
        Message.objects.filter(
            Q(retry_at=None) | Q(retry_at__lte=now), state=_State.HELD, channel__in=channels
        )
        .select_related("invitation", "named_response")
        .order_by("claimed_at", "pk")
    )
    settled = 0
    for message in held[:ASKED_AT_ONCE]:
        try:
            status = status_of(message.letter_id) if message.letter_id else None
        except APIError:
            return settled  # away: the next round asks again
        row = Message.objects.filter(pk=message.pk, reference=message.reference, state=_State.HELD)
        # Held by a release, it was never claimed in these records.
        since = message.claimed_at or message.due_at
        if status is not None:
            settled += take_receipt(reference=message.letter_id, status=status, now=now)
        elif now - NOTIFY_KEEPS < since < now - NEVER_TAKEN_AFTER:
            settled += row.update(
                state=_State.PLANNED, failure="", retry_at=None, attempts=F("attempts") + 1
            )
        else:
            row.update(retry_at=now + ASK_AGAIN_AFTER)
    return settled


def _called(letter_id: str) -> QuerySet[Message]:
    """The message of a letter; those to managers are known by their claim."""
    named = letter_named(letter_id)
    if named is None:
        return Message.objects.filter(reference=letter_id)
    token_hash, step = named
    invitation = Invitation.objects.filter(token_hash=token_hash).first()
    if invitation is not None:
        return Message.objects.filter(invitation=invitation, step=step)
    sheet = NamedResponse.objects.filter(token_hash=token_hash).first()
    return Message.objects.filter(named_response=sheet, step=step).exclude(named_response=None)
