"""Requests to departments: how many, by when, and how long their links open something."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_A_DAY = 20
USUAL = timedelta(days=14)
# So far ahead an answer can be due: with the link's days after it, at most the 120 days for which
# an address that was asked is kept.
LATEST = timedelta(days=90)
LINK_LASTS = timedelta(days=30)
REVIEWER_AFTER = timedelta(days=3)
ADDRESS_KEPT = timedelta(days=30)
ADDRESS_KEPT_AT_MOST = timedelta(days=120)


class Standing(StrEnum):
    """How a request stands. `RETURNED`: whoever was asked says it is not theirs, and nobody else
    is asked yet. `NEEDLESS`: what it was for is over.
    """

    WAITING = "waiting"
    ANSWERED = "answered"
    MOVED = "moved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how it stands. `is_wanted`: its action and its improvement are not over."""

    answer: str
    has_moved: bool
    is_withdrawn: bool
    is_wanted: bool


def standing(one: Facts) -> Standing:
    """An answer stays, whatever ends afterwards; what was returned can still be withdrawn."""
    if one.answer == "not_ours" and one.has_moved:
        return Standing.MOVED
    if one.is_withdrawn:
        return Standing.WITHDRAWN
    if one.answer == "not_ours":
        return Standing.RETURNED
    if one.answer:
        return Standing.ANSWERED
    return Standing.WAITING if one.is_wanted else Standing.NEEDLESS


def may_ask_another(stands: Standing, *, answer: str, has_left: bool, is_wanted: bool) -> bool:
    """Whether the same can be asked of somebody else: of what is wanted, what came back, what was
    withdrawn or answered with no, and what waits for somebody who `has_left`.
    """
    match stands:
        case Standing.RETURNED | Standing.WITHDRAWN:
            return is_wanted
        case Standing.ANSWERED:
            return is_wanted and answer == "no"
        case Standing.WAITING:
            return is_wanted and has_left
        case _:
            return False


def is_due_day(day: date, *, today: date) -> bool:
    """Whether an answer can be due on this day: tomorrow to 90 days ahead."""
    return today < day <= today + LATEST


def link_opens(answer_by: date, *, today: date) -> bool:
    """Whether a link still opens something: 30 days after the answer is due."""
    return today <= answer_by + LINK_LASTS


def is_reviewers(answer_by: date, *, today: date) -> bool:
    """Whether a request without an answer is the senior reviewer's to see."""
    return today >= answer_by + REVIEWER_AFTER
