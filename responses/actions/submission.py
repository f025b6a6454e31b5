"""Taking a sheet: the one place where an answer enters.

Nothing here writes a time, an address or a line of log, and nothing reads what is sealed.
"""

from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from instruments.queries.wording import left_out_places
from organisations.carriers.planned import planned_cursor
from responses.models import Envelope, Tally
from responses.queries.answer_page import AnswerPage, LinkStatus, comment_fields
from responses.rules import answer_string, ballot_box, browser_limit
from surveys.models import Channel, Invitation, NamedResponse, SurveyUnit
from surveys.rules import comments
from surveys.rules.form_kind import FormKind

# Plain SQL: it tells whether a row was touched, needs no right to read what is sealed, and costs a
# third of the time, which counts when a whole shift answers at once.
_PUT_IN = (
    f"INSERT INTO {Envelope._meta.db_table} (key, survey_unit_id, sealed) "  # noqa: S608 (our own)
    "VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
_USE_UP = f"UPDATE {Invitation._meta.db_table} SET used = true WHERE id = %s AND NOT used"  # noqa: S608
# Whoever closes the unit holds this row, so that the sum stands still. A link or a slip opens once,
# so their number is known; a poster has its own room.
_COUNT_IN = (
    f"UPDATE {Tally._meta.db_table} SET count = count + 1 "  # noqa: S608 (our own names)
    f"WHERE survey_unit_id = %s AND channel = %s AND open "
    f"AND (channel <> '{Channel.QR}' OR count < %s)"
)


class SubmissionResult(StrEnum):
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
        return self in (SubmissionResult.SENT, SubmissionResult.ALREADY_SENT)


_REFUSED = {
    LinkStatus.USED: SubmissionResult.USED,
    LinkStatus.NOT_OPEN: SubmissionResult.NOT_OPEN,
    LinkStatus.CLOSED: SubmissionResult.CLOSED,
    LinkStatus.CANCELLED: SubmissionResult.CANCELLED,
    LinkStatus.FULL: SubmissionResult.FULL,
}


class _Refused(Exception):
    """Rolls the transaction back and carries the outcome."""

    def __init__(self, outcome: SubmissionResult) -> None:
        self.outcome = outcome


def submit_sealed(
    *,
    page: AnswerPage,
    secret: str,
    answers: str,
    written: Sequence[str] = (),
    from_browser: int = 0,
) -> SubmissionResult:
    """Seals a ward sheet into the box, once for each send secret, in three statements.

    The envelope goes in first: its key is the secret's hash, so the same submission sent again by
    a double tap, a retry or another tab waits for the first and is told "already sent". The tally
    comes last: its row is the one that everybody on the unit shares, and whoever closes the unit
    holds its lock. `written` has a text, empty or not, for each comment field, or is
    empty. `from_browser` is how many sheets this browser says it sent by the open QR code before.
    Raises `BadAnswers` for answers that are not of this edition.
    """
    _check(page, answers)
    key = ballot_box.envelope_key(secret)
    standing = page.standing()
    if standing is not LinkStatus.OPEN:
        return _if_not_sent_before(key, _REFUSED[standing])
    if not takes_more_from(page, from_browser):
        return _if_not_sent_before(key, SubmissionResult.BROWSER_FULL)
    sealed = _sealed(page, answers, written)
    try:
        with transaction.atomic():
            if not _changes(_PUT_IN, key, page.survey_unit_id, sealed):
                return SubmissionResult.ALREADY_SENT
            if page.invitation_id is not None:
                _use_up(page.invitation_id)
            _count_in(page)
    except _Refused as refusal:
        return _if_not_sent_before(key, refusal.outcome)
    return SubmissionResult.SENT


def takes_more_from(page: AnswerPage, sent: int) -> bool:
    """Whether a browser that sent so many sheets by the open QR code may send one more."""
    return not page.is_open_to_all or sent < browser_limit.most_sheets(page.headcount)


def _sealed(page: AnswerPage, answers: str, written: Sequence[str]) -> bytes:
    if page.form_kind is not FormKind.STAFF or page.public_key is None:
        raise ValueError("Only a staff form of a prepared survey goes into the ballot box.")
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
    with planned_cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def _use_up(invitation_id: int) -> None:
    if not _changes(_USE_UP, invitation_id):
        # Gone altogether means that the survey was cancelled meanwhile.
        exists = Invitation.objects.filter(pk=invitation_id).exists()
        raise _Refused(SubmissionResult.USED if exists else SubmissionResult.CANCELLED)


def _count_in(page: AnswerPage) -> None:
    if _changes(_COUNT_IN, page.survey_unit_id, page.channel, page.poster_room):
        return
    tally = Tally.objects.filter(survey_unit=page.survey_unit_id, channel=page.channel)
    is_full = tally.filter(open=True, count__gte=page.poster_room).exists()
    raise _Refused(SubmissionResult.FULL if is_full else SubmissionResult.CLOSED)


def _if_not_sent_before(key: bytes, outcome: SubmissionResult) -> SubmissionResult:
    sent = Envelope.objects.filter(key=key).exists()
    return SubmissionResult.ALREADY_SENT if sent else outcome


@transaction.atomic
def submit_named(*, page: AnswerPage, answers: str) -> SubmissionResult:
    """Keeps a leader's sheet or a team's joint sheet in its name; the last before close counts.

    A team that comes by its poster and has no joint sheet yet gets one here. Where leaders answer
    together, one sends for all of them. Raises `BadAnswers`.
    """
    _check(page, answers)
    if page.form_kind is FormKind.STAFF:
        raise ValueError("A staff form goes into the ballot box, never in a name.")
    # Closing takes the same lock, so no sheet changes behind the result.
    unit = SurveyUnit.objects.select_for_update(no_key=True).get(pk=page.survey_unit_id)
    now = timezone.now()
    if unit.state == SurveyUnit.State.CANCELLED:
        return SubmissionResult.CANCELLED
    if unit.state == SurveyUnit.State.NOT_OPEN:
        return SubmissionResult.NOT_OPEN
    if unit.state != SurveyUnit.State.OPEN or now >= unit.closes_at:
        return SubmissionResult.CLOSED
    if page.form_kind is FormKind.JOINT:
        NamedResponse.objects.update_or_create(
            survey_unit=unit,
            kind=FormKind.JOINT,
            defaults={"answers": answers, "sent_at": now},
            create_defaults={"answers": answers, "sent_at": now, "name": unit.unit_name},
        )
        # A joint sheet hides nobody: the page may say at once that there is enough for a result.
        SurveyUnit.objects.filter(pk=unit.pk).update(enough=True)
    elif page.named_response_id is not None:
        sent = NamedResponse.objects.filter(pk=page.named_response_id)
        if unit.leaders_together:
            sent = NamedResponse.objects.filter(survey_unit=unit, kind=FormKind.LEADERS)
        sent.update(answers=answers, sent_at=now)
    return SubmissionResult.SENT
