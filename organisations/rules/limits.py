"""What an organisation asks its units to stay below."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Staff hours a week below which a unit stays, and the most improvements at a time."""

    hours: int
    improvements: int

    def with_own(self, hours: int | None, improvements: int | None) -> "Limits":
        """Those of a unit that has some of its own; none is as here."""
        if hours is None and improvements is None:
            return self
        return Limits(
            self.hours if hours is None else hours,
            self.improvements if improvements is None else improvements,
        )
