"""The database counts what the rule calls on time."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q

from debriefs.queries.action_list import closed_on_time, listed_actions
from initiatives.models import Action
from initiatives.rules.on_time import missed
from organisations.models import Role
from tests.factories import ActionFactory
from tests.published_house import House

TODAY = date(2026, 11, 30)
A_DAY = timedelta(days=1)


def made(house: House, *, first: date, **more: object) -> Action:
    action: Action = ActionFactory.create(
        initiative=house.result.survey.initiative, unit=house.ward_7, result=house.result.pk,
        is_promise=True, what="Nothing else starts", owner="Matron",
        added_by=house.member(Role.LEAD), first_due_on=first, **{"due_on": first, **more},
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
