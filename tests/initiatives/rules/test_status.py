"""The status of an improvement over its units, and what a decision makes of it."""

import pytest

from initiatives.models import Decision, Initiative
from initiatives.rules import status


def test_the_rules_know_every_status_and_no_other() -> None:
    assert set(status.FOLLOWS) == set(Initiative.State.values)
    assert set(status.ORDER) | set(status.OVER) == set(Initiative.State.values)


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        (["stopped", "active", "on_hold"], "active"),
        (["planned", "proposed", "finished"], "planned"),
        (["on_hold", "proposed"], "proposed"),
        (["on_hold", "stopped"], "on_hold"),
        (["finished", "stopped"], "stopped"),
        ([], "stopped"),
    ],
)
def test_one_status_for_the_whole(states: list[str], whole: str) -> None:
    assert status.of_all(states, last_end="stopped") == whole


@pytest.mark.parametrize("before", status.FOLLOWS)
@pytest.mark.parametrize("choice", Decision.Choice.values)
def test_a_decision_only_leads_where_it_can(before: str, choice: str) -> None:
    after = status.after_decision(before, choice)
    assert after == before or status.can_become(before, after)
    if before in status.OVER:
        assert after == before


def test_going_ahead_keeps_a_planned_day() -> None:
    assert status.after_decision("planned", "go_ahead") == "planned"
    assert status.after_decision("proposed", "go_ahead") == "active"
    assert status.after_decision("active", "strengthen") == "proposed"


def test_merged_is_the_end() -> None:
    assert not any(status.can_become("merged", to) for to in Initiative.State.values)
    assert not any(status.can_become(over, "stopped") for over in status.OVER)
