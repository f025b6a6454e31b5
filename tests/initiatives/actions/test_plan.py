"""Priorities, actions, and how an initiative follows the decisions of its units."""

from datetime import date
from typing import Any

import pytest

from initiatives.actions.decision import decide
from initiatives.actions.plan import COPIED, add_action, add_priority, change_action
from initiatives.models import Action, Commitment, Initiative, Priority, StatusChange
from organisations.models import AuditEntry, Unit, User
from tests.factories import CommitmentFactory, InitiativeFactory, UnitFactory, UserFactory

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
        result=1,
        title="Answer ideas",
        needs_help=False,
        help_from="",
        code="ENV07",
        wording="feel encouraged to make suggestions?",
        figure="2.2 on a scale to 5",
        n=13,
        link="/o/merrowfield/results/1/",
        by=by,
    )


def test_an_action_carries_its_own_copy_of_the_evidence(initiative: Initiative, by: User) -> None:
    its = priority(initiative, by)
    action = add_action(priority=its, what="A sheet", owner="Ward clerk", due_on=DUE, by=by)
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
        add_action(priority=its, what="A sheet", owner="Clerk", due_on=DUE, by=by) for _ in range(2)
    )
    assert action == again
    same: dict[str, Any] = {"what": "A sheet", "owner": "Clerk", "due_on": DUE, "outcome": ""}
    change_action(action=action, state="planned", by=by, **same)
    change_action(action=action, state="doing", by=by, **same)
    trail = list(AuditEntry.objects.order_by("pk").values_list("action", "detail"))
    assert [action for action, _ in trail] == ["priority chosen", "action added", "action changed"]
    assert trail[-1][1] == {"changed": ["state"], "was": "planned", "now": "doing"}
    assert Action.objects.get().state == "doing"


def _decide(initiative: Initiative, unit: Unit, choice: str, by: User) -> None:
    decide(
        initiative=initiative,
        unit=unit,
        result=1,
        choice=choice,
        reason="So.",
        debriefs=[],
        replies=[],
        by=by,
    )


def test_a_decision_changes_its_own_unit_and_the_whole_is_their_sum(
    initiative: Initiative, by: User
) -> None:
    wards = [ward(initiative) for _ in range(3)]
    for unit in wards:
        CommitmentFactory.create(initiative=initiative, unit=unit)
    states = []
    for unit, choice in zip(
        [*wards, wards[2]], ["hold", "strengthen", "go_ahead", "hold"], strict=True
    ):
        _decide(initiative, unit, choice, by)
        initiative.refresh_from_db()
        here = Commitment.objects.order_by("pk").values_list("state", flat=True)
        states.append((list(here), initiative.state))
    assert states == [
        (["on_hold", "proposed", "proposed"], "proposed"),
        (["on_hold", "proposed", "proposed"], "proposed"),
        (["on_hold", "proposed", "active"], "active"),
        (["on_hold", "proposed", "on_hold"], "proposed"),
    ]
    # No status without its reason, and each from the decision.
    changes = StatusChange.objects.order_by("pk")
    assert [(one.was, one.state, one.why) for one in changes] == [
        ("proposed", "on_hold", "So."), ("proposed", "active", "So."), ("active", "on_hold", "So."),
    ]  # fmt: skip
    assert all(one.decision is not None for one in changes)


@pytest.mark.parametrize("state", ["finished", "stopped", "merged"])
def test_what_is_over_on_a_unit_stays_over(initiative: Initiative, by: User, state: str) -> None:
    here = CommitmentFactory.create(initiative=initiative, unit=ward(initiative), state=state)
    _decide(initiative, here.unit, "go_ahead", by)
    here.refresh_from_db()
    assert here.state == state
    assert not StatusChange.objects.exists()
