"""What a page says of an invitation: whether it went out, never whether it was used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from organisations.rules.mobile import national
from organisations.words.dates import day
from surveys.models import Message
from surveys.queries.outbox import Recipient

_STATES = Message.State
_WORDS: dict[str, str] = {
    _STATES.SENT: "Sent",
    _STATES.RETURNED: "Not delivered",
    _STATES.FAILED: "Not delivered",
    _STATES.HELD: "We do not know if it was delivered",
    _STATES.DROPPED: "Not sent",
}


@dataclass(frozen=True, slots=True)
class InvitationState:
    """`words` for the page, why it is stuck if it is, and whether it may be sent again."""

    words: str
    why: str
    is_stuck: bool


def invitation_state(*, state: str, failure: str, again_at: datetime | None) -> InvitationState:
    """Once sent again, only what became of the sending itself is told."""
    is_stuck = state in Message.STUCK
    if again_at is not None and not is_stuck:
        return InvitationState(f"Sent again {day(again_at)}", "", is_stuck=False)
    words = _WORDS.get(state, "Not sent yet")
    return InvitationState(words, failure if is_stuck else "", is_stuck)


def address_words(email: str, mobile: str) -> str:
    """Where messages to this person go: the e-mail address, or else the mobile number."""
    return email or (national(mobile) if mobile else "")


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One address and what became of its invitation."""

    to: str
    name: str
    unit: str
    contact_id: int
    message_id: int
    state: InvitationState


def recipient_rows(recipients: Iterable[Recipient]) -> list[RecipientRow]:
    """In the same order."""
    return [
        RecipientRow(
            address_words(one["email"], one["mobile"]),
            one["name"],
            one["unit"],
            one["pk"],
            one["message_id"],
            invitation_state(state=one["state"], failure=one["failure"], again_at=one["again_at"]),
        )
        for one in recipients
    ]
