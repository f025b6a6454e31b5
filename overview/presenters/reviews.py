"""Reviews that are due, and why, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from initiatives.models import Commitment
from initiatives.rules.hours import Load, counted
from initiatives.rules.review_reasons import Due, Reason
from initiatives.rules.status import ACTIVE
from organisations.models import User
from organisations.words.dates import day
from overview.queries.reviewers import Reviewable
from overview.queries.reviews import Place, Reviews, ToReview
from results.words.phrases import listed, plural

# More units than these are counted.
NAMED = 3
FULL_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One improvement on the list. `is_own`: its reader is responsible, so somebody else decides;
    `has_nobody`: so is every reviewer.
    """

    initiative: int
    title: str
    units: str
    since: date
    reasons: list[str]
    is_own: bool
    has_nobody: bool


@dataclass(frozen=True, slots=True)
class FullUnit:
    """A unit at a limit."""

    name: str
    load: str


@dataclass(frozen=True, slots=True)
class UnitBeside:
    """A unit under review: its hours this week, of which the improvement's `own` where it counts;
    `limit` says so where it is reached.
    """

    name: str
    hours: str
    own: str
    improvements: str
    limit: str


def review_rows(found: Iterable[Reviewable], reviews: Reviews, *, reader: User) -> list[ReviewRow]:
    """A row each, in this order."""
    return [
        ReviewRow(
            one.review.initiative,
            one.review.title,
            units_in_words(one.review.units, reviews.units),
            one.review.since,
            reason_lines(one.review, reviews),
            reader.pk in one.owners,
            not one.reviewers,
        )
        for one in found
    ]


def reason_lines(one: ToReview, reviews: Reviews) -> list[str]:
    """Each reason in one sentence; its units are named where the improvement has others."""
    return [_line(due, one, reviews) for due in one.due]


def units_in_words(units: Sequence[int], places: Mapping[int, Place]) -> str:
    """`Ward 7 and Ward 9`, or `Ward 7, Ward 9, Ward 11 and 4 more`."""
    found = [places[unit].name for unit in units]
    if len(found) > NAMED + 1:
        found = [*found[:NAMED], f"{len(found) - NAMED} more"]
    return listed(found)


def full_units(reviews: Reviews) -> list[FullUnit]:
    """Units at a limit by name, as many as fit beside the list."""
    named = sorted((reviews.units[unit].name, unit) for unit in reviews.full)
    return [FullUnit(name, _load(reviews.loads[unit])) for name, unit in named[:FULL_SHOWN]]


def loads_beside(here: Iterable[Commitment], reviews: Reviews, guess: int) -> list[UnitBeside]:
    """The units under review with what each carries this week, by name; as many as fit."""
    return [_beside(one, reviews, guess) for one in here][:FULL_SHOWN]


def _beside(one: Commitment, reviews: Reviews, guess: int) -> UnitBeside:
    load, limits = reviews.loads[one.unit_id], reviews.units[one.unit_id].limits
    own = f"{float(counted(one.hours_a_week, guess)):g}{' (a guess)' if one.is_guess else ''}"
    return UnitBeside(
        reviews.units[one.unit_id].name,
        f"{float(load.all):g}",
        own if one.state == ACTIVE else "",
        plural(load.improvements, "improvement"),
        f"At or above its limit: {limits.hours} hours, {plural(limits.improvements, 'improvement')}"
        if load.reaches(limits)
        else "",
    )


def _line(due: Due, one: ToReview, reviews: Reviews) -> str:
    where = ""
    if len(due.units) < len(one.units):
        where = f" on {units_in_words(due.units, reviews.units)}"
    match due.reason:
        case Reason.REVIEW_DAY:
            return f"Its review day was {day(due.since)}."
        case Reason.REPLIED:
            return f"The team replied to the review on {day(due.since)}."
        case Reason.ASKED_FOR:
            return f"Someone who works on it asked for a review on {day(due.since)}."
        case Reason.STOP_SIGN:
            return f"Someone who works on it said on {day(due.since)}: the sign to stop has come."
        case Reason.STALLED:
            return (
                f"Active{where}, and for 6 weeks no action was closed, no number was added and no "
                f"small test ended.{_waits(due, one)}"
            )
        case Reason.REQUEST_OVERDUE:
            return f"The answer to a request{where} is overdue by 3 days or more.{_waits(due, one)}"
        case Reason.LEAD_GONE:
            return "The person who leads it has left or has no role any more."
        case Reason.NO_SPONSOR:
            return f"Active{where} for 8 weeks or more, and no sponsor is named."
        case Reason.DEBRIEFS_DIFFER:
            return f"The debriefs{where} have differed for 14 days or more."
        case Reason.NOTHING_FOLLOWED:
            return f"Proposed{where} for 16 weeks with no survey, decision or start day."
        case Reason.FULL_UNIT:
            full = (
                f"{reviews.units[unit].name}: {_load(reviews.loads[unit])}" for unit in due.units
            )
            return f"It came last to a full week. {'. '.join(full)}."


def _waits(due: Due, one: ToReview) -> str:
    """Whose answer it waits for."""
    waits_for = one.waits_for
    whom = dict.fromkeys(waits_for[unit] for unit in due.units if unit in waits_for)
    return f" No answer yet from {listed([*whom])}." if whom else ""


def _load(load: Load) -> str:
    return f"{float(load.all):g} staff hours a week, {plural(load.improvements, 'improvement')}"
