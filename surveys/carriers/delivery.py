"""What the outbox asks of a way to send, and what it hears back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from surveys.models import Channel

UNAVAILABLE = "The sending service is not available."


class DeliveryStatus(StrEnum):
    """What became of one letter."""

    TAKEN = "taken"
    REFUSED = "refused"  # for good
    LATER = "later"  # not taken; it may be tried again
    UNKNOWN = "unknown"  # it may have gone out


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """The fate of a letter; `all_wait` where the fault is not the letter's own."""

    fate: DeliveryStatus
    why: str = ""
    all_wait: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One e-mail or text message, ready to send; a text message is its body alone."""

    channel: Channel
    to: str
    sender: str
    subject: str
    body: str
    # The address that asks for no more of these, for the mail program's own button.
    opt_out: str = ""


class DeliveryService(Protocol):
    """Takes letters, one after the other over one connection, and never retries by itself."""

    def open(self) -> bool:
        """False if it cannot be reached; nothing has gone out then."""

    def send(self, letter: OutgoingMessage, *, reference: str) -> DeliveryResult:
        """Sends one letter under our own reference."""

    def close(self) -> None:
        """Ends the connection."""
