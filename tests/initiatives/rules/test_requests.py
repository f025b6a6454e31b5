"""How a request stands, and the days that count for it."""

from datetime import date, timedelta
from itertools import product

import pytest

from initiatives.rules.requests import (
    ADDRESS_KEPT_AT_MOST,
    LATEST,
    LINK_LASTS,
    Facts,
    Standing,
    is_due_day,
    is_reviewers,
    link_opens,
    may_ask_another,
    standing,
)

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (Facts("", has_moved=False, is_withdrawn=False, is_wanted=True), Standing.WAITING),
        (Facts("", has_moved=False, is_withdrawn=False, is_wanted=False), Standing.NEEDLESS),
        (Facts("", has_moved=False, is_withdrawn=True, is_wanted=True), Standing.WITHDRAWN),
        (Facts("yes", has_moved=False, is_withdrawn=False, is_wanted=True), Standing.ANSWERED),
        (Facts("no", has_moved=False, is_withdrawn=False, is_wanted=True), Standing.ANSWERED),
        (Facts("not_ours", has_moved=False, is_withdrawn=False, is_wanted=True), Standing.RETURNED),
        (Facts("not_ours", has_moved=True, is_withdrawn=False, is_wanted=True), Standing.MOVED),
        (Facts("not_ours", has_moved=False, is_withdrawn=True, is_wanted=True), Standing.WITHDRAWN),
    ],
)
def test_a_request_stands_in_one_way(facts: Facts, stands: Standing) -> None:
    assert standing(facts) is stands


def test_an_answer_stays_whatever_ends_afterwards() -> None:
    for answer, has_moved in product(("yes", "no", "not_ours"), (True, False)):
        ways = {
            standing(Facts(answer, has_moved=has_moved, is_withdrawn=False, is_wanted=wanted))
            for wanted in (True, False)
        }
        assert len(ways) == 1 and not ways & {Standing.WAITING, Standing.NEEDLESS}


@pytest.mark.parametrize("stands", Standing)
def test_somebody_else_is_asked_for_what_nobody_deals_with(stands: Standing) -> None:
    def may(*, answer: str = "", has_left: bool = False, is_wanted: bool = True) -> bool:
        return may_ask_another(stands, answer=answer, has_left=has_left, is_wanted=is_wanted)

    came_back = stands in (Standing.RETURNED, Standing.WITHDRAWN)
    assert may() is came_back
    assert may(has_left=True) is (came_back or stands is Standing.WAITING)
    assert may(answer="no") is (came_back or stands is Standing.ANSWERED)
    assert may(answer="yes") is came_back
    assert not may(answer="no", has_left=True, is_wanted=False)


@pytest.mark.parametrize(
    ("days", "may_be"), [(-1, False), (0, False), (1, True), (89, True), (90, True), (91, False)]
)
def test_an_answer_is_due_tomorrow_to_90_days_ahead(days: int, may_be: bool) -> None:
    assert is_due_day(TODAY + timedelta(days=days), today=TODAY) is may_be


@pytest.mark.parametrize(("days", "opens"), [(-5, True), (29, True), (30, True), (31, False)])
def test_a_link_opens_until_30_days_after_its_day(days: int, opens: bool) -> None:
    assert link_opens(TODAY - timedelta(days=days), today=TODAY) is opens


@pytest.mark.parametrize(("days", "is_theirs"), [(2, False), (3, True), (4, True)])
def test_a_reviewer_sees_it_three_days_after_its_day(days: int, is_theirs: bool) -> None:
    assert is_reviewers(TODAY - timedelta(days=days), today=TODAY) is is_theirs


def test_no_link_outlasts_the_address_that_was_asked() -> None:
    assert LATEST + LINK_LASTS <= ADDRESS_KEPT_AT_MOST
