"""Why a senior reviewer should look at an improvement now. Never because of a score.

A reason on a unit is settled by a review of that unit on or after the day from which it holds. A
review also sets the next review day, and forgets that somebody asked for one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from initiatives.rules.requests import REVIEWER_AFTER
from initiatives.rules.status import ACTIVE, OVER, PROPOSED

WITHOUT_SPONSOR = timedelta(weeks=8)
DEBRIEFS_DIFFER = timedelta(days=14)
NOTHING_FOLLOWED = timedelta(weeks=16)
STALLED = timedelta(weeks=6)


class Reason(StrEnum):
    """What a review is due for."""

    REVIEW_DAY = "review_day"
    FULL_UNIT = "full_unit"
    LEAD_GONE = "lead_gone"
    NO_SPONSOR = "no_sponsor"
    REQUEST_OVERDUE = "request_overdue"
    DEBRIEFS_DIFFER = "debriefs_differ"
    NOTHING_FOLLOWED = "nothing_followed"
    ASKED_FOR = "asked_for"
    REPLIED = "replied"
    STALLED = "stalled"
    STOP_SIGN = "stop_sign"


class OnUnit(NamedTuple):
    """An improvement on one unit. `is_last_at_limit`: it came last to a unit at a limit.

    `came_on` is the day it began or, before that, was added; `differ_since` since when its
    debriefs differ; `was_followed` says there was a survey, a decision or a start day. `went_on` is
    the last day on which an action was closed, a number counted or a small test ended, `answer_by`
    the day of the request that has waited longest.
    """

    unit: int
    state: str
    came_on: date
    is_last_at_limit: bool = False
    differ_since: date | None = None
    was_followed: bool = False
    went_on: date | None = None
    reviewed_on: date | None = None
    answer_by: date | None = None


class Improvement(NamedTuple):
    """One improvement with the units that a reviewer reaches. Days are the organisation's."""

    review_on: date | None = None
    lead_is_gone: bool = False
    has_sponsor: bool = True
    asked_on: date | None = None
    stop_sign_on: date | None = None
    replied_on: date | None = None
    was_reviewed: bool = False
    units: Sequence[OnUnit] = ()


class Due(NamedTuple):
    """One reason, since when it holds, and the units it is about; none is the whole."""

    since: date
    reason: Reason
    units: tuple[int, ...] = ()


def reasons(one: Improvement, *, today: date) -> list[Due]:
    """All reasons for a review today, the oldest first. What is over everywhere has none but a
    reply that nobody has read.
    """
    found = [Due(one.replied_on, Reason.REPLIED)] if one.replied_on else []
    running = [here for here in one.units if here.state not in OVER]
    if running:
        found += _of_whole(one, today)
        found += _of_units(one, running, today)
    found = [due for due in found if due.since <= today]
    found.sort(key=lambda due: due.since)
    return found


def _of_whole(one: Improvement, today: date) -> Iterator[Due]:
    if one.review_on is not None:
        yield Due(one.review_on, Reason.REVIEW_DAY)
    if one.asked_on is not None:
        yield Due(one.asked_on, Reason.ASKED_FOR)
    if one.stop_sign_on is not None:
        yield Due(one.stop_sign_on, Reason.STOP_SIGN)
    # Nobody keeps the day on which somebody left, so a review settles it until the next one.
    was_seen = one.was_reviewed and one.review_on is not None and one.review_on > today
    if one.lead_is_gone and not was_seen:
        yield Due(today, Reason.LEAD_GONE)


def _of_units(one: Improvement, running: list[OnUnit], today: date) -> Iterator[Due]:
    """One line for each reason, since the first of its units' days."""
    found: dict[Reason, tuple[list[date], list[int]]] = {}
    for here in running:
        for day, reason in _of_unit(one, here):
            is_settled = here.reviewed_on is not None and here.reviewed_on >= day
            if day <= today and not is_settled:
                days, units = found.setdefault(reason, ([], []))
                days.append(day)
                units.append(here.unit)
    for reason, (days, units) in found.items():
        yield Due(min(days), reason, tuple(units))


def _of_unit(one: Improvement, here: OnUnit) -> Iterator[tuple[date, Reason]]:
    if here.is_last_at_limit:
        yield here.came_on, Reason.FULL_UNIT
    if here.state == ACTIVE and not one.has_sponsor:
        yield here.came_on + WITHOUT_SPONSOR, Reason.NO_SPONSOR
    if here.state == ACTIVE:
        yield max(here.came_on, here.went_on or here.came_on) + STALLED, Reason.STALLED
    if here.answer_by is not None:
        yield here.answer_by + REVIEWER_AFTER, Reason.REQUEST_OVERDUE
    if here.differ_since is not None:
        yield here.differ_since + DEBRIEFS_DIFFER, Reason.DEBRIEFS_DIFFER
    if here.state == PROPOSED and not here.was_followed:
        yield here.came_on + NOTHING_FOLLOWED, Reason.NOTHING_FOLLOWED
