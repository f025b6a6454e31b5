"""What the outbox asks of a way to send, and what it hears back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from surveys.messages import Letter

AWAY = "The service that sends is away."


class Fate(StrEnum):
    """What became of one letter."""

    TAKEN = "taken"
    REFUSED = "refused"  # for good
    LATER = "later"  # not taken; it may be tried again
    UNKNOWN = "unknown"  # it may have gone out


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a letter; `all_wait` where the fault is not the letter's own."""

    fate: Fate
    why: str = ""
    all_wait: bool = False


class Carrier(Protocol):
    """Takes letters, one after the other over one connection, and never retries by itself."""

    def open(self) -> bool:
        """False if it cannot be reached; nothing has gone out then."""

    def send(self, letter: Letter, *, reference: str) -> Outcome:
        """Sends one letter under our own reference."""

    def close(self) -> None:
        """Ends the connection."""
