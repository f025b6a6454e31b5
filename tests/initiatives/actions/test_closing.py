"""Closing an action and moving its day: what is kept of both."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from initiatives.actions.plan import (
    add_action,
    change_action,
    close_action,
    move_action,
    take_up_again,
)
from initiatives.models import Action, Initiative, Review
from initiatives.queries.plans import ENDED
from organisations.models import AuditEntry, Unit, User
from organisations.rules.refusal import Refused
from tests.factories import InitiativeFactory, PriorityFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def by() -> User:
    made: User = UserFactory.create()
    return made


@pytest.fixture
def action(by: User) -> Action:
    """Added yesterday, due tomorrow."""
    initiative: Initiative = InitiativeFactory.create()
    unit: Unit = UnitFactory.create(organisation=initiative.organisation)
    priority = PriorityFactory.create(initiative=initiative, unit=unit, result=1)
    due = timezone.localdate() + A_DAY
    made = add_action(priority=priority, what="A sheet", owner="Clerk", due_on=due, by=by)
    Action.objects.filter(pk=made.pk).update(added_at=timezone.now() - A_DAY)
    return made


def kept(action: Action) -> tuple[date, int, date | None]:
    action.refresh_from_db()
    return action.first_due_on, action.moved, action.closed_on


def test_each_later_day_is_a_move_and_the_first_day_stays(action: Action, by: User) -> None:
    first = action.due_on
    for days, moves in ((7, 1), (7, 1), (3, 1), (14, 2), (21, 3)):
        move_action(action=action, due_on=first + A_DAY * days, by=by)
        assert kept(action) == (first, moves, None)


def test_on_the_day_it_was_added_another_day_corrects_the_first(action: Action, by: User) -> None:
    Action.objects.filter(pk=action.pk).update(added_at=timezone.now())
    later = action.due_on + A_DAY * 7
    move_action(action=action, due_on=later, by=by)
    assert kept(action) == (later, 0, None)


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_it_is_closed_on_the_day_on_which_that_is_said(
    action: Action, by: User, state: str
) -> None:
    for _ in range(2):
        close_action(action=action, state=state, outcome="It hangs.", by=by)
    assert kept(action) == (action.due_on, 0, timezone.localdate())
    trail = AuditEntry.objects.filter(action="action changed")
    assert [one.detail["now"] for one in trail] == [state]


def test_correcting_how_it_was_closed_keeps_the_day(action: Action, by: User) -> None:
    close_action(action=action, state="done", outcome="It hangs.", by=by)
    Action.objects.update(closed_on=timezone.localdate() - A_DAY)
    close_action(action=action, state="dropped", outcome="It fell.", by=by)
    assert kept(action)[2] == timezone.localdate() - A_DAY


def test_what_is_closed_gets_no_other_day_unless_it_is_open_again(action: Action, by: User) -> None:
    close_action(action=action, state="done", outcome="It hangs.", by=by)
    later = action.due_on + A_DAY
    with pytest.raises(Refused):
        move_action(action=action, due_on=later, by=by)
    same = {"what": "A sheet", "owner": "Clerk", "due_on": later, "outcome": ""}
    with pytest.raises(Refused) as refused:
        change_action(action=action, state="done", by=by, **same)  # type: ignore[arg-type]
    assert refused.value.field == "due_on"
    assert kept(action) == (action.due_on, 0, timezone.localdate())
    change_action(action=action, state="doing", by=by, **same)  # type: ignore[arg-type]
    assert kept(action)[1:] == (1, None)


def test_what_is_taken_up_again_is_open(action: Action, by: User) -> None:
    close_action(action=action, state="dropped", outcome=ENDED, by=by)
    review = Review.objects.create(
        initiative=action.initiative,
        decision="stop",
        reason="So.",
        drops_actions=True,
        reviewer=by,
    )
    review.units.add(action.unit)
    take_up_again(action=action, by=by)
    assert kept(action)[2] is None
