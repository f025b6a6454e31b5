"""A bucket of tokens that fills evenly: `most` at once, then one each `seconds / most`. No Django.

All of its state is one moment: when it will be full again. So one number is kept for each bucket,
and a bucket that is full needs none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many in so many seconds."""

    most: int
    seconds: int

    @property
    def each(self) -> float:
        """The seconds in which one token comes back."""
        return self.seconds / self.most

    def taken(self, full_at: float, now: float) -> tuple[float, float]:
        """When it will be full again after one more token, and how long whoever takes it must wait.

        Who must wait has taken nothing. This is also what the script of `carriers.limits` does.
        """
        after = max(full_at, now) + self.each
        wait = after - now - self.seconds
        # A whole bucket may be taken, whatever was lost in rounding.
        return (full_at, wait) if wait > 1e-6 else (after, 0.0)
