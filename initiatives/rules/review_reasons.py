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
    debriefs differ; `was_followed` says there was a survey, a decision or a start day. `closed_on`,
    `counted_on` and `tested_on` are the last days on which an action was closed, a number counted,
    a small test ended; `replied_on` is that of a reply to a review that nobody has read;
    `answer_by` the day of the request that has waited longest, for whom `waits_for` says.
    """

    unit: int
    state: str
    came_on: date
    is_last_at_limit: bool = False
    differ_since: date | None = None
    was_followed: bool = False
    closed_on: date | None = None
    counted_on: date | None = None
    tested_on: date | None = None
    reviewed_on: date | None = None
    replied_on: date | None = None
    answer_by: date | None = None
    waits_for: str | None = None

    @property
    def went_on(self) -> date:
        """The last day on which something was done about it."""
        last = self.came_on
        for day in (self.closed_on, self.counted_on, self.tested_on):
            if day is not None and day > last:
                last = day
        return last


class Improvement(NamedTuple):
    """One improvement with the units that a reviewer reaches. Days are the organisation's."""

    units: Sequence[OnUnit] = ()
    review_on: date | None = None
    lead_is_gone: bool = False
    has_sponsor: bool = True
    asked_on: date | None = None
    stop_sign_on: date | None = None


class Due(NamedTuple):
    """One reason, since when it holds, and the units it is about; none is the whole."""

    since: date
    reason: Reason
    units: tuple[int, ...] = ()


# A reason that holds since a day, and where: on a unit or, None, as a whole.
_Holds = tuple[date, Reason, int | None]


def due_since(one: Improvement, *, today: date) -> date | None:
    """Since when a review is due: the day of its oldest reason. None where there is none."""
    return min([since for since, _, _ in _holding(one, today)], default=None)


def reasons(one: Improvement, *, today: date) -> list[Due]:
    """All reasons for a review today, the oldest first. What is over everywhere has none but a
    reply that nobody has read.
    """
    found: dict[Reason, list[tuple[date, int | None]]] = {}
    for since, reason, unit in _holding(one, today):
        found.setdefault(reason, []).append((since, unit))
    due = [
        Due(
            min(since for since, _ in its),
            reason,
            tuple(unit for _, unit in its if unit is not None),
        )
        for reason, its in found.items()
    ]
    return sorted(due, key=lambda one: one.since)


def _holding(one: Improvement, today: date) -> list[_Holds]:
    """Each reason that holds by today; one about a unit once for each of its units."""
    found: list[_Holds] = []
    replied_on = next((here.replied_on for here in one.units if here.replied_on), None)
    if replied_on is not None:
        found.append((replied_on, Reason.REPLIED, None))
    running = [here for here in one.units if here.state not in OVER]
    if running:
        found += _of_whole(one, today)
    for here in running:
        seen = here.reviewed_on
        found += [holds for holds in _of_unit(one, here) if seen is None or seen < holds[0]]
    return [holds for holds in found if holds[0] <= today]


def _of_whole(one: Improvement, today: date) -> Iterator[_Holds]:
    if one.review_on is not None:
        yield one.review_on, Reason.REVIEW_DAY, None
    if one.asked_on is not None:
        yield one.asked_on, Reason.ASKED_FOR, None
    if one.stop_sign_on is not None:
        yield one.stop_sign_on, Reason.STOP_SIGN, None
    if one.lead_is_gone:
        # Nobody keeps the day on which somebody left, so a review settles it until the next one.
        was_reviewed = any(here.reviewed_on for here in one.units)
        if not was_reviewed or one.review_on is None or one.review_on <= today:
            yield today, Reason.LEAD_GONE, None


def _of_unit(one: Improvement, here: OnUnit) -> Iterator[_Holds]:
    unit = here.unit
    if here.is_last_at_limit:
        yield here.came_on, Reason.FULL_UNIT, unit
    if here.state == ACTIVE:
        if not one.has_sponsor:
            yield here.came_on + WITHOUT_SPONSOR, Reason.NO_SPONSOR, unit
        yield here.went_on + STALLED, Reason.STALLED, unit
    if here.answer_by is not None:
        yield here.answer_by + REVIEWER_AFTER, Reason.REQUEST_OVERDUE, unit
    if here.differ_since is not None:
        yield here.differ_since + DEBRIEFS_DIFFER, Reason.DEBRIEFS_DIFFER, unit
    if here.state == PROPOSED and not here.was_followed:
        yield here.came_on + NOTHING_FOLLOWED, Reason.NOTHING_FOLLOWED, unit
