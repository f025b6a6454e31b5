"""The outbox: what is due is claimed, looked at again, sent over one connection, and recorded.

A message that may or may not have gone out is held and never sent again by itself. Nothing goes
to anybody who has answered, nor after their unit has closed, nor in their quiet hours.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from surveys.actions.outbox_leases import (
    NOT_KNOWN,
    begin,
    claim,
    drop_needless,
    release,
    repair,
    wait_for_hours,
)
from surveys.carriers import text_messages
from surveys.carriers.delivery import (
    UNAVAILABLE,
    DeliveryResult,
    DeliveryService,
    DeliveryStatus,
    OutgoingMessage,
)
from surveys.carriers.mail import MailService
from surveys.carriers.notify import NotifyService
from surveys.models import Channel, Message
from surveys.words.messages import letter_of

BATCH = 100
# Well within a claim's lease; what a slow service leaves over goes back to the plan.
BATCH_LASTS = timedelta(seconds=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=2)
_State = Message.State

# Plain SQL, since it runs once for each message.
_TAKEN = f"""
UPDATE {Message._meta.db_table} SET state = 'sent', sent_at = %s, failure = ''
WHERE id = %s AND reference = %s AND state IN ('sending', 'held')
"""  # noqa: S608 (our own names)


def send_due_messages(*, limit: int = BATCH) -> int:
    """Sends up to `limit` due messages; how many were begun. Twice at once is safe."""
    now = timezone.now()
    repair(now)
    drop_needless(now)
    wait_for_hours(now)
    claimed = claim(now, limit)
    begun = 0
    carriers: dict[str, DeliveryService | None] = {}
    try:
        while claimed and timezone.now() < now + BATCH_LASTS:
            message = claimed.pop(0)
            letter = _letter(message)
            way = _way(letter) if letter else None
            if letter is None or way is None:
                _set_aside(message, letter)
                continue
            if way not in carriers:
                carriers[way] = _opened(way)
            carrier = carriers[way]
            if carrier is None:
                release([message], retry_at=_retry_at(message))
                continue
            if not begin(message, now=timezone.now()):
                release([message])
                continue
            begun += 1
            outcome = carrier.send(letter, reference=message.letter_id)
            _record(message, outcome)
            if outcome.all_wait:
                # One held or refused letter is enough: the others wait for a better moment.
                carrier.close()
                carriers[way] = None
    finally:
        release(claimed)
        for carrier in filter(None, carriers.values()):
            carrier.close()
    return begun


def _letter(message: Message) -> OutgoingMessage | None:
    with timezone.override(message.written_by.zone):
        return letter_of(message)


def _set_aside(message: Message, letter: OutgoingMessage | None) -> None:
    """The address is gone (erased, or never there), or there is no way to it."""
    row = Message.objects.filter(pk=message.pk, state=_State.CLAIMED, reference=message.reference)
    if letter is None:
        row.update(state=_State.DROPPED)
    else:
        row.update(state=_State.FAILED, failure="Text messages are switched off.")


def _way(letter: OutgoingMessage) -> str | None:
    if letter.channel == Channel.SMS:
        return "notify" if text_messages.is_enabled() else None
    return "notify" if settings.NOTIFY_EMAIL_TEMPLATE else "mail"


def _opened(way: str) -> DeliveryService | None:
    carrier: DeliveryService = NotifyService() if way == "notify" else MailService()
    return carrier if carrier.open() else None


def _retry_at(message: Message) -> datetime:
    """One minute after the first try, then twice as long each time, an hour at most."""
    wait: timedelta = FIRST_WAIT * 2 ** min(message.attempts, 10)
    return timezone.now() + min(wait, LONGEST_WAIT)


def _record(message: Message, outcome: DeliveryResult) -> None:
    """Keeps what became of a message, if its row is still ours; twice changes nothing."""
    now = timezone.now()
    if outcome.fate is DeliveryStatus.TAKEN:
        with connection.cursor() as cursor:
            sent_at = connection.ops.adapt_datetimefield_value(now)
            cursor.execute(_TAKEN, [sent_at, message.pk, message.reference])
        return
    row = Message.objects.filter(
        pk=message.pk, reference=message.reference, state__in=(_State.SENDING, _State.HELD)
    )
    if outcome.fate is DeliveryStatus.UNKNOWN:
        row.update(state=_State.HELD, failure=NOT_KNOWN)
    elif outcome.fate is DeliveryStatus.LATER and message.due_at > now - GIVE_UP_AFTER:
        row.update(state=_State.PLANNED, retry_at=_retry_at(message), attempts=F("attempts") + 1)
    else:
        row.update(state=_State.FAILED, failure=outcome.why or UNAVAILABLE)
