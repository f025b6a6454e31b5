"""Counting: what is started, which numbers are kept, where a chart begins anew."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from initiatives.actions import measures
from initiatives.actions.measures import (
    MOST_POINTS,
    Typed,
    add_numbers,
    end_measure,
    restart_chart,
    start_measure,
)
from initiatives.models import Commitment, Initiative, Measure, Point
from organisations.models import AuditEntry
from organisations.rules.refusal import Refused
from tests.factories import CommitmentFactory
from tests.fieldwork.launching import Trust, a_trust, an_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.both]
STATES = Initiative.State


@pytest.fixture
def trust() -> Trust:
    return a_trust()


@pytest.fixture
def here(trust: Trust) -> Commitment:
    made: Commitment = CommitmentFactory.create(
        initiative=an_initiative(trust), unit=trust.ward_7, state=STATES.PROPOSED
    )
    return made


def started(trust: Trust, here: Commitment, name: str = "Falls at night") -> Measure:
    return start_measure(
        commitment=here, name=name, every="week", better="less", is_watch=False, by=trust.manager
    )


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def test_the_same_name_twice_is_one_measure(trust: Trust, here: Commitment) -> None:
    assert started(trust, here) == started(trust, here)
    entry = AuditEntry.objects.get(action="measure started")
    assert entry.detail == {"unit": trust.ward_7.pk}


def test_three_at_once_and_no_fourth(trust: Trust, here: Commitment) -> None:
    three = [started(trust, here, name) for name in ("Falls", "Bells", "Rounds")]
    with pytest.raises(Refused, match="up to 3 things"):
        started(trust, here, "Meals")
    end_measure(measure=three[0], by=trust.manager)
    started(trust, here, "Meals")
    assert Measure.objects.filter(ended_at=None).count() == 3


@pytest.mark.parametrize("state", [STATES.STOPPED, STATES.MERGED])
def test_what_is_over_is_counted_no_more(trust: Trust, here: Commitment, state: str) -> None:
    measure = started(trust, here)
    Commitment.objects.update(state=state)
    here.refresh_from_db()
    for refused in (
        lambda: started(trust, here, "Bells"),
        lambda: add_numbers(measure=measure, numbers=[Typed(ago(1), Decimal(2))], by=trust.lead),
    ):
        with pytest.raises(Refused, match="has stopped on this unit"):
            refused()
    assert not Point.objects.exists()


def test_what_is_finished_may_be_counted_on(trust: Trust, here: Commitment) -> None:
    measure = started(trust, here)
    Commitment.objects.update(state=STATES.FINISHED)
    assert add_numbers(measure=measure, numbers=[Typed(ago(1), Decimal(2))], by=trust.lead) == 1


def test_a_number_takes_the_place_of_its_day(trust: Trust, here: Commitment) -> None:
    measure = started(trust, here)
    first = [Typed(ago(7), Decimal("2.5"), None, "New rota"), Typed(ago(0), Decimal(3))]
    assert add_numbers(measure=measure, numbers=first, by=trust.lead) == 2
    assert add_numbers(measure=measure, numbers=first, by=trust.lead) == 0
    assert add_numbers(measure=measure, numbers=[Typed(ago(0), Decimal(4))], by=trust.lead) == 1
    kept = list(measure.points.values_list("day", "value", "of", "note"))
    assert kept == [(ago(7), Decimal("2.5"), None, "New rota"), (ago(0), Decimal(4), None, "")]
    entries = AuditEntry.objects.filter(action="numbers added").order_by("pk")
    assert [entry.detail for entry in entries] == [{"numbers": 2}, {"numbers": 1}]


def test_no_day_to_come(trust: Trust, here: Commitment) -> None:
    measure = started(trust, here)
    numbers = [Typed(ago(0), Decimal(1)), Typed(ago(-1), Decimal(1))]
    with pytest.raises(Refused, match="today or an earlier day"):
        add_numbers(measure=measure, numbers=numbers, by=trust.lead)
    assert not Point.objects.exists()


@pytest.mark.parametrize("before", [[], [Typed(ago(9), Decimal(9), 12)]])
def test_shares_and_counts_do_not_mix(trust: Trust, here: Commitment, before: list[Typed]) -> None:
    measure = started(trust, here)
    add_numbers(measure=measure, numbers=before, by=trust.lead)
    mixed = [Typed(ago(2), Decimal(9))] + ([] if before else [Typed(ago(1), Decimal(9), 12)])
    with pytest.raises(Refused, match="alike"):
        add_numbers(measure=measure, numbers=mixed, by=trust.lead)
    assert measure.points.count() == len(before)


@pytest.mark.parametrize(("more", "fits"), [(-1, True), (0, True), (1, False)])
def test_so_many_numbers_and_no_more(
    trust: Trust,
    here: Commitment,
    more: int,
    fits: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measures, "MOST_POINTS", 5)
    measure = started(trust, here)
    add_numbers(measure=measure, numbers=[Typed(ago(9), Decimal(1))], by=trust.lead)
    numbers = [Typed(ago(day), Decimal(2)) for day in range(4 + more)]
    if fits:
        add_numbers(measure=measure, numbers=numbers, by=trust.lead)
    else:
        with pytest.raises(Refused, match="up to 5 numbers"):
            add_numbers(measure=measure, numbers=numbers, by=trust.lead)
    assert measure.points.count() == (5 + more if fits else 1)
    assert MOST_POINTS == 520


def test_a_chart_is_restarted_once(trust: Trust, here: Commitment) -> None:
    measure = started(trust, here)
    for _ in range(2):
        restart_chart(measure=measure, day=ago(3), why="A new rota", by=trust.lead)
    measure.refresh_from_db()
    assert (measure.restarted_on, measure.restart_why) == (ago(3), "A new rota")
    assert AuditEntry.objects.filter(action="chart restarted").count() == 1
    with pytest.raises(Refused, match="earlier day"):
        restart_chart(measure=measure, day=ago(-1), why="Later", by=trust.lead)


def test_what_has_ended_stays_as_it_is(trust: Trust, here: Commitment) -> None:
    measure = started(trust, here)
    for _ in range(2):
        end_measure(measure=measure, by=trust.lead)
    assert AuditEntry.objects.filter(action="measure ended").count() == 1
    calls: list[Callable[[], object]] = [
        lambda: add_numbers(measure=measure, numbers=[Typed(ago(1), Decimal(2))], by=trust.lead),
        lambda: restart_chart(measure=measure, day=ago(1), why="x", by=trust.lead),
    ]
    for refused in calls:
        with pytest.raises(Refused, match="stopped counting"):
            refused()
