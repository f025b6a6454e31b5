"""The status of an improvement over its units, and what a decision makes of it."""

import pytest

from initiatives.rules import status


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


def test_going_ahead_keeps_a_planned_day() -> None:
    assert status.after_decision("planned", "go_ahead") == "planned"
    assert status.after_decision("proposed", "go_ahead") == "active"
    assert status.after_decision("active", "strengthen") == "proposed"
    assert status.after_decision("active", "hold") == "on_hold"
    assert status.after_decision("stopped", "go_ahead") == "stopped"


def test_merged_is_the_end() -> None:
    assert not any(status.can_become("merged", to) for to in status.FOLLOWS)
    assert not any(status.can_become(over, "stopped") for over in status.OVER)
