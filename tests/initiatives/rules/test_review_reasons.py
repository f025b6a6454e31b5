"""What a review is due for, each threshold on the day before, on it and after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.review_reasons import Improvement, OnUnit, Reason, due_since, reasons
from initiatives.rules.status import OVER

TODAY = date(2026, 11, 30)
WARD = 7


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def on_unit(**fields: object) -> OnUnit:
    usual = OnUnit(WARD, "active", ago(10), was_followed=True)
    return usual._replace(**fields)  # type: ignore[arg-type]


def an_improvement(*units: OnUnit, **fields: object) -> Improvement:
    usual = Improvement(units=list(units) or [on_unit()])
    return usual._replace(**fields)  # type: ignore[arg-type]


def why(one: Improvement) -> list[Reason]:
    return [due.reason for due in reasons(one, today=TODAY)]


def test_nothing_is_due_without_a_reason() -> None:
    assert why(an_improvement(review_on=ago(-1))) == []


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (1, True)])
def test_its_review_day_has_come(days: int, due: bool) -> None:
    found = reasons(an_improvement(review_on=ago(days)), today=TODAY)
    assert [(one.reason, one.since) for one in found] == [(Reason.REVIEW_DAY, ago(days))] * due


@pytest.mark.parametrize(("days", "due"), [(55, False), (56, True), (57, True)])
def test_active_for_eight_weeks_without_a_sponsor(days: int, due: bool) -> None:
    here = on_unit(came_on=ago(days), counted_on=ago(1))
    assert why(an_improvement(here, has_sponsor=False)) == [Reason.NO_SPONSOR] * due
    assert why(an_improvement(here)) == []
    for state in ("planned", "proposed", "on_hold"):
        assert why(an_improvement(here._replace(state=state), has_sponsor=False)) == []


@pytest.mark.parametrize(("days", "due"), [(41, False), (42, True), (43, True)])
def test_active_with_nothing_closed_counted_or_tried_for_six_weeks(days: int, due: bool) -> None:
    for here in (
        on_unit(came_on=ago(days)),
        on_unit(came_on=ago(300), closed_on=ago(days)),
        on_unit(came_on=ago(300), counted_on=ago(days), closed_on=ago(200)),
        on_unit(came_on=ago(300), tested_on=ago(days), counted_on=ago(200)),
        on_unit(came_on=ago(days), counted_on=ago(300)),
    ):
        assert why(an_improvement(here)) == [Reason.STALLED] * due
        for state in ("planned", "proposed", "on_hold"):
            assert why(an_improvement(here._replace(state=state))) == []


def test_a_review_settles_that_nothing_went_on_until_six_weeks_after_the_next_step() -> None:
    here = on_unit(came_on=ago(100), reviewed_on=ago(58))
    assert why(an_improvement(here)) == []
    assert why(an_improvement(here._replace(reviewed_on=ago(59)))) == [Reason.STALLED]
    assert why(an_improvement(here._replace(counted_on=ago(50)))) == [Reason.STALLED]


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (1, True)])
def test_the_sign_to_stop_has_come(days: int, due: bool) -> None:
    assert why(an_improvement(stop_sign_on=ago(days))) == [Reason.STOP_SIGN] * due


@pytest.mark.parametrize(("days", "due"), [(2, False), (3, True), (4, True)])
def test_a_request_without_an_answer_three_days_after_its_day(days: int, due: bool) -> None:
    here = on_unit(answer_by=ago(days))
    assert why(an_improvement(here)) == [Reason.REQUEST_OVERDUE] * due
    assert why(an_improvement(here._replace(reviewed_on=ago(0)))) == []


@pytest.mark.parametrize(("days", "due"), [(13, False), (14, True), (15, True)])
def test_debriefs_that_differ_for_fourteen_days(days: int, due: bool) -> None:
    here = on_unit(differ_since=ago(days))
    assert why(an_improvement(here)) == [Reason.DEBRIEFS_DIFFER] * due


@pytest.mark.parametrize(("days", "due"), [(111, False), (112, True), (113, True)])
def test_proposed_for_sixteen_weeks_and_nothing_followed(days: int, due: bool) -> None:
    here = on_unit(state="proposed", came_on=ago(days), was_followed=False)
    assert why(an_improvement(here)) == [Reason.NOTHING_FOLLOWED] * due
    for other in (
        here._replace(was_followed=True),
        here._replace(state="active", counted_on=ago(1)),
    ):
        assert why(an_improvement(other)) == []


def test_what_nobody_said_is_not_so() -> None:
    new = Improvement(units=[OnUnit(WARD, "proposed", ago(200))])
    assert why(new) == [Reason.NOTHING_FOLLOWED]
    assert why(new._replace(lead_is_gone=True, review_on=ago(-1))) == [
        Reason.NOTHING_FOLLOWED, Reason.LEAD_GONE
    ]  # fmt: skip


def test_only_what_came_last_to_a_full_unit_is_due() -> None:
    assert why(an_improvement(on_unit(is_last_at_limit=True))) == [Reason.FULL_UNIT]


@pytest.mark.parametrize(("days", "due"), [(9, False), (10, False), (11, True), (12, True)])
def test_a_review_since_settles_it_and_one_before_does_not(days: int, due: bool) -> None:
    here = on_unit(came_on=ago(10), is_last_at_limit=True, reviewed_on=ago(days))
    assert why(an_improvement(here)) == [Reason.FULL_UNIT] * due


def test_a_review_of_one_unit_leaves_the_other() -> None:
    seen = on_unit(is_last_at_limit=True, reviewed_on=TODAY)
    found = reasons(an_improvement(seen, seen._replace(unit=9, reviewed_on=None)), today=TODAY)
    assert [one.units for one in found] == [(9,)]


@pytest.mark.parametrize(("review_on", "due"), [(ago(-1), False), (ago(0), True)])
def test_a_lead_who_left_is_said_once_until_the_next_review(review_on: date, due: bool) -> None:
    seen = on_unit(reviewed_on=ago(9))
    one = an_improvement(on_unit(unit=9), seen, lead_is_gone=True, review_on=review_on)
    assert (Reason.LEAD_GONE in why(one)) == due
    assert Reason.LEAD_GONE in why(one._replace(units=[on_unit()]))


def test_somebody_asked_and_somebody_replied() -> None:
    one = an_improvement(on_unit(), on_unit(unit=9, replied_on=ago(2)), asked_on=ago(1))
    assert why(one) == [Reason.REPLIED, Reason.ASKED_FOR]


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_listed_for_its_reply_alone(state: str) -> None:
    here = on_unit(
        state=state, came_on=ago(200), is_last_at_limit=True, differ_since=ago(90),
        was_followed=False,
    )  # fmt: skip
    one = an_improvement(
        here, review_on=ago(9), asked_on=ago(9), lead_is_gone=True, has_sponsor=False
    )  # fmt: skip
    assert why(one) == []
    replied = here._replace(replied_on=ago(1))
    assert why(one._replace(units=[replied])) == [Reason.REPLIED]


days = st.integers(-200, 400).map(ago)
maybe = st.none() | days
on_units = st.builds(
    OnUnit,
    st.integers(1, 4),
    st.sampled_from(["proposed", "planned", "active", "on_hold", *OVER]),
    days,
    is_last_at_limit=st.booleans(),
    differ_since=maybe,
    was_followed=st.booleans(),
    closed_on=maybe,
    counted_on=maybe,
    tested_on=maybe,
    reviewed_on=maybe,
    replied_on=maybe,
    answer_by=maybe,
)


@given(
    st.builds(
        Improvement,
        review_on=maybe,
        lead_is_gone=st.booleans(),
        has_sponsor=st.booleans(),
        asked_on=maybe,
        stop_sign_on=maybe,
        units=st.lists(on_units, max_size=4, unique_by=lambda one: one.unit),
    )
)
def test_each_reason_is_said_once_the_oldest_first_and_none_ahead_of_its_day(
    one: Improvement,
) -> None:
    found = reasons(one, today=TODAY)
    assert len({due.reason for due in found}) == len(found)
    assert [due.since for due in found] == sorted(due.since for due in found)
    assert all(due.since <= TODAY for due in found)
    reached = {here.unit for here in one.units}
    assert all(set(due.units) <= reached for due in found)
    assert due_since(one, today=TODAY) == (found[0].since if found else None)
