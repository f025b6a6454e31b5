"""Staff hours a week: what improvements and open surveys take from a unit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from initiatives.rules.status import ACTIVE, COUNTED, PLANNED, PROPOSED
from organisations.rules.limits import Limits

HALF = Decimal("0.5")
MINUTES_A_FORM = 10
MINUTES_TOGETHER = 45
WEEK = timedelta(days=7)


def together(hours: Iterable[Decimal]) -> Decimal:
    """Their sum; none is 0."""
    return sum(hours, Decimal())


def counted(hours: Decimal | None, guess: int) -> Decimal:
    """The hours as they are counted: a guess while nobody has said."""
    return Decimal(guess) if hours is None else hours


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


class Work(NamedTuple):
    """An improvement on a unit; `hours` None while nobody has said."""

    state: str
    hours: Decimal | None
    begins_on: date | None = None

    def runs_in(self, monday: date) -> bool:
        """Whether it takes hours in this week or, planned, is to have begun by its end."""
        if self.state == ACTIVE:
            return True
        if self.begins_on is None or self.state not in (PROPOSED, PLANNED):
            return False
        return self.begins_on < monday + WEEK


@dataclass(frozen=True, slots=True)
class Asking:
    """A survey of a unit between two local days. A joint form is filled in once, at the end."""

    posts: int
    opens_on: date
    closes_on: date
    is_joint: bool = False

    @property
    def hours(self) -> Decimal:
        """A week: all posts' minutes over its weeks, to the next half hour."""
        if self.is_joint:
            return _half(Decimal(self.posts * MINUTES_TOGETHER) / 60)
        days = max((self.closes_on - self.opens_on).days, WEEK.days)
        return _half(Decimal(self.posts * MINUTES_A_FORM) / 60 * WEEK.days / days)

    def runs_in(self, monday: date) -> bool:
        """Whether staff answer in this week."""
        first = self.closes_on if self.is_joint else self.opens_on
        return first < monday + WEEK and self.closes_on >= monday


@dataclass(frozen=True, slots=True)
class Load:
    """What a unit carries in one week. `planned` comes on top of `now`, and has a day."""

    now: Decimal
    planned: Decimal
    improvements: int
    has_guess: bool

    def with_one_more(self, hours: Decimal) -> "Load":
        """The same with another improvement that is not there yet."""
        return replace(self, planned=self.planned + hours, improvements=self.improvements + 1)

    @property
    def all(self) -> Decimal:
        """With what is planned."""
        return self.now + self.planned

    def reaches(self, limits: Limits) -> bool:
        """Whether it reaches so many hours, or is more than so many improvements."""
        return self.all >= limits.hours or self.improvements > limits.improvements


def load_in(
    monday: date, *, work: Iterable[Work], asking: Iterable[Asking] = (), guess: int
) -> Load:
    """The load of the week that begins on this Monday. The debriefs' time never counts."""
    now, planned, improvements, has_guess = Decimal(), Decimal(), 0, False
    for one in work:
        improvements += one.state in COUNTED
        if one.runs_in(monday):
            has_guess = has_guess or one.hours is None
            hours = counted(one.hours, guess)
            if one.state == ACTIVE:
                now += hours
            else:
                planned += hours
    now += together(one.hours for one in asking if one.runs_in(monday))
    return Load(now, planned, improvements, has_guess)


def _half(hours: Decimal) -> Decimal:
    return (hours / HALF).to_integral_value(rounding=ROUND_CEILING) * HALF
