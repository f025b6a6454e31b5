"""Taking a sheet: the one place where an answer enters.

Nothing here writes a time, an address or a line of log, and nothing reads what is sealed.
"""

from collections.abc import Sequence
from enum import StrEnum

from django.db import connection, transaction
from django.utils import timezone

from surveys import answer_string, ballot_box, browser_limit, comments
from surveys.models import Envelope, Invitation, NamedSheet, SurveyUnit, Tally
from surveys.queries.answer_page import AnswerPage, Sheet, Standing, comment_fields
from surveys.queries.wording import left_out_places

# A unit cannot have more sheets, over all channels, than this many times its posts.
MOST_SHEETS_PER_POST = 2

# Plain SQL: it tells whether a row was touched, needs no right to read what is sealed, and costs a
# third of the time, which counts when a whole shift answers at once.
_PUT_IN = (
    f"INSERT INTO {Envelope._meta.db_table} (key, survey_unit_id, sealed) "  # noqa: S608 (our own)
    "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
_USE_UP = f"UPDATE {Invitation._meta.db_table} SET used = true WHERE id = %s AND NOT used"  # noqa: S608
# The unit's tallies are held in one order, as closing holds them, so that the sum stands still.
_HOLD = (
    f"SELECT channel, count, open FROM {Tally._meta.db_table} "  # noqa: S608 (our own names)
    "WHERE survey_unit_id = %s ORDER BY id"
)
_COUNT_IN = (
    f"UPDATE {Tally._meta.db_table} SET count = count + 1 "  # noqa: S608 (our own names)
    "WHERE survey_unit_id = %s AND channel = %s AND open"
)


class Outcome(StrEnum):
    """What became of a sheet. Only the first two may be shown as "Sent"."""

    SENT = "sent"
    ALREADY_SENT = "already sent"
    USED = "used"
    NOT_OPEN = "not open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FULL = "full"
    BROWSER_FULL = "browser full"

    @property
    def is_acknowledged(self) -> bool:
        """True if this sheet is in the box."""
        return self in (Outcome.SENT, Outcome.ALREADY_SENT)


_REFUSED = {
    Standing.USED: Outcome.USED,
    Standing.NOT_OPEN: Outcome.NOT_OPEN,
    Standing.CLOSED: Outcome.CLOSED,
    Standing.CANCELLED: Outcome.CANCELLED,
}


class _Refused(Exception):
    """Rolls the transaction back and carries the outcome."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def cast_sheet(
    *,
    page: AnswerPage,
    secret: str,
    answers: str,
    written: Sequence[str] = (),
    from_browser: int = 0,
) -> Outcome:
    """Seals a ward sheet into the box, once for each send secret, in four statements.

    The envelope goes in first: its key is the secret's hash, so the same submission sent again by
    a double tap, a retry or another tab waits for the first and is told "already sent". The tally
    comes last: its rows are the ones that everybody on the unit shares, and whoever closes the
    unit holds their locks. `written` has a text, empty or not, for each comment field, or is
    empty. `from_browser` is how many sheets this browser says it sent by the open QR code before.
    Raises `BadSheet` for answers that are not of this edition.
    """
    _check(page, answers)
    key = ballot_box.envelope_key(secret)
    standing = page.standing()
    if standing is not Standing.OPEN:
        return _if_not_sent_before(key, _REFUSED[standing])
    if not takes_more_from(page, from_browser):
        return _if_not_sent_before(key, Outcome.BROWSER_FULL)
    sealed = _sealed(page, answers, written)
    try:
        with transaction.atomic():
            if not _changes(_PUT_IN, key, page.survey_unit_id, sealed):
                return Outcome.ALREADY_SENT
            if page.invitation_id is not None:
                _use_up(page.invitation_id)
            _count_in(page)
    except _Refused as refusal:
        return _if_not_sent_before(key, refusal.outcome)
    return Outcome.SENT


def takes_more_from(page: AnswerPage, sent: int) -> bool:
    """Whether a browser that sent so many sheets by the open QR code may send one more."""
    return not page.is_open_to_all or sent < browser_limit.most_sheets(page.headcount)


def _sealed(page: AnswerPage, answers: str, written: Sequence[str]) -> bytes:
    if page.sheet is not Sheet.WARD or page.public_key is None:
        raise ValueError("Only a ward sheet of a prepared survey goes into the ballot box.")
    fields = comment_fields(page)
    if written and len(written) != len(fields):
        raise ValueError("A text, empty or not, belongs to each comment field.")
    return ballot_box.seal(
        public_key=page.public_key,
        answers=comments.content(answers, written or [""] * len(fields)),
        room=comments.room(page.comments, statements=page.items, fields=len(fields)),
    )


def _check(page: AnswerPage, answers: str) -> None:
    answer_string.check(
        answers,
        items=page.items,
        options=page.options,
        left_out=left_out_places(page.edition_id),
    )


def _changes(statement: str, *values: int | str | bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def _use_up(invitation_id: int) -> None:
    if not _changes(_USE_UP, invitation_id):
        # Gone altogether means that the survey was cancelled meanwhile.
        exists = Invitation.objects.filter(pk=invitation_id).exists()
        raise _Refused(Outcome.USED if exists else Outcome.CANCELLED)


def _count_in(page: AnswerPage) -> None:
    locking = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD + locking, [page.survey_unit_id])
        tallies = cursor.fetchall()
    if not any(channel == page.channel and is_open for channel, _, is_open in tallies):
        raise _Refused(Outcome.CLOSED)
    if sum(count for _, count, _ in tallies) >= page.headcount * MOST_SHEETS_PER_POST:
        raise _Refused(Outcome.FULL)
    if not _changes(_COUNT_IN, page.survey_unit_id, page.channel):
        raise _Refused(Outcome.CLOSED)


def _if_not_sent_before(key: bytes, outcome: Outcome) -> Outcome:
    sent = Envelope.objects.filter(key=key).exists()
    return Outcome.ALREADY_SENT if sent else outcome


@transaction.atomic
def send_named_sheet(*, page: AnswerPage, answers: str) -> Outcome:
    """Keeps a leader's sheet or a team's joint sheet in its name; the last before close counts.

    A team that comes by its poster and has no joint sheet yet gets one here. Raises `BadSheet`.
    """
    _check(page, answers)
    if page.sheet is Sheet.WARD:
        raise ValueError("A ward sheet goes into the ballot box, never in a name.")
    # Closing takes the same lock, so no sheet changes behind the result.
    unit = SurveyUnit.objects.select_for_update(no_key=True).get(pk=page.survey_unit_id)
    now = timezone.now()
    if unit.state == SurveyUnit.State.CANCELLED:
        return Outcome.CANCELLED
    if unit.state == SurveyUnit.State.WAITING:
        return Outcome.NOT_OPEN
    if unit.state != SurveyUnit.State.OPEN or now >= unit.closes_at:
        return Outcome.CLOSED
    if page.sheet is Sheet.JOINT:
        NamedSheet.objects.update_or_create(
            survey_unit=unit,
            kind=NamedSheet.Kind.JOINT,
            defaults={"answers": answers, "sent_at": now},
            create_defaults={"answers": answers, "sent_at": now, "name": unit.unit_name},
        )
        # A joint sheet hides nobody: the page may say at once that there is enough for a result.
        SurveyUnit.objects.filter(pk=unit.pk).update(enough=True)
    elif page.named_sheet_id is not None:
        NamedSheet.objects.filter(pk=page.named_sheet_id).update(answers=answers, sent_at=now)
    return Outcome.SENT
