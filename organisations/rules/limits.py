"""What an organisation asks its units to stay below."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Staff hours a week below which a unit stays, and the most improvements at a time."""

    hours: int
    improvements: int
