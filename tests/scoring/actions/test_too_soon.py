"""Two surveys of the same people that close less than 42 days apart: only one shows bars."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from fieldwork import counting
from organisations.models import Unit
from scoring import tasks
from scoring.models import Snapshot
from surveys.models import SurveyUnit
from tests.factories import SurveyFactory, UnitFactory
from tests.responses.ballots import answer, open_unit
from tests.scoring.actions.test_publish import close

pytestmark = pytest.mark.django_db


def shown(unit: SurveyUnit) -> tuple[str, str | None]:
    payload = Snapshot.objects.filter(survey_unit=unit).latest("number").payload
    return payload["tier"], payload["why"]


def released(closes_at: datetime, *, unit: Unit, sheets: int = 11) -> SurveyUnit:
    """A survey of the unit that closed at this moment, counted and released just now."""
    surveyed = open_unit(survey=SurveyFactory.create(organisation=unit.organisation), unit=unit)
    answer(surveyed, times=sheets)
    close(surveyed)
    counting.sweep()
    SurveyUnit.objects.filter(pk=surveyed.pk).update(closes_at=closes_at)
    tasks.sweep()
    return surveyed


def at(unit: Unit, days: int, clock: time) -> datetime:
    """A moment so many days from a day 100 days ago, by the organisation's calendar."""
    zone = unit.organisation.zone
    day: date = timezone.localdate(timezone=zone) - timedelta(days=100 - days)
    return datetime.combine(day, clock, tzinfo=zone)


# The later one closes nearly a day sooner or later by the clock: the days of the calendar count.
@pytest.mark.parametrize("clocks", [(time(23, 30), time(0, 30)), (time(0, 30), time(23, 30))])
@pytest.mark.parametrize(("days", "too_soon"), [(41, True), (42, False), (43, False)])
@pytest.mark.parametrize("is_later_first", [False, True])
def test_of_two_near_each_other_the_one_released_second_has_no_bars(
    days: int, too_soon: bool, is_later_first: bool, clocks: tuple[time, time]
) -> None:
    unit = UnitFactory.create()
    moments = [at(unit, 0, clocks[0]), at(unit, days, clocks[1])]
    first, second = (
        released(moment, unit=unit) for moment in (moments[::-1] if is_later_first else moments)
    )
    assert shown(first) == ("figures", None)
    assert shown(second) == (("small", "too_soon") if too_soon else ("figures", None))


@pytest.mark.parametrize(("sheets", "tier"), [(10, "figures"), (11, "small"), (12, "small")])
def test_one_without_bars_takes_none_from_the_next(sheets: int, tier: str) -> None:
    unit = UnitFactory.create()
    released(at(unit, 0, time(10)), unit=unit, sheets=sheets)
    assert shown(released(at(unit, 14, time(10)), unit=unit))[0] == tier


def test_one_that_was_too_soon_takes_none_either() -> None:
    unit = UnitFactory.create()
    tiers = [shown(released(at(unit, days, time(10)), unit=unit))[0] for days in (0, 30, 60)]
    assert tiers == ["figures", "small", "figures"]


def test_units_within_above_and_before_are_the_same_people() -> None:
    above = UnitFactory.create()
    ward = UnitFactory.create(organisation=above.organisation, parent=above)
    beside = UnitFactory.create(organisation=above.organisation, parent=above)
    new = UnitFactory.create(organisation=above.organisation)
    Unit.objects.filter(pk=beside.pk).update(successor=new)
    near = at(above, 0, time(10))
    assert shown(released(near, unit=ward))[0] == "figures"
    assert shown(released(near, unit=beside))[0] == "figures", "of other people"
    assert shown(released(near, unit=above))[0] == "small", "it contains the ward"
    assert shown(released(near, unit=new))[0] == "small", "it was another unit before"
