"""Priorities, actions, and how an initiative follows the decisions of its units."""

from datetime import date
from typing import Any

import pytest

from initiatives.actions.decision import decide
from initiatives.actions.plan import COPIED, add_action, add_priority, change_action
from initiatives.models import Action, Initiative, Priority
from organisations.models import AuditEntry, Unit, User
from tests.factories import InitiativeFactory, UnitFactory, UserFactory

DUE = date(2026, 12, 1)


@pytest.fixture
def initiative(db: None) -> Initiative:
    made: Initiative = InitiativeFactory.create()
    return made


@pytest.fixture
def by(db: None) -> User:
    made: User = UserFactory.create()
    return made


def ward(initiative: Initiative) -> Unit:
    made: Unit = UnitFactory.create(organisation=initiative.organisation)
    return made


def priority(initiative: Initiative, by: User) -> Priority:
    return add_priority(
        initiative=initiative,
        unit=ward(initiative),
        title="Answer ideas",
        code="ENV07",
        wording="feel encouraged to make suggestions?",
        figure="2.2 on a scale to 5",
        n=13,
        link="/o/merrowfield/results/1/",
        by=by,
    )


def test_an_action_carries_its_own_copy_of_the_evidence(initiative: Initiative, by: User) -> None:
    its = priority(initiative, by)
    action = add_action(priority=its, what="A sheet", who="Ward clerk", due_on=DUE, by=by)
    Priority.objects.update(evidence_figure="changed", evidence_wording="changed")
    action.refresh_from_db()
    assert sorted(COPIED) == [
        "evidence_code",
        "evidence_figure",
        "evidence_link",
        "evidence_n",
        "evidence_wording",
    ]
    assert (action.evidence_figure, action.evidence_n) == ("2.2 on a scale to 5", 13)
    assert action.evidence_wording == "feel encouraged to make suggestions?"


def test_adding_twice_is_once_and_changing_nothing_leaves_no_trace(
    initiative: Initiative, by: User
) -> None:
    its = priority(initiative, by)
    action, again = (
        add_action(priority=its, what="A sheet", who="Clerk", due_on=DUE, by=by) for _ in range(2)
    )
    assert action == again
    same: dict[str, Any] = {"what": "A sheet", "who": "Clerk", "due_on": DUE, "outcome": ""}
    change_action(action=action, state="planned", by=by, **same)
    change_action(action=action, state="doing", by=by, **same)
    trail = list(AuditEntry.objects.order_by("pk").values_list("action", "detail"))
    assert [action for action, _ in trail] == ["priority chosen", "action added", "action changed"]
    assert trail[-1][1] == {"changed": ["state"], "was": "planned", "now": "doing"}
    assert Action.objects.get().state == "doing"


def test_one_ward_that_goes_ahead_makes_it_active(initiative: Initiative, by: User) -> None:
    wards = [ward(initiative) for _ in range(3)]
    states = []
    for unit, word in zip(
        [*wards, wards[2]], ["hold", "strengthen", "go_ahead", "hold"], strict=True
    ):
        decide(initiative=initiative, unit=unit, word=word, reason="So.", by=by)
        initiative.refresh_from_db()
        states.append(initiative.state)
    assert states == ["on_hold", "proposed", "active", "proposed"]


def test_what_is_done_stays_done(initiative: Initiative, by: User) -> None:
    Initiative.objects.update(state=Initiative.State.DONE)
    decide(initiative=initiative, unit=ward(initiative), word="hold", reason="So.", by=by)
    initiative.refresh_from_db()
    assert initiative.state == Initiative.State.DONE
