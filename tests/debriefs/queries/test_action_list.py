"""The database counts what the rule calls on time."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q

from debriefs.queries.action_list import Held, actions_due, closed_on_time, listed_actions
from initiatives.models import Action
from initiatives.rules.on_time import missed
from organisations.models import Role
from tests.factories import ActionFactory, UnitFactory
from tests.published_house import House

TODAY = date(2026, 11, 30)
A_DAY = timedelta(days=1)


def made(house: House, *, first: date, **more: object) -> Action:
    action: Action = ActionFactory.create(
        initiative=house.result.survey.initiative, result=house.result.pk, is_promise=True,
        what="Nothing else starts", owner="Matron", added_by=house.member(Role.LEAD),
        first_due_on=first, **{"due_on": first, "unit": house.ward_7, **more},
    )  # fmt: skip
    return action


def test_the_database_counts_as_the_rule_does(house: House) -> None:
    first = TODAY - A_DAY * 20
    found = [
        made(
            house,
            first=first,
            due_on=first + A_DAY * (7 if moved else 0),
            moved=moved,
            outcome=outcome,
            state="planned" if days is None else state,
            closed_on=None if days is None else first + A_DAY * days,
        )
        for days, moved, outcome, state in product(
            (None, -1, 0, 1, 7, 8), (0, 1, 2), ("", "It hangs."), ("done", "dropped")
        )
    ]
    why = {
        one.pk: missed(
            due_on=one.due_on, closed_on=one.closed_on, moved=one.moved, outcome=one.outcome
        )
        for one in found
    }
    scope = Q(unit=house.ward_7)
    share = closed_on_time(scope, today=TODAY)
    assert (share.number, share.all) == (sum(one is None for one in why.values()), len(found))
    listed = listed_actions(scope, show="missed", wanted="", today=TODAY)
    assert set(listed) == {key for key, one in why.items() if one is not None}


@pytest.mark.parametrize(
    ("days", "counts"), [(-1, False), (0, False), (1, True), (83, True), (84, True), (85, False)]
)
def test_those_whose_first_day_was_in_the_last_twelve_weeks_count(
    house: House, days: int, *, counts: bool
) -> None:
    made(house, first=TODAY - A_DAY * days)
    assert closed_on_time(Q(unit=house.ward_7), today=TODAY).all == int(counts)
    assert bool(listed_actions(Q(), show="missed", wanted="", today=TODAY)) is counts


def test_parts_of_the_list_are_the_whole_by_unit_then_day(house: House) -> None:
    wards = [
        UnitFactory.create(organisation=house.organisation, name=f"Ward {number}")
        for number in (10, 8, 2)
    ]
    days: dict[int, tuple[int, date]] = {}
    for place, ward in ((2, wards[0]), (1, wards[1]), (0, wards[2])):
        for number in range(3):
            due = TODAY + A_DAY * ((number * 2) % 3)
            one = made(house, first=due, unit=ward)
            days[one.pk] = (place, due)
    listed = listed_actions(Q(), show="", wanted="", today=TODAY)
    whole = sorted(days, key=lambda key: (*days[key], key))
    assert len(listed) == 9
    assert list(listed) == whole
    for begin in range(10):
        for end in range(begin, 12):
            assert listed[begin:end] == whole[begin:end]
    assert [listed[place] for place in range(9)] == whole


@pytest.mark.parametrize(
    ("role", "days", "is_due"),
    [
        ("managed", -8, False), ("managed", -7, True), ("managed", 30, True),
        ("led", 6, False), ("led", 7, True), ("led", 8, True),
        ("reviewed", 20, False), ("reviewed", 21, True), ("reviewed", 22, True),
    ],
)  # fmt: skip
def test_each_role_hears_of_an_open_action_in_its_time(
    house: House, role: str, days: int, *, is_due: bool
) -> None:
    made(house, first=TODAY - A_DAY * days)
    none = {"managed": Q(pk__in=[]), "led": Q(pk__in=[]), "reviewed": Q(pk__in=[])}
    held = Held(**{**none, role: Q(unit=house.ward_7)})
    found = actions_due(held, today=TODAY)
    assert len(found) == int(is_due)
    assert [one.is_own for one in found] == [role != "reviewed"] * is_due  # type: ignore[attr-defined]
    Action.objects.update(state="done", closed_on=TODAY)
    assert not actions_due(held, today=TODAY)
